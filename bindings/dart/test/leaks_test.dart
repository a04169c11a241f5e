import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/allocations.dart';
import 'support/sandbox.dart';

/// What is made and dropped leaves no allocation of the native library behind.
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
    await _staysFlat(() async {
      client().withOptions(CallOptions(cancellation: Cancellation()));
    });
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

const _long = Timeout(Duration(minutes: 10));
const _atOnce = 20;
const _thousands = 3;

Future<void> _staysFlat(Future<void> Function() work) async {
  Future<void> worker() async {
    for (var i = 0; i < 1000 ~/ _atOnce; i++) {
      await work();
    }
  }

  Future<void> thousand() => [for (var i = 0; i < _atOnce; i++) worker()].wait;

  await thousand(); // what is made once, such as threads and pools
  final before = await _settled();
  for (var i = 0; i < _thousands; i++) {
    await thousand();
  }
  // One allocation left behind by every round would be twice as many.
  const tolerated = _thousands * 1000 ~/ 2;
  var grown = 0;
  for (var pass = 0; pass < 5000; pass++) {
    grown = allocations.live - before;
    if (grown < tolerated) return;
    await _collectGarbage();
  }
  fail('$grown allocations are left of ${_thousands * 1000} rounds');
}

/// How many allocations live after the garbage collector freed what it could: until nothing more has gone for a while.
Future<int> _settled() async {
  var fewest = allocations.live;
  for (var idle = 0; idle < 50; idle++) {
    await _collectGarbage();
    if (allocations.live < fewest) {
      fewest = allocations.live;
      idle = 0;
    }
  }
  return fewest;
}

/// Makes garbage so large that it is old at once, as what was forgotten may be by now, and lets other threads work.
Future<void> _collectGarbage() async {
  var garbage = const <int>[];
  for (var i = 0; i < 20; i++) {
    garbage = List.filled(1 << 15, garbage.length);
  }
  await Future<void>.delayed(const Duration(milliseconds: 1));
}
