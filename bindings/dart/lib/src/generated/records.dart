// Written by uniffi-dart-generator: do not edit.

part of 'aipass.dart';

/// Options for the calls of a client that `AiPass.withOptions` returns. If a field is `null`, the [Config] decides.
class CallOptions {
  /// Of these values.
  const CallOptions({
    this.timeout,
    this.cancellation,
    this.retryRateLimited,
    this.progress,
  });

  /// How long the whole call may take, with its retries.
  final Duration? timeout;

  /// Ends the call from outside.
  final Cancellation? cancellation;

  /// Whether a paid call that was rate limited is sent again, at most twice.
  final bool? retryRateLimited;

  /// Counts uploads and downloads.
  final TransferProgress? progress;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is CallOptions &&
          timeout == other.timeout &&
          cancellation == other.cancellation &&
          retryRateLimited == other.retryRateLimited &&
          progress == other.progress;

  @override
  int get hashCode => Object.hash(CallOptions, timeout, cancellation, retryRateLimited, progress);

  @override
  String toString() =>
      'CallOptions(timeout: $timeout, cancellation: $cancellation, retryRateLimited: $retryRateLimited, progress: $progress)';
}

final class _CallOptionsCodec extends _Codec<CallOptions> {
  const _CallOptionsCodec();

  @override
  CallOptions read(_Reader reader) => CallOptions(
        timeout: const _Optional(_duration).read(reader),
        cancellation: const _Optional(_codecOfCancellation).read(reader),
        retryRateLimited: const _Optional(_bool).read(reader),
        progress: const _Optional(_codecOfTransferProgress).read(reader),
      );

  @override
  void write(_Writer writer, CallOptions value) {
    const _Optional(_duration).write(writer, value.timeout);
    const _Optional(_codecOfCancellation).write(writer, value.cancellation);
    const _Optional(_bool).write(writer, value.retryRateLimited);
    const _Optional(_codecOfTransferProgress).write(writer, value.progress);
  }
}

const _Codec<CallOptions> _codecOfCallOptions = _CallOptionsCodec();

/// The state of a client, for a support form.
class Diagnostics {
  /// Of these values.
  const Diagnostics({
    required this.libraryVersion,
    required this.platform,
    required this.issuer,
    required this.trustStore,
    required this.serverClockOffsetMs,
    required this.session,
    required this.sessionInfo,
    required this.log,
  });

  /// The library's version.
  final String libraryVersion;

  /// The operating system and processor it was built for.
  final String platform;

  /// The provider's issuer.
  final String issuer;

  /// Which root certificates are trusted.
  final TrustStore trustStore;

  /// The server's clock minus the device's, in milliseconds, as last seen; 0 if they differ by less than two seconds.
  final int serverClockOffsetMs;

  /// The session's state, or the code of the store's error.
  final String session;

  /// What the provider granted; `null` if no user is signed in or the store cannot be read.
  final SessionInfo? sessionInfo;

  /// The last requests and session changes, oldest first.
  final List<LogEntry> log;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Diagnostics &&
          libraryVersion == other.libraryVersion &&
          platform == other.platform &&
          issuer == other.issuer &&
          trustStore == other.trustStore &&
          serverClockOffsetMs == other.serverClockOffsetMs &&
          session == other.session &&
          sessionInfo == other.sessionInfo &&
          _isSame(log, other.log);

  @override
  int get hashCode => Object.hash(
      Diagnostics, libraryVersion, platform, issuer, trustStore, serverClockOffsetMs, session, sessionInfo, _hash(log));

  @override
  String toString() =>
      'Diagnostics(libraryVersion: $libraryVersion, platform: $platform, issuer: $issuer, trustStore: $trustStore, serverClockOffsetMs: $serverClockOffsetMs, session: $session, sessionInfo: $sessionInfo, log: $log)';
}

final class _DiagnosticsCodec extends _Codec<Diagnostics> {
  const _DiagnosticsCodec();

  @override
  Diagnostics read(_Reader reader) => Diagnostics(
        libraryVersion: _string.read(reader),
        platform: _string.read(reader),
        issuer: _string.read(reader),
        trustStore: _codecOfTrustStore.read(reader),
        serverClockOffsetMs: _int64.read(reader),
        session: _string.read(reader),
        sessionInfo: const _Optional(_codecOfSessionInfo).read(reader),
        log: const _List(_codecOfLogEntry).read(reader),
      );

  @override
  void write(_Writer writer, Diagnostics value) {
    _string.write(writer, value.libraryVersion);
    _string.write(writer, value.platform);
    _string.write(writer, value.issuer);
    _codecOfTrustStore.write(writer, value.trustStore);
    _int64.write(writer, value.serverClockOffsetMs);
    _string.write(writer, value.session);
    const _Optional(_codecOfSessionInfo).write(writer, value.sessionInfo);
    const _List(_codecOfLogEntry).write(writer, value.log);
  }
}

const _Codec<Diagnostics> _codecOfDiagnostics = _DiagnosticsCodec();

/// What the provider granted to the signed-in user's session.
class SessionInfo {
  /// Of these values.
  const SessionInfo({
    required this.accountLabel,
    required this.subject,
    required this.grantedScopes,
    required this.missingScopes,
    required this.accessTokenExpiresAt,
    required this.hasRefreshToken,
  });

  /// The label of the account that the client was built with, such as `default`. Not the user's name: see
  /// `AiPass.userInfo`.
  final String accountLabel;

  /// The provider's own id of the user (`sub`), once it is known: `AiPass.userInfo` asks for it.
  final String? subject;

  /// The scopes that the provider granted, such as `api:access`, each its own item. If it named none, those that the
  /// sign-in asked for (RFC 6749 5.1).
  final List<String> grantedScopes;

  /// The scopes that the sign-in asked for and the provider did not grant: it will refuse calls that need one of
  /// them. Empty if all were granted, and for a session that an older version of the library stored without this
  /// list.
  final List<String> missingScopes;

  /// When the access token expires, by this device's clock; `null` if the provider did not say. The library refreshes
  /// it before that, if there is a refresh token: the session does not end then.
  final DateTime? accessTokenExpiresAt;

  /// Whether there is a refresh token. Without one the user must sign in again when the access token has expired.
  final bool hasRefreshToken;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SessionInfo &&
          accountLabel == other.accountLabel &&
          subject == other.subject &&
          _isSame(grantedScopes, other.grantedScopes) &&
          _isSame(missingScopes, other.missingScopes) &&
          accessTokenExpiresAt == other.accessTokenExpiresAt &&
          hasRefreshToken == other.hasRefreshToken;

  @override
  int get hashCode => Object.hash(SessionInfo, accountLabel, subject, _hash(grantedScopes), _hash(missingScopes),
      accessTokenExpiresAt, hasRefreshToken);

  @override
  String toString() =>
      'SessionInfo(accountLabel: $accountLabel, subject: $subject, grantedScopes: $grantedScopes, missingScopes: $missingScopes, accessTokenExpiresAt: $accessTokenExpiresAt, hasRefreshToken: $hasRefreshToken)';
}

final class _SessionInfoCodec extends _Codec<SessionInfo> {
  const _SessionInfoCodec();

  @override
  SessionInfo read(_Reader reader) => SessionInfo(
        accountLabel: _string.read(reader),
        subject: const _Optional(_string).read(reader),
        grantedScopes: const _List(_string).read(reader),
        missingScopes: const _List(_string).read(reader),
        accessTokenExpiresAt: const _Optional(_timestamp).read(reader),
        hasRefreshToken: _bool.read(reader),
      );

  @override
  void write(_Writer writer, SessionInfo value) {
    _string.write(writer, value.accountLabel);
    const _Optional(_string).write(writer, value.subject);
    const _List(_string).write(writer, value.grantedScopes);
    const _List(_string).write(writer, value.missingScopes);
    const _Optional(_timestamp).write(writer, value.accessTokenExpiresAt);
    _bool.write(writer, value.hasRefreshToken);
  }
}

const _Codec<SessionInfo> _codecOfSessionInfo = _SessionInfoCodec();

/// Settings of a client. The default suits an app in production; change single fields and leave the rest.
class Config {
  /// Of these values.
  const Config({
    required this.connectTimeout,
    required this.idleTimeout,
    required this.totalTimeout,
    required this.credentialTimeout,
    required this.refreshAhead,
    required this.retryRateLimited,
    required this.signInTimeout,
    required this.balanceMaxAge,
    required this.modelsMaxAge,
    required this.insecureDevelopmentHosts,
    required this.appName,
  });

  /// The default settings, which suit production. Change single fields and leave the rest.
  factory Config.standard() {
    final $$result = _funcDefaultConfig(_status);
    _check(null);
    return _codecOfConfig.lift($$result);
  }

  /// How long connecting may take; then the call fails with [AiPassTimeoutException]. Default 10 s.
  final Duration connectTimeout;

  /// The longest wait for the next byte of a response; then the call fails with [AiPassTimeoutException]. Default 120
  /// s, because models may think for long.
  final Duration idleTimeout;

  /// How long a call may take, with its retries and its whole response. Default 10 min.
  final Duration totalTimeout;

  /// How long a token request, a revocation or a userinfo request may take. Default 20 s.
  final Duration credentialTimeout;

  /// How long before it expires an access token is refreshed, at most a fifth of its lifetime. Default 60 s.
  final Duration refreshAhead;

  /// Whether a paid call that was rate limited (429) is sent again, at most twice, as the server asks. Default true.
  final bool retryRateLimited;

  /// How long a sign-in may take, from its URL to its callback. Default 10 min.
  final Duration signInTimeout;

  /// For how long `AiPass.balance` returns the cached balance. Default 5 min.
  final Duration balanceMaxAge;

  /// For how long the cached model catalogue is used. Default 1 h.
  final Duration modelsMaxAge;

  /// Hosts that may be called without TLS, for development only: the Android emulator's `10.0.2.2`, a LAN address.
  /// Loopback needs no entry. In a release build of the app an entry is [AiPassInvalidInputException]. Default none.
  final List<String> insecureDevelopmentHosts;

  /// Name and version of the host app, such as `Receipts/2.1`, for the `User-Agent` header. Default none.
  final String? appName;

  /// A copy with these values. A value that is left out, or null, is copied.
  Config copyWith({
    Duration? connectTimeout,
    Duration? idleTimeout,
    Duration? totalTimeout,
    Duration? credentialTimeout,
    Duration? refreshAhead,
    bool? retryRateLimited,
    Duration? signInTimeout,
    Duration? balanceMaxAge,
    Duration? modelsMaxAge,
    List<String>? insecureDevelopmentHosts,
    String? appName,
  }) =>
      Config(
        connectTimeout: connectTimeout ?? this.connectTimeout,
        idleTimeout: idleTimeout ?? this.idleTimeout,
        totalTimeout: totalTimeout ?? this.totalTimeout,
        credentialTimeout: credentialTimeout ?? this.credentialTimeout,
        refreshAhead: refreshAhead ?? this.refreshAhead,
        retryRateLimited: retryRateLimited ?? this.retryRateLimited,
        signInTimeout: signInTimeout ?? this.signInTimeout,
        balanceMaxAge: balanceMaxAge ?? this.balanceMaxAge,
        modelsMaxAge: modelsMaxAge ?? this.modelsMaxAge,
        insecureDevelopmentHosts: insecureDevelopmentHosts ?? this.insecureDevelopmentHosts,
        appName: appName ?? this.appName,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Config &&
          connectTimeout == other.connectTimeout &&
          idleTimeout == other.idleTimeout &&
          totalTimeout == other.totalTimeout &&
          credentialTimeout == other.credentialTimeout &&
          refreshAhead == other.refreshAhead &&
          retryRateLimited == other.retryRateLimited &&
          signInTimeout == other.signInTimeout &&
          balanceMaxAge == other.balanceMaxAge &&
          modelsMaxAge == other.modelsMaxAge &&
          _isSame(insecureDevelopmentHosts, other.insecureDevelopmentHosts) &&
          appName == other.appName;

  @override
  int get hashCode => Object.hash(Config, connectTimeout, idleTimeout, totalTimeout, credentialTimeout, refreshAhead,
      retryRateLimited, signInTimeout, balanceMaxAge, modelsMaxAge, _hash(insecureDevelopmentHosts), appName);

  @override
  String toString() =>
      'Config(connectTimeout: $connectTimeout, idleTimeout: $idleTimeout, totalTimeout: $totalTimeout, credentialTimeout: $credentialTimeout, refreshAhead: $refreshAhead, retryRateLimited: $retryRateLimited, signInTimeout: $signInTimeout, balanceMaxAge: $balanceMaxAge, modelsMaxAge: $modelsMaxAge, insecureDevelopmentHosts: $insecureDevelopmentHosts, appName: $appName)';
}

final class _ConfigCodec extends _Codec<Config> {
  const _ConfigCodec();

  @override
  Config read(_Reader reader) => Config(
        connectTimeout: _duration.read(reader),
        idleTimeout: _duration.read(reader),
        totalTimeout: _duration.read(reader),
        credentialTimeout: _duration.read(reader),
        refreshAhead: _duration.read(reader),
        retryRateLimited: _bool.read(reader),
        signInTimeout: _duration.read(reader),
        balanceMaxAge: _duration.read(reader),
        modelsMaxAge: _duration.read(reader),
        insecureDevelopmentHosts: const _List(_string).read(reader),
        appName: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Config value) {
    _duration.write(writer, value.connectTimeout);
    _duration.write(writer, value.idleTimeout);
    _duration.write(writer, value.totalTimeout);
    _duration.write(writer, value.credentialTimeout);
    _duration.write(writer, value.refreshAhead);
    _bool.write(writer, value.retryRateLimited);
    _duration.write(writer, value.signInTimeout);
    _duration.write(writer, value.balanceMaxAge);
    _duration.write(writer, value.modelsMaxAge);
    const _List(_string).write(writer, value.insecureDevelopmentHosts);
    const _Optional(_string).write(writer, value.appName);
  }
}

const _Codec<Config> _codecOfConfig = _ConfigCodec();

/// What was spent and what is left, in US dollars. Exact decimals.
class Balance {
  /// Of these values.
  const Balance({
    required this.totalCost,
    required this.maxBudget,
    required this.remainingBudget,
    required this.asOf,
  });

  /// What has been spent.
  final Decimal totalCost;

  /// The budget; `null` if there is no limit.
  final Decimal? maxBudget;

  /// What is left; `null` if there is no limit.
  final Decimal? remainingBudget;

  /// When the provider took the figures, by its clock; `null` if it does not say, or without a time zone.
  final DateTime? asOf;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Balance &&
          totalCost == other.totalCost &&
          maxBudget == other.maxBudget &&
          remainingBudget == other.remainingBudget &&
          asOf == other.asOf;

  @override
  int get hashCode => Object.hash(Balance, totalCost, maxBudget, remainingBudget, asOf);

  @override
  String toString() =>
      'Balance(totalCost: $totalCost, maxBudget: $maxBudget, remainingBudget: $remainingBudget, asOf: $asOf)';
}

final class _BalanceCodec extends _Codec<Balance> {
  const _BalanceCodec();

  @override
  Balance read(_Reader reader) => Balance(
        totalCost: _codecOfDecimal.read(reader),
        maxBudget: const _Optional(_codecOfDecimal).read(reader),
        remainingBudget: const _Optional(_codecOfDecimal).read(reader),
        asOf: const _Optional(_timestamp).read(reader),
      );

  @override
  void write(_Writer writer, Balance value) {
    _codecOfDecimal.write(writer, value.totalCost);
    const _Optional(_codecOfDecimal).write(writer, value.maxBudget);
    const _Optional(_codecOfDecimal).write(writer, value.remainingBudget);
    const _Optional(_timestamp).write(writer, value.asOf);
  }
}

const _Codec<Balance> _codecOfBalance = _BalanceCodec();

/// A spoken text.
class SpeechAudio {
  /// Of these values.
  const SpeechAudio({
    required this.bytes,
    required this.mediaType,
    required this.model,
    required this.cost,
    required this.requestId,
  });

  /// The file's bytes.
  final Uint8List bytes;

  /// Their media type, such as `audio/mpeg`; empty if the provider does not say.
  final String mediaType;

  /// The model that the call used, as the catalogue spells it.
  final String model;

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SpeechAudio &&
          _isSame(bytes, other.bytes) &&
          mediaType == other.mediaType &&
          model == other.model &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(SpeechAudio, _hash(bytes), mediaType, model, cost, requestId);

  @override
  String toString() =>
      'SpeechAudio(bytes: ${_shown(bytes)}, mediaType: $mediaType, model: $model, cost: $cost, requestId: $requestId)';
}

final class _SpeechAudioCodec extends _Codec<SpeechAudio> {
  const _SpeechAudioCodec();

  @override
  SpeechAudio read(_Reader reader) => SpeechAudio(
        bytes: _bytes.read(reader),
        mediaType: _string.read(reader),
        model: _string.read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, SpeechAudio value) {
    _bytes.write(writer, value.bytes);
    _string.write(writer, value.mediaType);
    _string.write(writer, value.model);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<SpeechAudio> _codecOfSpeechAudio = _SpeechAudioCodec();

/// A text to be spoken.
class SpeechRequest {
  /// Of these values.
  const SpeechRequest({
    required this.input,
    this.voice,
    this.model,
    this.responseFormat,
    this.speed,
    this.instructions,
  });

  /// What to say.
  final String input;

  /// The voice, by the model's name for it, such as `nova`. `null` leaves it to the model; OpenAI's models require
  /// one, and get `alloy`.
  final String? voice;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The kind of file; `null` leaves it to the model, mostly MP3.
  final AudioFormat? responseFormat;

  /// The speed, from 0.25 to 4; `null` means 1.
  final double? speed;

  /// How to speak, such as "calm and friendly", for models that follow instructions.
  final String? instructions;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SpeechRequest &&
          input == other.input &&
          voice == other.voice &&
          model == other.model &&
          responseFormat == other.responseFormat &&
          speed == other.speed &&
          instructions == other.instructions;

  @override
  int get hashCode => Object.hash(SpeechRequest, input, voice, model, responseFormat, speed, instructions);

  @override
  String toString() =>
      'SpeechRequest(input: $input, voice: $voice, model: $model, responseFormat: $responseFormat, speed: $speed, instructions: $instructions)';
}

final class _SpeechRequestCodec extends _Codec<SpeechRequest> {
  const _SpeechRequestCodec();

  @override
  SpeechRequest read(_Reader reader) => SpeechRequest(
        input: _string.read(reader),
        voice: const _Optional(_string).read(reader),
        model: const _Optional(_string).read(reader),
        responseFormat: const _Optional(_codecOfAudioFormat).read(reader),
        speed: const _Optional(_float64).read(reader),
        instructions: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, SpeechRequest value) {
    _string.write(writer, value.input);
    const _Optional(_string).write(writer, value.voice);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_codecOfAudioFormat).write(writer, value.responseFormat);
    const _Optional(_float64).write(writer, value.speed);
    const _Optional(_string).write(writer, value.instructions);
  }
}

const _Codec<SpeechRequest> _codecOfSpeechRequest = _SpeechRequestCodec();

/// What a recording says.
class Transcript {
  /// Of these values.
  const Transcript({
    required this.text,
    required this.language,
    required this.duration,
    required this.segments,
    required this.words,
    required this.model,
    required this.cost,
    required this.requestId,
  });

  /// The text, or the subtitles if the request asked for them.
  final String text;

  /// The language, in the model's words, if it says so.
  final String? language;

  /// How long the recording is, if the model says so.
  final Duration? duration;

  /// The text in pieces with their times; empty unless the request asked for them.
  final List<TranscriptSegment> segments;

  /// The words with their times; empty unless the request asked for them.
  final List<TranscriptWord> words;

  /// The model, as the provider names it; if it names none, as the request did.
  final String model;

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Transcript &&
          text == other.text &&
          language == other.language &&
          duration == other.duration &&
          _isSame(segments, other.segments) &&
          _isSame(words, other.words) &&
          model == other.model &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode =>
      Object.hash(Transcript, text, language, duration, _hash(segments), _hash(words), model, cost, requestId);

  @override
  String toString() =>
      'Transcript(text: $text, language: $language, duration: $duration, segments: $segments, words: $words, model: $model, cost: $cost, requestId: $requestId)';
}

final class _TranscriptCodec extends _Codec<Transcript> {
  const _TranscriptCodec();

  @override
  Transcript read(_Reader reader) => Transcript(
        text: _string.read(reader),
        language: const _Optional(_string).read(reader),
        duration: const _Optional(_duration).read(reader),
        segments: const _List(_codecOfTranscriptSegment).read(reader),
        words: const _List(_codecOfTranscriptWord).read(reader),
        model: _string.read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Transcript value) {
    _string.write(writer, value.text);
    const _Optional(_string).write(writer, value.language);
    const _Optional(_duration).write(writer, value.duration);
    const _List(_codecOfTranscriptSegment).write(writer, value.segments);
    const _List(_codecOfTranscriptWord).write(writer, value.words);
    _string.write(writer, value.model);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<Transcript> _codecOfTranscript = _TranscriptCodec();

/// A piece of a transcript.
class TranscriptSegment {
  /// Of these values.
  const TranscriptSegment({
    required this.start,
    required this.end,
    required this.text,
    required this.speaker,
  });

  /// When it begins, from the recording's beginning.
  final Duration start;

  /// When it ends.
  final Duration end;

  /// What is said.
  final String text;

  /// The speaker, for models that distinguish speakers.
  final String? speaker;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TranscriptSegment &&
          start == other.start &&
          end == other.end &&
          text == other.text &&
          speaker == other.speaker;

  @override
  int get hashCode => Object.hash(TranscriptSegment, start, end, text, speaker);

  @override
  String toString() => 'TranscriptSegment(start: $start, end: $end, text: $text, speaker: $speaker)';
}

final class _TranscriptSegmentCodec extends _Codec<TranscriptSegment> {
  const _TranscriptSegmentCodec();

  @override
  TranscriptSegment read(_Reader reader) => TranscriptSegment(
        start: _duration.read(reader),
        end: _duration.read(reader),
        text: _string.read(reader),
        speaker: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, TranscriptSegment value) {
    _duration.write(writer, value.start);
    _duration.write(writer, value.end);
    _string.write(writer, value.text);
    const _Optional(_string).write(writer, value.speaker);
  }
}

const _Codec<TranscriptSegment> _codecOfTranscriptSegment = _TranscriptSegmentCodec();

/// A word of a transcript.
class TranscriptWord {
  /// Of these values.
  const TranscriptWord({
    required this.start,
    required this.end,
    required this.text,
  });

  /// When it begins, from the recording's beginning.
  final Duration start;

  /// When it ends.
  final Duration end;

  /// The word.
  final String text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TranscriptWord && start == other.start && end == other.end && text == other.text;

  @override
  int get hashCode => Object.hash(TranscriptWord, start, end, text);

  @override
  String toString() => 'TranscriptWord(start: $start, end: $end, text: $text)';
}

final class _TranscriptWordCodec extends _Codec<TranscriptWord> {
  const _TranscriptWordCodec();

  @override
  TranscriptWord read(_Reader reader) => TranscriptWord(
        start: _duration.read(reader),
        end: _duration.read(reader),
        text: _string.read(reader),
      );

  @override
  void write(_Writer writer, TranscriptWord value) {
    _duration.write(writer, value.start);
    _duration.write(writer, value.end);
    _string.write(writer, value.text);
  }
}

const _Codec<TranscriptWord> _codecOfTranscriptWord = _TranscriptWordCodec();

/// A recording to transcribe.
class TranscriptionRequest {
  /// Of these values.
  const TranscriptionRequest({
    required this.file,
    this.model,
    this.language,
    this.prompt,
    this.responseFormat,
  });

  /// The recording.
  final AudioFile file;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The spoken language as an ISO 639-1 code, such as `de`; `null` lets the model detect it.
  final String? language;

  /// Words that may occur, so that the model spells them correctly.
  final String? prompt;

  /// The form of the transcript; `null` leaves it to the model, which returns the text.
  final TranscriptResponseFormat? responseFormat;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TranscriptionRequest &&
          file == other.file &&
          model == other.model &&
          language == other.language &&
          prompt == other.prompt &&
          responseFormat == other.responseFormat;

  @override
  int get hashCode => Object.hash(TranscriptionRequest, file, model, language, prompt, responseFormat);

  @override
  String toString() =>
      'TranscriptionRequest(file: $file, model: $model, language: $language, prompt: $prompt, responseFormat: $responseFormat)';
}

final class _TranscriptionRequestCodec extends _Codec<TranscriptionRequest> {
  const _TranscriptionRequestCodec();

  @override
  TranscriptionRequest read(_Reader reader) => TranscriptionRequest(
        file: _codecOfAudioFile.read(reader),
        model: const _Optional(_string).read(reader),
        language: const _Optional(_string).read(reader),
        prompt: const _Optional(_string).read(reader),
        responseFormat: const _Optional(_codecOfTranscriptResponseFormat).read(reader),
      );

  @override
  void write(_Writer writer, TranscriptionRequest value) {
    _codecOfAudioFile.write(writer, value.file);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_string).write(writer, value.language);
    const _Optional(_string).write(writer, value.prompt);
    const _Optional(_codecOfTranscriptResponseFormat).write(writer, value.responseFormat);
  }
}

const _Codec<TranscriptionRequest> _codecOfTranscriptionRequest = _TranscriptionRequestCodec();

/// A piece of a tool call. The first has the tool's name; each adds to the arguments.
class ToolCallPart {
  /// Of these values.
  const ToolCallPart({
    required this.indexValue,
    required this.id,
    required this.name,
    required this.argumentsJson,
  });

  /// Which of the answer's calls it belongs to.
  final int indexValue;

  /// The call's id, mostly in its first piece.
  final String? id;

  /// The tool's name, in the first piece. If a provider splits it, later pieces have the rest.
  final String? name;

  /// The next piece of the arguments' JSON.
  final String argumentsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ToolCallPart &&
          indexValue == other.indexValue &&
          id == other.id &&
          name == other.name &&
          argumentsJson == other.argumentsJson;

  @override
  int get hashCode => Object.hash(ToolCallPart, indexValue, id, name, argumentsJson);

  @override
  String toString() => 'ToolCallPart(indexValue: $indexValue, id: $id, name: $name, argumentsJson: $argumentsJson)';
}

final class _ToolCallPartCodec extends _Codec<ToolCallPart> {
  const _ToolCallPartCodec();

  @override
  ToolCallPart read(_Reader reader) => ToolCallPart(
        indexValue: _uint32.read(reader),
        id: const _Optional(_string).read(reader),
        name: const _Optional(_string).read(reader),
        argumentsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, ToolCallPart value) {
    _uint32.write(writer, value.indexValue);
    const _Optional(_string).write(writer, value.id);
    const _Optional(_string).write(writer, value.name);
    _string.write(writer, value.argumentsJson);
  }
}

const _Codec<ToolCallPart> _codecOfToolCallPart = _ToolCallPartCodec();

/// One message of a conversation.
class Message {
  /// Of these values.
  const Message({
    required this.role,
    required this.content,
    this.toolCalls = const [],
    this.toolCallId,
  });

  /// Who wrote it.
  final Role role;

  /// Its parts: text and photos.
  final List<ContentPart> content;

  /// In an assistant's message: the tools that it called. The messages right after it are the tools', one for each
  /// call.
  final List<ToolCall> toolCalls;

  /// In a tool's message: the id of the call whose result it is.
  final String? toolCallId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Message &&
          role == other.role &&
          _isSame(content, other.content) &&
          _isSame(toolCalls, other.toolCalls) &&
          toolCallId == other.toolCallId;

  @override
  int get hashCode => Object.hash(Message, role, _hash(content), _hash(toolCalls), toolCallId);

  @override
  String toString() => 'Message(role: $role, content: $content, toolCalls: $toolCalls, toolCallId: $toolCallId)';
}

final class _MessageCodec extends _Codec<Message> {
  const _MessageCodec();

  @override
  Message read(_Reader reader) => Message(
        role: _codecOfRole.read(reader),
        content: const _List(_codecOfContentPart).read(reader),
        toolCalls: const _List(_codecOfToolCall).read(reader),
        toolCallId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Message value) {
    _codecOfRole.write(writer, value.role);
    const _List(_codecOfContentPart).write(writer, value.content);
    const _List(_codecOfToolCall).write(writer, value.toolCalls);
    const _Optional(_string).write(writer, value.toolCallId);
  }
}

const _Codec<Message> _codecOfMessage = _MessageCodec();

/// A call that the model asks for.
class ToolCall {
  /// Of these values.
  const ToolCall({
    required this.id,
    required this.name,
    required this.argumentsJson,
  });

  /// The call's id. The tool's message repeats it.
  final String id;

  /// The tool's name.
  final String name;

  /// The arguments as the model wrote them: JSON, if the model followed the tool's schema.
  final String argumentsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ToolCall && id == other.id && name == other.name && argumentsJson == other.argumentsJson;

  @override
  int get hashCode => Object.hash(ToolCall, id, name, argumentsJson);

  @override
  String toString() => 'ToolCall(id: $id, name: $name, argumentsJson: $argumentsJson)';
}

final class _ToolCallCodec extends _Codec<ToolCall> {
  const _ToolCallCodec();

  @override
  ToolCall read(_Reader reader) => ToolCall(
        id: _string.read(reader),
        name: _string.read(reader),
        argumentsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, ToolCall value) {
    _string.write(writer, value.id);
    _string.write(writer, value.name);
    _string.write(writer, value.argumentsJson);
  }
}

const _Codec<ToolCall> _codecOfToolCall = _ToolCallCodec();

/// A question to a model, with what was said before.
///
/// Everything but the messages is optional; the model's defaults apply to what is left out. Not every model accepts
/// every field: a provider either ignores what its model does not know or refuses it, which is
/// [AiPassProviderException].
class ChatRequest {
  /// Of these values.
  const ChatRequest({
    required this.messages,
    this.model,
    this.maxTokens,
    this.maxCompletionTokens,
    this.temperature,
    this.topP,
    this.stop = const [],
    this.presencePenalty,
    this.frequencyPenalty,
    this.seed,
    this.n,
    this.topLogprobs,
    this.reasoningEffort,
    this.tools = const [],
    this.toolChoice,
    this.parallelToolCalls,
    this.responseFormat,
    this.user,
    this.extraJson,
  });

  /// The conversation, oldest message first. The last message is the question.
  final List<Message> messages;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The longest answer, in tokens. Sent under this name to every model: AI Pass translates it for models that know
  /// only the newer name. With a provider that does not translate, use `maxCompletionTokens`.
  final int? maxTokens;

  /// The longest answer under its newer name, in tokens, for a provider that refuses `maxTokens` for its reasoning
  /// models. The model's reasoning counts too. Only one of the two may be set.
  final int? maxCompletionTokens;

  /// The sampling temperature, from 0 (the likeliest words) to 2 (the most varied).
  final double? temperature;

  /// The model chooses among the likeliest tokens whose probabilities add up to this, from 0 to 1.
  final double? topP;

  /// The model stops before any of these texts. Empty ones are refused.
  final List<String> stop;

  /// Makes tokens less likely that the text already has, from -2 to 2. A higher value leads to more new subjects.
  final double? presencePenalty;

  /// Makes tokens less likely each time they were used, from -2 to 2. A higher value leads to less repetition.
  final double? frequencyPenalty;

  /// The same seed gives the same answer, as far as the model supports it.
  final int? seed;

  /// How many answers to return, 1 if left out. Each is paid for.
  final int? n;

  /// Asks for the log-probability of each token of the answer, and of this many likely alternatives to it, from 0 to
  /// 20.
  final int? topLogprobs;

  /// How long a reasoning model may think.
  final ReasoningEffort? reasoningEffort;

  /// Tools that the model may call.
  final List<Tool> tools;

  /// Whether the model may call tools, or must; if left out, it decides.
  final ToolChoice? toolChoice;

  /// Whether the model may call several tools at once.
  final bool? parallelToolCalls;

  /// The form of the answer; `null` means text.
  final ResponseFormat? responseFormat;

  /// An opaque id of the app's user, by which the provider can detect abuse. It must not identify the person.
  final String? user;

  /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body. A
  /// member that has a field here is refused.
  final String? extraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ChatRequest &&
          _isSame(messages, other.messages) &&
          model == other.model &&
          maxTokens == other.maxTokens &&
          maxCompletionTokens == other.maxCompletionTokens &&
          temperature == other.temperature &&
          topP == other.topP &&
          _isSame(stop, other.stop) &&
          presencePenalty == other.presencePenalty &&
          frequencyPenalty == other.frequencyPenalty &&
          seed == other.seed &&
          n == other.n &&
          topLogprobs == other.topLogprobs &&
          reasoningEffort == other.reasoningEffort &&
          _isSame(tools, other.tools) &&
          toolChoice == other.toolChoice &&
          parallelToolCalls == other.parallelToolCalls &&
          responseFormat == other.responseFormat &&
          user == other.user &&
          extraJson == other.extraJson;

  @override
  int get hashCode => Object.hash(
      ChatRequest,
      _hash(messages),
      model,
      maxTokens,
      maxCompletionTokens,
      temperature,
      topP,
      _hash(stop),
      presencePenalty,
      frequencyPenalty,
      seed,
      n,
      topLogprobs,
      reasoningEffort,
      _hash(tools),
      toolChoice,
      parallelToolCalls,
      responseFormat,
      user,
      extraJson);

  @override
  String toString() =>
      'ChatRequest(messages: $messages, model: $model, maxTokens: $maxTokens, maxCompletionTokens: $maxCompletionTokens, temperature: $temperature, topP: $topP, stop: $stop, presencePenalty: $presencePenalty, frequencyPenalty: $frequencyPenalty, seed: $seed, n: $n, topLogprobs: $topLogprobs, reasoningEffort: $reasoningEffort, tools: $tools, toolChoice: $toolChoice, parallelToolCalls: $parallelToolCalls, responseFormat: $responseFormat, user: $user, extraJson: $extraJson)';
}

final class _ChatRequestCodec extends _Codec<ChatRequest> {
  const _ChatRequestCodec();

  @override
  ChatRequest read(_Reader reader) => ChatRequest(
        messages: const _List(_codecOfMessage).read(reader),
        model: const _Optional(_string).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
        maxCompletionTokens: const _Optional(_uint32).read(reader),
        temperature: const _Optional(_float64).read(reader),
        topP: const _Optional(_float64).read(reader),
        stop: const _List(_string).read(reader),
        presencePenalty: const _Optional(_float64).read(reader),
        frequencyPenalty: const _Optional(_float64).read(reader),
        seed: const _Optional(_int64).read(reader),
        n: const _Optional(_uint32).read(reader),
        topLogprobs: const _Optional(_uint32).read(reader),
        reasoningEffort: const _Optional(_codecOfReasoningEffort).read(reader),
        tools: const _List(_codecOfTool).read(reader),
        toolChoice: const _Optional(_codecOfToolChoice).read(reader),
        parallelToolCalls: const _Optional(_bool).read(reader),
        responseFormat: const _Optional(_codecOfResponseFormat).read(reader),
        user: const _Optional(_string).read(reader),
        extraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ChatRequest value) {
    const _List(_codecOfMessage).write(writer, value.messages);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_uint32).write(writer, value.maxCompletionTokens);
    const _Optional(_float64).write(writer, value.temperature);
    const _Optional(_float64).write(writer, value.topP);
    const _List(_string).write(writer, value.stop);
    const _Optional(_float64).write(writer, value.presencePenalty);
    const _Optional(_float64).write(writer, value.frequencyPenalty);
    const _Optional(_int64).write(writer, value.seed);
    const _Optional(_uint32).write(writer, value.n);
    const _Optional(_uint32).write(writer, value.topLogprobs);
    const _Optional(_codecOfReasoningEffort).write(writer, value.reasoningEffort);
    const _List(_codecOfTool).write(writer, value.tools);
    const _Optional(_codecOfToolChoice).write(writer, value.toolChoice);
    const _Optional(_bool).write(writer, value.parallelToolCalls);
    const _Optional(_codecOfResponseFormat).write(writer, value.responseFormat);
    const _Optional(_string).write(writer, value.user);
    const _Optional(_string).write(writer, value.extraJson);
  }
}

const _Codec<ChatRequest> _codecOfChatRequest = _ChatRequestCodec();

/// A function that the model may ask the app to call.
class Tool {
  /// Of these values.
  const Tool({
    required this.name,
    required this.description,
    required this.parametersJson,
    this.strict = false,
  });

  /// Its name.
  final String name;

  /// What it does, for the model.
  final String description;

  /// Its parameters as a JSON schema, an object as text.
  final String parametersJson;

  /// Whether the arguments must fit the schema exactly. Providers then accept fewer kinds of schemas.
  final bool strict;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Tool &&
          name == other.name &&
          description == other.description &&
          parametersJson == other.parametersJson &&
          strict == other.strict;

  @override
  int get hashCode => Object.hash(Tool, name, description, parametersJson, strict);

  @override
  String toString() => 'Tool(name: $name, description: $description, parametersJson: $parametersJson, strict: $strict)';
}

final class _ToolCodec extends _Codec<Tool> {
  const _ToolCodec();

  @override
  Tool read(_Reader reader) => Tool(
        name: _string.read(reader),
        description: _string.read(reader),
        parametersJson: _string.read(reader),
        strict: _bool.read(reader),
      );

  @override
  void write(_Writer writer, Tool value) {
    _string.write(writer, value.name);
    _string.write(writer, value.description);
    _string.write(writer, value.parametersJson);
    _bool.write(writer, value.strict);
  }
}

const _Codec<Tool> _codecOfTool = _ToolCodec();

/// A model's whole answer.
class ChatAnswer {
  /// Of these values.
  const ChatAnswer({
    required this.text,
    required this.reasoning,
    required this.refusal,
    required this.toolCalls,
    required this.finishReason,
    required this.logprobs,
    required this.otherChoices,
    required this.model,
    required this.usage,
    required this.cost,
    required this.requestId,
    required this.extraJson,
    required this.messageExtraJson,
  });

  /// What the model said; empty if it only called tools, or refused.
  final String text;

  /// The model's reasoning, if the model shows it. Not a part of the answer.
  final String? reasoning;

  /// Why the model does not answer, if it says so apart from the text.
  final String? refusal;

  /// The tools that the model wants called.
  final List<ToolCall> toolCalls;

  /// Why the model stopped. [FinishReasonLength] means that the text is cut off at `maxTokens`.
  final FinishReason finishReason;

  /// The log-probabilities of the text's tokens, if the request asked for them; at most the first 65,536.
  final List<TokenLogprob> logprobs;

  /// The other answers, if the request asked for more than one by `n`.
  final List<ChatChoice> otherChoices;

  /// The model, as the provider names it; if it names none, as the request did.
  final String model;

  /// The tokens used, for all choices together, if the provider says so.
  final TokenUsage? usage;

  /// What the call cost in US dollars, if the provider says so: in its headers, or in the usage. Unknown is `null`,
  /// never zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// The members of the response that have no field here, as a JSON object: its own id, the time, citations. Of a
  /// streamed answer, the last value of each member.
  final String? extraJson;

  /// The members of the first choice's message that have no field here, as a JSON object, such as annotations.
  final String? messageExtraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ChatAnswer &&
          text == other.text &&
          reasoning == other.reasoning &&
          refusal == other.refusal &&
          _isSame(toolCalls, other.toolCalls) &&
          finishReason == other.finishReason &&
          _isSame(logprobs, other.logprobs) &&
          _isSame(otherChoices, other.otherChoices) &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId &&
          extraJson == other.extraJson &&
          messageExtraJson == other.messageExtraJson;

  @override
  int get hashCode => Object.hash(ChatAnswer, text, reasoning, refusal, _hash(toolCalls), finishReason, _hash(logprobs),
      _hash(otherChoices), model, usage, cost, requestId, extraJson, messageExtraJson);

  @override
  String toString() =>
      'ChatAnswer(text: $text, reasoning: $reasoning, refusal: $refusal, toolCalls: $toolCalls, finishReason: $finishReason, logprobs: $logprobs, otherChoices: $otherChoices, model: $model, usage: $usage, cost: $cost, requestId: $requestId, extraJson: $extraJson, messageExtraJson: $messageExtraJson)';
}

final class _ChatAnswerCodec extends _Codec<ChatAnswer> {
  const _ChatAnswerCodec();

  @override
  ChatAnswer read(_Reader reader) => ChatAnswer(
        text: _string.read(reader),
        reasoning: const _Optional(_string).read(reader),
        refusal: const _Optional(_string).read(reader),
        toolCalls: const _List(_codecOfToolCall).read(reader),
        finishReason: _codecOfFinishReason.read(reader),
        logprobs: const _List(_codecOfTokenLogprob).read(reader),
        otherChoices: const _List(_codecOfChatChoice).read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
        extraJson: const _Optional(_string).read(reader),
        messageExtraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ChatAnswer value) {
    _string.write(writer, value.text);
    const _Optional(_string).write(writer, value.reasoning);
    const _Optional(_string).write(writer, value.refusal);
    const _List(_codecOfToolCall).write(writer, value.toolCalls);
    _codecOfFinishReason.write(writer, value.finishReason);
    const _List(_codecOfTokenLogprob).write(writer, value.logprobs);
    const _List(_codecOfChatChoice).write(writer, value.otherChoices);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
    const _Optional(_string).write(writer, value.extraJson);
    const _Optional(_string).write(writer, value.messageExtraJson);
  }
}

const _Codec<ChatAnswer> _codecOfChatAnswer = _ChatAnswerCodec();

/// One of several answers to the same question.
class ChatChoice {
  /// Of these values.
  const ChatChoice({
    required this.indexValue,
    required this.text,
    required this.reasoning,
    required this.refusal,
    required this.toolCalls,
    required this.finishReason,
    required this.logprobs,
    required this.messageExtraJson,
  });

  /// Its number, from 1. Number 0 is the answer itself.
  final int indexValue;

  /// What the model said; empty if it only called tools, or refused.
  final String text;

  /// The model's reasoning, if the model shows it.
  final String? reasoning;

  /// Why the model does not answer, if it says so apart from the text.
  final String? refusal;

  /// The tools that the model wants called.
  final List<ToolCall> toolCalls;

  /// Why the model stopped.
  final FinishReason finishReason;

  /// The log-probabilities of the text's tokens, if the request asked for them.
  final List<TokenLogprob> logprobs;

  /// The members of its message that have no field here, as a JSON object.
  final String? messageExtraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ChatChoice &&
          indexValue == other.indexValue &&
          text == other.text &&
          reasoning == other.reasoning &&
          refusal == other.refusal &&
          _isSame(toolCalls, other.toolCalls) &&
          finishReason == other.finishReason &&
          _isSame(logprobs, other.logprobs) &&
          messageExtraJson == other.messageExtraJson;

  @override
  int get hashCode => Object.hash(ChatChoice, indexValue, text, reasoning, refusal, _hash(toolCalls), finishReason,
      _hash(logprobs), messageExtraJson);

  @override
  String toString() =>
      'ChatChoice(indexValue: $indexValue, text: $text, reasoning: $reasoning, refusal: $refusal, toolCalls: $toolCalls, finishReason: $finishReason, logprobs: $logprobs, messageExtraJson: $messageExtraJson)';
}

final class _ChatChoiceCodec extends _Codec<ChatChoice> {
  const _ChatChoiceCodec();

  @override
  ChatChoice read(_Reader reader) => ChatChoice(
        indexValue: _uint32.read(reader),
        text: _string.read(reader),
        reasoning: const _Optional(_string).read(reader),
        refusal: const _Optional(_string).read(reader),
        toolCalls: const _List(_codecOfToolCall).read(reader),
        finishReason: _codecOfFinishReason.read(reader),
        logprobs: const _List(_codecOfTokenLogprob).read(reader),
        messageExtraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ChatChoice value) {
    _uint32.write(writer, value.indexValue);
    _string.write(writer, value.text);
    const _Optional(_string).write(writer, value.reasoning);
    const _Optional(_string).write(writer, value.refusal);
    const _List(_codecOfToolCall).write(writer, value.toolCalls);
    _codecOfFinishReason.write(writer, value.finishReason);
    const _List(_codecOfTokenLogprob).write(writer, value.logprobs);
    const _Optional(_string).write(writer, value.messageExtraJson);
  }
}

const _Codec<ChatChoice> _codecOfChatChoice = _ChatChoiceCodec();

/// A token of an answer, and how likely it was.
class TokenLogprob {
  /// Of these values.
  const TokenLogprob({
    required this.token,
    required this.logprob,
    required this.bytes,
    required this.topLogprobs,
  });

  /// The token's text.
  final String token;

  /// The natural logarithm of its probability: 0 is certain; a lower value is less likely.
  final double logprob;

  /// Its bytes in UTF-8, if the provider gives them: a token may be a part of a character.
  final Uint8List? bytes;

  /// The likeliest alternatives, as many as the request asked for.
  final List<TopLogprob> topLogprobs;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TokenLogprob &&
          token == other.token &&
          logprob == other.logprob &&
          _isSame(bytes, other.bytes) &&
          _isSame(topLogprobs, other.topLogprobs);

  @override
  int get hashCode => Object.hash(TokenLogprob, token, logprob, _hash(bytes), _hash(topLogprobs));

  @override
  String toString() =>
      'TokenLogprob(token: $token, logprob: $logprob, bytes: ${_shown(bytes)}, topLogprobs: $topLogprobs)';
}

final class _TokenLogprobCodec extends _Codec<TokenLogprob> {
  const _TokenLogprobCodec();

  @override
  TokenLogprob read(_Reader reader) => TokenLogprob(
        token: _string.read(reader),
        logprob: _float64.read(reader),
        bytes: const _Optional(_bytes).read(reader),
        topLogprobs: const _List(_codecOfTopLogprob).read(reader),
      );

  @override
  void write(_Writer writer, TokenLogprob value) {
    _string.write(writer, value.token);
    _float64.write(writer, value.logprob);
    const _Optional(_bytes).write(writer, value.bytes);
    const _List(_codecOfTopLogprob).write(writer, value.topLogprobs);
  }
}

const _Codec<TokenLogprob> _codecOfTokenLogprob = _TokenLogprobCodec();

/// An alternative to a token of an answer, and how likely it was.
class TopLogprob {
  /// Of these values.
  const TopLogprob({
    required this.token,
    required this.logprob,
    required this.bytes,
  });

  /// The token's text.
  final String token;

  /// The natural logarithm of its probability.
  final double logprob;

  /// Its bytes in UTF-8, if the provider gives them.
  final Uint8List? bytes;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TopLogprob && token == other.token && logprob == other.logprob && _isSame(bytes, other.bytes);

  @override
  int get hashCode => Object.hash(TopLogprob, token, logprob, _hash(bytes));

  @override
  String toString() => 'TopLogprob(token: $token, logprob: $logprob, bytes: ${_shown(bytes)})';
}

final class _TopLogprobCodec extends _Codec<TopLogprob> {
  const _TopLogprobCodec();

  @override
  TopLogprob read(_Reader reader) => TopLogprob(
        token: _string.read(reader),
        logprob: _float64.read(reader),
        bytes: const _Optional(_bytes).read(reader),
      );

  @override
  void write(_Writer writer, TopLogprob value) {
    _string.write(writer, value.token);
    _float64.write(writer, value.logprob);
    const _Optional(_bytes).write(writer, value.bytes);
  }
}

const _Codec<TopLogprob> _codecOfTopLogprob = _TopLogprobCodec();

/// How many tokens a call used.
class TokenUsage {
  /// Of these values.
  const TokenUsage({
    required this.promptTokens,
    required this.completionTokens,
    required this.totalTokens,
    required this.cachedTokens,
    required this.reasoningTokens,
  });

  /// Tokens of the question, photos included.
  final int promptTokens;

  /// Tokens of the answer, reasoning included.
  final int completionTokens;

  /// Both together.
  final int totalTokens;

  /// How many of the question's tokens the provider took from its cache, which costs less; `null` if it does not say.
  final int? cachedTokens;

  /// How many of the answer's tokens were spent on reasoning, if the provider says so.
  final int? reasoningTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TokenUsage &&
          promptTokens == other.promptTokens &&
          completionTokens == other.completionTokens &&
          totalTokens == other.totalTokens &&
          cachedTokens == other.cachedTokens &&
          reasoningTokens == other.reasoningTokens;

  @override
  int get hashCode =>
      Object.hash(TokenUsage, promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens);

  @override
  String toString() =>
      'TokenUsage(promptTokens: $promptTokens, completionTokens: $completionTokens, totalTokens: $totalTokens, cachedTokens: $cachedTokens, reasoningTokens: $reasoningTokens)';
}

final class _TokenUsageCodec extends _Codec<TokenUsage> {
  const _TokenUsageCodec();

  @override
  TokenUsage read(_Reader reader) => TokenUsage(
        promptTokens: _uint64.read(reader),
        completionTokens: _uint64.read(reader),
        totalTokens: _uint64.read(reader),
        cachedTokens: const _Optional(_uint64).read(reader),
        reasoningTokens: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, TokenUsage value) {
    _uint64.write(writer, value.promptTokens);
    _uint64.write(writer, value.completionTokens);
    _uint64.write(writer, value.totalTokens);
    const _Optional(_uint64).write(writer, value.cachedTokens);
    const _Optional(_uint64).write(writer, value.reasoningTokens);
  }
}

const _Codec<TokenUsage> _codecOfTokenUsage = _TokenUsageCodec();

/// The settings of an OAuth client. A setting that is `null` or empty stays as it is; for a new client the provider
/// decides.
class ClientSettings {
  /// Of these values.
  const ClientSettings({
    this.name,
    this.redirectUris = const [],
    this.scopes = const [],
    this.clientType,
    this.requireConsent,
    this.accessTokenTtl,
    this.refreshTokenTtl,
  });

  /// The app's name, as the consent page shows it. Required for a new client.
  final String? name;

  /// The redirect URIs that callbacks may go to, compared byte for byte. A new client needs at least one.
  final List<String> redirectUris;

  /// The scopes that it may ask the user for, such as `api:access`.
  final List<String> scopes;

  /// Whether it can keep a secret. It cannot be changed later. `null` leaves it to the provider, which creates a
  /// public client.
  final ClientType? clientType;

  /// Whether the user is asked at every sign-in.
  final bool? requireConsent;

  /// The lifetime of its access tokens, in whole seconds.
  final Duration? accessTokenTtl;

  /// The lifetime of its refresh tokens, in whole seconds.
  final Duration? refreshTokenTtl;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ClientSettings &&
          name == other.name &&
          _isSame(redirectUris, other.redirectUris) &&
          _isSame(scopes, other.scopes) &&
          clientType == other.clientType &&
          requireConsent == other.requireConsent &&
          accessTokenTtl == other.accessTokenTtl &&
          refreshTokenTtl == other.refreshTokenTtl;

  @override
  int get hashCode => Object.hash(ClientSettings, name, _hash(redirectUris), _hash(scopes), clientType, requireConsent,
      accessTokenTtl, refreshTokenTtl);

  @override
  String toString() =>
      'ClientSettings(name: $name, redirectUris: $redirectUris, scopes: $scopes, clientType: $clientType, requireConsent: $requireConsent, accessTokenTtl: $accessTokenTtl, refreshTokenTtl: $refreshTokenTtl)';
}

final class _ClientSettingsCodec extends _Codec<ClientSettings> {
  const _ClientSettingsCodec();

  @override
  ClientSettings read(_Reader reader) => ClientSettings(
        name: const _Optional(_string).read(reader),
        redirectUris: const _List(_string).read(reader),
        scopes: const _List(_string).read(reader),
        clientType: const _Optional(_codecOfClientType).read(reader),
        requireConsent: const _Optional(_bool).read(reader),
        accessTokenTtl: const _Optional(_duration).read(reader),
        refreshTokenTtl: const _Optional(_duration).read(reader),
      );

  @override
  void write(_Writer writer, ClientSettings value) {
    const _Optional(_string).write(writer, value.name);
    const _List(_string).write(writer, value.redirectUris);
    const _List(_string).write(writer, value.scopes);
    const _Optional(_codecOfClientType).write(writer, value.clientType);
    const _Optional(_bool).write(writer, value.requireConsent);
    const _Optional(_duration).write(writer, value.accessTokenTtl);
    const _Optional(_duration).write(writer, value.refreshTokenTtl);
  }
}

const _Codec<ClientSettings> _codecOfClientSettings = _ClientSettingsCodec();

/// What an OAuth client has used. Exact decimals, in the wallet's currency.
class ClientUsage {
  /// Of these values.
  const ClientUsage({
    required this.requests,
    required this.cost,
  });

  /// How many calls were made, if the provider says so.
  final int? requests;

  /// What they cost, if the provider says so.
  final Decimal? cost;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ClientUsage && requests == other.requests && cost == other.cost;

  @override
  int get hashCode => Object.hash(ClientUsage, requests, cost);

  @override
  String toString() => 'ClientUsage(requests: $requests, cost: $cost)';
}

final class _ClientUsageCodec extends _Codec<ClientUsage> {
  const _ClientUsageCodec();

  @override
  ClientUsage read(_Reader reader) => ClientUsage(
        requests: const _Optional(_uint64).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
      );

  @override
  void write(_Writer writer, ClientUsage value) {
    const _Optional(_uint64).write(writer, value.requests);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
  }
}

const _Codec<ClientUsage> _codecOfClientUsage = _ClientUsageCodec();

/// A registered OAuth client.
class OAuthClient {
  /// Of these values.
  const OAuthClient({
    required this.id,
    required this.clientId,
    required this.clientSecret,
    required this.name,
    required this.clientType,
    required this.redirectUris,
    required this.scopes,
    required this.isActive,
    required this.createdAt,
    required this.updatedAt,
  });

  /// Its id in calls about clients.
  final String id;

  /// The `clientId` that the app signs in with.
  final String clientId;

  /// The secret of a confidential client, shown once: when it is created. It does not belong in an app.
  final String? clientSecret;

  /// The app's name.
  final String name;

  /// Public or confidential, in the provider's words.
  final String? clientType;

  /// The redirect URIs that callbacks may go to.
  final List<String> redirectUris;

  /// The scopes that it may ask the user for.
  final List<String> scopes;

  /// Whether users can sign in with it.
  final bool isActive;

  /// When it was created, as the provider writes it.
  final String? createdAt;

  /// When it was last changed, as the provider writes it.
  final String? updatedAt;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is OAuthClient &&
          id == other.id &&
          clientId == other.clientId &&
          clientSecret == other.clientSecret &&
          name == other.name &&
          clientType == other.clientType &&
          _isSame(redirectUris, other.redirectUris) &&
          _isSame(scopes, other.scopes) &&
          isActive == other.isActive &&
          createdAt == other.createdAt &&
          updatedAt == other.updatedAt;

  @override
  int get hashCode => Object.hash(OAuthClient, id, clientId, clientSecret, name, clientType, _hash(redirectUris),
      _hash(scopes), isActive, createdAt, updatedAt);

  @override
  String toString() =>
      'OAuthClient(id: $id, clientId: $clientId, clientSecret: hidden, name: $name, clientType: $clientType, redirectUris: $redirectUris, scopes: $scopes, isActive: $isActive, createdAt: $createdAt, updatedAt: $updatedAt)';
}

final class _OAuthClientCodec extends _Codec<OAuthClient> {
  const _OAuthClientCodec();

  @override
  OAuthClient read(_Reader reader) => OAuthClient(
        id: _string.read(reader),
        clientId: _string.read(reader),
        clientSecret: const _Optional(_string).read(reader),
        name: _string.read(reader),
        clientType: const _Optional(_string).read(reader),
        redirectUris: const _List(_string).read(reader),
        scopes: const _List(_string).read(reader),
        isActive: _bool.read(reader),
        createdAt: const _Optional(_string).read(reader),
        updatedAt: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, OAuthClient value) {
    _string.write(writer, value.id);
    _string.write(writer, value.clientId);
    const _Optional(_string).write(writer, value.clientSecret);
    _string.write(writer, value.name);
    const _Optional(_string).write(writer, value.clientType);
    const _List(_string).write(writer, value.redirectUris);
    const _List(_string).write(writer, value.scopes);
    _bool.write(writer, value.isActive);
    const _Optional(_string).write(writer, value.createdAt);
    const _Optional(_string).write(writer, value.updatedAt);
  }
}

const _Codec<OAuthClient> _codecOfOAuthClient = _OAuthClientCodec();

/// How much of a conversation goes with each question, its rules and the question included. Without a limit the
/// whole conversation goes, and each question costs more than the one before.
///
/// Tokens are estimated, because each model counts in its own way: a token for four ASCII characters or one other
/// character, four more for each message, 1,600 for a photo. The estimate is close to what models count for English
/// text, and mostly too high for other languages and photos. Leave room for the answer, which is not counted.
class ConversationBudget {
  /// Of these values.
  const ConversationBudget({
    this.maxTokens,
    this.maxMessages,
  });

  /// The most tokens that are sent, as estimated.
  final int? maxTokens;

  /// The most messages that are sent.
  final int? maxMessages;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ConversationBudget && maxTokens == other.maxTokens && maxMessages == other.maxMessages;

  @override
  int get hashCode => Object.hash(ConversationBudget, maxTokens, maxMessages);

  @override
  String toString() => 'ConversationBudget(maxTokens: $maxTokens, maxMessages: $maxMessages)';
}

final class _ConversationBudgetCodec extends _Codec<ConversationBudget> {
  const _ConversationBudgetCodec();

  @override
  ConversationBudget read(_Reader reader) => ConversationBudget(
        maxTokens: const _Optional(_uint32).read(reader),
        maxMessages: const _Optional(_uint32).read(reader),
      );

  @override
  void write(_Writer writer, ConversationBudget value) {
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_uint32).write(writer, value.maxMessages);
  }
}

const _Codec<ConversationBudget> _codecOfConversationBudget = _ConversationBudgetCodec();

/// A file that a call has written.
class SavedFile {
  /// Of these values.
  const SavedFile({
    required this.size,
    required this.cost,
    required this.requestId,
  });

  /// Its size in bytes.
  final int size;

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SavedFile && size == other.size && cost == other.cost && requestId == other.requestId;

  @override
  int get hashCode => Object.hash(SavedFile, size, cost, requestId);

  @override
  String toString() => 'SavedFile(size: $size, cost: $cost, requestId: $requestId)';
}

final class _SavedFileCodec extends _Codec<SavedFile> {
  const _SavedFileCodec();

  @override
  SavedFile read(_Reader reader) => SavedFile(
        size: _uint64.read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, SavedFile value) {
    _uint64.write(writer, value.size);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<SavedFile> _codecOfSavedFile = _SavedFileCodec();

/// Texts to turn into vectors.
class EmbeddingRequest {
  /// Of these values.
  const EmbeddingRequest({
    required this.input,
    this.model,
    this.dimensions,
    this.encodingFormat,
  });

  /// The texts, none of them empty. Each gets a vector.
  final List<String> input;

  /// The model; `null` picks one from the live catalogue. Vectors of different models cannot be compared.
  final String? model;

  /// How many numbers each vector has, for models that allow a choice.
  final int? dimensions;

  /// How the numbers are sent; `null` leaves it to the provider, mostly as decimal numbers. Both give the same
  /// vectors.
  final EmbeddingEncodingFormat? encodingFormat;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is EmbeddingRequest &&
          _isSame(input, other.input) &&
          model == other.model &&
          dimensions == other.dimensions &&
          encodingFormat == other.encodingFormat;

  @override
  int get hashCode => Object.hash(EmbeddingRequest, _hash(input), model, dimensions, encodingFormat);

  @override
  String toString() =>
      'EmbeddingRequest(input: $input, model: $model, dimensions: $dimensions, encodingFormat: $encodingFormat)';
}

final class _EmbeddingRequestCodec extends _Codec<EmbeddingRequest> {
  const _EmbeddingRequestCodec();

  @override
  EmbeddingRequest read(_Reader reader) => EmbeddingRequest(
        input: const _List(_string).read(reader),
        model: const _Optional(_string).read(reader),
        dimensions: const _Optional(_uint32).read(reader),
        encodingFormat: const _Optional(_codecOfEmbeddingEncodingFormat).read(reader),
      );

  @override
  void write(_Writer writer, EmbeddingRequest value) {
    const _List(_string).write(writer, value.input);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.dimensions);
    const _Optional(_codecOfEmbeddingEncodingFormat).write(writer, value.encodingFormat);
  }
}

const _Codec<EmbeddingRequest> _codecOfEmbeddingRequest = _EmbeddingRequestCodec();

/// Texts as vectors.
class Embeddings {
  /// Of these values.
  const Embeddings({
    required this.vectors,
    required this.model,
    required this.usage,
    required this.cost,
    required this.requestId,
  });

  /// A vector for each text, in the order of the texts.
  final List<List<double>> vectors;

  /// The model, as the provider names it; if it names none, as the request did.
  final String model;

  /// The tokens used, if the provider says so.
  final TokenUsage? usage;

  /// What the call cost in US dollars, if the provider says so. Unknown is `null`, never zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Embeddings &&
          _isSame(vectors, other.vectors) &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(Embeddings, _hash(vectors), model, usage, cost, requestId);

  @override
  String toString() =>
      'Embeddings(vectors: $vectors, model: $model, usage: $usage, cost: $cost, requestId: $requestId)';
}

final class _EmbeddingsCodec extends _Codec<Embeddings> {
  const _EmbeddingsCodec();

  @override
  Embeddings read(_Reader reader) => Embeddings(
        vectors: const _List(_List(_float32)).read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Embeddings value) {
    const _List(_List(_float32)).write(writer, value.vectors);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<Embeddings> _codecOfEmbeddings = _EmbeddingsCodec();

/// The JSON that was read.
class ExtractedJson {
  /// Of these values.
  const ExtractedJson({
    required this.json,
    required this.model,
    required this.usage,
    required this.cost,
    required this.requestId,
  });

  /// JSON that fits the schema's `type`, `enum`, `required`, `properties` and `items`: as the model wrote it, or
  /// repaired if that was not valid JSON. If a model gave several answers, a member in which they differ is null.
  final String json;

  /// The model that read it, as the provider names it.
  final String model;

  /// The tokens used, if the provider says so.
  final TokenUsage? usage;

  /// What the call cost in US dollars, if the provider says so. Unknown is `null`, never zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ExtractedJson &&
          json == other.json &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(ExtractedJson, json, model, usage, cost, requestId);

  @override
  String toString() => 'ExtractedJson(json: $json, model: $model, usage: $usage, cost: $cost, requestId: $requestId)';
}

final class _ExtractedJsonCodec extends _Codec<ExtractedJson> {
  const _ExtractedJsonCodec();

  @override
  ExtractedJson read(_Reader reader) => ExtractedJson(
        json: _string.read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ExtractedJson value) {
    _string.write(writer, value.json);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<ExtractedJson> _codecOfExtractedJson = _ExtractedJsonCodec();

/// What to read from photos, and in which form.
class JsonExtraction {
  /// Of these values.
  const JsonExtraction({
    required this.photos,
    required this.schemaJson,
    this.prompt,
    this.model,
    this.temperature,
    this.maxTokens,
  });

  /// The photos, read together and in this order.
  final List<Photo> photos;

  /// The JSON schema of the answer, an object as text. Its descriptions tell the model what each property means.
  final String schemaJson;

  /// Further instructions.
  final String? prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The sampling temperature, from 0 to 2. `null` leaves it to the model: some models refuse any value but their
  /// own.
  final double? temperature;

  /// The longest answer, in tokens; `null` leaves it to the model. A reasoning model's thoughts count too.
  final int? maxTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is JsonExtraction &&
          _isSame(photos, other.photos) &&
          schemaJson == other.schemaJson &&
          prompt == other.prompt &&
          model == other.model &&
          temperature == other.temperature &&
          maxTokens == other.maxTokens;

  @override
  int get hashCode => Object.hash(JsonExtraction, _hash(photos), schemaJson, prompt, model, temperature, maxTokens);

  @override
  String toString() =>
      'JsonExtraction(photos: $photos, schemaJson: $schemaJson, prompt: $prompt, model: $model, temperature: $temperature, maxTokens: $maxTokens)';
}

final class _JsonExtractionCodec extends _Codec<JsonExtraction> {
  const _JsonExtractionCodec();

  @override
  JsonExtraction read(_Reader reader) => JsonExtraction(
        photos: const _List(_codecOfPhoto).read(reader),
        schemaJson: _string.read(reader),
        prompt: const _Optional(_string).read(reader),
        model: const _Optional(_string).read(reader),
        temperature: const _Optional(_float64).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
      );

  @override
  void write(_Writer writer, JsonExtraction value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    _string.write(writer, value.schemaJson);
    const _Optional(_string).write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_float64).write(writer, value.temperature);
    const _Optional(_uint32).write(writer, value.maxTokens);
  }
}

const _Codec<JsonExtraction> _codecOfJsonExtraction = _JsonExtractionCodec();

/// Images to change, and how.
class ImageEdit {
  /// Of these values.
  const ImageEdit({
    required this.images,
    required this.prompt,
    this.mask,
    this.model,
    this.n,
    this.size,
    this.responseFormat,
  });

  /// The images to work from, at least one.
  final List<Photo> images;

  /// What to change.
  final String prompt;

  /// A PNG of the first image's size, whose transparent pixels mark what may change.
  final Photo? mask;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// How many images. Each is paid for. `null` means one.
  final int? n;

  /// Width and height in pixels, such as `1024x1024`.
  final String? size;

  /// How the images are returned; `null` leaves it to the model.
  final ImageResponseFormat? responseFormat;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageEdit &&
          _isSame(images, other.images) &&
          prompt == other.prompt &&
          mask == other.mask &&
          model == other.model &&
          n == other.n &&
          size == other.size &&
          responseFormat == other.responseFormat;

  @override
  int get hashCode => Object.hash(ImageEdit, _hash(images), prompt, mask, model, n, size, responseFormat);

  @override
  String toString() =>
      'ImageEdit(images: $images, prompt: $prompt, mask: $mask, model: $model, n: $n, size: $size, responseFormat: $responseFormat)';
}

final class _ImageEditCodec extends _Codec<ImageEdit> {
  const _ImageEditCodec();

  @override
  ImageEdit read(_Reader reader) => ImageEdit(
        images: const _List(_codecOfPhoto).read(reader),
        prompt: _string.read(reader),
        mask: const _Optional(_codecOfPhoto).read(reader),
        model: const _Optional(_string).read(reader),
        n: const _Optional(_uint32).read(reader),
        size: const _Optional(_string).read(reader),
        responseFormat: const _Optional(_codecOfImageResponseFormat).read(reader),
      );

  @override
  void write(_Writer writer, ImageEdit value) {
    const _List(_codecOfPhoto).write(writer, value.images);
    _string.write(writer, value.prompt);
    const _Optional(_codecOfPhoto).write(writer, value.mask);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.n);
    const _Optional(_string).write(writer, value.size);
    const _Optional(_codecOfImageResponseFormat).write(writer, value.responseFormat);
  }
}

const _Codec<ImageEdit> _codecOfImageEdit = _ImageEditCodec();

/// A request for new images.
class ImageRequest {
  /// Of these values.
  const ImageRequest({
    required this.prompt,
    this.model,
    this.n,
    this.size,
    this.quality,
    this.responseFormat,
    this.extraJson,
  });

  /// What the images show.
  final String prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// How many images. Each is paid for. `null` means one.
  final int? n;

  /// Width and height in pixels, such as `1024x1024`. Models differ in the sizes that they offer.
  final String? size;

  /// The quality, in the model's own words, such as `high`.
  final String? quality;

  /// How the images are returned; `null` leaves it to the model. Not every model allows a choice.
  final ImageResponseFormat? responseFormat;

  /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body.
  final String? extraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageRequest &&
          prompt == other.prompt &&
          model == other.model &&
          n == other.n &&
          size == other.size &&
          quality == other.quality &&
          responseFormat == other.responseFormat &&
          extraJson == other.extraJson;

  @override
  int get hashCode => Object.hash(ImageRequest, prompt, model, n, size, quality, responseFormat, extraJson);

  @override
  String toString() =>
      'ImageRequest(prompt: $prompt, model: $model, n: $n, size: $size, quality: $quality, responseFormat: $responseFormat, extraJson: $extraJson)';
}

final class _ImageRequestCodec extends _Codec<ImageRequest> {
  const _ImageRequestCodec();

  @override
  ImageRequest read(_Reader reader) => ImageRequest(
        prompt: _string.read(reader),
        model: const _Optional(_string).read(reader),
        n: const _Optional(_uint32).read(reader),
        size: const _Optional(_string).read(reader),
        quality: const _Optional(_string).read(reader),
        responseFormat: const _Optional(_codecOfImageResponseFormat).read(reader),
        extraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ImageRequest value) {
    _string.write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.n);
    const _Optional(_string).write(writer, value.size);
    const _Optional(_string).write(writer, value.quality);
    const _Optional(_codecOfImageResponseFormat).write(writer, value.responseFormat);
    const _Optional(_string).write(writer, value.extraJson);
  }
}

const _Codec<ImageRequest> _codecOfImageRequest = _ImageRequestCodec();

/// An image to make variations of.
class ImageVariation {
  /// Of these values.
  const ImageVariation({
    required this.image,
    this.model,
    this.n,
    this.size,
    this.responseFormat,
  });

  /// The image.
  final Photo image;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// How many images. Each is paid for. `null` means one.
  final int? n;

  /// Width and height in pixels, such as `1024x1024`.
  final String? size;

  /// How the images are returned; `null` leaves it to the model.
  final ImageResponseFormat? responseFormat;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageVariation &&
          image == other.image &&
          model == other.model &&
          n == other.n &&
          size == other.size &&
          responseFormat == other.responseFormat;

  @override
  int get hashCode => Object.hash(ImageVariation, image, model, n, size, responseFormat);

  @override
  String toString() =>
      'ImageVariation(image: $image, model: $model, n: $n, size: $size, responseFormat: $responseFormat)';
}

final class _ImageVariationCodec extends _Codec<ImageVariation> {
  const _ImageVariationCodec();

  @override
  ImageVariation read(_Reader reader) => ImageVariation(
        image: _codecOfPhoto.read(reader),
        model: const _Optional(_string).read(reader),
        n: const _Optional(_uint32).read(reader),
        size: const _Optional(_string).read(reader),
        responseFormat: const _Optional(_codecOfImageResponseFormat).read(reader),
      );

  @override
  void write(_Writer writer, ImageVariation value) {
    _codecOfPhoto.write(writer, value.image);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.n);
    const _Optional(_string).write(writer, value.size);
    const _Optional(_codecOfImageResponseFormat).write(writer, value.responseFormat);
  }
}

const _Codec<ImageVariation> _codecOfImageVariation = _ImageVariationCodec();

/// An image that a model made: its bytes or its URL. `AiPass.imageBytes` and `AiPass.saveImage` take either.
class GeneratedImage {
  /// Of these values.
  const GeneratedImage({
    required this.bytes,
    required this.url,
    required this.revisedPrompt,
  });

  /// The file's bytes, if the response has them. Mostly PNG.
  final Uint8List? bytes;

  /// The file's URL, if the response has one. Such URLs expire.
  final Uri? url;

  /// The prompt as the model rewrote it, if the provider says so.
  final String? revisedPrompt;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is GeneratedImage &&
          _isSame(bytes, other.bytes) &&
          url == other.url &&
          revisedPrompt == other.revisedPrompt;

  @override
  int get hashCode => Object.hash(GeneratedImage, _hash(bytes), url, revisedPrompt);

  @override
  String toString() => 'GeneratedImage(bytes: ${_shown(bytes)}, url: ${_shown(url)}, revisedPrompt: $revisedPrompt)';
}

final class _GeneratedImageCodec extends _Codec<GeneratedImage> {
  const _GeneratedImageCodec();

  @override
  GeneratedImage read(_Reader reader) => GeneratedImage(
        bytes: const _Optional(_bytes).read(reader),
        url: const _Optional(_codecOfUrl).read(reader),
        revisedPrompt: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, GeneratedImage value) {
    const _Optional(_bytes).write(writer, value.bytes);
    const _Optional(_codecOfUrl).write(writer, value.url);
    const _Optional(_string).write(writer, value.revisedPrompt);
  }
}

const _Codec<GeneratedImage> _codecOfGeneratedImage = _GeneratedImageCodec();

/// Images that a model made.
class GeneratedImages {
  /// Of these values.
  const GeneratedImages({
    required this.images,
    required this.model,
    required this.usage,
    required this.cost,
    required this.requestId,
  });

  /// The images, at least one.
  final List<GeneratedImage> images;

  /// The model, as the provider names it; if it names none, as the request did.
  final String model;

  /// The tokens used, if the provider says so.
  final TokenUsage? usage;

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is GeneratedImages &&
          _isSame(images, other.images) &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(GeneratedImages, _hash(images), model, usage, cost, requestId);

  @override
  String toString() =>
      'GeneratedImages(images: $images, model: $model, usage: $usage, cost: $cost, requestId: $requestId)';
}

final class _GeneratedImagesCodec extends _Codec<GeneratedImages> {
  const _GeneratedImagesCodec();

  @override
  GeneratedImages read(_Reader reader) => GeneratedImages(
        images: const _List(_codecOfGeneratedImage).read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, GeneratedImages value) {
    const _List(_codecOfGeneratedImage).write(writer, value.images);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<GeneratedImages> _codecOfGeneratedImages = _GeneratedImagesCodec();

/// Which models to list. A field that is `null` matches every model. The values are the provider's own words.
class ModelFilter {
  /// Of these values.
  const ModelFilter({
    this.kind,
    this.capability,
    this.method,
  });

  /// The kind of model, such as `message` or `image`.
  final String? kind;

  /// What it can do, such as `vision`.
  final String? capability;

  /// The endpoint that accepts it, such as `chat_completions`.
  final String? method;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ModelFilter && kind == other.kind && capability == other.capability && method == other.method;

  @override
  int get hashCode => Object.hash(ModelFilter, kind, capability, method);

  @override
  String toString() => 'ModelFilter(kind: $kind, capability: $capability, method: $method)';
}

final class _ModelFilterCodec extends _Codec<ModelFilter> {
  const _ModelFilterCodec();

  @override
  ModelFilter read(_Reader reader) => ModelFilter(
        kind: const _Optional(_string).read(reader),
        capability: const _Optional(_string).read(reader),
        method: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ModelFilter value) {
    const _Optional(_string).write(writer, value.kind);
    const _Optional(_string).write(writer, value.capability);
    const _Optional(_string).write(writer, value.method);
  }
}

const _Codec<ModelFilter> _codecOfModelFilter = _ModelFilterCodec();

/// The model that was chosen for a call.
class ModelChoice {
  /// Of these values.
  const ModelChoice({
    required this.model,
    required this.reason,
    required this.unsuitable,
  });

  /// Its id, as the catalogue spells it.
  final String model;

  /// Why it was chosen.
  final ChoiceReason reason;

  /// The preferred models before it that the catalogue lists without this capability, as the catalogue spells them.
  final List<String> unsuitable;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ModelChoice && model == other.model && reason == other.reason && _isSame(unsuitable, other.unsuitable);

  @override
  int get hashCode => Object.hash(ModelChoice, model, reason, _hash(unsuitable));

  @override
  String toString() => 'ModelChoice(model: $model, reason: $reason, unsuitable: $unsuitable)';
}

final class _ModelChoiceCodec extends _Codec<ModelChoice> {
  const _ModelChoiceCodec();

  @override
  ModelChoice read(_Reader reader) => ModelChoice(
        model: _string.read(reader),
        reason: _codecOfChoiceReason.read(reader),
        unsuitable: const _List(_string).read(reader),
      );

  @override
  void write(_Writer writer, ModelChoice value) {
    _string.write(writer, value.model);
    _codecOfChoiceReason.write(writer, value.reason);
    const _List(_string).write(writer, value.unsuitable);
  }
}

const _Codec<ModelChoice> _codecOfModelChoice = _ModelChoiceCodec();

/// A model of the catalogue.
class Model {
  /// Of these values.
  const Model({
    required this.id,
    required this.capability,
    required this.kinds,
    required this.capabilities,
    required this.methods,
    required this.owner,
  });

  /// The id to call it by, such as `gpt-5-mini` or `gemini/gemini-2.5-flash-lite`.
  final String id;

  /// What it is mainly for, by the provider's description or, only if there is none, by its id. `null` if that is
  /// nothing that this library knows.
  final Capability? capability;

  /// What kind of model it is, in the provider's words, such as `message`, `image` or `audio`; mostly one. Empty if
  /// the provider does not say.
  final List<String> kinds;

  /// What it can do, in the provider's words, such as `vision`. Empty if the provider does not say.
  final List<String> capabilities;

  /// The endpoints that accept it, in the provider's words, such as `chat_completions`. Empty if the provider does
  /// not say.
  final List<String> methods;

  /// Who offers it, if the provider says so.
  final String? owner;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Model &&
          id == other.id &&
          capability == other.capability &&
          _isSame(kinds, other.kinds) &&
          _isSame(capabilities, other.capabilities) &&
          _isSame(methods, other.methods) &&
          owner == other.owner;

  @override
  int get hashCode => Object.hash(Model, id, capability, _hash(kinds), _hash(capabilities), _hash(methods), owner);

  @override
  String toString() =>
      'Model(id: $id, capability: $capability, kinds: $kinds, capabilities: $capabilities, methods: $methods, owner: $owner)';
}

final class _ModelCodec extends _Codec<Model> {
  const _ModelCodec();

  @override
  Model read(_Reader reader) => Model(
        id: _string.read(reader),
        capability: const _Optional(_codecOfCapability).read(reader),
        kinds: const _List(_string).read(reader),
        capabilities: const _List(_string).read(reader),
        methods: const _List(_string).read(reader),
        owner: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Model value) {
    _string.write(writer, value.id);
    const _Optional(_codecOfCapability).write(writer, value.capability);
    const _List(_string).write(writer, value.kinds);
    const _List(_string).write(writer, value.capabilities);
    const _List(_string).write(writer, value.methods);
    const _Optional(_string).write(writer, value.owner);
  }
}

const _Codec<Model> _codecOfModel = _ModelCodec();

/// A successful response of an endpoint. Any other status is an error.
class RawAnswer {
  /// Of these values.
  const RawAnswer({
    required this.status,
    required this.body,
    required this.mediaType,
    required this.cost,
    required this.requestId,
  });

  /// The HTTP status, from 200 to 299.
  final int status;

  /// The body; JSON is UTF-8 text.
  final Uint8List body;

  /// The body's media type, such as `application/json`; empty if the provider does not say.
  final String mediaType;

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is RawAnswer &&
          status == other.status &&
          _isSame(body, other.body) &&
          mediaType == other.mediaType &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(RawAnswer, status, _hash(body), mediaType, cost, requestId);

  @override
  String toString() =>
      'RawAnswer(status: $status, body: ${_shown(body)}, mediaType: $mediaType, cost: $cost, requestId: $requestId)';
}

final class _RawAnswerCodec extends _Codec<RawAnswer> {
  const _RawAnswerCodec();

  @override
  RawAnswer read(_Reader reader) => RawAnswer(
        status: _uint16.read(reader),
        body: _bytes.read(reader),
        mediaType: _string.read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, RawAnswer value) {
    _uint16.write(writer, value.status);
    _bytes.write(writer, value.body);
    _string.write(writer, value.mediaType);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<RawAnswer> _codecOfRawAnswer = _RawAnswerCodec();

/// A call to an endpoint of the provider.
class RawRequest {
  /// Of these values.
  const RawRequest({
    required this.api,
    required this.method,
    required this.path,
    this.query = const {},
    this.bodyJson,
  });

  /// The API that has the endpoint.
  final Api api;

  /// The HTTP method.
  final RawMethod method;

  /// The path below the API's base, such as `rerank` or `files/f-1`.
  final String path;

  /// The query: names and values, not yet encoded.
  final Map<String, String> query;

  /// The body, JSON as text.
  final String? bodyJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is RawRequest &&
          api == other.api &&
          method == other.method &&
          path == other.path &&
          _isSame(query, other.query) &&
          bodyJson == other.bodyJson;

  @override
  int get hashCode => Object.hash(RawRequest, api, method, path, _hash(query), bodyJson);

  @override
  String toString() => 'RawRequest(api: $api, method: $method, path: $path, query: $query, bodyJson: $bodyJson)';
}

final class _RawRequestCodec extends _Codec<RawRequest> {
  const _RawRequestCodec();

  @override
  RawRequest read(_Reader reader) => RawRequest(
        api: _codecOfApi.read(reader),
        method: _codecOfRawMethod.read(reader),
        path: _string.read(reader),
        query: const _Map(_string, _string).read(reader),
        bodyJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, RawRequest value) {
    _codecOfApi.write(writer, value.api);
    _codecOfRawMethod.write(writer, value.method);
    _string.write(writer, value.path);
    const _Map(_string, _string).write(writer, value.query);
    const _Optional(_string).write(writer, value.bodyJson);
  }
}

const _Codec<RawRequest> _codecOfRawRequest = _RawRequestCodec();

/// The fields of a receipt. A field that cannot be read, or can be read in two ways, is `null`; the field beside it
/// keeps the model's own words. Texts are trimmed.
class Receipt {
  /// Of these values.
  const Receipt({
    required this.merchant,
    required this.date,
    required this.dateText,
    required this.amount,
    required this.amountText,
    required this.currency,
    required this.currencyText,
    required this.category,
    required this.confidence,
    required this.model,
    required this.usage,
    required this.cost,
    required this.requestId,
    required this.answer,
  });

  /// The shop, as the receipt names it.
  final String? merchant;

  /// The day of the purchase.
  final Date? date;

  /// The date as the model gave it.
  final String? dateText;

  /// The total paid, in units of the currency, with the decimals that were given. Negative for a refund.
  final Decimal? amount;

  /// The amount as the model gave it.
  final String? amountText;

  /// The currency, as an ISO 4217 code in capitals.
  final String? currency;

  /// The currency as the model gave it; if it gave none, as the amount's text has it.
  final String? currencyText;

  /// What kind of purchase it was, in the model's words.
  final String? category;

  /// The model's own confidence, from 0 to 1.
  final double? confidence;

  /// The model that read it, as the provider names it.
  final String model;

  /// The tokens used, if the provider says so.
  final TokenUsage? usage;

  /// What the call cost in US dollars, if the provider says so. Unknown is `null`, never zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  /// The model's whole answer, or its refusal if it did not answer.
  final String answer;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Receipt &&
          merchant == other.merchant &&
          date == other.date &&
          dateText == other.dateText &&
          amount == other.amount &&
          amountText == other.amountText &&
          currency == other.currency &&
          currencyText == other.currencyText &&
          category == other.category &&
          confidence == other.confidence &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId &&
          answer == other.answer;

  @override
  int get hashCode => Object.hash(Receipt, merchant, date, dateText, amount, amountText, currency, currencyText,
      category, confidence, model, usage, cost, requestId, answer);

  @override
  String toString() =>
      'Receipt(merchant: $merchant, date: $date, dateText: $dateText, amount: $amount, amountText: $amountText, currency: $currency, currencyText: $currencyText, category: $category, confidence: $confidence, model: $model, usage: $usage, cost: $cost, requestId: $requestId, answer: $answer)';
}

final class _ReceiptCodec extends _Codec<Receipt> {
  const _ReceiptCodec();

  @override
  Receipt read(_Reader reader) => Receipt(
        merchant: const _Optional(_string).read(reader),
        date: const _Optional(_codecOfNaiveDate).read(reader),
        dateText: const _Optional(_string).read(reader),
        amount: const _Optional(_codecOfDecimal).read(reader),
        amountText: const _Optional(_string).read(reader),
        currency: const _Optional(_string).read(reader),
        currencyText: const _Optional(_string).read(reader),
        category: const _Optional(_string).read(reader),
        confidence: const _Optional(_float64).read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
        answer: _string.read(reader),
      );

  @override
  void write(_Writer writer, Receipt value) {
    const _Optional(_string).write(writer, value.merchant);
    const _Optional(_codecOfNaiveDate).write(writer, value.date);
    const _Optional(_string).write(writer, value.dateText);
    const _Optional(_codecOfDecimal).write(writer, value.amount);
    const _Optional(_string).write(writer, value.amountText);
    const _Optional(_string).write(writer, value.currency);
    const _Optional(_string).write(writer, value.currencyText);
    const _Optional(_string).write(writer, value.category);
    const _Optional(_float64).write(writer, value.confidence);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
    _string.write(writer, value.answer);
  }
}

const _Codec<Receipt> _codecOfReceipt = _ReceiptCodec();

/// A receipt to read.
class ReceiptScan {
  /// Of these values.
  const ReceiptScan({
    required this.photos,
    this.locale,
    this.expectedCurrency,
    this.model,
    this.temperature,
    this.maxTokens,
  });

  /// The photo, or several of one long receipt, from its beginning to its end.
  final List<Photo> photos;

  /// The receipt's locale, as a BCP 47 tag such as `en-US` or `de-DE`. It decides what 03/04/2026 and `$` mean.
  final String? locale;

  /// The currency to expect, as an ISO 4217 code. It decides which dollar `$` is.
  final String? expectedCurrency;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The sampling temperature, from 0 to 2. `null` leaves it to the model: some models refuse any value but their
  /// own.
  final double? temperature;

  /// The longest answer, in tokens; `null` leaves it to the model. A reasoning model's thoughts count too.
  final int? maxTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptScan &&
          _isSame(photos, other.photos) &&
          locale == other.locale &&
          expectedCurrency == other.expectedCurrency &&
          model == other.model &&
          temperature == other.temperature &&
          maxTokens == other.maxTokens;

  @override
  int get hashCode => Object.hash(ReceiptScan, _hash(photos), locale, expectedCurrency, model, temperature, maxTokens);

  @override
  String toString() =>
      'ReceiptScan(photos: $photos, locale: $locale, expectedCurrency: $expectedCurrency, model: $model, temperature: $temperature, maxTokens: $maxTokens)';
}

final class _ReceiptScanCodec extends _Codec<ReceiptScan> {
  const _ReceiptScanCodec();

  @override
  ReceiptScan read(_Reader reader) => ReceiptScan(
        photos: const _List(_codecOfPhoto).read(reader),
        locale: const _Optional(_string).read(reader),
        expectedCurrency: const _Optional(_string).read(reader),
        model: const _Optional(_string).read(reader),
        temperature: const _Optional(_float64).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptScan value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    const _Optional(_string).write(writer, value.locale);
    const _Optional(_string).write(writer, value.expectedCurrency);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_float64).write(writer, value.temperature);
    const _Optional(_uint32).write(writer, value.maxTokens);
  }
}

const _Codec<ReceiptScan> _codecOfReceiptScan = _ReceiptScanCodec();

/// A video that is being made, or is done.
class VideoJob {
  /// Of these values.
  const VideoJob({
    required this.id,
    required this.status,
    required this.progress,
    required this.model,
    required this.failure,
    required this.cost,
    required this.requestId,
  });

  /// Its id in every later call.
  final String id;

  /// Its status.
  final VideoStatus status;

  /// How much is done, from 0 to 100, if the provider says so.
  final int? progress;

  /// The model, if the provider says so. For a new video it is at least the one of the request.
  final String? model;

  /// Why it failed, in the provider's words; `null` if it did not fail.
  final String? failure;

  /// What this call cost in US dollars; `null` if the provider does not say, which is not zero.
  final Decimal? cost;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is VideoJob &&
          id == other.id &&
          status == other.status &&
          progress == other.progress &&
          model == other.model &&
          failure == other.failure &&
          cost == other.cost &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(VideoJob, id, status, progress, model, failure, cost, requestId);

  @override
  String toString() =>
      'VideoJob(id: $id, status: $status, progress: $progress, model: $model, failure: $failure, cost: $cost, requestId: $requestId)';
}

final class _VideoJobCodec extends _Codec<VideoJob> {
  const _VideoJobCodec();

  @override
  VideoJob read(_Reader reader) => VideoJob(
        id: _string.read(reader),
        status: _codecOfVideoStatus.read(reader),
        progress: const _Optional(_uint8).read(reader),
        model: const _Optional(_string).read(reader),
        failure: const _Optional(_string).read(reader),
        cost: const _Optional(_codecOfDecimal).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, VideoJob value) {
    _string.write(writer, value.id);
    _codecOfVideoStatus.write(writer, value.status);
    const _Optional(_uint8).write(writer, value.progress);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_string).write(writer, value.failure);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<VideoJob> _codecOfVideoJob = _VideoJobCodec();

/// A request for a new video.
class VideoRequest {
  /// Of these values.
  const VideoRequest({
    required this.prompt,
    this.model,
    this.seconds,
    this.size,
    this.inputReference,
    this.extraJson,
  });

  /// What the video shows.
  final String prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// Its length in seconds; `null` leaves it to the model. Each second is paid for.
  final int? seconds;

  /// Width and height in pixels, such as `1280x720`.
  final String? size;

  /// A photo that the video begins with.
  final Photo? inputReference;

  /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body. Not
  /// together with a photo.
  final String? extraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is VideoRequest &&
          prompt == other.prompt &&
          model == other.model &&
          seconds == other.seconds &&
          size == other.size &&
          inputReference == other.inputReference &&
          extraJson == other.extraJson;

  @override
  int get hashCode => Object.hash(VideoRequest, prompt, model, seconds, size, inputReference, extraJson);

  @override
  String toString() =>
      'VideoRequest(prompt: $prompt, model: $model, seconds: $seconds, size: $size, inputReference: $inputReference, extraJson: $extraJson)';
}

final class _VideoRequestCodec extends _Codec<VideoRequest> {
  const _VideoRequestCodec();

  @override
  VideoRequest read(_Reader reader) => VideoRequest(
        prompt: _string.read(reader),
        model: const _Optional(_string).read(reader),
        seconds: const _Optional(_uint32).read(reader),
        size: const _Optional(_string).read(reader),
        inputReference: const _Optional(_codecOfPhoto).read(reader),
        extraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, VideoRequest value) {
    _string.write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.seconds);
    const _Optional(_string).write(writer, value.size);
    const _Optional(_codecOfPhoto).write(writer, value.inputReference);
    const _Optional(_string).write(writer, value.extraJson);
  }
}

const _Codec<VideoRequest> _codecOfVideoRequest = _VideoRequestCodec();

/// A question about one photo or several.
class ImageQuestion {
  /// Of these values.
  const ImageQuestion({
    required this.photos,
    required this.prompt,
    this.model,
    this.maxTokens,
  });

  /// The photos, in this order.
  final List<Photo> photos;

  /// The question.
  final String prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The longest answer, in tokens; `null` leaves it to the model. A reasoning model's thoughts count too.
  final int? maxTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageQuestion &&
          _isSame(photos, other.photos) &&
          prompt == other.prompt &&
          model == other.model &&
          maxTokens == other.maxTokens;

  @override
  int get hashCode => Object.hash(ImageQuestion, _hash(photos), prompt, model, maxTokens);

  @override
  String toString() => 'ImageQuestion(photos: $photos, prompt: $prompt, model: $model, maxTokens: $maxTokens)';
}

final class _ImageQuestionCodec extends _Codec<ImageQuestion> {
  const _ImageQuestionCodec();

  @override
  ImageQuestion read(_Reader reader) => ImageQuestion(
        photos: const _List(_codecOfPhoto).read(reader),
        prompt: _string.read(reader),
        model: const _Optional(_string).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
      );

  @override
  void write(_Writer writer, ImageQuestion value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    _string.write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.maxTokens);
  }
}

const _Codec<ImageQuestion> _codecOfImageQuestion = _ImageQuestionCodec();

/// One line of the log.
class LogEntry {
  /// Of these values.
  const LogEntry({
    required this.at,
    required this.text,
  });

  /// When it was written, by the device's clock.
  final DateTime at;

  /// What happened, in English, for developers.
  final String text;

  @override
  bool operator ==(Object other) => identical(this, other) || other is LogEntry && at == other.at && text == other.text;

  @override
  int get hashCode => Object.hash(LogEntry, at, text);

  @override
  String toString() => 'LogEntry(at: $at, text: $text)';
}

final class _LogEntryCodec extends _Codec<LogEntry> {
  const _LogEntryCodec();

  @override
  LogEntry read(_Reader reader) => LogEntry(
        at: _timestamp.read(reader),
        text: _string.read(reader),
      );

  @override
  void write(_Writer writer, LogEntry value) {
    _timestamp.write(writer, value.at);
    _string.write(writer, value.text);
  }
}

const _Codec<LogEntry> _codecOfLogEntry = _LogEntryCodec();

/// The progress of a transfer. The counts start again when the call is sent again.
class TransferCount {
  /// Of these values.
  const TransferCount({
    required this.sent,
    required this.toSend,
    required this.received,
    required this.toReceive,
  });

  /// Bytes of files and of JSON that were handed to the network.
  final int sent;

  /// Bytes to send in total.
  final int toSend;

  /// Bytes of the response that have arrived.
  final int received;

  /// The response's size in bytes, if the server said so.
  final int? toReceive;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TransferCount &&
          sent == other.sent &&
          toSend == other.toSend &&
          received == other.received &&
          toReceive == other.toReceive;

  @override
  int get hashCode => Object.hash(TransferCount, sent, toSend, received, toReceive);

  @override
  String toString() => 'TransferCount(sent: $sent, toSend: $toSend, received: $received, toReceive: $toReceive)';
}

final class _TransferCountCodec extends _Codec<TransferCount> {
  const _TransferCountCodec();

  @override
  TransferCount read(_Reader reader) => TransferCount(
        sent: _uint64.read(reader),
        toSend: _uint64.read(reader),
        received: _uint64.read(reader),
        toReceive: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, TransferCount value) {
    _uint64.write(writer, value.sent);
    _uint64.write(writer, value.toSend);
    _uint64.write(writer, value.received);
    const _Optional(_uint64).write(writer, value.toReceive);
  }
}

const _Codec<TransferCount> _codecOfTransferCount = _TransferCountCodec();

/// The signed-in user, as the provider describes them. Only `subject` is always present, and only it is unique and
/// stable.
class UserInfo {
  /// Of these values.
  const UserInfo({
    required this.subject,
    required this.email,
    required this.emailVerified,
    required this.name,
    required this.preferredUsername,
    required this.picture,
    required this.scopes,
    required this.claimsJson,
  });

  /// The provider's own id of the user (`sub`).
  final String subject;

  /// The user's e-mail address, if the provider gives it.
  final String? email;

  /// Whether the provider has verified the address, if it says so.
  final bool? emailVerified;

  /// The user's name to show, if the provider gives it.
  final String? name;

  /// The name by which the user wants to be called, if the provider gives it. It is not unique, and it can change.
  final String? preferredUsername;

  /// The address of the user's picture, if the provider gives it.
  final String? picture;

  /// The scopes that the app has, if the provider says so here.
  final List<String> scopes;

  /// All claims, as the JSON object that the provider sent. If a claim appears twice, the last one counts.
  final String claimsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is UserInfo &&
          subject == other.subject &&
          email == other.email &&
          emailVerified == other.emailVerified &&
          name == other.name &&
          preferredUsername == other.preferredUsername &&
          picture == other.picture &&
          _isSame(scopes, other.scopes) &&
          claimsJson == other.claimsJson;

  @override
  int get hashCode =>
      Object.hash(UserInfo, subject, email, emailVerified, name, preferredUsername, picture, _hash(scopes), claimsJson);

  @override
  String toString() =>
      'UserInfo(subject: $subject, email: $email, emailVerified: $emailVerified, name: $name, preferredUsername: $preferredUsername, picture: $picture, scopes: $scopes, claimsJson: $claimsJson)';
}

final class _UserInfoCodec extends _Codec<UserInfo> {
  const _UserInfoCodec();

  @override
  UserInfo read(_Reader reader) => UserInfo(
        subject: _string.read(reader),
        email: const _Optional(_string).read(reader),
        emailVerified: const _Optional(_bool).read(reader),
        name: const _Optional(_string).read(reader),
        preferredUsername: const _Optional(_string).read(reader),
        picture: const _Optional(_string).read(reader),
        scopes: const _List(_string).read(reader),
        claimsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, UserInfo value) {
    _string.write(writer, value.subject);
    const _Optional(_string).write(writer, value.email);
    const _Optional(_bool).write(writer, value.emailVerified);
    const _Optional(_string).write(writer, value.name);
    const _Optional(_string).write(writer, value.preferredUsername);
    const _Optional(_string).write(writer, value.picture);
    const _List(_string).write(writer, value.scopes);
    _string.write(writer, value.claimsJson);
  }
}

const _Codec<UserInfo> _codecOfUserInfo = _UserInfoCodec();

/// An identity provider and the model API behind it.
///
/// `Provider.aiPass` is the default. `Provider.custom` describes any OAuth 2.0 server with the standard form
/// encoding; set the optional endpoints that it has.
class Provider {
  /// Of these values.
  const Provider({
    required this.issuer,
    required this.authorizationEndpoint,
    required this.tokenEndpoint,
    required this.tokenEncoding,
    required this.revocationEndpoint,
    required this.revocationEncoding,
    required this.revocationEndsOneTokenSet,
    required this.userinfoEndpoint,
    required this.modelApi,
    required this.accountApi,
    required this.resourceOrigins,
    required this.clientIdHeader,
    required this.defaultScopes,
    required this.authorizationResponseIss,
    required this.loopbackPort,
    this.modelPreferences = const [],
  });

  /// AI Pass at `https://aipass.one`.
  factory Provider.aiPass() {
    final $$result = _funcAiPassProvider(_status);
    _check(null);
    return _codecOfProvider.lift($$result);
  }

  /// AI Pass at another base URL: a sandbox on loopback, or a private installation.
  ///
  /// Throws: [AiPassInvalidInputException] if it is not an http or https URL.
  factory Provider.aiPassAt(String baseUrl) {
    final $baseUrl = _string.lower(baseUrl);
    final $$result = _funcAiPassProviderAt($baseUrl, _status);
    _check(_codecOfAiPassException);
    return _codecOfProvider.lift($$result);
  }

  /// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
  ///
  /// Throws: [AiPassInvalidInputException] if an endpoint is not an http or https URL.
  factory Provider.custom({
    required String issuer,
    required String authorizationEndpoint,
    required String tokenEndpoint,
  }) {
    final $issuer = _string.lower(issuer);
    final $authorizationEndpoint = _lowerAfter([$issuer], _string, authorizationEndpoint);
    final $tokenEndpoint = _lowerAfter([$issuer, $authorizationEndpoint], _string, tokenEndpoint);
    final $$result = _funcCustomProvider($issuer, $authorizationEndpoint, $tokenEndpoint, _status);
    _check(_codecOfAiPassException);
    return _codecOfProvider.lift($$result);
  }

  /// The issuer identifier, compared byte for byte with a callback's `iss` (RFC 9207). Sessions are kept per issuer.
  final String issuer;

  /// The URL that the browser opens (RFC 6749 3.1).
  final Uri authorizationEndpoint;

  /// Where codes and refresh tokens are exchanged for tokens (RFC 6749 3.2).
  final Uri tokenEndpoint;

  /// The encoding of requests to the token endpoint.
  final TokenEncoding tokenEncoding;

  /// Where tokens are revoked (RFC 7009), if it is offered.
  final Uri? revocationEndpoint;

  /// The encoding of requests to the revocation endpoint.
  final RevocationEncoding revocationEncoding;

  /// Whether a revocation ends the one token set that it names, and no other of the same user. At many servers it
  /// ends all of them, so set it to `true` only if the provider's documentation says so. If `true`, a sign-in that
  /// replaces another one revokes the old tokens. If `false`, it does so only if the two are known to be different
  /// accounts.
  final bool revocationEndsOneTokenSet;

  /// Where the signed-in user's claims are (OpenID Connect Core 5.3), if it is offered.
  final Uri? userinfoEndpoint;

  /// Base of the OpenAI-compatible model API, such as `https://aipass.one/oauth2/v1`, if there is one.
  final Uri? modelApi;

  /// Base of AI Pass's account API, such as `https://aipass.one/api/v1`, if there is one.
  final Uri? accountApi;

  /// The only origins that an access token is ever sent to, beside those of the userinfo and revocation endpoints.
  /// Results may be fetched from them even if they are in a local network. Paths in these URLs are ignored.
  final List<Uri> resourceOrigins;

  /// The name of the header that carries the client id to the model API, if it requires one.
  final String? clientIdHeader;

  /// The scopes to ask for if the app names none.
  final List<String> defaultScopes;

  /// Whether the provider sends `iss` in every callback (RFC 9207). If `true`, a callback without it is refused.
  final bool authorizationResponseIss;

  /// Which port a loopback redirect may come back on.
  final LoopbackPort loopbackPort;

  /// The models to prefer if the app names none. For a capability without an entry, the first model of the catalogue
  /// that has it is used.
  final List<ModelPreference> modelPreferences;

  /// A copy with these values. A value that is left out, or null, is copied.
  Provider copyWith({
    String? issuer,
    Uri? authorizationEndpoint,
    Uri? tokenEndpoint,
    TokenEncoding? tokenEncoding,
    Uri? revocationEndpoint,
    RevocationEncoding? revocationEncoding,
    bool? revocationEndsOneTokenSet,
    Uri? userinfoEndpoint,
    Uri? modelApi,
    Uri? accountApi,
    List<Uri>? resourceOrigins,
    String? clientIdHeader,
    List<String>? defaultScopes,
    bool? authorizationResponseIss,
    LoopbackPort? loopbackPort,
    List<ModelPreference>? modelPreferences,
  }) =>
      Provider(
        issuer: issuer ?? this.issuer,
        authorizationEndpoint: authorizationEndpoint ?? this.authorizationEndpoint,
        tokenEndpoint: tokenEndpoint ?? this.tokenEndpoint,
        tokenEncoding: tokenEncoding ?? this.tokenEncoding,
        revocationEndpoint: revocationEndpoint ?? this.revocationEndpoint,
        revocationEncoding: revocationEncoding ?? this.revocationEncoding,
        revocationEndsOneTokenSet: revocationEndsOneTokenSet ?? this.revocationEndsOneTokenSet,
        userinfoEndpoint: userinfoEndpoint ?? this.userinfoEndpoint,
        modelApi: modelApi ?? this.modelApi,
        accountApi: accountApi ?? this.accountApi,
        resourceOrigins: resourceOrigins ?? this.resourceOrigins,
        clientIdHeader: clientIdHeader ?? this.clientIdHeader,
        defaultScopes: defaultScopes ?? this.defaultScopes,
        authorizationResponseIss: authorizationResponseIss ?? this.authorizationResponseIss,
        loopbackPort: loopbackPort ?? this.loopbackPort,
        modelPreferences: modelPreferences ?? this.modelPreferences,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Provider &&
          issuer == other.issuer &&
          authorizationEndpoint == other.authorizationEndpoint &&
          tokenEndpoint == other.tokenEndpoint &&
          tokenEncoding == other.tokenEncoding &&
          revocationEndpoint == other.revocationEndpoint &&
          revocationEncoding == other.revocationEncoding &&
          revocationEndsOneTokenSet == other.revocationEndsOneTokenSet &&
          userinfoEndpoint == other.userinfoEndpoint &&
          modelApi == other.modelApi &&
          accountApi == other.accountApi &&
          _isSame(resourceOrigins, other.resourceOrigins) &&
          clientIdHeader == other.clientIdHeader &&
          _isSame(defaultScopes, other.defaultScopes) &&
          authorizationResponseIss == other.authorizationResponseIss &&
          loopbackPort == other.loopbackPort &&
          _isSame(modelPreferences, other.modelPreferences);

  @override
  int get hashCode => Object.hash(
      Provider,
      issuer,
      authorizationEndpoint,
      tokenEndpoint,
      tokenEncoding,
      revocationEndpoint,
      revocationEncoding,
      revocationEndsOneTokenSet,
      userinfoEndpoint,
      modelApi,
      accountApi,
      _hash(resourceOrigins),
      clientIdHeader,
      _hash(defaultScopes),
      authorizationResponseIss,
      loopbackPort,
      _hash(modelPreferences));

  @override
  String toString() =>
      'Provider(issuer: $issuer, authorizationEndpoint: ${_shown(authorizationEndpoint)}, tokenEndpoint: ${_shown(tokenEndpoint)}, tokenEncoding: $tokenEncoding, revocationEndpoint: ${_shown(revocationEndpoint)}, revocationEncoding: $revocationEncoding, revocationEndsOneTokenSet: $revocationEndsOneTokenSet, userinfoEndpoint: ${_shown(userinfoEndpoint)}, modelApi: ${_shown(modelApi)}, accountApi: ${_shown(accountApi)}, resourceOrigins: $resourceOrigins, clientIdHeader: $clientIdHeader, defaultScopes: $defaultScopes, authorizationResponseIss: $authorizationResponseIss, loopbackPort: $loopbackPort, modelPreferences: $modelPreferences)';
}

final class _ProviderCodec extends _Codec<Provider> {
  const _ProviderCodec();

  @override
  Provider read(_Reader reader) => Provider(
        issuer: _string.read(reader),
        authorizationEndpoint: _codecOfUrl.read(reader),
        tokenEndpoint: _codecOfUrl.read(reader),
        tokenEncoding: _codecOfTokenEncoding.read(reader),
        revocationEndpoint: const _Optional(_codecOfUrl).read(reader),
        revocationEncoding: _codecOfRevocationEncoding.read(reader),
        revocationEndsOneTokenSet: _bool.read(reader),
        userinfoEndpoint: const _Optional(_codecOfUrl).read(reader),
        modelApi: const _Optional(_codecOfUrl).read(reader),
        accountApi: const _Optional(_codecOfUrl).read(reader),
        resourceOrigins: const _List(_codecOfUrl).read(reader),
        clientIdHeader: const _Optional(_string).read(reader),
        defaultScopes: const _List(_string).read(reader),
        authorizationResponseIss: _bool.read(reader),
        loopbackPort: _codecOfLoopbackPort.read(reader),
        modelPreferences: const _List(_codecOfModelPreference).read(reader),
      );

  @override
  void write(_Writer writer, Provider value) {
    _string.write(writer, value.issuer);
    _codecOfUrl.write(writer, value.authorizationEndpoint);
    _codecOfUrl.write(writer, value.tokenEndpoint);
    _codecOfTokenEncoding.write(writer, value.tokenEncoding);
    const _Optional(_codecOfUrl).write(writer, value.revocationEndpoint);
    _codecOfRevocationEncoding.write(writer, value.revocationEncoding);
    _bool.write(writer, value.revocationEndsOneTokenSet);
    const _Optional(_codecOfUrl).write(writer, value.userinfoEndpoint);
    const _Optional(_codecOfUrl).write(writer, value.modelApi);
    const _Optional(_codecOfUrl).write(writer, value.accountApi);
    const _List(_codecOfUrl).write(writer, value.resourceOrigins);
    const _Optional(_string).write(writer, value.clientIdHeader);
    const _List(_string).write(writer, value.defaultScopes);
    _bool.write(writer, value.authorizationResponseIss);
    _codecOfLoopbackPort.write(writer, value.loopbackPort);
    const _List(_codecOfModelPreference).write(writer, value.modelPreferences);
  }
}

const _Codec<Provider> _codecOfProvider = _ProviderCodec();

/// Models to prefer for a capability if the app names none.
///
/// The catalogue decides: a preferred model that it lists without the capability is not used.
class ModelPreference {
  /// Of these values.
  const ModelPreference({
    required this.capability,
    required this.models,
  });

  /// The capability.
  final Capability capability;

  /// The models' ids, best first. Either spelling finds a model: `gemini/gemini-2.5-flash` and `gemini-2.5-flash`.
  final List<String> models;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ModelPreference && capability == other.capability && _isSame(models, other.models);

  @override
  int get hashCode => Object.hash(ModelPreference, capability, _hash(models));

  @override
  String toString() => 'ModelPreference(capability: $capability, models: $models)';
}

final class _ModelPreferenceCodec extends _Codec<ModelPreference> {
  const _ModelPreferenceCodec();

  @override
  ModelPreference read(_Reader reader) => ModelPreference(
        capability: _codecOfCapability.read(reader),
        models: const _List(_string).read(reader),
      );

  @override
  void write(_Writer writer, ModelPreference value) {
    _codecOfCapability.write(writer, value.capability);
    const _List(_string).write(writer, value.models);
  }
}

const _Codec<ModelPreference> _codecOfModelPreference = _ModelPreferenceCodec();

/// The provider's response to the revocation of each kind of token. The local session has ended in any case.
///
/// Several token sets may be revoked: the stored one, and one that could not be stored. The report then has the
/// worst result of each kind.
class SignOutReport {
  /// Of these values.
  const SignOutReport({
    required this.refreshToken,
    required this.accessToken,
  });

  /// The refresh tokens.
  final Revocation refreshToken;

  /// The access tokens.
  final Revocation accessToken;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SignOutReport && refreshToken == other.refreshToken && accessToken == other.accessToken;

  @override
  int get hashCode => Object.hash(SignOutReport, refreshToken, accessToken);

  @override
  String toString() => 'SignOutReport(refreshToken: $refreshToken, accessToken: $accessToken)';
}

final class _SignOutReportCodec extends _Codec<SignOutReport> {
  const _SignOutReportCodec();

  @override
  SignOutReport read(_Reader reader) => SignOutReport(
        refreshToken: _codecOfRevocation.read(reader),
        accessToken: _codecOfRevocation.read(reader),
      );

  @override
  void write(_Writer writer, SignOutReport value) {
    _codecOfRevocation.write(writer, value.refreshToken);
    _codecOfRevocation.write(writer, value.accessToken);
  }
}

const _Codec<SignOutReport> _codecOfSignOutReport = _SignOutReportCodec();

/// Options of a sign-in. The default suits most apps.
class SignInOptions {
  /// Of these values.
  const SignInOptions({
    this.scopes = const [],
    this.loginHint,
    this.prompt,
    this.extraParameters = const {},
  });

  /// The scopes to ask for, one an item. Empty means the provider's defaults; for AI Pass `api:access` and
  /// `profile:read`.
  final List<String> scopes;

  /// The account that the provider's page should suggest, such as an e-mail address.
  final String? loginHint;

  /// What the provider's page should ask for, such as `login` or `consent` (OpenID Connect Core 3.1.2.1).
  final String? prompt;

  /// More parameters of the authorization URL. Those of the protocol itself are refused.
  final Map<String, String> extraParameters;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SignInOptions &&
          _isSame(scopes, other.scopes) &&
          loginHint == other.loginHint &&
          prompt == other.prompt &&
          _isSame(extraParameters, other.extraParameters);

  @override
  int get hashCode => Object.hash(SignInOptions, _hash(scopes), loginHint, prompt, _hash(extraParameters));

  @override
  String toString() =>
      'SignInOptions(scopes: $scopes, loginHint: $loginHint, prompt: $prompt, extraParameters: $extraParameters)';
}

final class _SignInOptionsCodec extends _Codec<SignInOptions> {
  const _SignInOptionsCodec();

  @override
  SignInOptions read(_Reader reader) => SignInOptions(
        scopes: const _List(_string).read(reader),
        loginHint: const _Optional(_string).read(reader),
        prompt: const _Optional(_string).read(reader),
        extraParameters: const _Map(_string, _string).read(reader),
      );

  @override
  void write(_Writer writer, SignInOptions value) {
    const _List(_string).write(writer, value.scopes);
    const _Optional(_string).write(writer, value.loginHint);
    const _Optional(_string).write(writer, value.prompt);
    const _Map(_string, _string).write(writer, value.extraParameters);
  }
}

const _Codec<SignInOptions> _codecOfSignInOptions = _SignInOptionsCodec();

/// A sign-in that was begun.
class SignInRequest {
  /// Of these values.
  const SignInRequest({
    required this.url,
    required this.expiresAt,
  });

  /// Open this in the system's browser, not in a web view.
  final Uri url;

  /// A callback after this time is refused.
  final DateTime expiresAt;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is SignInRequest && url == other.url && expiresAt == other.expiresAt;

  @override
  int get hashCode => Object.hash(SignInRequest, url, expiresAt);

  @override
  String toString() => 'SignInRequest(url: hidden, expiresAt: $expiresAt)';
}

final class _SignInRequestCodec extends _Codec<SignInRequest> {
  const _SignInRequestCodec();

  @override
  SignInRequest read(_Reader reader) => SignInRequest(
        url: _codecOfUrl.read(reader),
        expiresAt: _timestamp.read(reader),
      );

  @override
  void write(_Writer writer, SignInRequest value) {
    _codecOfUrl.write(writer, value.url);
    _timestamp.write(writer, value.expiresAt);
  }
}

const _Codec<SignInRequest> _codecOfSignInRequest = _SignInRequestCodec();
