import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/memory.dart';
import 'support/sandbox.dart';

/// What is made and dropped leaves nothing behind: ten thousand more need no more memory.
void main() {
  AiPass client() => AiPass(clientId: 'client_123', redirectUri: 'myapp://auth/callback');

  test('clients, their kin and cancellations that are closed', timeout: _long, () async {
    await _staysFlat(() async {
      final ai = client();
      final cancellation = Cancellation();
      ai.withOptions(CallOptions(cancellation: cancellation)).close();
      cancellation.close();
      ai.close();
    });
  });

  test('clients, their kin and cancellations that are forgotten', timeout: _long, () async {
    final forgotten = <WeakReference<Object>>[];
    await _staysFlat(() async {
      final ai = client();
      forgotten.add(WeakReference(ai));
      ai.withOptions(CallOptions(cancellation: Cancellation()));
    }, after: () => _collect(forgotten));
  });

  test('streams of states that are left, and those that are forgotten', timeout: _long, () async {
    final ai = client();
    addTearDown(ai.close);
    await _staysFlat(() async {
      await ai.sessionStates().first;
      await ai.openSessionStates().next();
    });
  });

  test('errors', timeout: _long, () async {
    final ai = client();
    addTearDown(ai.close);
    await _staysFlat(() async {
      try {
        await ai.completeSignInText('myapp://elsewhere');
        fail('accepted');
      } on AiPassInvalidCallbackException catch (error) {
        expect(error.message, isNotEmpty);
      }
    });
  });

  test('options of which a part cannot be used', timeout: _long, () async {
    final ai = client();
    addTearDown(ai.close);
    final closed = TransferProgress()..close();
    await _staysFlat(() async {
      final cancellation = Cancellation();
      expect(() => ai.withOptions(CallOptions(cancellation: cancellation, progress: closed)), throwsStateError);
      cancellation.close();
    });
  });

  test('streamed chats that are left', timeout: _long, () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await _staysFlat(() => ai.chat('Hello').first);
    await sandbox.untilNothingStreams();
  });

  // P5
  test('chats that are cancelled while they begin', timeout: _long, () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    // Whoever is lost with a stream in hand would hold its connection for ever.
    await sandbox.stallChats(afterBytes: 700);
    var round = 0;
    await _staysFlat(() async {
      final subscription = ai.chat('Hello').listen(null);
      await Future<void>.delayed(Duration(microseconds: 200 * (round++ % 30)));
      await subscription.cancel();
    });
    await sandbox.untilNothingStreams();
  });
}

const _long = Timeout(Duration(minutes: 3));
const _atOnce = 20;

/// Bytes a thousand: the smallest object that could leak takes more than 300.
const _tolerated = 300 * 1000;

Future<void> _staysFlat(Future<void> Function() work, {void Function()? after}) async {
  Future<void> worker() async {
    for (var i = 0; i < 1000 ~/ _atOnce; i++) {
      await work();
    }
  }

  Future<int> thousand() async {
    final before = memoryInUse();
    await [for (var i = 0; i < _atOnce; i++) worker()].wait;
    after?.call();
    return memoryInUse() - before;
  }

  // What is made once, such as threads, pools and compiled code.
  for (var i = 0; i < 3; i++) {
    await thousand();
  }
  // What leaks grows with every thousand. The compiler's memory comes and goes.
  final steps = [for (var i = 0; i < 10; i++) await thousand()];
  printOnFailure('memory in use, by thousands: ${steps.map((step) => step ~/ 1000)} KB more');
  expect((steps..sort())[3], lessThan(_tolerated), reason: 'it grows with most thousands');
}

/// Makes garbage until everything forgotten was collected: so large that it is old at once, as what was forgotten may be by now.
void _collect(List<WeakReference<Object>> forgotten) {
  final patience = Stopwatch()..start();
  var garbage = const <int>[];
  while (forgotten.any((reference) => reference.target != null)) {
    if (patience.elapsed > const Duration(seconds: 30)) fail('what was forgotten is not collected');
    garbage = List.filled(1 << 15, garbage.length);
  }
  forgotten.clear();
}
