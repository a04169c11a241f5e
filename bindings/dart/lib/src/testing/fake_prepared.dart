import '../generated/aipass.dart';
import '../prepared.dart';

/// How often a request was sent. The rules are the library's.
final class _Sends {
  var _phase = _Phase.ready;

  bool get canBegin => _phase == _Phase.ready || _phase == _Phase.refused;

  _Phase begin() {
    if (_phase == _Phase.closed) throw StateError('it is closed');
    if (!canBegin) {
      throw const AiPassInvalidInputException(input: 'prepared', detail: 'it was sent, and may have been paid for');
    }
    final before = _phase;
    _phase = _Phase.sending;
    return before;
  }

  void end(_Phase before, [Object? failure]) {
    if (_phase == _Phase.closed) return;
    _phase = switch (failure) {
      AiPassBudgetExceededException(text: null) when before == _Phase.ready => _Phase.refused,
      AiPassInvalidInputException() ||
      AiPassUnsupportedException() ||
      AiPassSignInRequiredException() ||
      AiPassStorageException() ||
      AiPassSpendLimitException(text: null) ||
      AiPassOfflineException(maybeSent: false) ||
      AiPassTimeoutException(limit: TimeLimit.connect) =>
        before,
      _ => _Phase.spent,
    };
  }

  Future<T> send<T>(Future<T> Function() call) async {
    final before = begin();
    try {
      final answer = await call();
      end(before);
      return answer;
    } on Object catch (failure) {
      end(before, failure);
      rethrow;
    }
  }

  void close() => _phase = _Phase.closed;
}

enum _Phase { ready, refused, sending, spent, closed }

/// A prepared receipt that a fake reads.
final class FakePreparedReceipt implements PreparedReceipt {
  /// Which this call reads.
  FakePreparedReceipt(this._scan);

  final Future<Receipt> Function() _scan;
  final _Sends _sends = _Sends();

  @override
  bool canSend() => _sends.canBegin;

  @override
  Future<Receipt> send() => _sends.send(_scan);

  @override
  void close() => _sends.close();
}

/// A prepared chat that a fake answers.
final class FakePreparedAnswer implements PreparedAnswer {
  /// Which these calls answer.
  FakePreparedAnswer(this._chat, this._stream);

  final Future<ChatAnswer> Function() _chat;
  final Stream<ChatEvent> Function() _stream;
  final _Sends _sends = _Sends();

  @override
  bool canSend() => _sends.canBegin;

  @override
  Future<ChatAnswer> send() => _sends.send(_chat);

  @override
  Stream<ChatEvent> events() async* {
    final before = _sends.begin();
    var hasBegun = false;
    try {
      await for (final event in _stream()) {
        if (!hasBegun) _sends.end(before);
        hasBegun = true;
        yield event;
      }
    } on Object catch (failure) {
      if (!hasBegun) _sends.end(before, failure);
      hasBegun = true;
      rethrow;
    } finally {
      if (!hasBegun) _sends.end(before); // left before it began, or empty
    }
  }

  @override
  void close() => _sends.close();
}
