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
    this.maxCost,
  });

  /// How long the whole call may take, with its retries.
  final Duration? timeout;

  /// Ends the call from outside.
  final Cancellation? cancellation;

  /// Whether a paid call that was rate limited is sent again, at most twice.
  final bool? retryRateLimited;

  /// Counts uploads and downloads.
  final TransferProgress? progress;

  /// The most that each paid call may cost, in US dollars, in place of `SpendLimits.perCall`. It is compared with the
  /// call's estimate before anything is sent: a call over it, or of unknown price, is [AiPassSpendLimitException].
  final Decimal? maxCost;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is CallOptions &&
          timeout == other.timeout &&
          cancellation == other.cancellation &&
          retryRateLimited == other.retryRateLimited &&
          progress == other.progress &&
          maxCost == other.maxCost;

  @override
  int get hashCode => Object.hash(CallOptions, timeout, cancellation, retryRateLimited, progress, maxCost);

  @override
  String toString() =>
      'CallOptions(timeout: $timeout, cancellation: $cancellation, retryRateLimited: $retryRateLimited, progress: $progress, maxCost: $maxCost)';
}

final class _CallOptionsCodec extends _Codec<CallOptions> {
  const _CallOptionsCodec();

  @override
  CallOptions read(_Reader reader) => CallOptions(
        timeout: const _Optional(_duration).read(reader),
        cancellation: const _Optional(_codecOfCancellation).read(reader),
        retryRateLimited: const _Optional(_bool).read(reader),
        progress: const _Optional(_codecOfTransferProgress).read(reader),
        maxCost: const _Optional(_codecOfDecimal).read(reader),
      );

  @override
  void write(_Writer writer, CallOptions value) {
    const _Optional(_duration).write(writer, value.timeout);
    const _Optional(_codecOfCancellation).write(writer, value.cancellation);
    const _Optional(_bool).write(writer, value.retryRateLimited);
    const _Optional(_codecOfTransferProgress).write(writer, value.progress);
    const _Optional(_codecOfDecimal).write(writer, value.maxCost);
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
    required this.endsAt,
  });

  /// The label of the account that the client was built with, such as `default`. Not the user's name: see
  /// `AiPass.userInfo`.
  final String accountLabel;

  /// The provider's own id of the user (`sub`), once it is known: at once if the sign-in brought an id_token that was
  /// checked, otherwise `AiPass.userInfo` asks for it.
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

  /// When the session ends and the user must sign in again, by this device's clock: when the access token expires, if
  /// there is no refresh token. `null` if the session can be refreshed, and if the provider did not say when the
  /// token expires. [SessionStateEndsSoon] announces it.
  final DateTime? endsAt;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SessionInfo &&
          accountLabel == other.accountLabel &&
          subject == other.subject &&
          _isSame(grantedScopes, other.grantedScopes) &&
          _isSame(missingScopes, other.missingScopes) &&
          accessTokenExpiresAt == other.accessTokenExpiresAt &&
          hasRefreshToken == other.hasRefreshToken &&
          endsAt == other.endsAt;

  @override
  int get hashCode => Object.hash(SessionInfo, accountLabel, subject, _hash(grantedScopes), _hash(missingScopes),
      accessTokenExpiresAt, hasRefreshToken, endsAt);

  @override
  String toString() =>
      'SessionInfo(accountLabel: $accountLabel, subject: $subject, grantedScopes: $grantedScopes, missingScopes: $missingScopes, accessTokenExpiresAt: $accessTokenExpiresAt, hasRefreshToken: $hasRefreshToken, endsAt: $endsAt)';
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
        endsAt: const _Optional(_timestamp).read(reader),
      );

  @override
  void write(_Writer writer, SessionInfo value) {
    _string.write(writer, value.accountLabel);
    const _Optional(_string).write(writer, value.subject);
    const _List(_string).write(writer, value.grantedScopes);
    const _List(_string).write(writer, value.missingScopes);
    const _Optional(_timestamp).write(writer, value.accessTokenExpiresAt);
    _bool.write(writer, value.hasRefreshToken);
    const _Optional(_timestamp).write(writer, value.endsAt);
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
    required this.signInAgainBefore,
    required this.balanceMaxAge,
    required this.modelsMaxAge,
    required this.insecureDevelopmentHosts,
    required this.httpProxy,
    required this.appName,
    this.prices = const [],
    this.spendLimits,
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

  /// How long a request of a sign-in may take (for tokens, codes, keys or userinfo), a revocation, a registration,
  /// the discovery of a provider. Default 20 s.
  final Duration credentialTimeout;

  /// How long before it expires an access token is refreshed, at most a fifth of its lifetime. Default 60 s.
  final Duration refreshAhead;

  /// Whether a paid call that was rate limited (429) is sent again, at most twice, as the server asks. Default true.
  final bool retryRateLimited;

  /// How long a sign-in may take, from its URL to its callback. Default 10 min.
  final Duration signInTimeout;

  /// How long before it ends a session without a refresh token becomes [SessionStateEndsSoon], at most half of its
  /// life. Default 24 h.
  final Duration signInAgainBefore;

  /// For how long `AiPass.balance` returns the cached balance. Default 5 min.
  final Duration balanceMaxAge;

  /// For how long the cached model catalogue is used. Default 1 h.
  final Duration modelsMaxAge;

  /// Hosts that may be called without TLS, for development only: the Android emulator's `10.0.2.2`, a LAN address.
  /// Loopback needs no entry. In a release build of the app an entry is [AiPassInvalidInputException]. Default none.
  final List<String> insecureDevelopmentHosts;

  /// An HTTP proxy that shows a developer the app's traffic, such as `http://10.0.2.2:8080`: scheme `http`, a host
  /// and a port, nothing else. Every request goes through it. Servers' certificates are checked as without it, so the
  /// device must trust the proxy's own authority. A proxy that cannot be reached is [AiPassOfflineException]. In a
  /// release build of the app it is [AiPassInvalidInputException]. Default none; settings of the environment are
  /// never read.
  final Uri? httpProxy;

  /// Name and version of the host app, such as `Receipts/2.1`, for the `User-Agent` header. Default none.
  final String? appName;

  /// What models cost, where the catalogue does not say. `AiPass.estimate` and the limits below read it. Default
  /// none.
  final List<ModelPrices> prices;

  /// What calls may cost. Default: no limit.
  final SpendLimits? spendLimits;

  /// A copy with these values. A value that is left out, or null, is copied.
  Config copyWith({
    Duration? connectTimeout,
    Duration? idleTimeout,
    Duration? totalTimeout,
    Duration? credentialTimeout,
    Duration? refreshAhead,
    bool? retryRateLimited,
    Duration? signInTimeout,
    Duration? signInAgainBefore,
    Duration? balanceMaxAge,
    Duration? modelsMaxAge,
    List<String>? insecureDevelopmentHosts,
    Uri? httpProxy,
    String? appName,
    List<ModelPrices>? prices,
    SpendLimits? spendLimits,
  }) =>
      Config(
        connectTimeout: connectTimeout ?? this.connectTimeout,
        idleTimeout: idleTimeout ?? this.idleTimeout,
        totalTimeout: totalTimeout ?? this.totalTimeout,
        credentialTimeout: credentialTimeout ?? this.credentialTimeout,
        refreshAhead: refreshAhead ?? this.refreshAhead,
        retryRateLimited: retryRateLimited ?? this.retryRateLimited,
        signInTimeout: signInTimeout ?? this.signInTimeout,
        signInAgainBefore: signInAgainBefore ?? this.signInAgainBefore,
        balanceMaxAge: balanceMaxAge ?? this.balanceMaxAge,
        modelsMaxAge: modelsMaxAge ?? this.modelsMaxAge,
        insecureDevelopmentHosts: insecureDevelopmentHosts ?? this.insecureDevelopmentHosts,
        httpProxy: httpProxy ?? this.httpProxy,
        appName: appName ?? this.appName,
        prices: prices ?? this.prices,
        spendLimits: spendLimits ?? this.spendLimits,
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
          signInAgainBefore == other.signInAgainBefore &&
          balanceMaxAge == other.balanceMaxAge &&
          modelsMaxAge == other.modelsMaxAge &&
          _isSame(insecureDevelopmentHosts, other.insecureDevelopmentHosts) &&
          httpProxy == other.httpProxy &&
          appName == other.appName &&
          _isSame(prices, other.prices) &&
          spendLimits == other.spendLimits;

  @override
  int get hashCode => Object.hash(
      Config,
      connectTimeout,
      idleTimeout,
      totalTimeout,
      credentialTimeout,
      refreshAhead,
      retryRateLimited,
      signInTimeout,
      signInAgainBefore,
      balanceMaxAge,
      modelsMaxAge,
      _hash(insecureDevelopmentHosts),
      httpProxy,
      appName,
      _hash(prices),
      spendLimits);

  @override
  String toString() =>
      'Config(connectTimeout: $connectTimeout, idleTimeout: $idleTimeout, totalTimeout: $totalTimeout, credentialTimeout: $credentialTimeout, refreshAhead: $refreshAhead, retryRateLimited: $retryRateLimited, signInTimeout: $signInTimeout, signInAgainBefore: $signInAgainBefore, balanceMaxAge: $balanceMaxAge, modelsMaxAge: $modelsMaxAge, insecureDevelopmentHosts: $insecureDevelopmentHosts, httpProxy: ${_shown(httpProxy)}, appName: $appName, prices: $prices, spendLimits: $spendLimits)';
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
        signInAgainBefore: _duration.read(reader),
        balanceMaxAge: _duration.read(reader),
        modelsMaxAge: _duration.read(reader),
        insecureDevelopmentHosts: const _List(_string).read(reader),
        httpProxy: const _Optional(_codecOfUrl).read(reader),
        appName: const _Optional(_string).read(reader),
        prices: const _List(_codecOfModelPrices).read(reader),
        spendLimits: const _Optional(_codecOfSpendLimits).read(reader),
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
    _duration.write(writer, value.signInAgainBefore);
    _duration.write(writer, value.balanceMaxAge);
    _duration.write(writer, value.modelsMaxAge);
    const _List(_string).write(writer, value.insecureDevelopmentHosts);
    const _Optional(_codecOfUrl).write(writer, value.httpProxy);
    const _Optional(_string).write(writer, value.appName);
    const _List(_codecOfModelPrices).write(writer, value.prices);
    const _Optional(_codecOfSpendLimits).write(writer, value.spendLimits);
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

/// The balance, as far as it is known on this device.
class BalanceUpdate {
  /// Of these values.
  const BalanceUpdate({
    required this.balance,
    required this.isEstimate,
    required this.isLow,
    required this.errorCode,
  });

  /// What was spent and what is left; `null` if no user is signed in, or if it is not known yet.
  final Balance? balance;

  /// Whether calls that cost money began or ended since the provider told the figures. What they are known to have
  /// cost is taken off; what a call cost without saying so is not, so less may be left.
  final bool isEstimate;

  /// Whether less is left than the threshold that the stream was begun with. `false` without a threshold, without a
  /// limit, and while the balance is not known.
  final bool isLow;

  /// The `code` of the error with which the last fetch failed; `null` if it did not. The figures are older then. The
  /// stream goes on and tries again.
  final String? errorCode;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is BalanceUpdate &&
          balance == other.balance &&
          isEstimate == other.isEstimate &&
          isLow == other.isLow &&
          errorCode == other.errorCode;

  @override
  int get hashCode => Object.hash(BalanceUpdate, balance, isEstimate, isLow, errorCode);

  @override
  String toString() =>
      'BalanceUpdate(balance: $balance, isEstimate: $isEstimate, isLow: $isLow, errorCode: $errorCode)';
}

final class _BalanceUpdateCodec extends _Codec<BalanceUpdate> {
  const _BalanceUpdateCodec();

  @override
  BalanceUpdate read(_Reader reader) => BalanceUpdate(
        balance: const _Optional(_codecOfBalance).read(reader),
        isEstimate: _bool.read(reader),
        isLow: _bool.read(reader),
        errorCode: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, BalanceUpdate value) {
    const _Optional(_codecOfBalance).write(writer, value.balance);
    _bool.write(writer, value.isEstimate);
    _bool.write(writer, value.isLow);
    const _Optional(_string).write(writer, value.errorCode);
  }
}

const _Codec<BalanceUpdate> _codecOfBalanceUpdate = _BalanceUpdateCodec();

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
    this.fallback,
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

  /// Which models to ask where this one refuses at no cost; `null` asks no other.
  final Fallback? fallback;

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
          extraJson == other.extraJson &&
          fallback == other.fallback;

  @override
  int get hashCode => Object.hashAll([
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
        extraJson,
        fallback
      ]);

  @override
  String toString() =>
      'ChatRequest(messages: $messages, model: $model, maxTokens: $maxTokens, maxCompletionTokens: $maxCompletionTokens, temperature: $temperature, topP: $topP, stop: $stop, presencePenalty: $presencePenalty, frequencyPenalty: $frequencyPenalty, seed: $seed, n: $n, topLogprobs: $topLogprobs, reasoningEffort: $reasoningEffort, tools: $tools, toolChoice: $toolChoice, parallelToolCalls: $parallelToolCalls, responseFormat: $responseFormat, user: $user, extraJson: $extraJson, fallback: $fallback)';
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
        fallback: const _Optional(_codecOfFallback).read(reader),
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
    const _Optional(_codecOfFallback).write(writer, value.fallback);
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
    this.refusedModels = const [],
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

  /// The models that refused the request before this one answered it, in order; empty if the first one did.
  final List<RefusedModel> refusedModels;

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
          messageExtraJson == other.messageExtraJson &&
          _isSame(refusedModels, other.refusedModels);

  @override
  int get hashCode => Object.hash(ChatAnswer, text, reasoning, refusal, _hash(toolCalls), finishReason, _hash(logprobs),
      _hash(otherChoices), model, usage, cost, requestId, extraJson, messageExtraJson, _hash(refusedModels));

  @override
  String toString() =>
      'ChatAnswer(text: $text, reasoning: $reasoning, refusal: $refusal, toolCalls: $toolCalls, finishReason: $finishReason, logprobs: $logprobs, otherChoices: $otherChoices, model: $model, usage: $usage, cost: $cost, requestId: $requestId, extraJson: $extraJson, messageExtraJson: $messageExtraJson, refusedModels: $refusedModels)';
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
        refusedModels: const _List(_codecOfRefusedModel).read(reader),
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
    const _List(_codecOfRefusedModel).write(writer, value.refusedModels);
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
    this.refusedModels = const [],
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

  /// The models that refused the request before this one answered it, in order; empty if the first one did.
  final List<RefusedModel> refusedModels;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ExtractedJson &&
          json == other.json &&
          model == other.model &&
          usage == other.usage &&
          cost == other.cost &&
          requestId == other.requestId &&
          _isSame(refusedModels, other.refusedModels);

  @override
  int get hashCode => Object.hash(ExtractedJson, json, model, usage, cost, requestId, _hash(refusedModels));

  @override
  String toString() =>
      'ExtractedJson(json: $json, model: $model, usage: $usage, cost: $cost, requestId: $requestId, refusedModels: $refusedModels)';
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
        refusedModels: const _List(_codecOfRefusedModel).read(reader),
      );

  @override
  void write(_Writer writer, ExtractedJson value) {
    _string.write(writer, value.json);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_codecOfDecimal).write(writer, value.cost);
    const _Optional(_string).write(writer, value.requestId);
    const _List(_codecOfRefusedModel).write(writer, value.refusedModels);
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
    this.fallback,
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

  /// Which models to ask where this one refuses at no cost; `null` asks no other.
  final Fallback? fallback;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is JsonExtraction &&
          _isSame(photos, other.photos) &&
          schemaJson == other.schemaJson &&
          prompt == other.prompt &&
          model == other.model &&
          temperature == other.temperature &&
          maxTokens == other.maxTokens &&
          fallback == other.fallback;

  @override
  int get hashCode =>
      Object.hash(JsonExtraction, _hash(photos), schemaJson, prompt, model, temperature, maxTokens, fallback);

  @override
  String toString() =>
      'JsonExtraction(photos: $photos, schemaJson: $schemaJson, prompt: $prompt, model: $model, temperature: $temperature, maxTokens: $maxTokens, fallback: $fallback)';
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
        fallback: const _Optional(_codecOfFallback).read(reader),
      );

  @override
  void write(_Writer writer, JsonExtraction value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    _string.write(writer, value.schemaJson);
    const _Optional(_string).write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_float64).write(writer, value.temperature);
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_codecOfFallback).write(writer, value.fallback);
  }
}

const _Codec<JsonExtraction> _codecOfJsonExtraction = _JsonExtractionCodec();

/// A model that refused a request before another one answered it. It cost nothing.
class RefusedModel {
  /// Of these values.
  const RefusedModel({
    required this.model,
    required this.errorCode,
    required this.providerCode,
    required this.parameter,
    required this.requestId,
    required this.detail,
  });

  /// Its id, as it was asked for; empty if the catalogue has none for this.
  final String model;

  /// The `code` of the error that the call would have returned, such as `provider_not_found`.
  final String errorCode;

  /// The provider's own error code, such as `model_not_found`.
  final String? providerCode;

  /// The request's parameter that it refused, such as `temperature`.
  final String? parameter;

  /// The provider's id of the request; `null` if nothing was sent.
  final String? requestId;

  /// The provider's own words, bounded and scrubbed.
  final String detail;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is RefusedModel &&
          model == other.model &&
          errorCode == other.errorCode &&
          providerCode == other.providerCode &&
          parameter == other.parameter &&
          requestId == other.requestId &&
          detail == other.detail;

  @override
  int get hashCode => Object.hash(RefusedModel, model, errorCode, providerCode, parameter, requestId, detail);

  @override
  String toString() =>
      'RefusedModel(model: $model, errorCode: $errorCode, providerCode: $providerCode, parameter: $parameter, requestId: $requestId, detail: $detail)';
}

final class _RefusedModelCodec extends _Codec<RefusedModel> {
  const _RefusedModelCodec();

  @override
  RefusedModel read(_Reader reader) => RefusedModel(
        model: _string.read(reader),
        errorCode: _string.read(reader),
        providerCode: const _Optional(_string).read(reader),
        parameter: const _Optional(_string).read(reader),
        requestId: const _Optional(_string).read(reader),
        detail: _string.read(reader),
      );

  @override
  void write(_Writer writer, RefusedModel value) {
    _string.write(writer, value.model);
    _string.write(writer, value.errorCode);
    const _Optional(_string).write(writer, value.providerCode);
    const _Optional(_string).write(writer, value.parameter);
    const _Optional(_string).write(writer, value.requestId);
    _string.write(writer, value.detail);
  }
}

const _Codec<RefusedModel> _codecOfRefusedModel = _RefusedModelCodec();

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
    required this.prices,
    required this.maxOutputTokens,
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

  /// What it costs, as far as the provider says so: LiteLLM's `input_cost_per_token` and its like, OpenRouter's
  /// `pricing`. Empty if the provider does not say, as AI Pass.
  final List<Price> prices;

  /// The longest answer that it gives, in tokens, if the provider says so.
  final int? maxOutputTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Model &&
          id == other.id &&
          capability == other.capability &&
          _isSame(kinds, other.kinds) &&
          _isSame(capabilities, other.capabilities) &&
          _isSame(methods, other.methods) &&
          owner == other.owner &&
          _isSame(prices, other.prices) &&
          maxOutputTokens == other.maxOutputTokens;

  @override
  int get hashCode => Object.hash(
      Model, id, capability, _hash(kinds), _hash(capabilities), _hash(methods), owner, _hash(prices), maxOutputTokens);

  @override
  String toString() =>
      'Model(id: $id, capability: $capability, kinds: $kinds, capabilities: $capabilities, methods: $methods, owner: $owner, prices: $prices, maxOutputTokens: $maxOutputTokens)';
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
        prices: const _List(_codecOfPrice).read(reader),
        maxOutputTokens: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, Model value) {
    _string.write(writer, value.id);
    const _Optional(_codecOfCapability).write(writer, value.capability);
    const _List(_string).write(writer, value.kinds);
    const _List(_string).write(writer, value.capabilities);
    const _List(_string).write(writer, value.methods);
    const _Optional(_string).write(writer, value.owner);
    const _List(_codecOfPrice).write(writer, value.prices);
    const _Optional(_uint64).write(writer, value.maxOutputTokens);
  }
}

const _Codec<Model> _codecOfModel = _ModelCodec();

/// A sign that a photo may not be readable. It is a hint: some photos with one can be read, and some without
/// cannot.
class PhotoHint {
  /// Of these values.
  const PhotoHint({
    required this.photo,
    required this.kind,
    required this.measured,
    required this.threshold,
  });

  /// Which of the photos of a scan, counted from 0.
  final int photo;

  /// What is wrong with it.
  final PhotoHintKind kind;

  /// What was measured, in the unit that the kind names.
  final double measured;

  /// What is needed at least.
  final double threshold;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is PhotoHint &&
          photo == other.photo &&
          kind == other.kind &&
          measured == other.measured &&
          threshold == other.threshold;

  @override
  int get hashCode => Object.hash(PhotoHint, photo, kind, measured, threshold);

  @override
  String toString() => 'PhotoHint(photo: $photo, kind: $kind, measured: $measured, threshold: $threshold)';
}

final class _PhotoHintCodec extends _Codec<PhotoHint> {
  const _PhotoHintCodec();

  @override
  PhotoHint read(_Reader reader) => PhotoHint(
        photo: _uint32.read(reader),
        kind: _codecOfPhotoHintKind.read(reader),
        measured: _float64.read(reader),
        threshold: _float64.read(reader),
      );

  @override
  void write(_Writer writer, PhotoHint value) {
    _uint32.write(writer, value.photo);
    _codecOfPhotoHintKind.write(writer, value.kind);
    _float64.write(writer, value.measured);
    _float64.write(writer, value.threshold);
  }
}

const _Codec<PhotoHint> _codecOfPhotoHint = _PhotoHintCodec();

/// What a call may cost, in US dollars, from prices and from counts that are approximations. The real cost may lie
/// outside: `docs/money.md` has the rules and their measured errors.
class CostEstimate {
  /// Of these values.
  const CostEstimate({
    required this.model,
    required this.low,
    required this.high,
    required this.inputTokens,
    required this.outputTokens,
    required this.basis,
  });

  /// The model that the call would take.
  final String model;

  /// The least that the call may cost; `null` if it is unknown, which is not zero.
  final Decimal? low;

  /// The most that the call may cost; `null` if it is unknown: there is no price, or neither the request nor the
  /// catalogue limits the answer's length.
  final Decimal? high;

  /// The request's tokens; `null` if they are unknown, or the price is for something else.
  final TokenRange? inputTokens;

  /// The answer's tokens; `null` if the price is for something else.
  final TokenRange? outputTokens;

  /// Where the prices are from.
  final PriceBasis basis;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is CostEstimate &&
          model == other.model &&
          low == other.low &&
          high == other.high &&
          inputTokens == other.inputTokens &&
          outputTokens == other.outputTokens &&
          basis == other.basis;

  @override
  int get hashCode => Object.hash(CostEstimate, model, low, high, inputTokens, outputTokens, basis);

  @override
  String toString() =>
      'CostEstimate(model: $model, low: $low, high: $high, inputTokens: $inputTokens, outputTokens: $outputTokens, basis: $basis)';
}

final class _CostEstimateCodec extends _Codec<CostEstimate> {
  const _CostEstimateCodec();

  @override
  CostEstimate read(_Reader reader) => CostEstimate(
        model: _string.read(reader),
        low: const _Optional(_codecOfDecimal).read(reader),
        high: const _Optional(_codecOfDecimal).read(reader),
        inputTokens: const _Optional(_codecOfTokenRange).read(reader),
        outputTokens: const _Optional(_codecOfTokenRange).read(reader),
        basis: _codecOfPriceBasis.read(reader),
      );

  @override
  void write(_Writer writer, CostEstimate value) {
    _string.write(writer, value.model);
    const _Optional(_codecOfDecimal).write(writer, value.low);
    const _Optional(_codecOfDecimal).write(writer, value.high);
    const _Optional(_codecOfTokenRange).write(writer, value.inputTokens);
    const _Optional(_codecOfTokenRange).write(writer, value.outputTokens);
    _codecOfPriceBasis.write(writer, value.basis);
  }
}

const _Codec<CostEstimate> _codecOfCostEstimate = _CostEstimateCodec();

/// So many tokens.
class TokenRange {
  /// Of these values.
  const TokenRange({
    required this.min,
    required this.max,
  });

  /// The fewest.
  final int min;

  /// The most; `null` if there is no limit.
  final int? max;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is TokenRange && min == other.min && max == other.max;

  @override
  int get hashCode => Object.hash(TokenRange, min, max);

  @override
  String toString() => 'TokenRange(min: $min, max: $max)';
}

final class _TokenRangeCodec extends _Codec<TokenRange> {
  const _TokenRangeCodec();

  @override
  TokenRange read(_Reader reader) => TokenRange(
        min: _uint64.read(reader),
        max: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, TokenRange value) {
    _uint64.write(writer, value.min);
    const _Optional(_uint64).write(writer, value.max);
  }
}

const _Codec<TokenRange> _codecOfTokenRange = _TokenRangeCodec();

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
    required this.verdict,
    this.time,
    this.timeText,
    this.items = const [],
    this.subtotal,
    this.discounts = const [],
    this.taxes = const [],
    this.tip,
    this.rounding,
    this.payments = const [],
    this.tendered,
    this.change,
    this.merchantDetails,
    this.number,
    this.kind,
    this.language,
    this.otherAmounts = const [],
    this.unread = const [],
    this.fingerprint,
    this.photoHints = const [],
    this.refusedModels = const [],
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

  /// Whether the amounts add up. It changes none of them.
  final ReceiptVerdict verdict;

  /// The time of the purchase as `HH:MM` or `HH:MM:SS`, from 00 to 23 hours, as exact as the receipt is.
  final String? time;

  /// The time as the model gave it.
  final String? timeText;

  /// The lines of the receipt in their order, at most 2,000.
  final List<ReceiptItem> items;

  /// The subtotal, as the receipt has it: before or after discounts, with or without taxes.
  final Decimal? subtotal;

  /// The discounts on the whole receipt.
  final List<ReceiptDiscount> discounts;

  /// The taxes.
  final List<ReceiptTax> taxes;

  /// The tip.
  final Decimal? tip;

  /// By how much the total was rounded, with the receipt's sign.
  final Decimal? rounding;

  /// The payments.
  final List<ReceiptPayment> payments;

  /// What was handed over in cash.
  final Decimal? tendered;

  /// What was given back of it.
  final Decimal? change;

  /// The shop's address, telephone and tax number, if the receipt has any of them.
  final ReceiptMerchant? merchantDetails;

  /// The number of the receipt.
  final String? number;

  /// What the receipt is.
  final ReceiptKind? kind;

  /// The receipt's language, as a BCP 47 tag.
  final String? language;

  /// The total in other currencies.
  final List<ReceiptAmount> otherAmounts;

  /// The values beyond the summary that the model gave and that could not be read. Their fields are `null`.
  final List<UnreadValue> unread;

  /// A hint that two receipts are the same one: then they have the same fingerprint. `1:` and the first 20
  /// hexadecimal digits of the SHA-256 of merchant, date, amount, currency and number, as they were read; `null`
  /// without one of the first three. The library keeps none.
  final String? fingerprint;

  /// Signs that the photos cannot be read, if the scan asked for them.
  final List<PhotoHint> photoHints;

  /// The models that refused the request before this one answered it, in order; empty if the first one did.
  final List<RefusedModel> refusedModels;

  /// A copy with these values. A value that is left out, or null, is copied.
  Receipt copyWith({
    String? merchant,
    Date? date,
    String? dateText,
    Decimal? amount,
    String? amountText,
    String? currency,
    String? currencyText,
    String? category,
    double? confidence,
    String? model,
    TokenUsage? usage,
    Decimal? cost,
    String? requestId,
    String? answer,
    ReceiptVerdict? verdict,
    String? time,
    String? timeText,
    List<ReceiptItem>? items,
    Decimal? subtotal,
    List<ReceiptDiscount>? discounts,
    List<ReceiptTax>? taxes,
    Decimal? tip,
    Decimal? rounding,
    List<ReceiptPayment>? payments,
    Decimal? tendered,
    Decimal? change,
    ReceiptMerchant? merchantDetails,
    String? number,
    ReceiptKind? kind,
    String? language,
    List<ReceiptAmount>? otherAmounts,
    List<UnreadValue>? unread,
    String? fingerprint,
    List<PhotoHint>? photoHints,
    List<RefusedModel>? refusedModels,
  }) =>
      Receipt(
        merchant: merchant ?? this.merchant,
        date: date ?? this.date,
        dateText: dateText ?? this.dateText,
        amount: amount ?? this.amount,
        amountText: amountText ?? this.amountText,
        currency: currency ?? this.currency,
        currencyText: currencyText ?? this.currencyText,
        category: category ?? this.category,
        confidence: confidence ?? this.confidence,
        model: model ?? this.model,
        usage: usage ?? this.usage,
        cost: cost ?? this.cost,
        requestId: requestId ?? this.requestId,
        answer: answer ?? this.answer,
        verdict: verdict ?? this.verdict,
        time: time ?? this.time,
        timeText: timeText ?? this.timeText,
        items: items ?? this.items,
        subtotal: subtotal ?? this.subtotal,
        discounts: discounts ?? this.discounts,
        taxes: taxes ?? this.taxes,
        tip: tip ?? this.tip,
        rounding: rounding ?? this.rounding,
        payments: payments ?? this.payments,
        tendered: tendered ?? this.tendered,
        change: change ?? this.change,
        merchantDetails: merchantDetails ?? this.merchantDetails,
        number: number ?? this.number,
        kind: kind ?? this.kind,
        language: language ?? this.language,
        otherAmounts: otherAmounts ?? this.otherAmounts,
        unread: unread ?? this.unread,
        fingerprint: fingerprint ?? this.fingerprint,
        photoHints: photoHints ?? this.photoHints,
        refusedModels: refusedModels ?? this.refusedModels,
      );

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
          answer == other.answer &&
          verdict == other.verdict &&
          time == other.time &&
          timeText == other.timeText &&
          _isSame(items, other.items) &&
          subtotal == other.subtotal &&
          _isSame(discounts, other.discounts) &&
          _isSame(taxes, other.taxes) &&
          tip == other.tip &&
          rounding == other.rounding &&
          _isSame(payments, other.payments) &&
          tendered == other.tendered &&
          change == other.change &&
          merchantDetails == other.merchantDetails &&
          number == other.number &&
          kind == other.kind &&
          language == other.language &&
          _isSame(otherAmounts, other.otherAmounts) &&
          _isSame(unread, other.unread) &&
          fingerprint == other.fingerprint &&
          _isSame(photoHints, other.photoHints) &&
          _isSame(refusedModels, other.refusedModels);

  @override
  int get hashCode => Object.hashAll([
        Receipt,
        merchant,
        date,
        dateText,
        amount,
        amountText,
        currency,
        currencyText,
        category,
        confidence,
        model,
        usage,
        cost,
        requestId,
        answer,
        verdict,
        time,
        timeText,
        _hash(items),
        subtotal,
        _hash(discounts),
        _hash(taxes),
        tip,
        rounding,
        _hash(payments),
        tendered,
        change,
        merchantDetails,
        number,
        kind,
        language,
        _hash(otherAmounts),
        _hash(unread),
        fingerprint,
        _hash(photoHints),
        _hash(refusedModels)
      ]);

  @override
  String toString() =>
      'Receipt(merchant: $merchant, date: $date, dateText: $dateText, amount: $amount, amountText: $amountText, currency: $currency, currencyText: $currencyText, category: $category, confidence: $confidence, model: $model, usage: $usage, cost: $cost, requestId: $requestId, answer: $answer, verdict: $verdict, time: $time, timeText: $timeText, items: $items, subtotal: $subtotal, discounts: $discounts, taxes: $taxes, tip: $tip, rounding: $rounding, payments: $payments, tendered: $tendered, change: $change, merchantDetails: $merchantDetails, number: $number, kind: $kind, language: $language, otherAmounts: $otherAmounts, unread: $unread, fingerprint: $fingerprint, photoHints: $photoHints, refusedModels: $refusedModels)';
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
        verdict: _codecOfReceiptVerdict.read(reader),
        time: const _Optional(_string).read(reader),
        timeText: const _Optional(_string).read(reader),
        items: const _List(_codecOfReceiptItem).read(reader),
        subtotal: const _Optional(_codecOfDecimal).read(reader),
        discounts: const _List(_codecOfReceiptDiscount).read(reader),
        taxes: const _List(_codecOfReceiptTax).read(reader),
        tip: const _Optional(_codecOfDecimal).read(reader),
        rounding: const _Optional(_codecOfDecimal).read(reader),
        payments: const _List(_codecOfReceiptPayment).read(reader),
        tendered: const _Optional(_codecOfDecimal).read(reader),
        change: const _Optional(_codecOfDecimal).read(reader),
        merchantDetails: const _Optional(_codecOfReceiptMerchant).read(reader),
        number: const _Optional(_string).read(reader),
        kind: const _Optional(_codecOfReceiptKind).read(reader),
        language: const _Optional(_string).read(reader),
        otherAmounts: const _List(_codecOfReceiptAmount).read(reader),
        unread: const _List(_codecOfUnreadValue).read(reader),
        fingerprint: const _Optional(_string).read(reader),
        photoHints: const _List(_codecOfPhotoHint).read(reader),
        refusedModels: const _List(_codecOfRefusedModel).read(reader),
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
    _codecOfReceiptVerdict.write(writer, value.verdict);
    const _Optional(_string).write(writer, value.time);
    const _Optional(_string).write(writer, value.timeText);
    const _List(_codecOfReceiptItem).write(writer, value.items);
    const _Optional(_codecOfDecimal).write(writer, value.subtotal);
    const _List(_codecOfReceiptDiscount).write(writer, value.discounts);
    const _List(_codecOfReceiptTax).write(writer, value.taxes);
    const _Optional(_codecOfDecimal).write(writer, value.tip);
    const _Optional(_codecOfDecimal).write(writer, value.rounding);
    const _List(_codecOfReceiptPayment).write(writer, value.payments);
    const _Optional(_codecOfDecimal).write(writer, value.tendered);
    const _Optional(_codecOfDecimal).write(writer, value.change);
    const _Optional(_codecOfReceiptMerchant).write(writer, value.merchantDetails);
    const _Optional(_string).write(writer, value.number);
    const _Optional(_codecOfReceiptKind).write(writer, value.kind);
    const _Optional(_string).write(writer, value.language);
    const _List(_codecOfReceiptAmount).write(writer, value.otherAmounts);
    const _List(_codecOfUnreadValue).write(writer, value.unread);
    const _Optional(_string).write(writer, value.fingerprint);
    const _List(_codecOfPhotoHint).write(writer, value.photoHints);
    const _List(_codecOfRefusedModel).write(writer, value.refusedModels);
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
    this.detail,
    this.photoCheck,
    this.fallback,
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

  /// How much to read; `null` is `ReceiptDetail.full`.
  final ReceiptDetail? detail;

  /// Whether the photos are looked at before money is spent, and what then; `null` does not look.
  final PhotoCheck? photoCheck;

  /// Which models to ask where this one refuses at no cost; `null` asks no other.
  final Fallback? fallback;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptScan &&
          _isSame(photos, other.photos) &&
          locale == other.locale &&
          expectedCurrency == other.expectedCurrency &&
          model == other.model &&
          temperature == other.temperature &&
          maxTokens == other.maxTokens &&
          detail == other.detail &&
          photoCheck == other.photoCheck &&
          fallback == other.fallback;

  @override
  int get hashCode => Object.hash(ReceiptScan, _hash(photos), locale, expectedCurrency, model, temperature, maxTokens,
      detail, photoCheck, fallback);

  @override
  String toString() =>
      'ReceiptScan(photos: $photos, locale: $locale, expectedCurrency: $expectedCurrency, model: $model, temperature: $temperature, maxTokens: $maxTokens, detail: $detail, photoCheck: $photoCheck, fallback: $fallback)';
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
        detail: const _Optional(_codecOfReceiptDetail).read(reader),
        photoCheck: const _Optional(_codecOfPhotoCheck).read(reader),
        fallback: const _Optional(_codecOfFallback).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptScan value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    const _Optional(_string).write(writer, value.locale);
    const _Optional(_string).write(writer, value.expectedCurrency);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_float64).write(writer, value.temperature);
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_codecOfReceiptDetail).write(writer, value.detail);
    const _Optional(_codecOfPhotoCheck).write(writer, value.photoCheck);
    const _Optional(_codecOfFallback).write(writer, value.fallback);
  }
}

const _Codec<ReceiptScan> _codecOfReceiptScan = _ReceiptScanCodec();

/// The total in another currency.
class ReceiptAmount {
  /// Of these values.
  const ReceiptAmount({
    this.amount,
    this.currency,
  });

  /// The amount.
  final Decimal? amount;

  /// Its currency, as an ISO 4217 code in capitals.
  final String? currency;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ReceiptAmount && amount == other.amount && currency == other.currency;

  @override
  int get hashCode => Object.hash(ReceiptAmount, amount, currency);

  @override
  String toString() => 'ReceiptAmount(amount: $amount, currency: $currency)';
}

final class _ReceiptAmountCodec extends _Codec<ReceiptAmount> {
  const _ReceiptAmountCodec();

  @override
  ReceiptAmount read(_Reader reader) => ReceiptAmount(
        amount: const _Optional(_codecOfDecimal).read(reader),
        currency: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptAmount value) {
    const _Optional(_codecOfDecimal).write(writer, value.amount);
    const _Optional(_string).write(writer, value.currency);
  }
}

const _Codec<ReceiptAmount> _codecOfReceiptAmount = _ReceiptAmountCodec();

/// A discount on the whole receipt.
class ReceiptDiscount {
  /// Of these values.
  const ReceiptDiscount({
    this.name,
    this.amount,
  });

  /// Its name.
  final String? name;

  /// The amount with the receipt's sign: `-2.00` and `2.00` both lower the total.
  final Decimal? amount;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ReceiptDiscount && name == other.name && amount == other.amount;

  @override
  int get hashCode => Object.hash(ReceiptDiscount, name, amount);

  @override
  String toString() => 'ReceiptDiscount(name: $name, amount: $amount)';
}

final class _ReceiptDiscountCodec extends _Codec<ReceiptDiscount> {
  const _ReceiptDiscountCodec();

  @override
  ReceiptDiscount read(_Reader reader) => ReceiptDiscount(
        name: const _Optional(_string).read(reader),
        amount: const _Optional(_codecOfDecimal).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptDiscount value) {
    const _Optional(_string).write(writer, value.name);
    const _Optional(_codecOfDecimal).write(writer, value.amount);
  }
}

const _Codec<ReceiptDiscount> _codecOfReceiptDiscount = _ReceiptDiscountCodec();

/// One line of a receipt: an article, a deposit, a return, or a discount with a negative total.
class ReceiptItem {
  /// Of these values.
  const ReceiptItem({
    this.description,
    this.quantity,
    this.unit,
    this.unitPrice,
    this.discount,
    this.total,
    this.taxClass,
    this.confidence,
    required this.verdict,
  });

  /// What was bought, as the receipt has it.
  final String? description;

  /// How many, or how much of it in `unit`.
  final Decimal? quantity;

  /// What the quantity is counted in, such as `kg`. `null` for pieces, mostly.
  final String? unit;

  /// The price of one, or of one unit.
  final Decimal? unitPrice;

  /// A discount on this line, with the receipt's sign: `-0.50` and `0.50` both lower the price.
  final Decimal? discount;

  /// The price of the line, after its discount.
  final Decimal? total;

  /// The letter or sign beside the price that names its tax, such as `A`.
  final String? taxClass;

  /// The model's own confidence, from 0 to 1.
  final double? confidence;

  /// Whether quantity × unit price − discount is the total.
  final ReceiptVerdict verdict;

  /// A copy with these values. A value that is left out, or null, is copied.
  ReceiptItem copyWith({
    String? description,
    Decimal? quantity,
    String? unit,
    Decimal? unitPrice,
    Decimal? discount,
    Decimal? total,
    String? taxClass,
    double? confidence,
    ReceiptVerdict? verdict,
  }) =>
      ReceiptItem(
        description: description ?? this.description,
        quantity: quantity ?? this.quantity,
        unit: unit ?? this.unit,
        unitPrice: unitPrice ?? this.unitPrice,
        discount: discount ?? this.discount,
        total: total ?? this.total,
        taxClass: taxClass ?? this.taxClass,
        confidence: confidence ?? this.confidence,
        verdict: verdict ?? this.verdict,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptItem &&
          description == other.description &&
          quantity == other.quantity &&
          unit == other.unit &&
          unitPrice == other.unitPrice &&
          discount == other.discount &&
          total == other.total &&
          taxClass == other.taxClass &&
          confidence == other.confidence &&
          verdict == other.verdict;

  @override
  int get hashCode =>
      Object.hash(ReceiptItem, description, quantity, unit, unitPrice, discount, total, taxClass, confidence, verdict);

  @override
  String toString() =>
      'ReceiptItem(description: $description, quantity: $quantity, unit: $unit, unitPrice: $unitPrice, discount: $discount, total: $total, taxClass: $taxClass, confidence: $confidence, verdict: $verdict)';
}

final class _ReceiptItemCodec extends _Codec<ReceiptItem> {
  const _ReceiptItemCodec();

  @override
  ReceiptItem read(_Reader reader) => ReceiptItem(
        description: const _Optional(_string).read(reader),
        quantity: const _Optional(_codecOfDecimal).read(reader),
        unit: const _Optional(_string).read(reader),
        unitPrice: const _Optional(_codecOfDecimal).read(reader),
        discount: const _Optional(_codecOfDecimal).read(reader),
        total: const _Optional(_codecOfDecimal).read(reader),
        taxClass: const _Optional(_string).read(reader),
        confidence: const _Optional(_float64).read(reader),
        verdict: _codecOfReceiptVerdict.read(reader),
      );

  @override
  void write(_Writer writer, ReceiptItem value) {
    const _Optional(_string).write(writer, value.description);
    const _Optional(_codecOfDecimal).write(writer, value.quantity);
    const _Optional(_string).write(writer, value.unit);
    const _Optional(_codecOfDecimal).write(writer, value.unitPrice);
    const _Optional(_codecOfDecimal).write(writer, value.discount);
    const _Optional(_codecOfDecimal).write(writer, value.total);
    const _Optional(_string).write(writer, value.taxClass);
    const _Optional(_float64).write(writer, value.confidence);
    _codecOfReceiptVerdict.write(writer, value.verdict);
  }
}

const _Codec<ReceiptItem> _codecOfReceiptItem = _ReceiptItemCodec();

/// What a receipt says of its shop, besides the name.
class ReceiptMerchant {
  /// Of these values.
  const ReceiptMerchant({
    this.address,
    this.phone,
    this.taxId,
  });

  /// The address, as the model gave it.
  final String? address;

  /// The telephone number, as the receipt has it.
  final String? phone;

  /// The number under which it pays taxes, as the receipt has it.
  final String? taxId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptMerchant && address == other.address && phone == other.phone && taxId == other.taxId;

  @override
  int get hashCode => Object.hash(ReceiptMerchant, address, phone, taxId);

  @override
  String toString() => 'ReceiptMerchant(address: $address, phone: $phone, taxId: $taxId)';
}

final class _ReceiptMerchantCodec extends _Codec<ReceiptMerchant> {
  const _ReceiptMerchantCodec();

  @override
  ReceiptMerchant read(_Reader reader) => ReceiptMerchant(
        address: const _Optional(_string).read(reader),
        phone: const _Optional(_string).read(reader),
        taxId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptMerchant value) {
    const _Optional(_string).write(writer, value.address);
    const _Optional(_string).write(writer, value.phone);
    const _Optional(_string).write(writer, value.taxId);
  }
}

const _Codec<ReceiptMerchant> _codecOfReceiptMerchant = _ReceiptMerchantCodec();

/// A payment.
class ReceiptPayment {
  /// Of these values.
  const ReceiptPayment({
    this.method,
    this.lastFour,
    this.amount,
  });

  /// How it was paid, in the receipt's words, such as `Visa` or `cash`.
  final String? method;

  /// The last four digits of the card. More of its number is never kept.
  final String? lastFour;

  /// What was paid so.
  final Decimal? amount;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptPayment && method == other.method && lastFour == other.lastFour && amount == other.amount;

  @override
  int get hashCode => Object.hash(ReceiptPayment, method, lastFour, amount);

  @override
  String toString() => 'ReceiptPayment(method: $method, lastFour: $lastFour, amount: $amount)';
}

final class _ReceiptPaymentCodec extends _Codec<ReceiptPayment> {
  const _ReceiptPaymentCodec();

  @override
  ReceiptPayment read(_Reader reader) => ReceiptPayment(
        method: const _Optional(_string).read(reader),
        lastFour: const _Optional(_string).read(reader),
        amount: const _Optional(_codecOfDecimal).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptPayment value) {
    const _Optional(_string).write(writer, value.method);
    const _Optional(_string).write(writer, value.lastFour);
    const _Optional(_codecOfDecimal).write(writer, value.amount);
  }
}

const _Codec<ReceiptPayment> _codecOfReceiptPayment = _ReceiptPaymentCodec();

/// One tax of a receipt.
class ReceiptTax {
  /// Of these values.
  const ReceiptTax({
    this.name,
    this.rate,
    this.base,
    this.amount,
    this.taxClass,
    this.included,
  });

  /// Its name, such as `MwSt` or `Sales tax`.
  final String? name;

  /// Its rate in percent: 19 for 19 %.
  final Decimal? rate;

  /// What it is worked out from: the price without this tax, on some receipts the price with it.
  final Decimal? base;

  /// The tax.
  final Decimal? amount;

  /// The letter or sign that marks the items it is on, such as `A`.
  final String? taxClass;

  /// Whether the prices include it. `null` if the receipt does not say.
  final bool? included;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptTax &&
          name == other.name &&
          rate == other.rate &&
          base == other.base &&
          amount == other.amount &&
          taxClass == other.taxClass &&
          included == other.included;

  @override
  int get hashCode => Object.hash(ReceiptTax, name, rate, base, amount, taxClass, included);

  @override
  String toString() =>
      'ReceiptTax(name: $name, rate: $rate, base: $base, amount: $amount, taxClass: $taxClass, included: $included)';
}

final class _ReceiptTaxCodec extends _Codec<ReceiptTax> {
  const _ReceiptTaxCodec();

  @override
  ReceiptTax read(_Reader reader) => ReceiptTax(
        name: const _Optional(_string).read(reader),
        rate: const _Optional(_codecOfDecimal).read(reader),
        base: const _Optional(_codecOfDecimal).read(reader),
        amount: const _Optional(_codecOfDecimal).read(reader),
        taxClass: const _Optional(_string).read(reader),
        included: const _Optional(_bool).read(reader),
      );

  @override
  void write(_Writer writer, ReceiptTax value) {
    const _Optional(_string).write(writer, value.name);
    const _Optional(_codecOfDecimal).write(writer, value.rate);
    const _Optional(_codecOfDecimal).write(writer, value.base);
    const _Optional(_codecOfDecimal).write(writer, value.amount);
    const _Optional(_string).write(writer, value.taxClass);
    const _Optional(_bool).write(writer, value.included);
  }
}

const _Codec<ReceiptTax> _codecOfReceiptTax = _ReceiptTaxCodec();

/// A value that the model gave and that could not be read for certain.
class UnreadValue {
  /// Of these values.
  const UnreadValue({
    required this.field,
    required this.text,
  });

  /// Where it belongs, as a JSON pointer (RFC 6901) with the names of the prompt: `/items/2/unit_price`. Positions
  /// begin with 0 and are those of the receipt's lists.
  final String field;

  /// The value as the model gave it.
  final String text;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is UnreadValue && field == other.field && text == other.text;

  @override
  int get hashCode => Object.hash(UnreadValue, field, text);

  @override
  String toString() => 'UnreadValue(field: $field, text: $text)';
}

final class _UnreadValueCodec extends _Codec<UnreadValue> {
  const _UnreadValueCodec();

  @override
  UnreadValue read(_Reader reader) => UnreadValue(
        field: _string.read(reader),
        text: _string.read(reader),
      );

  @override
  void write(_Writer writer, UnreadValue value) {
    _string.write(writer, value.field);
    _string.write(writer, value.text);
  }
}

const _Codec<UnreadValue> _codecOfUnreadValue = _UnreadValueCodec();

/// A call to a resource that takes the provider's tokens.
class ResourceRequest {
  /// Of these values.
  const ResourceRequest({
    required this.url,
    required this.method,
    this.headers = const {},
    this.body,
  });

  /// Where it is. Its origin must be one of `Provider.resourceOrigins`.
  final Uri url;

  /// The HTTP method.
  final RawMethod method;

  /// Headers by their names, such as `accept`. The token and what belongs to the connection are set by the library.
  final Map<String, String> headers;

  /// The body. Its type is `application/json` unless `headers` has a `content-type`.
  final Uint8List? body;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ResourceRequest &&
          url == other.url &&
          method == other.method &&
          _isSame(headers, other.headers) &&
          _isSame(body, other.body);

  @override
  int get hashCode => Object.hash(ResourceRequest, url, method, _hash(headers), _hash(body));

  @override
  String toString() =>
      'ResourceRequest(url: ${_shown(url)}, method: $method, headers: $headers, body: ${_shown(body)})';
}

final class _ResourceRequestCodec extends _Codec<ResourceRequest> {
  const _ResourceRequestCodec();

  @override
  ResourceRequest read(_Reader reader) => ResourceRequest(
        url: _codecOfUrl.read(reader),
        method: _codecOfRawMethod.read(reader),
        headers: const _Map(_string, _string).read(reader),
        body: const _Optional(_bytes).read(reader),
      );

  @override
  void write(_Writer writer, ResourceRequest value) {
    _codecOfUrl.write(writer, value.url);
    _codecOfRawMethod.write(writer, value.method);
    const _Map(_string, _string).write(writer, value.headers);
    const _Optional(_bytes).write(writer, value.body);
  }
}

const _Codec<ResourceRequest> _codecOfResourceRequest = _ResourceRequestCodec();

/// What the calls of this account have cost, in US dollars, as this library counted it in its store. Calls of other
/// devices are not in it: `AiPass.balance` is what the provider says.
class Spending {
  /// Of these values.
  const Spending({
    required this.session,
    required this.day,
    required this.date,
  });

  /// Since the user signed in. Zero if no user is signed in.
  final Spent session;

  /// On `date`, whatever was signed in and out.
  final Spent day;

  /// The day: the device's local date. It moves forward only.
  final Date date;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is Spending && session == other.session && day == other.day && date == other.date;

  @override
  int get hashCode => Object.hash(Spending, session, day, date);

  @override
  String toString() => 'Spending(session: $session, day: $day, date: $date)';
}

final class _SpendingCodec extends _Codec<Spending> {
  const _SpendingCodec();

  @override
  Spending read(_Reader reader) => Spending(
        session: _codecOfSpent.read(reader),
        day: _codecOfSpent.read(reader),
        date: _codecOfNaiveDate.read(reader),
      );

  @override
  void write(_Writer writer, Spending value) {
    _codecOfSpent.write(writer, value.session);
    _codecOfSpent.write(writer, value.day);
    _codecOfNaiveDate.write(writer, value.date);
  }
}

const _Codec<Spending> _codecOfSpending = _SpendingCodec();

/// A sum of what calls have cost.
class Spent {
  /// Of these values.
  const Spent({
    required this.known,
    required this.reserved,
    required this.calls,
    required this.callsWithUnknownCost,
    required this.computed,
  });

  /// The costs that the provider told, in US dollars. Exact.
  final Decimal known;

  /// The highest estimates of calls that are under way, of which the provider told neither the cost nor the tokens,
  /// or whose process ended before it counted them. Only calls under a limit have one. Limits count it as spent.
  final Decimal reserved;

  /// The calls that were sent and not refused.
  final int calls;

  /// Those of them whose cost the provider did not tell. It is not in `known`.
  final int callsWithUnknownCost;

  /// What calls have cost at most whose cost the provider did not tell: the tokens that it told times the prices.
  /// Only calls under a limit are computed. Limits count it as spent.
  final Decimal computed;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Spent &&
          known == other.known &&
          reserved == other.reserved &&
          calls == other.calls &&
          callsWithUnknownCost == other.callsWithUnknownCost &&
          computed == other.computed;

  @override
  int get hashCode => Object.hash(Spent, known, reserved, calls, callsWithUnknownCost, computed);

  @override
  String toString() =>
      'Spent(known: $known, reserved: $reserved, calls: $calls, callsWithUnknownCost: $callsWithUnknownCost, computed: $computed)';
}

final class _SpentCodec extends _Codec<Spent> {
  const _SpentCodec();

  @override
  Spent read(_Reader reader) => Spent(
        known: _codecOfDecimal.read(reader),
        reserved: _codecOfDecimal.read(reader),
        calls: _uint64.read(reader),
        callsWithUnknownCost: _uint64.read(reader),
        computed: _codecOfDecimal.read(reader),
      );

  @override
  void write(_Writer writer, Spent value) {
    _codecOfDecimal.write(writer, value.known);
    _codecOfDecimal.write(writer, value.reserved);
    _uint64.write(writer, value.calls);
    _uint64.write(writer, value.callsWithUnknownCost);
    _codecOfDecimal.write(writer, value.computed);
  }
}

const _Codec<Spent> _codecOfSpent = _SpentCodec();

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
    this.fallback,
  });

  /// The photos, in this order.
  final List<Photo> photos;

  /// The question.
  final String prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The longest answer, in tokens; `null` leaves it to the model. A reasoning model's thoughts count too.
  final int? maxTokens;

  /// Which models to ask where this one refuses at no cost; `null` asks no other.
  final Fallback? fallback;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageQuestion &&
          _isSame(photos, other.photos) &&
          prompt == other.prompt &&
          model == other.model &&
          maxTokens == other.maxTokens &&
          fallback == other.fallback;

  @override
  int get hashCode => Object.hash(ImageQuestion, _hash(photos), prompt, model, maxTokens, fallback);

  @override
  String toString() =>
      'ImageQuestion(photos: $photos, prompt: $prompt, model: $model, maxTokens: $maxTokens, fallback: $fallback)';
}

final class _ImageQuestionCodec extends _Codec<ImageQuestion> {
  const _ImageQuestionCodec();

  @override
  ImageQuestion read(_Reader reader) => ImageQuestion(
        photos: const _List(_codecOfPhoto).read(reader),
        prompt: _string.read(reader),
        model: const _Optional(_string).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
        fallback: const _Optional(_codecOfFallback).read(reader),
      );

  @override
  void write(_Writer writer, ImageQuestion value) {
    const _List(_codecOfPhoto).write(writer, value.photos);
    _string.write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_codecOfFallback).write(writer, value.fallback);
  }
}

const _Codec<ImageQuestion> _codecOfImageQuestion = _ImageQuestionCodec();

/// What a model costs, for models whose price the catalogue does not show.
class ModelPrices {
  /// Of these values.
  const ModelPrices({
    required this.model,
    required this.prices,
    this.maxOutputTokens,
  });

  /// The model's id, in either spelling: `gemini/gemini-2.5-flash` and `gemini-2.5-flash` are the same.
  final String model;

  /// Its prices. What has no price here is unknown, not free.
  final List<Price> prices;

  /// The longest answer that the model gives, in tokens. Without it, the upper bound of a chat that sets no
  /// `maxTokens` is unknown.
  final int? maxOutputTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ModelPrices &&
          model == other.model &&
          _isSame(prices, other.prices) &&
          maxOutputTokens == other.maxOutputTokens;

  @override
  int get hashCode => Object.hash(ModelPrices, model, _hash(prices), maxOutputTokens);

  @override
  String toString() => 'ModelPrices(model: $model, prices: $prices, maxOutputTokens: $maxOutputTokens)';
}

final class _ModelPricesCodec extends _Codec<ModelPrices> {
  const _ModelPricesCodec();

  @override
  ModelPrices read(_Reader reader) => ModelPrices(
        model: _string.read(reader),
        prices: const _List(_codecOfPrice).read(reader),
        maxOutputTokens: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, ModelPrices value) {
    _string.write(writer, value.model);
    const _List(_codecOfPrice).write(writer, value.prices);
    const _Optional(_uint64).write(writer, value.maxOutputTokens);
  }
}

const _Codec<ModelPrices> _codecOfModelPrices = _ModelPricesCodec();

/// A price in US dollars.
class Price {
  /// Of these values.
  const Price({
    required this.unit,
    required this.usd,
    this.maxInputTokens,
  });

  /// What it is for.
  final PriceUnit unit;

  /// US dollars for one unit, such as 0.00000025 for a token. Exact.
  final Decimal usd;

  /// The price holds for requests of at most so many input tokens, and is unknown above. `null` if it holds for all.
  final int? maxInputTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Price && unit == other.unit && usd == other.usd && maxInputTokens == other.maxInputTokens;

  @override
  int get hashCode => Object.hash(Price, unit, usd, maxInputTokens);

  @override
  String toString() => 'Price(unit: $unit, usd: $usd, maxInputTokens: $maxInputTokens)';
}

final class _PriceCodec extends _Codec<Price> {
  const _PriceCodec();

  @override
  Price read(_Reader reader) => Price(
        unit: _codecOfPriceUnit.read(reader),
        usd: _codecOfDecimal.read(reader),
        maxInputTokens: const _Optional(_uint64).read(reader),
      );

  @override
  void write(_Writer writer, Price value) {
    _codecOfPriceUnit.write(writer, value.unit);
    _codecOfDecimal.write(writer, value.usd);
    const _Optional(_uint64).write(writer, value.maxInputTokens);
  }
}

const _Codec<Price> _codecOfPrice = _PriceCodec();

/// Limits of what calls may cost, in US dollars. They are compared with estimates before a call is sent, see
/// `AiPass.estimate`: a call over a limit is [AiPassSpendLimitException], and nothing is sent. A field that is
/// `null` limits nothing.
class SpendLimits {
  /// Of these values.
  const SpendLimits({
    this.perCall,
    this.perSession,
    this.perDay,
    this.allowUnknownPrices = false,
  });

  /// The most that one call may cost. `CallOptions.maxCost` replaces it.
  final Decimal? perCall;

  /// The most that all calls of one sign-in may cost together.
  final Decimal? perSession;

  /// The most that all calls of a day may cost together. A day is the device's local date.
  final Decimal? perDay;

  /// Whether a call is sent whose highest cost is unknown. Default false: it is refused.
  final bool allowUnknownPrices;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SpendLimits &&
          perCall == other.perCall &&
          perSession == other.perSession &&
          perDay == other.perDay &&
          allowUnknownPrices == other.allowUnknownPrices;

  @override
  int get hashCode => Object.hash(SpendLimits, perCall, perSession, perDay, allowUnknownPrices);

  @override
  String toString() =>
      'SpendLimits(perCall: $perCall, perSession: $perSession, perDay: $perDay, allowUnknownPrices: $allowUnknownPrices)';
}

final class _SpendLimitsCodec extends _Codec<SpendLimits> {
  const _SpendLimitsCodec();

  @override
  SpendLimits read(_Reader reader) => SpendLimits(
        perCall: const _Optional(_codecOfDecimal).read(reader),
        perSession: const _Optional(_codecOfDecimal).read(reader),
        perDay: const _Optional(_codecOfDecimal).read(reader),
        allowUnknownPrices: _bool.read(reader),
      );

  @override
  void write(_Writer writer, SpendLimits value) {
    const _Optional(_codecOfDecimal).write(writer, value.perCall);
    const _Optional(_codecOfDecimal).write(writer, value.perSession);
    const _Optional(_codecOfDecimal).write(writer, value.perDay);
    _bool.write(writer, value.allowUnknownPrices);
  }
}

const _Codec<SpendLimits> _codecOfSpendLimits = _SpendLimitsCodec();

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

/// What a client says of itself when it registers (RFC 7591 2). What is `null` or empty is left to the provider,
/// which may change everything else too: read the registration that it returns.
class ClientMetadata {
  /// Of these values.
  const ClientMetadata({
    this.redirectUris = const [],
    this.clientName,
    this.clientUri,
    this.logoUri,
    this.scopes = const [],
    this.grantTypes = const [],
    this.responseTypes = const [],
    this.tokenEndpointAuthMethod,
    this.applicationType,
    this.contacts = const [],
    this.softwareId,
    this.softwareVersion,
    this.extraJson,
  });

  /// The metadata of an app on a phone or a desktop, which has no secret: `native`, `none`, and the grants
  /// `authorization_code` and `refreshToken` (RFC 8252).
  factory ClientMetadata.nativeApp({
    required String clientName,
    required List<String> redirectUris,
  }) {
    final $clientName = _string.lower(clientName);
    final $redirectUris = _lowerAfter([$clientName], const _List(_string), redirectUris);
    final $$result = _funcNativeAppMetadata($clientName, $redirectUris, _status);
    _check(null);
    return _codecOfClientMetadata.lift($$result);
  }

  /// The redirect URIs that callbacks may go to, compared byte for byte. At least one, unless `grantTypes` names only
  /// grants without a callback.
  final List<String> redirectUris;

  /// The app's name, as the consent page shows it.
  final String? clientName;

  /// The address of a page about the app.
  final String? clientUri;

  /// The address of the app's logo.
  final String? logoUri;

  /// The scopes that it may ask the user for, one an item.
  final List<String> scopes;

  /// How it gets tokens, such as `authorization_code` and `refreshToken`. Empty means `authorization_code` alone.
  final List<String> grantTypes;

  /// What it asks the authorization endpoint for. Empty means `code`.
  final List<String> responseTypes;

  /// How it names itself to the token endpoint: `none` for an app, which can keep no secret. `null` means
  /// `client_secret_basic`: the provider then gives it a secret.
  final String? tokenEndpointAuthMethod;

  /// `native` for an app on a phone or a desktop, `web` for a page (OpenID Connect Dynamic Client Registration 2).
  /// Many providers take a custom scheme or a loopback redirect URI from `native` only. `null` means `web`.
  final String? applicationType;

  /// Whom to write to about the app, such as e-mail addresses.
  final List<String> contacts;

  /// The same text for every installation of this software.
  final String? softwareId;

  /// The version of this software.
  final String? softwareVersion;

  /// More metadata, as a JSON object, such as `{"policy_uri":"https://example.com/policy"}`. Its names must not be
  /// those of the fields above.
  final String? extraJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ClientMetadata &&
          _isSame(redirectUris, other.redirectUris) &&
          clientName == other.clientName &&
          clientUri == other.clientUri &&
          logoUri == other.logoUri &&
          _isSame(scopes, other.scopes) &&
          _isSame(grantTypes, other.grantTypes) &&
          _isSame(responseTypes, other.responseTypes) &&
          tokenEndpointAuthMethod == other.tokenEndpointAuthMethod &&
          applicationType == other.applicationType &&
          _isSame(contacts, other.contacts) &&
          softwareId == other.softwareId &&
          softwareVersion == other.softwareVersion &&
          extraJson == other.extraJson;

  @override
  int get hashCode => Object.hash(
      ClientMetadata,
      _hash(redirectUris),
      clientName,
      clientUri,
      logoUri,
      _hash(scopes),
      _hash(grantTypes),
      _hash(responseTypes),
      tokenEndpointAuthMethod,
      applicationType,
      _hash(contacts),
      softwareId,
      softwareVersion,
      extraJson);

  @override
  String toString() =>
      'ClientMetadata(redirectUris: $redirectUris, clientName: $clientName, clientUri: $clientUri, logoUri: $logoUri, scopes: $scopes, grantTypes: $grantTypes, responseTypes: $responseTypes, tokenEndpointAuthMethod: $tokenEndpointAuthMethod, applicationType: $applicationType, contacts: $contacts, softwareId: $softwareId, softwareVersion: $softwareVersion, extraJson: $extraJson)';
}

final class _ClientMetadataCodec extends _Codec<ClientMetadata> {
  const _ClientMetadataCodec();

  @override
  ClientMetadata read(_Reader reader) => ClientMetadata(
        redirectUris: const _List(_string).read(reader),
        clientName: const _Optional(_string).read(reader),
        clientUri: const _Optional(_string).read(reader),
        logoUri: const _Optional(_string).read(reader),
        scopes: const _List(_string).read(reader),
        grantTypes: const _List(_string).read(reader),
        responseTypes: const _List(_string).read(reader),
        tokenEndpointAuthMethod: const _Optional(_string).read(reader),
        applicationType: const _Optional(_string).read(reader),
        contacts: const _List(_string).read(reader),
        softwareId: const _Optional(_string).read(reader),
        softwareVersion: const _Optional(_string).read(reader),
        extraJson: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ClientMetadata value) {
    const _List(_string).write(writer, value.redirectUris);
    const _Optional(_string).write(writer, value.clientName);
    const _Optional(_string).write(writer, value.clientUri);
    const _Optional(_string).write(writer, value.logoUri);
    const _List(_string).write(writer, value.scopes);
    const _List(_string).write(writer, value.grantTypes);
    const _List(_string).write(writer, value.responseTypes);
    const _Optional(_string).write(writer, value.tokenEndpointAuthMethod);
    const _Optional(_string).write(writer, value.applicationType);
    const _List(_string).write(writer, value.contacts);
    const _Optional(_string).write(writer, value.softwareId);
    const _Optional(_string).write(writer, value.softwareVersion);
    const _Optional(_string).write(writer, value.extraJson);
  }
}

const _Codec<ClientMetadata> _codecOfClientMetadata = _ClientMetadataCodec();

/// A client as the provider has registered it (RFC 7591 3.2.1). Keep it: the secrets in it may be told this once.
class RegisteredClient {
  /// Of these values.
  const RegisteredClient({
    required this.clientId,
    required this.clientSecret,
    required this.clientIdIssuedAt,
    required this.clientSecretExpiresAt,
    required this.registrationAccessToken,
    required this.registrationClientUri,
    required this.metadata,
  });

  /// The client id to sign in with.
  final String clientId;

  /// The client's secret, if it has one. It does not belong in an app.
  final String? clientSecret;

  /// When it was registered, if the provider says so.
  final DateTime? clientIdIssuedAt;

  /// When the secret expires; `null` if it does not, or if there is none.
  final DateTime? clientSecretExpiresAt;

  /// The token that reads, changes and removes the registration, if the provider offers that (RFC 7592).
  final String? registrationAccessToken;

  /// Where the registration is read, changed and removed, if the provider offers that (RFC 7592).
  final Uri? registrationClientUri;

  /// What the provider registered. It may differ from what was asked for. What this library does not know is in its
  /// `extraJson`.
  final ClientMetadata metadata;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is RegisteredClient &&
          clientId == other.clientId &&
          clientSecret == other.clientSecret &&
          clientIdIssuedAt == other.clientIdIssuedAt &&
          clientSecretExpiresAt == other.clientSecretExpiresAt &&
          registrationAccessToken == other.registrationAccessToken &&
          registrationClientUri == other.registrationClientUri &&
          metadata == other.metadata;

  @override
  int get hashCode => Object.hash(RegisteredClient, clientId, clientSecret, clientIdIssuedAt, clientSecretExpiresAt,
      registrationAccessToken, registrationClientUri, metadata);

  @override
  String toString() =>
      'RegisteredClient(clientId: $clientId, clientSecret: hidden, clientIdIssuedAt: $clientIdIssuedAt, clientSecretExpiresAt: $clientSecretExpiresAt, registrationAccessToken: hidden, registrationClientUri: ${_shown(registrationClientUri)}, metadata: $metadata)';
}

final class _RegisteredClientCodec extends _Codec<RegisteredClient> {
  const _RegisteredClientCodec();

  @override
  RegisteredClient read(_Reader reader) => RegisteredClient(
        clientId: _string.read(reader),
        clientSecret: const _Optional(_string).read(reader),
        clientIdIssuedAt: const _Optional(_timestamp).read(reader),
        clientSecretExpiresAt: const _Optional(_timestamp).read(reader),
        registrationAccessToken: const _Optional(_string).read(reader),
        registrationClientUri: const _Optional(_codecOfUrl).read(reader),
        metadata: _codecOfClientMetadata.read(reader),
      );

  @override
  void write(_Writer writer, RegisteredClient value) {
    _string.write(writer, value.clientId);
    const _Optional(_string).write(writer, value.clientSecret);
    const _Optional(_timestamp).write(writer, value.clientIdIssuedAt);
    const _Optional(_timestamp).write(writer, value.clientSecretExpiresAt);
    const _Optional(_string).write(writer, value.registrationAccessToken);
    const _Optional(_codecOfUrl).write(writer, value.registrationClientUri);
    _codecOfClientMetadata.write(writer, value.metadata);
  }
}

const _Codec<RegisteredClient> _codecOfRegisteredClient = _RegisteredClientCodec();

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
/// `Provider.aiPass` is the default, and `Provider.phaseo` is built in too. `Provider.discover` asks any other
/// OAuth 2.0 or OpenID server for its metadata. `Provider.custom` describes a server that publishes none, with the
/// standard form encoding; set the optional endpoints that it has.
class Provider {
  /// Of these values.
  const Provider({
    required this.issuer,
    required this.authorizationEndpoint,
    required this.tokenEndpoint,
    required this.tokenEncoding,
    required this.clientAuthentication,
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
    this.deviceAuthorizationEndpoint,
    this.pushedAuthorizationRequestEndpoint,
    this.requirePushedAuthorizationRequests = false,
    this.introspectionEndpoint,
    this.registrationEndpoint,
    this.jwksUri,
    this.idTokenSigningAlgorithms = const [],
    this.endSessionEndpoint,
    this.dpopSigningAlgorithms = const [],
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

  /// The same as Phaseo, under the service's former name.
  factory Provider.aiStats() {
    final $$result = _funcAiStatsProvider(_status);
    _check(null);
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

  /// Phaseo, called AI Stats until 2026, at `https://api.phaseo.app`.
  ///
  /// Its device authorization and its registration are closed to apps, so neither is set. An app gets no refresh
  /// token there: the user signs in again when the access token has expired.
  factory Provider.phaseo() {
    final $$result = _funcPhaseoProvider(_status);
    _check(null);
    return _codecOfProvider.lift($$result);
  }

  /// Phaseo at another base URL, such as a sandbox on loopback.
  ///
  /// Throws: [AiPassInvalidInputException] if it is not an http or https URL.
  factory Provider.phaseoAt(String baseUrl) {
    final $baseUrl = _string.lower(baseUrl);
    final $$result = _funcPhaseoProviderAt($baseUrl, _status);
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

  /// How a client with a secret names itself at the token, revocation, introspection and pushed request endpoints. A
  /// client without a secret, as every app is, sends its `clientId` in the form.
  final ClientAuthentication clientAuthentication;

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

  /// The only origins that an access token is ever sent to, beside those of the userinfo, revocation and
  /// introspection endpoints. Results may be fetched from them even if they are in a local network. Paths in these
  /// URLs are ignored.
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

  /// Where a sign-in without a callback begins, with a code that the user enters on another device (RFC 8628), if it
  /// is offered.
  final Uri? deviceAuthorizationEndpoint;

  /// Where the parameters of an authorization request are sent ahead (RFC 9126), if it is offered.
  final Uri? pushedAuthorizationRequestEndpoint;

  /// Whether the provider takes no authorization request that was not sent ahead (RFC 9126). If `false`, it is sent
  /// ahead only if [SignInOptions] ask for it.
  final bool requirePushedAuthorizationRequests;

  /// Where a token's state is asked for (RFC 7662), if it is offered.
  final Uri? introspectionEndpoint;

  /// Where a client registers itself (RFC 7591), if it is offered.
  final Uri? registrationEndpoint;

  /// The keys that sign the provider's id_tokens (RFC 7517), if it issues any. With them, and with the scope
  /// `openid`, a sign-in knows its user at once (OpenID Connect Core 3.1.3.7); without them id_tokens are ignored.
  final Uri? jwksUri;

  /// The algorithms that may sign an id_token, such as `RS256` (OpenID Connect Discovery 3). Empty means `RS256`.
  final List<String> idTokenSigningAlgorithms;

  /// Where the browser goes to end the user's session at the provider (OpenID Connect RP-Initiated Logout 1.0), if it
  /// is offered.
  final Uri? endSessionEndpoint;

  /// The algorithms that may sign a DPoP proof, such as `ES256` (RFC 9449). Empty means that the provider does not
  /// offer DPoP.
  final List<String> dpopSigningAlgorithms;

  /// A copy with these values. A value that is left out, or null, is copied.
  Provider copyWith({
    String? issuer,
    Uri? authorizationEndpoint,
    Uri? tokenEndpoint,
    TokenEncoding? tokenEncoding,
    ClientAuthentication? clientAuthentication,
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
    Uri? deviceAuthorizationEndpoint,
    Uri? pushedAuthorizationRequestEndpoint,
    bool? requirePushedAuthorizationRequests,
    Uri? introspectionEndpoint,
    Uri? registrationEndpoint,
    Uri? jwksUri,
    List<String>? idTokenSigningAlgorithms,
    Uri? endSessionEndpoint,
    List<String>? dpopSigningAlgorithms,
  }) =>
      Provider(
        issuer: issuer ?? this.issuer,
        authorizationEndpoint: authorizationEndpoint ?? this.authorizationEndpoint,
        tokenEndpoint: tokenEndpoint ?? this.tokenEndpoint,
        tokenEncoding: tokenEncoding ?? this.tokenEncoding,
        clientAuthentication: clientAuthentication ?? this.clientAuthentication,
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
        deviceAuthorizationEndpoint: deviceAuthorizationEndpoint ?? this.deviceAuthorizationEndpoint,
        pushedAuthorizationRequestEndpoint:
            pushedAuthorizationRequestEndpoint ?? this.pushedAuthorizationRequestEndpoint,
        requirePushedAuthorizationRequests:
            requirePushedAuthorizationRequests ?? this.requirePushedAuthorizationRequests,
        introspectionEndpoint: introspectionEndpoint ?? this.introspectionEndpoint,
        registrationEndpoint: registrationEndpoint ?? this.registrationEndpoint,
        jwksUri: jwksUri ?? this.jwksUri,
        idTokenSigningAlgorithms: idTokenSigningAlgorithms ?? this.idTokenSigningAlgorithms,
        endSessionEndpoint: endSessionEndpoint ?? this.endSessionEndpoint,
        dpopSigningAlgorithms: dpopSigningAlgorithms ?? this.dpopSigningAlgorithms,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Provider &&
          issuer == other.issuer &&
          authorizationEndpoint == other.authorizationEndpoint &&
          tokenEndpoint == other.tokenEndpoint &&
          tokenEncoding == other.tokenEncoding &&
          clientAuthentication == other.clientAuthentication &&
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
          _isSame(modelPreferences, other.modelPreferences) &&
          deviceAuthorizationEndpoint == other.deviceAuthorizationEndpoint &&
          pushedAuthorizationRequestEndpoint == other.pushedAuthorizationRequestEndpoint &&
          requirePushedAuthorizationRequests == other.requirePushedAuthorizationRequests &&
          introspectionEndpoint == other.introspectionEndpoint &&
          registrationEndpoint == other.registrationEndpoint &&
          jwksUri == other.jwksUri &&
          _isSame(idTokenSigningAlgorithms, other.idTokenSigningAlgorithms) &&
          endSessionEndpoint == other.endSessionEndpoint &&
          _isSame(dpopSigningAlgorithms, other.dpopSigningAlgorithms);

  @override
  int get hashCode => Object.hashAll([
        Provider,
        issuer,
        authorizationEndpoint,
        tokenEndpoint,
        tokenEncoding,
        clientAuthentication,
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
        _hash(modelPreferences),
        deviceAuthorizationEndpoint,
        pushedAuthorizationRequestEndpoint,
        requirePushedAuthorizationRequests,
        introspectionEndpoint,
        registrationEndpoint,
        jwksUri,
        _hash(idTokenSigningAlgorithms),
        endSessionEndpoint,
        _hash(dpopSigningAlgorithms)
      ]);

  @override
  String toString() =>
      'Provider(issuer: $issuer, authorizationEndpoint: ${_shown(authorizationEndpoint)}, tokenEndpoint: ${_shown(tokenEndpoint)}, tokenEncoding: $tokenEncoding, clientAuthentication: $clientAuthentication, revocationEndpoint: ${_shown(revocationEndpoint)}, revocationEncoding: $revocationEncoding, revocationEndsOneTokenSet: $revocationEndsOneTokenSet, userinfoEndpoint: ${_shown(userinfoEndpoint)}, modelApi: ${_shown(modelApi)}, accountApi: ${_shown(accountApi)}, resourceOrigins: $resourceOrigins, clientIdHeader: $clientIdHeader, defaultScopes: $defaultScopes, authorizationResponseIss: $authorizationResponseIss, loopbackPort: $loopbackPort, modelPreferences: $modelPreferences, deviceAuthorizationEndpoint: ${_shown(deviceAuthorizationEndpoint)}, pushedAuthorizationRequestEndpoint: ${_shown(pushedAuthorizationRequestEndpoint)}, requirePushedAuthorizationRequests: $requirePushedAuthorizationRequests, introspectionEndpoint: ${_shown(introspectionEndpoint)}, registrationEndpoint: ${_shown(registrationEndpoint)}, jwksUri: ${_shown(jwksUri)}, idTokenSigningAlgorithms: $idTokenSigningAlgorithms, endSessionEndpoint: ${_shown(endSessionEndpoint)}, dpopSigningAlgorithms: $dpopSigningAlgorithms)';
}

final class _ProviderCodec extends _Codec<Provider> {
  const _ProviderCodec();

  @override
  Provider read(_Reader reader) => Provider(
        issuer: _string.read(reader),
        authorizationEndpoint: _codecOfUrl.read(reader),
        tokenEndpoint: _codecOfUrl.read(reader),
        tokenEncoding: _codecOfTokenEncoding.read(reader),
        clientAuthentication: _codecOfClientAuthentication.read(reader),
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
        deviceAuthorizationEndpoint: const _Optional(_codecOfUrl).read(reader),
        pushedAuthorizationRequestEndpoint: const _Optional(_codecOfUrl).read(reader),
        requirePushedAuthorizationRequests: _bool.read(reader),
        introspectionEndpoint: const _Optional(_codecOfUrl).read(reader),
        registrationEndpoint: const _Optional(_codecOfUrl).read(reader),
        jwksUri: const _Optional(_codecOfUrl).read(reader),
        idTokenSigningAlgorithms: const _List(_string).read(reader),
        endSessionEndpoint: const _Optional(_codecOfUrl).read(reader),
        dpopSigningAlgorithms: const _List(_string).read(reader),
      );

  @override
  void write(_Writer writer, Provider value) {
    _string.write(writer, value.issuer);
    _codecOfUrl.write(writer, value.authorizationEndpoint);
    _codecOfUrl.write(writer, value.tokenEndpoint);
    _codecOfTokenEncoding.write(writer, value.tokenEncoding);
    _codecOfClientAuthentication.write(writer, value.clientAuthentication);
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
    const _Optional(_codecOfUrl).write(writer, value.deviceAuthorizationEndpoint);
    const _Optional(_codecOfUrl).write(writer, value.pushedAuthorizationRequestEndpoint);
    _bool.write(writer, value.requirePushedAuthorizationRequests);
    const _Optional(_codecOfUrl).write(writer, value.introspectionEndpoint);
    const _Optional(_codecOfUrl).write(writer, value.registrationEndpoint);
    const _Optional(_codecOfUrl).write(writer, value.jwksUri);
    const _List(_string).write(writer, value.idTokenSigningAlgorithms);
    const _Optional(_codecOfUrl).write(writer, value.endSessionEndpoint);
    const _List(_string).write(writer, value.dpopSigningAlgorithms);
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

/// A sign-in that waits until the user has entered a code on another device (RFC 8628).
class DeviceSignIn {
  /// Of these values.
  const DeviceSignIn({
    required this.userCode,
    required this.verificationUri,
    required this.verificationUriComplete,
    required this.expiresAt,
    required this.interval,
  });

  /// The code that the user enters, such as `WDJB-MJHT`: show it as it is.
  final String userCode;

  /// The page where the user enters it: show it as text, because the user types it on the other device.
  final Uri verificationUri;

  /// The same page with the code in it, for a QR code, if the provider has one. Show the code beside it: the user
  /// compares it with the one on the page.
  final Uri? verificationUriComplete;

  /// When the code expires, by this device's clock.
  final DateTime expiresAt;

  /// How long the library waits between two requests, as the provider asks.
  final Duration interval;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is DeviceSignIn &&
          userCode == other.userCode &&
          verificationUri == other.verificationUri &&
          verificationUriComplete == other.verificationUriComplete &&
          expiresAt == other.expiresAt &&
          interval == other.interval;

  @override
  int get hashCode =>
      Object.hash(DeviceSignIn, userCode, verificationUri, verificationUriComplete, expiresAt, interval);

  @override
  String toString() =>
      'DeviceSignIn(userCode: $userCode, verificationUri: ${_shown(verificationUri)}, verificationUriComplete: ${_shown(verificationUriComplete)}, expiresAt: $expiresAt, interval: $interval)';
}

final class _DeviceSignInCodec extends _Codec<DeviceSignIn> {
  const _DeviceSignInCodec();

  @override
  DeviceSignIn read(_Reader reader) => DeviceSignIn(
        userCode: _string.read(reader),
        verificationUri: _codecOfUrl.read(reader),
        verificationUriComplete: const _Optional(_codecOfUrl).read(reader),
        expiresAt: _timestamp.read(reader),
        interval: _duration.read(reader),
      );

  @override
  void write(_Writer writer, DeviceSignIn value) {
    _string.write(writer, value.userCode);
    _codecOfUrl.write(writer, value.verificationUri);
    const _Optional(_codecOfUrl).write(writer, value.verificationUriComplete);
    _timestamp.write(writer, value.expiresAt);
    _duration.write(writer, value.interval);
  }
}

const _Codec<DeviceSignIn> _codecOfDeviceSignIn = _DeviceSignInCodec();

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
    this.keepGrantedScopes = false,
    this.resources = const [],
    this.pushParameters = false,
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

  /// Whether to ask also for the scopes that the present session has, and for its `resources` if none are named: for
  /// an app that needs one more scope later, and names only that one in `scopes`. If the user denies or cancels, the
  /// present session stays as it is. What was granted stands in `AiPass.sessionInfo`.
  final bool keepGrantedScopes;

  /// Where the tokens are to be used, each an absolute URI without a fragment, such as `https://api.example.com/`
  /// (RFC 8707). Sent byte for byte, also with every refresh. Many providers issue tokens for one resource only.
  final List<String> resources;

  /// Whether to send the parameters to the provider ahead, so that the browser carries only a reference to them (RFC
  /// 9126). If the provider requires it, this is done in any case.
  final bool pushParameters;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SignInOptions &&
          _isSame(scopes, other.scopes) &&
          loginHint == other.loginHint &&
          prompt == other.prompt &&
          _isSame(extraParameters, other.extraParameters) &&
          keepGrantedScopes == other.keepGrantedScopes &&
          _isSame(resources, other.resources) &&
          pushParameters == other.pushParameters;

  @override
  int get hashCode => Object.hash(SignInOptions, _hash(scopes), loginHint, prompt, _hash(extraParameters),
      keepGrantedScopes, _hash(resources), pushParameters);

  @override
  String toString() =>
      'SignInOptions(scopes: $scopes, loginHint: $loginHint, prompt: $prompt, extraParameters: $extraParameters, keepGrantedScopes: $keepGrantedScopes, resources: $resources, pushParameters: $pushParameters)';
}

final class _SignInOptionsCodec extends _Codec<SignInOptions> {
  const _SignInOptionsCodec();

  @override
  SignInOptions read(_Reader reader) => SignInOptions(
        scopes: const _List(_string).read(reader),
        loginHint: const _Optional(_string).read(reader),
        prompt: const _Optional(_string).read(reader),
        extraParameters: const _Map(_string, _string).read(reader),
        keepGrantedScopes: _bool.read(reader),
        resources: const _List(_string).read(reader),
        pushParameters: _bool.read(reader),
      );

  @override
  void write(_Writer writer, SignInOptions value) {
    const _List(_string).write(writer, value.scopes);
    const _Optional(_string).write(writer, value.loginHint);
    const _Optional(_string).write(writer, value.prompt);
    const _Map(_string, _string).write(writer, value.extraParameters);
    _bool.write(writer, value.keepGrantedScopes);
    const _List(_string).write(writer, value.resources);
    _bool.write(writer, value.pushParameters);
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

  /// Open the URL before this time. A callback is accepted until `Config.signInTimeout` has passed, which is this
  /// time, too, unless the provider takes its URL for less long (RFC 9126).
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
