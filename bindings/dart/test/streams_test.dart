import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

const _question = 'One tip for better focus?';
final _request = ChatRequest(messages: [UserMessage(_question)]);

/// Streams as Dart's loops and subscriptions read them, and how they end.
void main() {
  // P4
  test('a chat is pieces of text that add up, and sends nothing before somebody listens', () async {
    final sandbox = await Sandbox.start(['--pace', '1']);
    final ai = await sandbox.signedIn();
    final answer = ai.chat(_question);
    expect(await sandbox.chats(), isEmpty);
    final pieces = await answer.toList();
    expect(pieces.length, greaterThan(1));
    expect(pieces.join(), (await ai.chatWith(_request)).text);
    expect(await sandbox.chats(), hasLength(2));
    expect(() => answer.listen(null), throwsStateError, reason: 'a second listener would pay again');
  });

  // P4
  test('events tell the model, the text, the end and the usage', () async {
    final sandbox = await Sandbox.start();
    final events = await (await sandbox.signedIn()).chatStream(_request).toList();
    expect(events.first, isA<ChatEventStarted>());
    expect(events, contains(const ChatEvent.finished(choice: 0, reason: FinishReason.stop())));
    expect(events.last, isA<ChatEventUsage>());
  });

  // P5
  test('a loop that is left closes the connection', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    await for (final text in ai.chat(_question)) {
      expect(text, isNotEmpty);
      break;
    }
    await sandbox.untilChatIsLeft();
    expect(await sandbox.streamsOpen(), 0);
  });

  // P5
  test('a listener that fails closes the connection, and its own error comes out', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    await expectLater(ai.chat(_question).forEach((_) => throw StateError('the screen is gone')), throwsStateError);
    await sandbox.untilChatIsLeft();
  });

  // P5
  test('a subscription that is cancelled while it waits closes the connection', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    final said = Completer<void>();
    final received = <Object>[];
    final subscription = ai.chat(_question).listen((_) {
      if (!said.isCompleted) said.complete();
    }, onError: received.add, onDone: () => received.add('done'));
    await said.future;
    expect(await sandbox.streamsOpen(), 1);
    await subscription.cancel();
    await sandbox.untilChatIsLeft();
    expect(received, isEmpty, reason: 'nobody asked for what comes of a cancellation');
  });

  // P5
  test('a subscription that is cancelled before the answer begins closes the connection', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 0);
    final subscription = ai.chat(_question).listen(null);
    await sandbox.untilChatting();
    await subscription.cancel();
    await sandbox.untilChatIsLeft();
  });

  // P5
  test('a subscription that is cancelled at once costs nothing', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await ai.chat(_question).listen(null).cancel();
    await ai.chatWith(_request);
    await sandbox.untilNothingStreams();
    final unanswered = (await sandbox.chats()).where((chat) => chat['ended'] != 'answered');
    expect(unanswered.where((chat) => chat['ended'] != 'client_disconnected'), isEmpty);
  });

  // P5
  test('a stream of a client whose calls can be ended ends with them', () async {
    final sandbox = await Sandbox.start();
    await sandbox.stallChats(afterBytes: 0);
    final cancellation = Cancellation();
    final ai = (await sandbox.signedIn()).withOptions(CallOptions(cancellation: cancellation));
    final answer = ai.chat(_question).toList();
    final ended = expectLater(answer, throwsA(isA<AiPassCancelledException>()));
    await sandbox.untilChatting();
    cancellation.cancel();
    await ended;
    await sandbox.untilChatIsLeft();
  });

  // P5
  test('a call ends with its cancellation, and its connection is closed', () async {
    final sandbox = await Sandbox.start();
    await sandbox.stallChats(afterBytes: 0);
    final cancellation = Cancellation();
    final ai = (await sandbox.signedIn()).withOptions(CallOptions(cancellation: cancellation));
    final ended = expectLater(ai.chatWith(_request), throwsA(isA<AiPassCancelledException>()));
    await sandbox.untilChatting();
    cancellation.cancel();
    await ended;
    await sandbox.untilChatIsLeft();
  });

  test('a paused subscription hears nothing until it goes on, and then everything', () async {
    final sandbox = await Sandbox.start(['--pace', '1']);
    final ai = await sandbox.signedIn();
    final heard = StringBuffer();
    final paused = Completer<void>();
    final done = Completer<void>();
    late final StreamSubscription<String> subscription;
    subscription = ai.chat(_question).listen((text) {
      heard.write(text);
      if (paused.isCompleted) return;
      subscription.pause();
      paused.complete();
    }, onDone: done.complete);
    await paused.future;
    final before = '$heard';
    await ai.balance(); // goes on meanwhile
    expect('$heard', before);
    subscription.resume();
    await done.future;
    await subscription.cancel();
    expect('$heard', (await ai.chatWith(_request)).text);
  });

  test('a paused subscription can be cancelled', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    final subscription = ai.chat(_question).listen(null)..pause();
    await sandbox.untilChatting();
    await subscription.cancel();
    await sandbox.untilNothingStreams();
  });

  // P5
  test('a stream object that is closed while it is read ends what reads it, and closes the connection', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    final stream = await ai.openChatStream(_request);
    final said = Completer<void>();
    final received = <Object>[];
    final done = Completer<void>();
    final subscription = stream.events.texts.listen((_) {
      if (!said.isCompleted) said.complete();
    }, onError: received.add, onDone: done.complete);
    await said.future;
    stream.close();
    await done.future;
    await sandbox.untilChatIsLeft();
    await subscription.cancel();
    expect(received, isEmpty);
    await expectLater(stream.events.toList(), throwsStateError, reason: 'it was closed before anybody listened');
  });

  // P5
  test('a subscription can be cancelled right after its object was closed', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    final stream = await ai.openChatStream(_request);
    final said = Completer<void>();
    final subscription = stream.events.texts.listen((_) {
      if (!said.isCompleted) said.complete();
    });
    await said.future;
    stream.close();
    await subscription.cancel();
    await sandbox.untilChatIsLeft();
    expect(await sandbox.streamsOpen(), 0);
  });

  // P5
  test('a paused subscription whose object was closed can go on, and be cancelled', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stallChats(afterBytes: 700);
    for (final isCancelled in [true, false]) {
      final stream = await ai.openChatStream(_request);
      final paused = Completer<void>();
      final done = Completer<void>();
      late final StreamSubscription<ChatEvent> subscription;
      subscription = stream.events.listen((_) {
        if (paused.isCompleted) return;
        subscription.pause();
        paused.complete();
      }, onDone: done.complete);
      await paused.future;
      await ai.balance(); // what was asked for before the pause comes meanwhile
      stream.close();
      await sandbox.untilChatIsLeft();
      if (isCancelled) {
        await subscription.cancel();
      } else {
        subscription.resume();
        await done.future;
      }
    }
    expect(await sandbox.streamsOpen(), 0);
  });

  // P5
  test('an error comes once, and then the end', () async {
    final sandbox = await Sandbox.start();
    final received = <Object>[];
    final done = Completer<void>();
    sandbox.client().chat(_question).listen(received.add, onError: received.add, onDone: done.complete);
    await done.future;
    expect(received, [const AiPassSignInRequiredException(reason: SignInReason.notSignedIn, detail: null)]);
  });

  // L1
  test("the session's states are told as they change, until nobody listens", () async {
    final sandbox = await Sandbox.start();
    final ai = sandbox.client();
    final states = StreamIterator(ai.sessionStates());
    Future<SessionState> next() async => await states.moveNext() ? states.current : fail('the states ended');
    expect(await next(), const SessionState.signedOut());
    final request = await ai.beginSignIn();
    expect(await next(), const SessionState.signingIn());
    await ai.completeSignIn(Uri.parse(await sandbox.decide(request.url, 'allow')));
    expect(await next(), const SessionState.signedIn());
    await sandbox.ask('POST', 'revoke-grants', <String, Object?>{});
    await expectLater(ai.balance(), throwsA(isA<AiPassSignInRequiredException>()));
    SessionState last;
    do {
      last = await next();
    } while (last == const SessionState.refreshing() || last == const SessionState.signedIn());
    expect(last, const SessionState.needsSignIn(reason: SignInReason.grantEnded));
    final waiting = states.moveNext();
    await states.cancel();
    expect(await waiting, isFalse);
  });

  test('what is used after it was closed says so', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final stream = await ai.openChatStream(_request);
    stream.close();
    expect(stream.next(), throwsStateError);
    await sandbox.untilNothingStreams();
    ai.close();
    expect(ai.balance(), throwsStateError);
    expect(ai.chat('Hello').toList(), throwsStateError);
    ai.close(); // once more changes nothing
  });
}
