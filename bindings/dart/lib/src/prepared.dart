import 'generated/aipass.dart';
import 'streams.dart';

/// A request that was prepared, and is paid for once: what an app's own code needs of a [PreparedScan] or a [PreparedChat], so that a
/// fake can stand for it.
abstract interface class PreparedRequest {
  /// Whether it can be sent now; see [PreparedScan.canSend].
  bool canSend();

  /// Frees what it holds. A send that is under way finishes; later ones throw a [StateError].
  void close();
}

/// A prepared receipt; see [AiPass.preparedScan].
abstract interface class PreparedReceipt implements PreparedRequest {
  /// Sends it; see [PreparedScan.send].
  Future<Receipt> send();
}

/// A prepared chat; see [AiPass.preparedChat].
abstract interface class PreparedAnswer implements PreparedRequest {
  /// Sends it and waits for the whole answer; see [PreparedChat.send].
  Future<ChatAnswer> send();

  /// Sends it and returns all events of its answer; see [PreparedChatEvents.events]. Cancelling the subscription closes the connection,
  /// also before the answer has begun.
  Stream<ChatEvent> events();
}

/// Prepares a receipt with the library's client.
Future<PreparedReceipt> prepareScan(AiPass ai, ReceiptScan scan) async => _Receipt(await ai.preparedScan(scan));

/// Prepares a chat with the library's client.
Future<PreparedAnswer> prepareChat(AiPass ai, ChatRequest request) async {
  final cancellation = Cancellation();
  final ended = ai.withCancellation(cancellation);
  try {
    return _Answer(await ended.preparedChat(request), cancellation);
  } on Object {
    cancellation.close();
    rethrow;
  } finally {
    ended.close();
  }
}

final class _Receipt implements PreparedReceipt {
  _Receipt(this._scan);

  final PreparedScan _scan;

  @override
  bool canSend() => !_scan.isClosed && _scan.canSend();

  @override
  Future<Receipt> send() => _scan.send();

  @override
  void close() => _scan.close();
}

final class _Answer implements PreparedAnswer {
  _Answer(this._chat, this._cancellation);

  final PreparedChat _chat;

  /// Of this request alone.
  final Cancellation _cancellation;

  @override
  bool canSend() => !_chat.isClosed && _chat.canSend();

  @override
  Future<ChatAnswer> send() => _chat.send();

  @override
  Stream<ChatEvent> events() => _chat.events(cancellation: _cancellation);

  @override
  void close() {
    _chat.close();
    _cancellation.close();
  }
}
