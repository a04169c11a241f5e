import 'dart:async';
import 'dart:typed_data';

import 'generated/aipass.dart';
import 'messages.dart';

/// What comes piece by piece, as streams. Where a subscription is cancelled, or a loop is left, the connection is closed.
extension AiPassStreams on AiPass {
  /// Asks a model and hands over the words of its answer as they come.
  ///
  /// Nothing is sent, and nothing paid, before somebody listens; only one can. Errors are those of [chatStream].
  Stream<String> chat(String prompt) => chatStream(ChatRequest(messages: [UserMessage(prompt)])).texts;

  /// Asks a model and hands over all that comes: the model's name, pieces of text and of tool calls, why it stopped, what was
  /// used.
  ///
  /// Nothing is sent, and nothing paid, before somebody listens; only one can. Errors are those of [openChatStream], and
  /// [AiPassTruncatedException] with the text that came if the answer breaks off. While the subscription is paused, the answer
  /// is read no further.
  Stream<ChatEvent> chatStream(ChatRequest request) =>
      _opened(this, (ai) async => _chat(await ai.openChatStream(request)));

  /// Speaks a text and hands over the recording as it comes, to be played at once.
  ///
  /// Nothing is sent, and nothing paid, before somebody listens; only one can. Errors are those of [openSpeech], and
  /// [AiPassTruncatedException] if the recording breaks off. While the subscription is paused, it is read no further.
  Stream<Uint8List> speakStreamed(SpeechRequest request) =>
      _opened(this, (ai) async => _speech(await ai.openSpeech(request)));

  /// How a video is getting on, and then each change that is noticed, until it is done or has failed. A failed video comes as
  /// such, not as an error. Where the subscription is cancelled, nobody asks any more, and the video goes on.
  ///
  /// Nothing is sent before somebody listens; only one can. Errors are those of [video].
  Stream<VideoJob> videoUpdates(String id) => _pulled(() async => _video(openVideoUpdates(id)));

  /// Where the session stands, and then each change. Only the newest state counts: a slow listener is not told of those that
  /// were already replaced.
  ///
  /// Fails with [AiPassStorageException] if the store cannot be read.
  Stream<SessionState> sessionStates() => _pulled(() async => _states(openSessionStates()));
}

/// What is said in a conversation, as a stream.
extension ConversationStreams on Conversation {
  /// Says something and hands over all that the model answers. Both are a part of the history as soon as the model is done;
  /// where the subscription is cancelled before that, the connection is closed and the history is as it was.
  ///
  /// Nothing is sent, and nothing paid, before somebody listens; only one can. Errors are those of [stream], and
  /// [AiPassTruncatedException] with the text that came if the answer breaks off.
  Stream<ChatEvent> events({required AiPass ai, required List<Message> messages}) =>
      _opened(ai, (ai) async => _chat(await stream(ai: ai, messages: messages)));
}

/// An answer that has begun, as of a conversation.
extension ChatStreamEvents on ChatStream {
  /// All that comes, once. Where the subscription is cancelled, the connection is closed. The object is left open, for
  /// [ChatStream.answer]; closing it meanwhile ends the stream.
  Stream<ChatEvent> get events => _taken(_chat(this));
}

/// Speech that has begun.
extension ByteStreamPieces on ByteStream {
  /// The bytes as they come, once. Where the subscription is cancelled, or the object closed, the connection is closed.
  Stream<Uint8List> get pieces => _taken(_speech(this));
}

/// A video that is being made.
extension VideoUpdatesStates on VideoUpdates {
  /// The video's states as they change, until it is finished. Where the subscription is cancelled, or the object closed, nobody
  /// asks any more.
  Stream<VideoJob> get states => _taken(_video(this));
}

/// The text in a stream of events.
extension ChatTexts on Stream<ChatEvent> {
  /// Only the pieces of text, which add up to the answer; of several answers, the first.
  Stream<String> get texts => expand((event) => [if (event case ChatEventText(:final text, choice: 0)) text]);
}

/// What can be asked for one piece after the other. The library's objects that can have no type in common.
final class _Source<T extends Object> {
  const _Source(this.next, this.cancel, this.close, this.isClosed);

  final Future<T?> Function() next;
  final void Function() cancel;
  final void Function() close;
  final bool Function() isClosed;
}

_Source<ChatEvent> _chat(ChatStream it) => _Source(it.next, it.cancel, it.close, () => it.isClosed);
_Source<Uint8List> _speech(ByteStream it) => _Source(it.next, it.cancel, it.close, () => it.isClosed);
_Source<VideoJob> _video(VideoUpdates it) => _Source(it.next, it.cancel, it.close, () => it.isClosed);
_Source<SessionState> _states(SessionStates it) => _Source(it.next, it.cancel, it.close, () => it.isClosed);

/// A stream of what a call of this client opens. That may be long in coming, and a future of Dart's cannot be cancelled: the
/// call is made by a client whose calls can.
Stream<T> _opened<T extends Object>(AiPass ai, Future<_Source<T>> Function(AiPass) open) {
  final opening = Cancellation();
  return _pulled(() async {
    final ended = ai.withCancellation(opening);
    try {
      return await open(ended);
    } finally {
      ended.close();
    }
  }, opening: opening);
}

/// A stream of what is open already, and stays so.
Stream<T> _taken<T extends Object>(_Source<T> source) => _pulled(() async {
      if (source.isClosed()) throw StateError('it is closed');
      return _Source(source.next, source.cancel, () {}, source.isClosed);
    });

/// A stream of what the source gives that [open] opens, until it gives null or is closed. [opening] ends a waiting [open]. No
/// `async*` function, because those hear of a cancellation only when they have something to give.
Stream<T> _pulled<T extends Object>(Future<_Source<T>> Function() open, {Cancellation? opening}) {
  final controller = StreamController<T>();
  _Source<T>? source;
  Future<void>? pulling;
  Completer<void>? paused;
  var isOver = false;

  void goOn() {
    paused?.complete();
    paused = null;
  }

  Future<void> pull() async {
    try {
      final opened = source = await open();
      while (controller.hasListener) {
        await paused?.future;
        final item = controller.hasListener && !opened.isClosed() ? await opened.next() : null;
        if (item == null) break;
        controller.add(item);
      }
    } on Object catch (error, trace) {
      // Nobody asked for what comes of a cancellation.
      if (controller.hasListener) controller.addError(error, trace);
    } finally {
      isOver = true;
      source?.close();
      opening?.close();
    }
  }

  controller
    ..onListen = () {
      pulling = pull();
      unawaited(pulling!.whenComplete(controller.close));
    }
    ..onPause = () {
      paused = Completer();
    }
    ..onResume = goOn
    ..onCancel = () {
      goOn(); // whatever comes, nobody waits for a paused listener
      // Also at the end, when there is nothing left to cancel.
      if (isOver) return null;
      if (source case final opened?) {
        // Who has closed it has cancelled it.
        if (!opened.isClosed()) opened.cancel();
      } else {
        opening?.cancel();
      }
      return pulling;
    };
  return controller.stream;
}
