import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

const _request = SpeechRequest(input: 'Two coffees please', responseFormat: AudioFormat.wav);
const _speech = '/audio/speech';
final _tip = [UserMessage('One tip for better focus?')];

/// Speech, videos and conversations as streams, and how they end.
void main() {
  // P4
  test('speech is pieces that add up, and sends nothing before somebody listens', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final speech = ai.speakStreamed(_request);
    expect(await sandbox.requests(_speech), isEmpty);
    final pieces = await speech.toList();
    expect(pieces.expand((piece) => piece).toList(), (await ai.speak(_request)).bytes);
    expect(await sandbox.requests(_speech), hasLength(2));
    expect(() => speech.listen(null), throwsStateError, reason: 'a second listener would pay again');
  });

  // P5
  for (final (moment, bytes) in [('before it begins', 0), ('while it comes', 700)]) {
    test('speech that is cancelled $moment closes the connection', () async {
      final sandbox = await Sandbox.start();
      final ai = await sandbox.signedIn();
      await sandbox.stall('speech', afterBytes: bytes);
      final heard = Completer<void>();
      final received = <Object>[];
      final subscription = ai.speakStreamed(_request).listen((_) {
        if (!heard.isCompleted) heard.complete();
      }, onError: received.add);
      await (bytes == 0 ? sandbox.untilAsked(_speech) : heard.future);
      await subscription.cancel();
      await sandbox.untilLeft(_speech);
      expect(received, isEmpty, reason: 'nobody asked for what comes of a cancellation');
    });
  }

  // P4
  test('what is said in a conversation is a part of it when the model is done', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final conversation = Conversation(const ChatRequest(messages: []));
    final answer = conversation.events(ai: ai, messages: _tip).texts;
    expect(await sandbox.chats(), isEmpty);
    expect(await answer.join(), isNotEmpty);
    expect(conversation.messages(), hasLength(2));
  });

  // P5
  for (final (moment, bytes) in [('before it begins', 0), ('while it comes', 700)]) {
    test("a conversation's answer that is cancelled $moment closes the connection, and nothing was said", () async {
      final sandbox = await Sandbox.start();
      final ai = await sandbox.signedIn();
      await sandbox.stallChats(afterBytes: bytes);
      final conversation = Conversation(const ChatRequest(messages: []));
      final heard = Completer<void>();
      final subscription = conversation.events(ai: ai, messages: _tip).listen((_) {
        if (!heard.isCompleted) heard.complete();
      });
      await (bytes == 0 ? sandbox.untilChatting() : heard.future);
      await subscription.cancel();
      await sandbox.untilChatIsLeft();
      expect(conversation.messages(), isEmpty);
    });
  }

  // P4
  test("a video's changes end with the video", () async {
    final sandbox = await Sandbox.start(['--video-takes', '3000']);
    final ai = await sandbox.signedIn();
    final job = await ai.createVideo(const VideoRequest(prompt: 'A cup of coffee', seconds: 4));
    expect((await ai.videoUpdates(job.id).first).status, const VideoStatus.queued());
    await sandbox.ask('POST', 'advance-clock', {'seconds': 3600});
    final statuses = await ai.videoUpdates(job.id).map((job) => job.status).toList();
    expect(statuses, [const VideoStatus.completed()]);
  });

  // P5
  test("a video's changes that are cancelled while they are asked for close the connection", () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final job = await ai.createVideo(const VideoRequest(prompt: 'A cup of coffee', seconds: 4));
    await sandbox.stall('video_status', afterBytes: 0);
    final subscription = ai.videoUpdates(job.id).listen(null);
    await sandbox.untilAsked('/${job.id}');
    await subscription.cancel();
    await sandbox.untilLeft('/${job.id}');
  });
}
