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
  Stream<ChatEvent> chatStream(ChatRequest request) {
    final opening = Cancellation();
    return _pulled(
      open: () async {
        // A future of Dart's cannot be cancelled, and the answer may be long in coming.
        final ended = endedBy(opening);
        try {
          return await ended.openChatStream(request);
        } finally {
          ended.close();
        }
      },
      next: (stream) => stream.next(),
      cancel: (stream) => stream == null ? opening.cancel() : stream.cancel(),
      close: (stream) {
        stream?.close();
        opening.close();
      },
    );
  }

  /// Where the session stands, and then each change. Only the newest state counts: a slow listener is not told of those that
  /// were already replaced.
  ///
  /// Fails with [AiPassStorageException] if the store cannot be read.
  Stream<SessionState> sessionStates() => _pulled(
        open: () async => openSessionStates(),
        next: (states) => states.next(),
        cancel: (states) => states?.cancel(),
        close: (states) => states?.close(),
      );
}

/// An answer that has begun, as of a conversation.
extension ChatStreamEvents on ChatStream {
  /// All that comes, once. Where the subscription is cancelled, the connection is closed. The object is left open, for
  /// [ChatStream.answer].
  Stream<ChatEvent> get events => _taken(next, cancel);
}

/// Speech that has begun.
extension ByteStreamPieces on ByteStream {
  /// The bytes as they come, once. Where the subscription is cancelled, the connection is closed.
  Stream<Uint8List> get pieces => _taken(next, cancel);
}

/// A video that is being made.
extension VideoUpdatesStates on VideoUpdates {
  /// The video's states as they change, until it is finished. Where the subscription is cancelled, nobody asks any more.
  Stream<VideoJob> get states => _taken(next, cancel);
}

/// A stream of what is open already.
Stream<T> _taken<T extends Object>(Future<T?> Function() next, void Function() cancel) => _pulled<Object, T>(
      open: () async => const Object(),
      next: (_) => next(),
      cancel: (_) => cancel(),
      close: (_) {},
    );

/// The text in a stream of events.
extension ChatTexts on Stream<ChatEvent> {
  /// Only the pieces of text, which add up to the answer; of several answers, the first.
  Stream<String> get texts => expand((event) => [if (event case ChatEventText(:final text, choice: 0)) text]);
}

/// A stream of what [next] gives of the source that [open] opens, until it gives null. [cancel] ends a waiting [open] (then
/// there is no source yet) or [next]; [close] comes last. No `async*` function, because those hear of a cancellation only when
/// they have something to give.
Stream<T> _pulled<S extends Object, T extends Object>({
  required Future<S> Function() open,
  required Future<T?> Function(S) next,
  required void Function(S?) cancel,
  required void Function(S?) close,
}) {
  final controller = StreamController<T>();
  S? source;
  Future<void>? pulling;
  Completer<void>? paused;
  var isOver = false;

  Future<void> pull() async {
    try {
      final opened = source = await open();
      while (controller.hasListener) {
        await paused?.future;
        final item = controller.hasListener ? await next(opened) : null;
        if (item == null) break;
        controller.add(item);
      }
    } on Object catch (error, trace) {
      // Nobody asked for what comes of a cancellation.
      if (controller.hasListener) controller.addError(error, trace);
    } finally {
      isOver = true;
      close(source);
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
    ..onResume = () {
      paused?.complete();
      paused = null;
    }
    ..onCancel = () {
      // Also at the end, when there is nothing left to cancel.
      if (isOver) return null;
      cancel(source);
      paused?.complete();
      paused = null;
      return pulling;
    };
  return controller.stream;
}
