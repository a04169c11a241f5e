import 'dart:async';
import 'dart:isolate';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/isolate.dart';
import 'support/sandbox.dart';

final _hello = ChatRequest(messages: [UserMessage('Hello')]);

Future<void> _call(Facts facts) async {
  final ai = await openIn(facts);
  await ai.chatWith(_hello);
}

Future<void> _read(Facts facts) async {
  final ai = await openIn(facts);
  await ai.chat('One tip for better focus?').drain<void>();
}

/// As much as an app may have in flight at once.
Future<void> _everything(Facts facts) async {
  final ai = await openIn(facts);
  unawaited(ai.sessionStates().drain<void>());
  for (var i = 0; i < 5; i++) {
    unawaited(ai.chatWith(_hello));
    unawaited(ai.chat('One tip for better focus?').drain<void>());
    unawaited(ai.refreshBalance());
  }
}

Future<List<FinishReason>> _twenty(Facts facts) async {
  final ai = await openIn(facts);
  try {
    final answers = await [for (var i = 0; i < 20; i++) ai.chatWith(_hello)].wait;
    return [for (final answer in answers) answer.finishReason];
  } finally {
    ai.close();
  }
}

Future<void> _signOut(Facts facts) async {
  final ai = await openIn(facts);
  await ai.signOut();
  ai.close();
}

/// Isolates come and go, and share a session.
void main() {
  late Sandbox sandbox;
  late AiPass ai;
  late Facts facts;

  setUp(() async {
    sandbox = await Sandbox.start();
    final folder = temporaryFolder();
    ai = await sandbox.signIn(await sandbox.open(folder));
    facts = factsOf(sandbox, folder.path);
  });

  // P5
  test('one that is killed in mid-call ends its connection and harms nobody', () async {
    await sandbox.stallChats(afterBytes: 0);
    final worker = await Worker.start(_call, facts);
    await sandbox.untilChatting();
    await worker.kill();
    await sandbox.untilChatIsLeft();
    await sandbox.ask('DELETE', 'faults');
    expect((await ai.chatWith(_hello)).finishReason, const FinishReason.stop());
  });

  // P5
  test('one that is killed in mid-stream ends its connection and harms nobody', () async {
    await sandbox.stallChats(afterBytes: 700);
    final worker = await Worker.start(_read, facts);
    await sandbox.untilChatting();
    await worker.kill();
    await sandbox.untilChatIsLeft();
    await sandbox.untilNothingStreams();
    await sandbox.ask('DELETE', 'faults');
    expect((await ai.chatWith(_hello)).finishReason, const FinishReason.stop());
  });

  test('as at a hot restart, the next one goes on where the killed one had much in flight', () async {
    await sandbox.stallChats(afterBytes: 700);
    for (var restart = 1; restart <= 10; restart++) {
      final before = (await sandbox.chats()).length;
      final worker = await Worker.start(_everything, facts);
      await eventually('the isolate is at work', () async => (await sandbox.chats()).length >= before + 10);
      await worker.kill();
    }
    await sandbox.untilNothingStreams();
    await sandbox.ask('DELETE', 'faults');
    expect(await runIn(_twenty, facts), hasLength(20));
    expect(await ai.sessionState(), const SessionState.signedIn());
  }, timeout: const Timeout(Duration(minutes: 10)));

  test('those that are killed at any moment harm nobody', () async {
    // Whatever is lost with a stream in hand holds its connection for ever.
    await sandbox.stallChats(afterBytes: 700);
    for (var moment = 0; moment < 80; moment++) {
      final worker = await Worker.start(_everything, facts);
      await Future<void>.delayed(Duration(microseconds: 500 * moment));
      await worker.kill();
    }
    await sandbox.untilNothingStreams();
    await sandbox.ask('DELETE', 'faults');
    expect((await ai.chatWith(_hello)).finishReason, const FinishReason.stop());
  }, timeout: const Timeout(Duration(minutes: 10)));

  // L4
  test('two share one session, and refresh it once', () async {
    await sandbox.ask('POST', 'expire-access-tokens', <String, Object?>{});
    final answers = await [
      runIn(_twenty, facts),
      runIn(_twenty, facts),
      _twenty(facts),
    ].wait;
    expect(answers.expand((reasons) => reasons), List.filled(60, const FinishReason.stop()));
    final tokens = (await sandbox.state())['tokens']! as Json;
    expect(tokens['issued_for_refreshes'], 1);
  });

  test('one hears what becomes of the session in another', () async {
    final states = StreamIterator(ai.sessionStates());
    await states.moveNext();
    expect(states.current, const SessionState.signedIn());
    await runIn(_signOut, facts);
    await expectLater(ai.balance(), throwsA(isA<AiPassSignInRequiredException>()));
    await states.moveNext();
    expect(states.current, const SessionState.signedOut());
    await states.cancel();
  });

  test('a client is not for two: sending it to another isolate is refused', () {
    final port = ReceivePort();
    addTearDown(port.close);
    expect(() => port.sendPort.send(ai), throwsArgumentError);
  });
}
