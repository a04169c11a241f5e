import 'dart:async';
import 'dart:typed_data';

import 'decimal.dart';
import 'generated/aipass.dart';
import 'messages.dart';

/// Calls whose responses are streams. Cancelling a subscription, or leaving a loop, closes the connection.
extension AiPassStreams on AiPass {
  /// Asks a model and returns the text of its answer in pieces.
  ///
  /// Nothing is sent, and nothing paid, before the first listener; there can be only one. Errors are those of [chatStream].
  Stream<String> chat(String prompt) => chatStream(ChatRequest(messages: [UserMessage(prompt)])).texts;

  /// Asks a model and returns all events of its answer: the model's name, pieces of text and of tool calls, why it
  /// stopped, the tokens used.
  ///
  /// Nothing is sent, and nothing paid, before the first listener; there can be only one. Errors are those of [openChatStream], and
  /// [AiPassTruncatedException] with the text received if the connection breaks. While the subscription is paused, the answer
  /// is read no further.
  Stream<ChatEvent> chatStream(ChatRequest request) =>
      _opened(this, (ai) async => _chat(await ai.openChatStream(request)));

  /// Speaks a text and returns the recording in pieces, to be played at once.
  ///
  /// Nothing is sent, and nothing paid, before the first listener; there can be only one. Errors are those of [openSpeech], and
  /// [AiPassTruncatedException] if the connection breaks. While the subscription is paused, it is read no further.
  Stream<Uint8List> speakStreamed(SpeechRequest request) =>
      _opened(this, (ai) async => _speech(await ai.openSpeech(request)));

  /// A video's status, and then each change, until it is done or has failed. A failed video is returned with its status, not
  /// as an error. Cancelling the subscription ends the requests; the provider goes on making the video.
  ///
  /// Nothing is sent before the first listener; there can be only one. Errors are those of [video].
  Stream<VideoJob> videoUpdates(String id) => _pulled(() async => _video(openVideoUpdates(id)));

  /// The session's state, and then each change. A slow listener gets the newest state only: states that were replaced
  /// meanwhile are left out.
  ///
  /// Fails with [AiPassStorageException] if the store cannot be read.
  Stream<SessionState> sessionStates() => _pulled(() async => _states(openSessionStates()));

  /// The balance: what is known now, which may be nothing, and then each change. After a paid call it is an estimate until it
  /// was fetched again: at most once a minute while there is a listener, and whenever [resumed] was called. Nothing is sent
  /// without a listener. A slow listener gets the newest only. [BalanceUpdate.isLow] says when less than [lowBelow] US dollars
  /// are left.
  ///
  /// Fails with [AiPassUnsupportedException] with a provider other than AI Pass. A fetch that fails does not end it: see
  /// [BalanceUpdate.errorCode].
  Stream<BalanceUpdate> balances({Decimal? lowBelow}) => _pulled(() async => _balances(openBalances(lowBelow)));
}

/// A conversation's answers as streams.
extension ConversationStreams on Conversation {
  /// Sends `messages` and returns all events of the answer. Both are in the history as soon as the model has finished. If
  /// the subscription is cancelled before that, the connection is closed and the history is as it was.
  ///
  /// Nothing is sent, and nothing paid, before the first listener; there can be only one. Errors are those of [stream], and
  /// [AiPassTruncatedException] with the text received if the connection breaks.
  Stream<ChatEvent> events({required AiPass ai, required List<Message> messages}) =>
      _opened(ai, (ai) async => _chat(await stream(ai: ai, messages: messages)));
}

/// An answer that has begun, as of a conversation.
extension ChatStreamEvents on ChatStream {
  /// All events, for one listener. Cancelling the subscription closes the connection. The object stays open, for
  /// [ChatStream.answer]; closing it ends the stream.
  Stream<ChatEvent> get events => _taken(_chat(this));
}

/// The answer of a request that is paid for once.
extension PreparedChatEvents on PreparedChat {
  /// Sends the request and returns all events of its answer. After [AiPassBudgetExceededException] it can be called once more, if
  /// [PreparedChat.canSend] says so.
  ///
  /// Nothing is sent, and nothing paid, before the first listener; there can be only one. Cancelling the subscription closes the
  /// connection; before the answer has begun only if [cancellation] is that of the client that has prepared the request, whose other
  /// calls end with it. Errors are those of [PreparedChat.stream], and [AiPassTruncatedException] with the text received if the
  /// connection breaks.
  Stream<ChatEvent> events({Cancellation? cancellation}) =>
      _pulled(() async => _chat(await stream()), cancelOpening: () {
        if (cancellation != null && !cancellation.isClosed) cancellation.cancel();
      });
}

/// Speech that has begun.
extension ByteStreamPieces on ByteStream {
  /// The bytes in pieces, for one listener. Cancelling the subscription, or closing the object, closes the connection.
  Stream<Uint8List> get pieces => _taken(_speech(this));
}

/// A video that is being made.
extension VideoUpdatesStates on VideoUpdates {
  /// The video's states as they change, until it is finished. Cancelling the subscription, or closing the object, ends the
  /// requests.
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
_Source<BalanceUpdate> _balances(Balances it) => _Source(it.next, it.cancel, it.close, () => it.isClosed);
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
  }, cancelOpening: opening.cancel, whenOver: opening.close);
}

/// A stream of what is open already, and stays so.
Stream<T> _taken<T extends Object>(_Source<T> source) => _pulled(() async {
      if (source.isClosed()) throw StateError('it is closed');
      return _Source(source.next, source.cancel, () {}, source.isClosed);
    });

/// A stream of what the source gives that [open] opens, until it gives null or is closed. [cancelOpening] ends a waiting [open], and
/// [whenOver] is called at the end. No `async*` function, because those hear of a cancellation only when they have something to give.
Stream<T> _pulled<T extends Object>(
  Future<_Source<T>> Function() open, {
  void Function()? cancelOpening,
  void Function()? whenOver,
}) {
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
      // An error that a cancellation causes is not reported.
      if (controller.hasListener) controller.addError(error, trace);
    } finally {
      isOver = true;
      source?.close();
      whenOver?.call();
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
      goOn(); // a paused stream must notice the cancellation
      // Also at the end, when there is nothing left to cancel.
      if (isOver) return null;
      if (source case final opened?) {
        // Who has closed it has cancelled it.
        if (!opened.isClosed()) opened.cancel();
      } else {
        cancelOpening?.call();
      }
      return pulling;
    };
  return controller.stream;
}
