// Written by bindings/generator: do not edit.

part of 'aipass.dart';

/// A client of one account with one provider. Clients of the same account share its session.
final class AiPass extends _RustObject {
  AiPass._(int handle) : super(handle, _freeAipassAddress);

  /// A client for the app that is registered as `clientId` with `redirectUri`, such as `myapp://auth/callback`. Reads
  /// no store and sends nothing. What is left out is as for production: AI Pass as the provider, the session in
  /// memory until the process ends, the platform's judgement of servers' certificates. `account` keeps several
  /// accounts of one app apart.
  ///
  /// Throws: [AiPassInvalidInputException] naming the setting that cannot work.
  factory AiPass({
    required String clientId,
    required String redirectUri,
    String account = 'default',
    Provider? provider,
    Config? config,
  }) {
    final $clientId = _string.lower(clientId);
    final $redirectUri = _lowerAfter([$clientId], _string, redirectUri);
    final $account = _lowerAfter([$clientId, $redirectUri], _string, account);
    final $provider = _lowerAfter([$clientId, $redirectUri, $account], const _Optional(_codecOfProvider), provider);
    final $config =
        _lowerAfter([$clientId, $redirectUri, $account, $provider], const _Optional(_codecOfConfig), config);
    final $store = _lowerAfter([$clientId, $redirectUri, $account, $provider, $config], _bool, false);
    final $serverTrust = _lowerAfter([$clientId, $redirectUri, $account, $provider, $config, $store], _bool, false);
    final $answer =
        _constructorAipassNew($clientId, $redirectUri, $account, $provider, $config, $store, $serverTrust, _status);
    _check(_codecOfAiPassException);
    return AiPass._($answer);
  }

  /// A client for the app that is registered as `clientId` with `redirectUri`, such as `myapp://auth/callback`, whose
  /// session outlives the app: it is kept in `storeDirectory`, which is made if need be, sealed with `storeKey`, 32
  /// bytes from the platform's keystore. Reads no session and sends nothing. What is left out is as for production.
  /// `account` keeps several accounts of one app apart.
  ///
  /// Throws: [AiPassInvalidInputException] naming the setting that cannot work; [AiPassStorageException] if the key
  /// has not 32 bytes or the directory cannot be made.
  static Future<AiPass> open({
    required String clientId,
    required String redirectUri,
    required String storeDirectory,
    required Uint8List storeKey,
    String account = 'default',
    Provider? provider,
    Config? config,
  }) async {
    final $clientId = _string.lower(clientId);
    final $redirectUri = _lowerAfter([$clientId], _string, redirectUri);
    final $storeDirectory = _lowerAfter([$clientId, $redirectUri], _string, storeDirectory);
    final $storeKey = _lowerAfter([$clientId, $redirectUri, $storeDirectory], _bytes, storeKey);
    final $account = _lowerAfter([$clientId, $redirectUri, $storeDirectory, $storeKey], _string, account);
    final $provider = _lowerAfter(
        [$clientId, $redirectUri, $storeDirectory, $storeKey, $account], const _Optional(_codecOfProvider), provider);
    final $config = _lowerAfter([$clientId, $redirectUri, $storeDirectory, $storeKey, $account, $provider],
        const _Optional(_codecOfConfig), config);
    return _Call<AiPass, int>(
            _constructorAipassOpen($clientId, $redirectUri, $storeDirectory, $storeKey, $account, $provider, $config),
            _futureOfu64,
            _codecOfAiPassException,
            AiPass._)
        .result;
  }

  /// The same client, whose calls behave as `options` says.
  AiPass withOptions([CallOptions options = const CallOptions()]) {
    _checkOpen();
    final $options = _codecOfCallOptions.lower(options);
    final $this = _clone();
    final $answer = _methodAipassWith($this, $options, _status);
    _check(null);
    return AiPass._($answer);
  }

  /// Versions, trust store, clock skew, session and the latest log. Never a secret, and never an error.
  Future<Diagnostics> diagnostics() async {
    _checkOpen();
    final $this = _clone();
    return _Call<Diagnostics, _RustBuffer>(
            _methodAipassDiagnostics($this), _futureOfBuffer, null, _codecOfDiagnostics.lift)
        .result;
  }

  /// The last 200 things the library did, oldest first: method, host, path, status, time. To be polled.
  List<LogEntry> log() {
    _checkOpen();
    final $this = _clone();
    final $answer = _methodAipassLog($this, _status);
    _check(null);
    return const _List(_codecOfLogEntry).lift($answer);
  }

  /// An access token that lives for at least `minTtl`, if the provider gives such, for calls of the app's own to the
  /// provider's origins. The library's own calls fetch theirs.
  ///
  /// Throws: [AiPassSignInRequiredException] if nobody is signed in or the provider ended the session; the network's
  /// and the store's.
  Future<String> accessToken(Duration minTtl) async {
    _checkOpen();
    final $minTtl = _duration.lower(minTtl);
    final $this = _clone();
    return _Call<String, _RustBuffer>(
            _methodAipassAccessToken($this, $minTtl), _futureOfBuffer, _codecOfAiPassException, _string.lift)
        .result;
  }

  /// Begins a sign-in: open the returned URL in the system's browser. It is stored before it is returned, so that the
  /// sign-in can be completed after the app was killed meanwhile. Whoever is signed in stays so until then.
  ///
  /// Throws: [AiPassInvalidInputException] for a scope or parameter that cannot be sent; [AiPassStorageException] if
  /// it cannot be stored.
  Future<SignInRequest> beginSignIn([SignInOptions options = const SignInOptions()]) async {
    _checkOpen();
    final $options = _codecOfSignInOptions.lower(options);
    final $this = _clone();
    return _Call<SignInRequest, _RustBuffer>(_methodAipassBeginSignIn($this, $options), _futureOfBuffer,
            _codecOfAiPassException, _codecOfSignInRequest.lift)
        .result;
  }

  /// Gives up the sign-ins that were begun; callbacks that come later are refused. Whoever is signed in stays so.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be written.
  Future<void> cancelSignIn() async {
    _checkOpen();
    final $this = _clone();
    return _Call<void, void>(_methodAipassCancelSignIn($this), _futureOfvoid, _codecOfAiPassException, _nothing).result;
  }

  /// Completes a sign-in with the URL that the browser came back with. Goes on if the caller goes away, because a
  /// code works only once.
  ///
  /// Throws:
  /// - [AiPassInvalidCallbackException] if the URL does not belong to a pending sign-in, or was delivered before.
  ///   Nothing has changed; the real callback can still come.
  /// - [AiPassSignInRequiredException] with reason `denied` if the user refused.
  /// - [AiPassOfflineException] or [AiPassTimeoutException] if the provider could not be asked: the same URL can be
  ///   tried again.
  /// - [AiPassProviderException] if the provider refused the sign-in or its code.
  /// - [AiPassCancelledException] if it was cancelled, or the user signed out, before it was complete.
  /// - [AiPassStorageException] if the session could not be stored; it is kept in memory and the next call tries
  ///   again.
  Future<void> completeSignInText(String callbackUrl) async {
    _checkOpen();
    final $callbackUrl = _string.lower(callbackUrl);
    final $this = _clone();
    return _Call<void, void>(
            _methodAipassCompleteSignIn($this, $callbackUrl), _futureOfvoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Removes the stored session without reading it and without telling the provider: the way out of
  /// [AiPassStorageException] with `keyLost` or `corrupt`.
  ///
  /// Throws: [AiPassStorageException] if it could not be removed.
  Future<void> forgetSession() async {
    _checkOpen();
    final $this = _clone();
    return _Call<void, void>(_methodAipassForgetSession($this), _futureOfvoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. Says
  /// nothing about whether it is genuine: `completeSignInText` finds that out.
  bool isCallbackText(String url) {
    _checkOpen();
    final $url = _string.lower(url);
    final $this = _clone();
    final $answer = _methodAipassIsCallback($this, $url, _status);
    _check(null);
    return $answer != 0;
  }

  /// Tells the library that the app came back to the front: connections that died while it slept are not used again.
  void resumed() {
    _checkOpen();
    final $this = _clone();
    _methodAipassResumed($this, _status);
    _check(null);
  }

  /// Where the session stands. Never waits for the network.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read.
  Future<SessionState> sessionState() async {
    _checkOpen();
    final $this = _clone();
    return _Call<SessionState, _RustBuffer>(
            _methodAipassSessionState($this), _futureOfBuffer, _codecOfAiPassException, _codecOfSessionState.lift)
        .result;
  }

  /// The session's states: the present one first, then each change.
  SessionStates openSessionStates() {
    _checkOpen();
    final $this = _clone();
    final $answer = _methodAipassSessionStates($this, _status);
    _check(null);
    return SessionStates._($answer);
  }

  /// Signs out: removes the local session at once, then asks the provider to revoke its tokens and reports what it
  /// said.
  ///
  /// Throws: [AiPassStorageException] if the stored session could not be removed. Its tokens were revoked all the
  /// same.
  Future<SignOutReport> signOut() async {
    _checkOpen();
    final $this = _clone();
    return _Call<SignOutReport, _RustBuffer>(
            _methodAipassSignOut($this), _futureOfBuffer, _codecOfAiPassException, _codecOfSignOutReport.lift)
        .result;
  }

  /// The same client with the same options, whose calls end with `cancellation` too: for Dart, where a call that
  /// begins a stream cannot be ended from outside.
  AiPass endedBy(Cancellation cancellation) {
    _checkOpen();
    cancellation._checkOpen();
    final $this = _clone();
    final $cancellation = cancellation._clone();
    final $answer = _methodAipassEndedBy($this, $cancellation, _status);
    _check(null);
    return AiPass._($answer);
  }

  /// The balance, from memory if it was asked for within the last five minutes (`Config.balanceMaxAge`).
  ///
  /// Throws: [AiPassUnsupportedException] with a provider other than AI Pass; those of every call.
  Future<Balance> balance() async {
    _checkOpen();
    final $this = _clone();
    return _Call<Balance, _RustBuffer>(
            _methodAipassBalance($this), _futureOfBuffer, _codecOfAiPassException, _codecOfBalance.lift)
        .result;
  }

  /// The balance as the provider has it now, for the moment after a paid call.
  ///
  /// Throws: As `balance`.
  Future<Balance> refreshBalance() async {
    _checkOpen();
    final $this = _clone();
    return _Call<Balance, _RustBuffer>(
            _methodAipassRefreshBalance($this), _futureOfBuffer, _codecOfAiPassException, _codecOfBalance.lift)
        .result;
  }

  /// Who is signed in. AI Pass tells it to apps with the scope `profile:read`.
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no userinfo endpoint; those of every call.
  Future<UserInfo> userInfo() async {
    _checkOpen();
    final $this = _clone();
    return _Call<UserInfo, _RustBuffer>(
            _methodAipassUserInfo($this), _futureOfBuffer, _codecOfAiPassException, _codecOfUserInfo.lift)
        .result;
  }

  /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
  ///
  /// Throws:
  /// - [AiPassInvalidInputException] before anything is sent.
  /// - [AiPassSignInRequiredException], [AiPassBudgetExceededException], [AiPassRateLimitedException],
  ///   [AiPassProviderException].
  /// - [AiPassOfflineException], [AiPassTimeoutException], [AiPassTruncatedException]: the call may have been
  ///   charged, but for [AiPassOfflineException] without `maybeSent` and a time-out while connecting.
  Future<ChatAnswer> chatWith(ChatRequest request) async {
    _checkOpen();
    final $request = _codecOfChatRequest.lower(request);
    final $this = _clone();
    return _Call<ChatAnswer, _RustBuffer>(
            _methodAipassChat($this, $request), _futureOfBuffer, _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// Asks a model and hands over its answer as it comes. One paid call; `cancel` ends it.
  ///
  /// Throws: As `chatWith`; what goes wrong later comes out of `ChatStream.next`.
  Future<ChatStream> openChatStream(ChatRequest request) async {
    _checkOpen();
    final $request = _codecOfChatRequest.lower(request);
    final $this = _clone();
    return _Call<ChatStream, int>(
            _methodAipassChatStream($this, $request), _futureOfu64, _codecOfAiPassException, ChatStream._)
        .result;
  }

  /// Asks a model about a photo. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo` or `prompt` before anything is sent; those of `chatWith`.
  Future<ChatAnswer> describeImageWith(ImageQuestion question) async {
    _checkOpen();
    final $question = _codecOfImageQuestion.lower(question);
    final $this = _clone();
    return _Call<ChatAnswer, _RustBuffer>(_methodAipassDescribeImage($this, $question), _futureOfBuffer,
            _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// The model called `id`.
  ///
  /// Throws: [AiPassProviderException] with kind `notFound` if there is none; those of every call.
  Future<Model> model(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _Call<Model, _RustBuffer>(
            _methodAipassModel($this, $id), _futureOfBuffer, _codecOfAiPassException, _codecOfModel.lift)
        .result;
  }

  /// All models that this session may call, from memory if they were fetched within the last hour
  /// (`Config.modelsMaxAge`).
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no model API; those of every call.
  Future<List<Model>> models() async {
    _checkOpen();
    final $this = _clone();
    return _Call<List<Model>, _RustBuffer>(
            _methodAipassModels($this), _futureOfBuffer, _codecOfAiPassException, const _List(_codecOfModel).lift)
        .result;
  }

  /// Reads a photographed receipt. The photo is turned, shrunk and freed of its metadata on the device; then one paid
  /// call. A field that cannot be read is `null`, not an error.
  ///
  /// Throws: [AiPassInvalidInputException] naming "photo", "locale" or "expected_currency" before anything is sent;
  /// [AiPassTruncatedException] if the model's answer is cut off at `maxTokens`; those of `chatWith`.
  Future<Receipt> scanReceiptWith(ReceiptScan scan) async {
    _checkOpen();
    final $scan = _codecOfReceiptScan.lower(scan);
    final $this = _clone();
    return _Call<Receipt, _RustBuffer>(
            _methodAipassScanReceipt($this, $scan), _futureOfBuffer, _codecOfAiPassException, _codecOfReceipt.lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneAipass(_handle, _status);
  }
}

/// The session's states as they change; see `AiPass.openSessionStates`.
final class SessionStates extends _RustObject {
  SessionStates._(int handle) : super(handle, _freeSessionstatesAddress);

  /// Ends a waiting and every later `next` with `null`.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodSessionstatesCancel($this, _status);
    _check(null);
  }

  /// The present state at the first call, then the next change; `null` after `cancel`. Only the newest state counts:
  /// one that was already replaced is not told.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read.
  Future<SessionState?> next() async {
    _checkOpen();
    final $this = _clone();
    return _Call<SessionState?, _RustBuffer>(_methodSessionstatesNext($this), _futureOfBuffer, _codecOfAiPassException,
            const _Optional(_codecOfSessionState).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneSessionstates(_handle, _status);
  }
}

/// An answer as it comes; see `AiPass.openChatStream`. `cancel` ends the request and closes its connection.
final class ChatStream extends _RustObject {
  ChatStream._(int handle) : super(handle, _freeChatstreamAddress);

  /// Ends the request and closes its connection. A waiting and every later `next` answers `null`.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodChatstreamCancel($this, _status);
    _check(null);
  }

  /// The next event; `null` after the last one, after an error, and after `cancel`.
  ///
  /// Throws: [AiPassTruncatedException] with the text received if the answer broke off; the error that the provider
  /// sent in mid-stream; [AiPassCancelledException].
  Future<ChatEvent?> next() async {
    _checkOpen();
    final $this = _clone();
    return _Call<ChatEvent?, _RustBuffer>(_methodChatstreamNext($this), _futureOfBuffer, _codecOfAiPassException,
            const _Optional(_codecOfChatEvent).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneChatstream(_handle, _status);
  }
}

/// Ends the calls that were given it.
///
/// Give one to `AiPass.withOptions`; then `cancel` it from any thread: the calls end with
/// [AiPassCancelledException] and their connections are closed.
final class Cancellation extends _RustObject {
  Cancellation._(int handle) : super(handle, _freeCancellationAddress);

  /// One that has not been cancelled.
  factory Cancellation() {
    final $answer = _constructorCancellationNew(_status);
    _check(null);
    return Cancellation._($answer);
  }

  /// Ends every call that was given this. May be called more than once.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodCancellationCancel($this, _status);
    _check(null);
  }

  /// Whether it was cancelled.
  bool isCancelled() {
    _checkOpen();
    final $this = _clone();
    final $answer = _methodCancellationIsCancelled($this, _status);
    _check(null);
    return $answer != 0;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneCancellation(_handle, _status);
  }
}

Cancellation _readCancellation(_Reader reader) => Cancellation._(_readInt64(reader));
void _writeCancellation(_Writer writer, Cancellation value) => _writeInt64(writer, value._clone());

const _Codec<Cancellation> _codecOfCancellation = _Pair(_readCancellation, _writeCancellation);
