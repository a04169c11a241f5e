// Written by uniffi-dart-generator: do not edit.

part of 'aipass.dart';

/// Why a call failed, as a decision for the app.
sealed class AiPassException implements Exception {
  const AiPassException._();

  /// A stable code for this error, such as `budget_exceeded` or `storage_key_lost`: what an app translates.
  String get code {
    final $this = _codecOfAiPassException.lower(this);
    final $$result = _methodErrorCode($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  /// What happened, as an English sentence for developers. It holds no secret.
  String get message {
    final $this = _codecOfAiPassException.lower(this);
    final $$result = _methodErrorText($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  String get _values;

  @override
  String toString() {
    try {
      return 'AiPassException: $message';
    } on Object {
// Without the native library, as in an app's own tests.
      return _values;
    }
  }
}

/// There is no usable session: show the sign-in button. `reason` says why.
final class AiPassSignInRequiredException extends AiPassException {
  /// Of these values.
  const AiPassSignInRequiredException({
    required this.reason,
    required this.detail,
  }) : super._();

  /// Why the session cannot be used.
  final SignInReason reason;

  /// The server's own words, bounded and scrubbed, if it gave any with its refusal.
  final String? detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassSignInRequiredException && reason == other.reason && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassSignInRequiredException, reason, detail);

  @override
  String get _values => 'AiPassSignInRequiredException(reason: $reason, detail: $detail)';
}

/// The app or the user cancelled the call. Nothing to show.
final class AiPassCancelledException extends AiPassException {
  /// Of these values.
  const AiPassCancelledException() : super._();

  @override
  bool operator ==(Object other) => other is AiPassCancelledException;

  @override
  int get hashCode => (AiPassCancelledException).hashCode;

  @override
  String get _values => 'AiPassCancelledException()';
}

/// The user's budget is used up: show the balance and a way to top up. Figures are in the wallet's currency.
final class AiPassBudgetExceededException extends AiPassException {
  /// Of these values.
  const AiPassBudgetExceededException({
    required this.spent,
    required this.limit,
    required this.requestId,
    required this.detail,
    required this.text,
  }) : super._();

  /// What has been spent, if the server said so.
  final Decimal? spent;

  /// The budget, if the server said so.
  final Decimal? limit;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// The server's own words, bounded and scrubbed.
  final String detail;

  /// The text that the model sent before an error inside of its response; `null` if the response was an error only.
  /// It is not a whole answer.
  final String? text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassBudgetExceededException &&
          spent == other.spent &&
          limit == other.limit &&
          requestId == other.requestId &&
          detail == other.detail &&
          text == other.text;

  @override
  int get hashCode => Object.hash(AiPassBudgetExceededException, spent, limit, requestId, detail, text);

  @override
  String get _values =>
      'AiPassBudgetExceededException(spent: $spent, limit: $limit, requestId: $requestId, detail: $detail, text: $text)';
}

/// The call would pass a limit that the app has set itself ([SpendLimits]): say so, or raise the limit. Nothing was
/// sent, unless there is a `message`. Figures are US dollars.
final class AiPassSpendLimitException extends AiPassException {
  /// Of these values.
  const AiPassSpendLimitException({
    required this.scope,
    required this.limit,
    required this.spent,
    required this.reserved,
    required this.estimate,
    required this.text,
  }) : super._();

  /// Which limit.
  final SpendScope scope;

  /// How much it allows.
  final Decimal limit;

  /// What was spent before: the costs that were told, and those that were computed of told tokens; 0 for the limit of
  /// one call.
  final Decimal spent;

  /// The estimates of calls that are under way, or whose cost is not known.
  final Decimal reserved;

  /// The most that this call may cost; `null` if that is unknown.
  final Decimal? estimate;

  /// The text that arrived of a stream that grew longer than its estimate and was ended. What the model has produced
  /// may be billed. `null` if nothing was sent.
  final String? text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassSpendLimitException &&
          scope == other.scope &&
          limit == other.limit &&
          spent == other.spent &&
          reserved == other.reserved &&
          estimate == other.estimate &&
          text == other.text;

  @override
  int get hashCode => Object.hash(AiPassSpendLimitException, scope, limit, spent, reserved, estimate, text);

  @override
  String get _values =>
      'AiPassSpendLimitException(scope: $scope, limit: $limit, spent: $spent, reserved: $reserved, estimate: $estimate, text: $text)';
}

/// Too many requests: wait, then offer to try again.
final class AiPassRateLimitedException extends AiPassException {
  /// Of these values.
  const AiPassRateLimitedException({
    required this.retryAfter,
    required this.requestId,
    required this.detail,
    required this.text,
  }) : super._();

  /// How long the server asks to wait, if it said so.
  final Duration? retryAfter;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// The server's own words, bounded and scrubbed.
  final String detail;

  /// The text that the model sent before an error inside of its response; `null` if the response was an error only.
  /// It is not a whole answer.
  final String? text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassRateLimitedException &&
          retryAfter == other.retryAfter &&
          requestId == other.requestId &&
          detail == other.detail &&
          text == other.text;

  @override
  int get hashCode => Object.hash(AiPassRateLimitedException, retryAfter, requestId, detail, text);

  @override
  String get _values =>
      'AiPassRateLimitedException(retryAfter: $retryAfter, requestId: $requestId, detail: $detail, text: $text)';
}

/// The server could not be reached, or the connection broke: offer to try again when the network is back.
final class AiPassOfflineException extends AiPassException {
  /// Of these values.
  const AiPassOfflineException({
    required this.maybeSent,
    required this.detail,
  }) : super._();

  /// Whether the request may have reached the server. A paid call with `maybeSent` may have been charged.
  final bool maybeSent;

  /// What failed, for developers.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassOfflineException && maybeSent == other.maybeSent && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassOfflineException, maybeSent, detail);

  @override
  String get _values => 'AiPassOfflineException(maybeSent: $maybeSent, detail: $detail)';
}

/// A time limit passed. The request may have reached the server.
final class AiPassTimeoutException extends AiPassException {
  /// Of these values.
  const AiPassTimeoutException({
    required this.limit,
    required this.after,
    required this.lastStatus,
  }) : super._();

  /// Which limit it was.
  final TimeLimit limit;

  /// How long that limit is.
  final Duration after;

  /// The last status of the video that the call waited for, such as `queued`, or the provider's own word. The
  /// provider goes on making the video: wait for it again. `null` for every other call, and if the provider did not
  /// say.
  final String? lastStatus;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassTimeoutException && limit == other.limit && after == other.after && lastStatus == other.lastStatus;

  @override
  int get hashCode => Object.hash(AiPassTimeoutException, limit, after, lastStatus);

  @override
  String get _values => 'AiPassTimeoutException(limit: $limit, after: $after, lastStatus: $lastStatus)';
}

/// The provider refused the request or failed: `kind` says which.
final class AiPassProviderException extends AiPassException {
  /// Of these values.
  const AiPassProviderException({
    required this.kind,
    required this.status,
    required this.providerCode,
    required this.parameter,
    required this.requestId,
    required this.retryAfter,
    required this.detail,
    required this.text,
  }) : super._();

  /// Why the provider refused or failed.
  final ProviderErrorKind kind;

  /// The HTTP status, if there was a response.
  final int? status;

  /// The provider's own error code, such as `invalid_scope` or `model_not_found`.
  final String? providerCode;

  /// The request's parameter that the provider refused, such as `temperature`, if it named one. Leave it out and try
  /// again.
  final String? parameter;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// How long the server asks to wait, if it said so.
  final Duration? retryAfter;

  /// The server's own words, bounded and scrubbed.
  final String detail;

  /// The text that the model sent before an error inside of its response; `null` if the response was an error only.
  /// It is not a whole answer.
  final String? text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassProviderException &&
          kind == other.kind &&
          status == other.status &&
          providerCode == other.providerCode &&
          parameter == other.parameter &&
          requestId == other.requestId &&
          retryAfter == other.retryAfter &&
          detail == other.detail &&
          text == other.text;

  @override
  int get hashCode =>
      Object.hash(AiPassProviderException, kind, status, providerCode, parameter, requestId, retryAfter, detail, text);

  @override
  String get _values =>
      'AiPassProviderException(kind: $kind, status: $status, providerCode: $providerCode, parameter: $parameter, requestId: $requestId, retryAfter: $retryAfter, detail: $detail, text: $text)';
}

/// The callback URL that the app handed over does not complete a sign-in. The session is as it was.
final class AiPassInvalidCallbackException extends AiPassException {
  /// Of these values.
  const AiPassInvalidCallbackException({
    required this.kind,
  }) : super._();

  /// What is wrong with it.
  final CallbackErrorKind kind;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is AiPassInvalidCallbackException && kind == other.kind;

  @override
  int get hashCode => Object.hash(AiPassInvalidCallbackException, kind);

  @override
  String get _values => 'AiPassInvalidCallbackException(kind: $kind)';
}

/// An argument cannot be used; nothing was sent. `input` names it.
final class AiPassInvalidInputException extends AiPassException {
  /// Of these values.
  const AiPassInvalidInputException({
    required this.input,
    required this.detail,
  }) : super._();

  /// Which argument, spelt the same in every language: "photo", "redirect_uri".
  final String input;

  /// What is wrong and what to do.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is AiPassInvalidInputException && input == other.input && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassInvalidInputException, input, detail);

  @override
  String get _values => 'AiPassInvalidInputException(input: $input, detail: $detail)';
}

/// The store that keeps the session failed: `kind` says what to do.
final class AiPassStorageException extends AiPassException {
  /// Of these values.
  const AiPassStorageException({
    required this.kind,
    required this.detail,
  }) : super._();

  /// What kind of failure it was.
  final StorageErrorKind kind;

  /// What the store said, for developers.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is AiPassStorageException && kind == other.kind && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassStorageException, kind, detail);

  @override
  String get _values => 'AiPassStorageException(kind: $kind, detail: $detail)';
}

/// The response ended before it was complete. `message` is the part that arrived: do not show it as a whole answer.
final class AiPassTruncatedException extends AiPassException {
  /// Of these values.
  const AiPassTruncatedException({
    required this.text,
    required this.requestId,
    required this.detail,
  }) : super._();

  /// The text received until then; empty if none.
  final String text;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// Where it ended, for developers.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassTruncatedException && text == other.text && requestId == other.requestId && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassTruncatedException, text, requestId, detail);

  @override
  String get _values => 'AiPassTruncatedException(text: $text, requestId: $requestId, detail: $detail)';
}

/// The model's answer does not have the form that was asked for. The call was paid for, so `message` has the whole
/// answer: show it, or search it.
final class AiPassInvalidOutputException extends AiPassException {
  /// Of these values.
  const AiPassInvalidOutputException({
    required this.text,
    required this.requestId,
    required this.detail,
  }) : super._();

  /// The model's whole answer.
  final String text;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// What is wrong and where, for developers. It does not repeat the text.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is AiPassInvalidOutputException &&
          text == other.text &&
          requestId == other.requestId &&
          detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassInvalidOutputException, text, requestId, detail);

  @override
  String get _values => 'AiPassInvalidOutputException(text: $text, requestId: $requestId, detail: $detail)';
}

/// The provider of this session does not offer this.
final class AiPassUnsupportedException extends AiPassException {
  /// Of these values.
  const AiPassUnsupportedException({
    required this.what,
  }) : super._();

  /// What is not offered.
  final String what;

  @override
  bool operator ==(Object other) => identical(this, other) || other is AiPassUnsupportedException && what == other.what;

  @override
  int get hashCode => Object.hash(AiPassUnsupportedException, what);

  @override
  String get _values => 'AiPassUnsupportedException(what: $what)';
}

/// Any other failure, such as a bug in the library.
final class AiPassOtherException extends AiPassException {
  /// Of these values.
  const AiPassOtherException({
    required this.code,
    required this.detail,
  }) : super._();

  /// A stable code.
  @override
  final String code;

  /// What happened, for developers.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is AiPassOtherException && code == other.code && detail == other.detail;

  @override
  int get hashCode => Object.hash(AiPassOtherException, code, detail);

  @override
  String get _values => 'AiPassOtherException(code: $code, detail: $detail)';
}

final class _AiPassExceptionCodec extends _Codec<AiPassException> {
  const _AiPassExceptionCodec();

  @override
  AiPassException read(_Reader reader) => switch (_readInt32(reader)) {
        1 => AiPassSignInRequiredException(
            reason: _codecOfSignInReason.read(reader),
            detail: const _Optional(_string).read(reader),
          ),
        2 => const AiPassCancelledException(),
        3 => AiPassBudgetExceededException(
            spent: const _Optional(_codecOfDecimal).read(reader),
            limit: const _Optional(_codecOfDecimal).read(reader),
            requestId: const _Optional(_string).read(reader),
            detail: _string.read(reader),
            text: const _Optional(_string).read(reader),
          ),
        4 => AiPassSpendLimitException(
            scope: _codecOfSpendScope.read(reader),
            limit: _codecOfDecimal.read(reader),
            spent: _codecOfDecimal.read(reader),
            reserved: _codecOfDecimal.read(reader),
            estimate: const _Optional(_codecOfDecimal).read(reader),
            text: const _Optional(_string).read(reader),
          ),
        5 => AiPassRateLimitedException(
            retryAfter: const _Optional(_duration).read(reader),
            requestId: const _Optional(_string).read(reader),
            detail: _string.read(reader),
            text: const _Optional(_string).read(reader),
          ),
        6 => AiPassOfflineException(
            maybeSent: _bool.read(reader),
            detail: _string.read(reader),
          ),
        7 => AiPassTimeoutException(
            limit: _codecOfTimeLimit.read(reader),
            after: _duration.read(reader),
            lastStatus: const _Optional(_string).read(reader),
          ),
        8 => AiPassProviderException(
            kind: _codecOfProviderErrorKind.read(reader),
            status: const _Optional(_uint16).read(reader),
            providerCode: const _Optional(_string).read(reader),
            parameter: const _Optional(_string).read(reader),
            requestId: const _Optional(_string).read(reader),
            retryAfter: const _Optional(_duration).read(reader),
            detail: _string.read(reader),
            text: const _Optional(_string).read(reader),
          ),
        9 => AiPassInvalidCallbackException(
            kind: _codecOfCallbackErrorKind.read(reader),
          ),
        10 => AiPassInvalidInputException(
            input: _string.read(reader),
            detail: _string.read(reader),
          ),
        11 => AiPassStorageException(
            kind: _codecOfStorageErrorKind.read(reader),
            detail: _string.read(reader),
          ),
        12 => AiPassTruncatedException(
            text: _string.read(reader),
            requestId: const _Optional(_string).read(reader),
            detail: _string.read(reader),
          ),
        13 => AiPassInvalidOutputException(
            text: _string.read(reader),
            requestId: const _Optional(_string).read(reader),
            detail: _string.read(reader),
          ),
        14 => AiPassUnsupportedException(
            what: _string.read(reader),
          ),
        15 => AiPassOtherException(
            code: _string.read(reader),
            detail: _string.read(reader),
          ),
        final other => throw InternalException('AiPassException has no case $other'),
      };

  @override
  void write(_Writer writer, AiPassException value) {
    switch (value) {
      case AiPassSignInRequiredException():
        _writeInt32(writer, 1);
        _codecOfSignInReason.write(writer, value.reason);
        const _Optional(_string).write(writer, value.detail);
      case AiPassCancelledException():
        _writeInt32(writer, 2);
      case AiPassBudgetExceededException():
        _writeInt32(writer, 3);
        const _Optional(_codecOfDecimal).write(writer, value.spent);
        const _Optional(_codecOfDecimal).write(writer, value.limit);
        const _Optional(_string).write(writer, value.requestId);
        _string.write(writer, value.detail);
        const _Optional(_string).write(writer, value.text);
      case AiPassSpendLimitException():
        _writeInt32(writer, 4);
        _codecOfSpendScope.write(writer, value.scope);
        _codecOfDecimal.write(writer, value.limit);
        _codecOfDecimal.write(writer, value.spent);
        _codecOfDecimal.write(writer, value.reserved);
        const _Optional(_codecOfDecimal).write(writer, value.estimate);
        const _Optional(_string).write(writer, value.text);
      case AiPassRateLimitedException():
        _writeInt32(writer, 5);
        const _Optional(_duration).write(writer, value.retryAfter);
        const _Optional(_string).write(writer, value.requestId);
        _string.write(writer, value.detail);
        const _Optional(_string).write(writer, value.text);
      case AiPassOfflineException():
        _writeInt32(writer, 6);
        _bool.write(writer, value.maybeSent);
        _string.write(writer, value.detail);
      case AiPassTimeoutException():
        _writeInt32(writer, 7);
        _codecOfTimeLimit.write(writer, value.limit);
        _duration.write(writer, value.after);
        const _Optional(_string).write(writer, value.lastStatus);
      case AiPassProviderException():
        _writeInt32(writer, 8);
        _codecOfProviderErrorKind.write(writer, value.kind);
        const _Optional(_uint16).write(writer, value.status);
        const _Optional(_string).write(writer, value.providerCode);
        const _Optional(_string).write(writer, value.parameter);
        const _Optional(_string).write(writer, value.requestId);
        const _Optional(_duration).write(writer, value.retryAfter);
        _string.write(writer, value.detail);
        const _Optional(_string).write(writer, value.text);
      case AiPassInvalidCallbackException():
        _writeInt32(writer, 9);
        _codecOfCallbackErrorKind.write(writer, value.kind);
      case AiPassInvalidInputException():
        _writeInt32(writer, 10);
        _string.write(writer, value.input);
        _string.write(writer, value.detail);
      case AiPassStorageException():
        _writeInt32(writer, 11);
        _codecOfStorageErrorKind.write(writer, value.kind);
        _string.write(writer, value.detail);
      case AiPassTruncatedException():
        _writeInt32(writer, 12);
        _string.write(writer, value.text);
        const _Optional(_string).write(writer, value.requestId);
        _string.write(writer, value.detail);
      case AiPassInvalidOutputException():
        _writeInt32(writer, 13);
        _string.write(writer, value.text);
        const _Optional(_string).write(writer, value.requestId);
        _string.write(writer, value.detail);
      case AiPassUnsupportedException():
        _writeInt32(writer, 14);
        _string.write(writer, value.what);
      case AiPassOtherException():
        _writeInt32(writer, 15);
        _string.write(writer, value.code);
        _string.write(writer, value.detail);
    }
  }
}

const _Codec<AiPassException> _codecOfAiPassException = _AiPassExceptionCodec();
