// Written by uniffi-dart-generator: do not edit.
// ignore_for_file: unused_element

part of 'aipass.dart';

/// A client of one account with one provider. Clients of the same account share its session if they share its
/// store.
final class AiPass extends _RustObject {
  AiPass._(int handle) : super(handle, _freeAipassAddress);

  AiPass._held(super.handle, super.number) : super._held();

  /// A client for the app that is registered as `clientId` with `redirectUri`, such as `myapp://auth/callback`. Reads
  /// no store and sends nothing. What is left out has its default for production: AI Pass as the provider, and the
  /// platform's root certificates. `store` keeps the session; without one it is in memory until the process ends. A
  /// package for a platform with a secure store passes that store by default. `account` is a label that keeps several
  /// accounts of one app apart. `debugBuild` says whether the app is a debug build; packages set it where they can.
  /// Only a debug build may name insecure development hosts, or a proxy, in `config`.
  ///
  /// Throws: [AiPassInvalidInputException] naming the setting that cannot work.
  factory AiPass({
    required String clientId,
    required String redirectUri,
    String account = 'default',
    Provider? provider,
    Config? config,
    bool debugBuild = isDebugBuild,
  }) {
    final $debugBuild = debugBuild ? 1 : 0;
    final $clientId = _string.lower(clientId);
    final $redirectUri = _lowerAfter([$clientId], _string, redirectUri);
    final $account = _lowerAfter([$clientId, $redirectUri], _string, account);
    final $provider = _lowerAfter([$clientId, $redirectUri, $account], const _Optional(_codecOfProvider), provider);
    final $config =
        _lowerAfter([$clientId, $redirectUri, $account, $provider], const _Optional(_codecOfConfig), config);
    final $store = _lowerAfter([$clientId, $redirectUri, $account, $provider, $config], _bool, false);
    final $serverTrust = _lowerAfter([$clientId, $redirectUri, $account, $provider, $config, $store], _bool, false);
    final $$result = _constructorAipassNew(
        $clientId, $redirectUri, $account, $provider, $config, $store, $serverTrust, $debugBuild, _status);
    _check(_codecOfAiPassException);
    return AiPass._($$result);
  }

  /// A client for the app that is registered as `clientId` with `redirectUri`, such as `myapp://auth/callback`, with
  /// a session that is kept between starts of the app: in `storeDirectory`, which is created if it is missing, sealed
  /// with `storeKey`, 32 bytes from the platform's keystore. Reads no session and sends nothing. What is left out has
  /// its default for production. `account` is a label that keeps several accounts of one app apart. `debugBuild` says
  /// whether the app is a debug build; packages set it where they can. Only a debug build may name insecure
  /// development hosts, or a proxy, in `config`.
  ///
  /// Throws: [AiPassInvalidInputException] naming the setting that cannot work; [AiPassStorageException] if the key
  /// does not have 32 bytes or the directory cannot be created.
  static Future<AiPass> open({
    required String clientId,
    required String redirectUri,
    String? storeDirectory,
    Uint8List? storeKey,
    String account = 'default',
    Provider? provider,
    Config? config,
    bool debugBuild = isDebugBuild,
  }) async {
    storeDirectory ??= await platformStoreDirectory(clientId);
    storeKey ??= await platformStoreKey(clientId, storeDirectory);
    final $debugBuild = debugBuild ? 1 : 0;
    final $clientId = _string.lower(clientId);
    final $redirectUri = _lowerAfter([$clientId], _string, redirectUri);
    final $storeDirectory = _lowerAfter([$clientId, $redirectUri], _string, storeDirectory);
    final $storeKey = _lowerAfter([$clientId, $redirectUri, $storeDirectory], _bytes, storeKey);
    final $account = _lowerAfter([$clientId, $redirectUri, $storeDirectory, $storeKey], _string, account);
    final $provider = _lowerAfter(
        [$clientId, $redirectUri, $storeDirectory, $storeKey, $account], const _Optional(_codecOfProvider), provider);
    final $config = _lowerAfter([$clientId, $redirectUri, $storeDirectory, $storeKey, $account, $provider],
        const _Optional(_codecOfConfig), config);
    return _ObjectCall<AiPass>(
            null,
            _constructorAipassOpen(
                $clientId, $redirectUri, $storeDirectory, $storeKey, $account, $provider, $config, $debugBuild),
            _freeAipassAddress,
            _codecOfAiPassException,
            AiPass._held)
        .result;
  }

  /// A client with the same session, whose calls use `options` instead of this one's.
  AiPass withOptions([CallOptions options = const CallOptions()]) {
    _checkOpen();
    final $options = _codecOfCallOptions.lower(options);
    final $this = _clone();
    final $$result = _methodAipassWith($this, $options, _status);
    _check(null);
    return AiPass._($$result);
  }

  /// Begins a sign-in on a device without a browser or a keyboard, such as a TV: the user enters a code on another
  /// device (RFC 8628). Show the returned code and page, then call `completeDeviceSignIn`. The sign-in is stored
  /// before this returns. The present session is kept until the new one is complete. An earlier sign-in with a code
  /// that still waits is cancelled.
  ///
  /// Throws:
  /// - [AiPassUnsupportedException] if the provider has no endpoint for it; nothing was sent.
  /// - [AiPassInvalidInputException] for a scope or parameter that cannot be sent; nothing was sent.
  /// - [AiPassOfflineException], [AiPassTimeoutException] or [AiPassRateLimitedException] if the provider could not
  ///   be asked: try again.
  /// - [AiPassProviderException] if the provider refused, or if its code or page cannot be shown.
  /// - [AiPassStorageException] if the sign-in cannot be stored.
  Future<DeviceSignIn> beginDeviceSignIn([SignInOptions options = const SignInOptions()]) async {
    _checkOpen();
    final $options = _codecOfSignInOptions.lower(options);
    final $this = _clone();
    return _BufferCall<DeviceSignIn>(
            this, _methodAipassBeginDeviceSignIn($this, $options), _codecOfAiPassException, _codecOfDeviceSignIn.lift)
        .result;
  }

  /// Waits until the user has entered the code of the sign-in that was begun last, and signs in. It asks the provider
  /// at the interval that the provider wants, also while the network is gone for a time, until the code expires. It
  /// has no other time limit.
  ///
  /// Cancelling this call ends the wait and not the sign-in: call it again to go on waiting, also after the app was
  /// killed. `cancelSignIn` gives the sign-in up.
  ///
  /// Throws:
  /// - [AiPassSignInRequiredException] with reason `denied` if the user refused, `deviceCodeExpired` if the code was
  ///   not entered in time, `notSignedIn` if no sign-in with a code was begun.
  /// - [AiPassCancelledException] if it was cancelled, replaced by a newer one, or the user signed out, before it was
  ///   complete.
  /// - [AiPassProviderException] if the provider refused. With the code `invalid_grant` its response with the tokens
  ///   was lost, or it does not know the code any more: begin a new sign-in.
  /// - [AiPassStorageException] if the session could not be read or stored. A session that could not be stored is
  ///   kept in memory: call this again.
  Future<void> completeDeviceSignIn() async {
    _checkOpen();
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassCompleteDeviceSignIn($this), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// The sign-in with a code that waits for its user, for an app that was started again or builds its screen again;
  /// `null` if there is none, or if its code has expired. Never waits for the network.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read.
  Future<DeviceSignIn?> pendingDeviceSignIn() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<DeviceSignIn?>(this, _methodAipassPendingDeviceSignIn($this), _codecOfAiPassException,
            const _Optional(_codecOfDeviceSignIn).lift)
        .result;
  }

  /// Versions, trust store, clock difference, session and the latest log. It holds no secret, and the call never
  /// fails.
  Future<Diagnostics> diagnostics() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Diagnostics>(this, _methodAipassDiagnostics($this), null, _codecOfDiagnostics.lift).result;
  }

  /// The last 200 requests and session changes, oldest first: method, host, path, status, time. Call it again for new
  /// lines.
  List<LogEntry> log() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodAipassLog($this, _status);
    _check(null);
    return const _List(_codecOfLogEntry).lift($$result);
  }

  /// The URL that ends the user's session in the browser, at the provider's page: without it the next sign-in may go
  /// through without asking. Call this first, then `signOut`, then open the URL in the browser that the sign-in used.
  /// Sends nothing.
  ///
  /// The URL has the id_token of the sign-in in it, if there was one: do not log it. `postLogoutRedirectUri` is where
  /// the browser goes then; it must be registered at the provider. `state` comes back there.
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no such page; [AiPassInvalidInputException] naming
  /// `postLogoutRedirectUri` if it is no redirect URI, or `state` if there is no URI for it to come back on;
  /// [AiPassStorageException] if the store cannot be read.
  Future<Uri> endSessionUrl({
    String? postLogoutRedirectUri,
    String? state,
  }) async {
    _checkOpen();
    final $postLogoutRedirectUri = const _Optional(_string).lower(postLogoutRedirectUri);
    final $state = _lowerAfter([$postLogoutRedirectUri], const _Optional(_string), state);
    final $this = _clone();
    return _BufferCall<Uri>(this, _methodAipassEndSessionUrl($this, $postLogoutRedirectUri, $state),
            _codecOfAiPassException, _codecOfUrl.lift)
        .result;
  }

  /// What the provider granted: scopes, expiry, account. `null` if no user is signed in. Never waits for the network.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read.
  Future<SessionInfo?> sessionInfo() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<SessionInfo?>(
            this, _methodAipassSessionInfo($this), _codecOfAiPassException, const _Optional(_codecOfSessionInfo).lift)
        .result;
  }

  /// An access token that is valid for at least `minTtl`, for the app's own calls to the provider's origins. The
  /// library's calls do not need it.
  ///
  /// A token that is valid for `minTtl` is returned at once, even if a refresh is due. Otherwise the call waits for
  /// the refresh. If the provider's tokens are never valid for `minTtl`, any valid token is returned.
  ///
  /// Throws: [AiPassSignInRequiredException] if no user is signed in or the provider ended the session;
  /// [AiPassOfflineException], [AiPassTimeoutException], [AiPassRateLimitedException] or [AiPassProviderException] if
  /// the refresh failed; [AiPassStorageException].
  Future<String> accessToken(Duration minTtl) async {
    _checkOpen();
    final $minTtl = _duration.lower(minTtl);
    final $this = _clone();
    return _BufferCall<String>(this, _methodAipassAccessToken($this, $minTtl), _codecOfAiPassException, _string.lift)
        .result;
  }

  /// Begins a sign-in: open the returned URL in the system's browser. The sign-in is stored before this returns, so
  /// that it can be completed even if the app was killed meanwhile. The present session is kept until then, and stays
  /// if the user denies or cancels. Needs no network unless the parameters are sent ahead (RFC 9126).
  ///
  /// Throws:
  /// - [AiPassInvalidInputException] for a scope, resource or parameter that cannot be sent.
  /// - [AiPassStorageException] if it cannot be stored.
  /// - If the parameters are sent ahead: [AiPassUnsupportedException] if the provider does not take them;
  ///   [AiPassOfflineException], [AiPassTimeoutException], [AiPassRateLimitedException] or [AiPassProviderException]
  ///   if that failed. No sign-in was begun then.
  Future<SignInRequest> beginSignIn([SignInOptions options = const SignInOptions()]) async {
    _checkOpen();
    final $options = _codecOfSignInOptions.lower(options);
    final $this = _clone();
    return _BufferCall<SignInRequest>(
            this, _methodAipassBeginSignIn($this, $options), _codecOfAiPassException, _codecOfSignInRequest.lift)
        .result;
  }

  /// Cancels the sign-ins that were begun. Callbacks that come later are refused. The present session is kept.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be written.
  Future<void> cancelSignIn() async {
    _checkOpen();
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassCancelSignIn($this), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Completes a sign-in with the URL that the browser came back with. It goes on if the caller is cancelled, because
  /// a code works only once.
  ///
  /// Throws:
  /// - [AiPassInvalidCallbackException] if the URL does not belong to a pending sign-in, or was delivered before.
  ///   Nothing has changed; the real callback can still come.
  /// - [AiPassSignInRequiredException] with reason `denied` if the user refused, and the page's own words in
  ///   `detail`.
  /// - [AiPassOfflineException] or [AiPassTimeoutException] if the provider could not be asked: the same URL can be
  ///   tried again.
  /// - [AiPassProviderException] if the provider refused the sign-in or its code; of kind `idTokenRefused` if it sent
  ///   an id_token that cannot be trusted: its tokens were revoked. If its keys cannot be fetched, the code was not
  ///   spent: the same URL can be tried again.
  /// - [AiPassCancelledException] if it was cancelled, or the user signed out, before it was complete.
  /// - [AiPassStorageException] if the session could not be stored; it is kept in memory and the next call tries
  ///   again.
  ///
  /// If it replaces another sign-in, `replacedSignIn` then says what became of that one's tokens. This call waits up
  /// to 5 s for it.
  Future<void> completeSignInText(String callbackUrl) async {
    _checkOpen();
    final $callbackUrl = _string.lower(callbackUrl);
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassCompleteSignIn($this, $callbackUrl), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// What became of the last tokens that the provider issued and the session did not keep; `null` if it kept all. It
  /// does not keep them if their sign-in was cancelled meanwhile, if their form cannot be used, or if the session had
  /// ended. After a sign-out that failed, this is about the tokens of that session. The call itself returned its
  /// error: read this to learn whether the provider revoked the tokens. Kept in memory, for this process only.
  ReplacedSignIn? discardedTokens() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodAipassDiscardedTokens($this, _status);
    _check(null);
    return const _Optional(_codecOfReplacedSignIn).lift($$result);
  }

  /// Removes the stored session without reading it and without asking the provider to revoke it. Use it after
  /// [AiPassStorageException] with `keyLost` or `corrupt`.
  ///
  /// Throws: [AiPassStorageException] if it could not be removed.
  Future<void> forgetSession() async {
    _checkOpen();
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassForgetSession($this), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. It does not
  /// check whether the callback is genuine: `completeSignInText` does.
  bool isCallbackText(String url) {
    _checkOpen();
    final $url = _string.lower(url);
    final $this = _clone();
    final $$result = _methodAipassIsCallback($this, $url, _status);
    _check(null);
    return $$result != 0;
  }

  /// What became of the tokens of the sign-in that the last completed one replaced; `null` if it replaced none. Also
  /// `null` while the request to revoke them still runs: `completeSignInText` waits up to 5 s for it, then it
  /// continues in the background. Kept in memory, for this process only.
  ReplacedSignIn? replacedSignIn() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodAipassReplacedSignIn($this, _status);
    _check(null);
    return const _Optional(_codecOfReplacedSignIn).lift($$result);
  }

  /// Tells the library that the app came back to the front: connections that died while it slept are not used again,
  /// and the store is read in the background, because another process may have signed in or out. A change arrives
  /// through `openSessionStates`. Streams of `openBalances` fetch the balance again.
  void resumed() {
    _checkOpen();
    final $this = _clone();
    _methodAipassResumed($this, _status);
    _check(null);
  }

  /// Where the session stands, from memory: the store is read the first time only. All clients of one session in this
  /// process have the same state. Changes by another process are read in `resumed`, before a call that costs money,
  /// and before a call returns [AiPassSignInRequiredException]. Never waits for the network.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read the first time.
  Future<SessionState> sessionState() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<SessionState>(
            this, _methodAipassSessionState($this), _codecOfAiPassException, _codecOfSessionState.lift)
        .result;
  }

  /// The session's states: the present one first, then each change.
  SessionStates openSessionStates() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodAipassSessionStates($this, _status);
    _check(null);
    return SessionStates._($$result);
  }

  /// Signs out: removes the local session at once, then asks the provider to revoke its tokens and reports what it
  /// said. A provider that does not respond delays this by 20 s; the local session has ended by then.
  ///
  /// Throws: [AiPassStorageException] if the stored session could not be removed. The provider was asked all the
  /// same, and `discardedTokens` has its response.
  Future<SignOutReport> signOut() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<SignOutReport>(
            this, _methodAipassSignOut($this), _codecOfAiPassException, _codecOfSignOutReport.lift)
        .result;
  }

  /// A client with the same session and options, whose calls are also cancelled by `cancellation`. For languages that
  /// cannot cancel a call which begins a stream.
  AiPass withCancellation(Cancellation cancellation) {
    _checkOpen();
    cancellation._checkOpen();
    final $this = _clone();
    final $cancellation = cancellation._clone();
    final $$result = _methodAipassWithCancellation($this, $cancellation, _status);
    _check(null);
    return AiPass._($$result);
  }

  /// The balance, from memory if it was asked for within the last five minutes (`Config.balanceMaxAge`) and no call
  /// that costs money was made since.
  ///
  /// Throws: [AiPassUnsupportedException] with a provider other than AI Pass; those of every call.
  Future<Balance> balance() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Balance>(this, _methodAipassBalance($this), _codecOfAiPassException, _codecOfBalance.lift)
        .result;
  }

  /// The URL of the page where the user can top up the wallet with `amount` US dollars, at least 0.50. Open it in the
  /// browser. The page leads on to AI Pass's dashboard, not back to the app: call `refreshBalance` when the user
  /// comes back, or listen to `openBalances`.
  ///
  /// Throws: [AiPassInvalidInputException] naming `amount` if it is below 0.50; [AiPassUnsupportedException] with a
  /// provider other than AI Pass; those of every call.
  Future<Uri> checkoutUrl(Decimal amount) async {
    _checkOpen();
    final $amount = _codecOfDecimal.lower(amount);
    final $this = _clone();
    return _BufferCall<Uri>(this, _methodAipassCheckoutUrl($this, $amount), _codecOfAiPassException, _codecOfUrl.lift)
        .result;
  }

  /// Asks the provider for the balance, for example when the user comes back from topping up the wallet.
  ///
  /// Throws: As `balance`.
  Future<Balance> refreshBalance() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Balance>(this, _methodAipassRefreshBalance($this), _codecOfAiPassException, _codecOfBalance.lift)
        .result;
  }

  /// The user who is signed in. With AI Pass the app needs the scope `profile:read`.
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no userinfo endpoint; [AiPassProviderException] of kind
  /// `userInfoRefused` if the response is about another user than the one who signed in (OpenID Connect Core 5.3.2);
  /// those of every call.
  Future<UserInfo> userInfo() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<UserInfo>(this, _methodAipassUserInfo($this), _codecOfAiPassException, _codecOfUserInfo.lift)
        .result;
  }

  /// The balance: what is known now, and then each change. After a call that costs money it is an estimate, lowered
  /// by the call's cost if the provider told it, until the balance was fetched again. While somebody listens, it is
  /// fetched at most once a minute, and besides whenever `resumed` says that the app came back, as from a page of
  /// `checkoutUrl`. Without a listener nothing is sent.
  ///
  /// `BalanceUpdate.isLow` says when less than `lowBelow` US dollars are left. Calls of another client, and of other
  /// devices, show when the balance is fetched the next time.
  Balances openBalances([Decimal? lowBelow]) {
    _checkOpen();
    final $lowBelow = const _Optional(_codecOfDecimal).lower(lowBelow);
    final $this = _clone();
    final $$result = _methodAipassBalances($this, $lowBelow, _status);
    _check(null);
    return Balances._($$result);
  }

  /// Speaks a text. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `input` or `speed` before anything is sent; those of `chatWith`.
  Future<SpeechAudio> speak(SpeechRequest request) async {
    _checkOpen();
    final $request = _codecOfSpeechRequest.lower(request);
    final $this = _clone();
    return _BufferCall<SpeechAudio>(
            this, _methodAipassSpeak($this, $request), _codecOfAiPassException, _codecOfSpeechAudio.lift)
        .result;
  }

  /// Speaks a text, and returns the recording as a stream, to be played at once. One paid call; releasing the stream
  /// before its end cancels it.
  ///
  /// Throws: As `speak`; what goes wrong later comes out of `ByteStream.next`.
  Future<ByteStream> openSpeech(SpeechRequest request) async {
    _checkOpen();
    final $request = _codecOfSpeechRequest.lower(request);
    final $this = _clone();
    return _ObjectCall<ByteStream>(this, _methodAipassSpeakStreamed($this, $request), _methodBytestreamCancelAddress,
            _codecOfAiPassException, ByteStream._held)
        .result;
  }

  /// Speaks a text into a new file. One paid call. The file appears only when it is complete.
  ///
  /// Throws: As `speak`, and [AiPassInvalidInputException] naming `destination` if there is a file already.
  Future<SavedFile> speakToFile({
    required SpeechRequest request,
    required String destination,
  }) async {
    _checkOpen();
    final $request = _codecOfSpeechRequest.lower(request);
    final $destination = _lowerAfter([$request], _string, destination);
    final $this = _clone();
    return _BufferCall<SavedFile>(this, _methodAipassSpeakToFile($this, $request, $destination),
            _codecOfAiPassException, _codecOfSavedFile.lift)
        .result;
  }

  /// Transcribes a recording. One paid call. A file is read while it is uploaded.
  ///
  /// Throws: [AiPassInvalidInputException] naming `file` or `language` before anything is sent; those of `chatWith`.
  Future<Transcript> transcribe(TranscriptionRequest request) async {
    _checkOpen();
    final $request = _codecOfTranscriptionRequest.lower(request);
    final $this = _clone();
    return _BufferCall<Transcript>(
            this, _methodAipassTranscribe($this, $request), _codecOfAiPassException, _codecOfTranscript.lift)
        .result;
  }

  /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
  ///
  /// Throws:
  /// - [AiPassInvalidInputException], and [AiPassSpendLimitException] over a limit that the app has set, before
  ///   anything is sent.
  /// - [AiPassSignInRequiredException], [AiPassBudgetExceededException], [AiPassRateLimitedException],
  ///   [AiPassProviderException].
  /// - [AiPassOfflineException], [AiPassTimeoutException], [AiPassTruncatedException]: the call may have been
  ///   charged. It was not after [AiPassOfflineException] without `maybeSent`, or after a time-out while connecting.
  /// - An error inside of a response has the text before it as its `message`.
  Future<ChatAnswer> chatWith(ChatRequest request) async {
    _checkOpen();
    final $request = _codecOfChatRequest.lower(request);
    final $this = _clone();
    return _BufferCall<ChatAnswer>(
            this, _methodAipassChat($this, $request), _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// Asks a model and returns its answer as a stream of events. One paid call; releasing the stream before its end
  /// cancels it.
  ///
  /// Throws: As `chatWith`; what goes wrong later comes out of `ChatStream.next`.
  Future<ChatStream> openChatStream(ChatRequest request) async {
    _checkOpen();
    final $request = _codecOfChatRequest.lower(request);
    final $this = _clone();
    return _ObjectCall<ChatStream>(this, _methodAipassChatStream($this, $request), _methodChatstreamCancelAddress,
            _codecOfAiPassException, ChatStream._held)
        .result;
  }

  /// The OAuth client with this `OAuthClient.id`.
  ///
  /// Throws: [AiPassProviderException] with kind `notFound` if there is none; those of `clients`.
  Future<OAuthClient> client(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _BufferCall<OAuthClient>(
            this, _methodAipassClient($this, $id), _codecOfAiPassException, _codecOfOAuthClient.lift)
        .result;
  }

  /// What an OAuth client has used; `clientId` is its `OAuthClient.clientId`.
  ///
  /// Throws: As `client`.
  Future<ClientUsage> clientUsage(String clientId) async {
    _checkOpen();
    final $clientId = _string.lower(clientId);
    final $this = _clone();
    return _BufferCall<ClientUsage>(
            this, _methodAipassClientUsage($this, $clientId), _codecOfAiPassException, _codecOfClientUsage.lift)
        .result;
  }

  /// All OAuth clients of the signed-in user.
  ///
  /// Throws: [AiPassUnsupportedException] with a provider other than AI Pass; those of every call.
  Future<List<OAuthClient>> clients() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<List<OAuthClient>>(
            this, _methodAipassClients($this), _codecOfAiPassException, const _List(_codecOfOAuthClient).lift)
        .result;
  }

  /// Registers an OAuth client.
  ///
  /// Throws: [AiPassInvalidInputException] naming `name`, `redirectUris` or a lifetime before anything is sent;
  /// [AiPassUnsupportedException] with a provider other than AI Pass; those of every call.
  Future<OAuthClient> createClient([ClientSettings settings = const ClientSettings()]) async {
    _checkOpen();
    final $settings = _codecOfClientSettings.lower(settings);
    final $this = _clone();
    return _BufferCall<OAuthClient>(
            this, _methodAipassCreateClient($this, $settings), _codecOfAiPassException, _codecOfOAuthClient.lift)
        .result;
  }

  /// Ends an OAuth client's sessions, and blocks sign-ins with it.
  ///
  /// Throws: As `client`.
  Future<void> deactivateClient(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassDeactivateClient($this, $id), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Deletes an OAuth client and ends its sessions. This cannot be undone.
  ///
  /// Throws: As `client`.
  Future<void> deleteClient(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassDeleteClient($this, $id), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Changes an OAuth client: the settings that `settings` has. All others stay as they are.
  ///
  /// Throws: As `client`, and [AiPassInvalidInputException] naming a lifetime.
  Future<OAuthClient> updateClient(
    String id, {
    ClientSettings settings = const ClientSettings(),
  }) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $settings = _lowerAfter([$id], _codecOfClientSettings, settings);
    final $this = _clone();
    return _BufferCall<OAuthClient>(
            this, _methodAipassUpdateClient($this, $id, $settings), _codecOfAiPassException, _codecOfOAuthClient.lift)
        .result;
  }

  /// Turns texts into vectors. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `input` or `dimensions` before anything is sent; those of
  /// `chatWith`.
  Future<Embeddings> embed(EmbeddingRequest request) async {
    _checkOpen();
    final $request = _codecOfEmbeddingRequest.lower(request);
    final $this = _clone();
    return _BufferCall<Embeddings>(
            this, _methodAipassEmbed($this, $request), _codecOfAiPassException, _codecOfEmbeddings.lift)
        .result;
  }

  /// What a call with this request may cost. It checks the request, prepares its photos and picks its model as the
  /// call does, and asks the provider for its catalogue if that is not in memory, which is free. Nothing else is
  /// sent.
  ///
  /// Prices come from the catalogue, else from `Config.prices`, else they are unknown. Tokens are approximations;
  /// `docs/money.md` says how far off they were where they were measured.
  ///
  /// Throws: [AiPassInvalidInputException] as the call itself; those of `models`.
  Future<CostEstimate> estimate(PaidRequest request) async {
    _checkOpen();
    final $request = _codecOfPaidRequest.lower(request);
    final $this = _clone();
    return _BufferCall<CostEstimate>(
            this, _methodAipassEstimate($this, $request), _codecOfAiPassException, _codecOfCostEstimate.lift)
        .result;
  }

  /// Reads from photos what a JSON schema describes. On the device they are turned upright and shrunk, and their
  /// metadata is removed. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo` or `schemaJson` before anything is sent;
  /// [AiPassTruncatedException] if the model's answer is cut off; [AiPassInvalidOutputException] with the model's
  /// whole answer if no JSON in it fits, or several do and differ; those of `chatWith`.
  Future<ExtractedJson> extractJson(JsonExtraction extraction) async {
    _checkOpen();
    final $extraction = _codecOfJsonExtraction.lower(extraction);
    final $this = _clone();
    return _BufferCall<ExtractedJson>(
            this, _methodAipassExtractJson($this, $extraction), _codecOfAiPassException, _codecOfExtractedJson.lift)
        .result;
  }

  /// Changes images as a description says. One paid call. The images are uploaded upright and without metadata;
  /// transparent parts stay transparent.
  ///
  /// Throws: [AiPassInvalidInputException] naming `images`, `mask`, `prompt` or `n` before anything is sent; those of
  /// `chatWith`.
  Future<GeneratedImages> editImage(ImageEdit request) async {
    _checkOpen();
    final $request = _codecOfImageEdit.lower(request);
    final $this = _clone();
    return _BufferCall<GeneratedImages>(
            this, _methodAipassEditImage($this, $request), _codecOfAiPassException, _codecOfGeneratedImages.lift)
        .result;
  }

  /// Makes images from a description. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `prompt`, `n` or `extraJson` before anything is sent; those of
  /// `chatWith`.
  Future<GeneratedImages> generateImage(ImageRequest request) async {
    _checkOpen();
    final $request = _codecOfImageRequest.lower(request);
    final $this = _clone();
    return _BufferCall<GeneratedImages>(
            this, _methodAipassGenerateImage($this, $request), _codecOfAiPassException, _codecOfGeneratedImages.lift)
        .result;
  }

  /// The bytes of a generated image, fetched if the response has only their URL. Such URLs expire: fetch soon.
  ///
  /// Throws: [AiPassInvalidInputException] naming `url` if it is not https or leads into a local network, or `image`
  /// if it has neither bytes nor a URL; those of every call.
  Future<Uint8List> imageBytes(GeneratedImage image) async {
    _checkOpen();
    final $image = _codecOfGeneratedImage.lower(image);
    final $this = _clone();
    return _BufferCall<Uint8List>(this, _methodAipassImageBytes($this, $image), _codecOfAiPassException, _bytes.lift)
        .result;
  }

  /// Writes a generated image to a new file. `GeneratedImages.cost` says what it cost to make.
  ///
  /// Throws: As `imageBytes`, and [AiPassInvalidInputException] naming `destination` if there is a file already.
  Future<SavedFile> saveImage({
    required GeneratedImage image,
    required String destination,
  }) async {
    _checkOpen();
    final $image = _codecOfGeneratedImage.lower(image);
    final $destination = _lowerAfter([$image], _string, destination);
    final $this = _clone();
    return _BufferCall<SavedFile>(
            this, _methodAipassSaveImage($this, $image, $destination), _codecOfAiPassException, _codecOfSavedFile.lift)
        .result;
  }

  /// Makes variations of an image. One paid call. The image is uploaded upright, without metadata and as PNG. Today's
  /// models require it to be square.
  ///
  /// Throws: [AiPassInvalidInputException] naming `image` or `n` before anything is sent; those of `chatWith`.
  Future<GeneratedImages> varyImage(ImageVariation request) async {
    _checkOpen();
    final $request = _codecOfImageVariation.lower(request);
    final $this = _clone();
    return _BufferCall<GeneratedImages>(
            this, _methodAipassVaryImage($this, $request), _codecOfAiPassException, _codecOfGeneratedImages.lift)
        .result;
  }

  /// The model to use for `capability`: the first of `preferences` that the live catalogue lists with it, otherwise
  /// the first model of the catalogue that has it. Without preferences, those of `Provider.modelPreferences` are
  /// used. The catalogue's description says what a model can do. Its id decides only if there is no description.
  ///
  /// Throws: [AiPassUnsupportedException] if no model of the catalogue has the capability;
  /// [AiPassInvalidInputException] naming `model` if there is neither a catalogue nor a preference; those of
  /// `models`.
  Future<ModelChoice> chooseModel({
    required Capability capability,
    required List<String> preferences,
  }) async {
    _checkOpen();
    final $capability = _codecOfCapability.lower(capability);
    final $preferences = _lowerAfter([$capability], const _List(_string), preferences);
    final $this = _clone();
    return _BufferCall<ModelChoice>(this, _methodAipassChooseModel($this, $capability, $preferences),
            _codecOfAiPassException, _codecOfModelChoice.lift)
        .result;
  }

  /// The model called `id`, in either spelling: `gemini/gemini-2.5-flash` and `gemini-2.5-flash`.
  ///
  /// Throws: [AiPassProviderException] with kind `notFound` if there is none; those of every call.
  Future<Model> model(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _BufferCall<Model>(this, _methodAipassModel($this, $id), _codecOfAiPassException, _codecOfModel.lift).result;
  }

  /// All models that this session may call, from memory if they were fetched within the last hour
  /// (`Config.modelsMaxAge`).
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no model API; those of every call.
  Future<List<Model>> models() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<List<Model>>(
            this, _methodAipassModels($this), _codecOfAiPassException, const _List(_codecOfModel).lift)
        .result;
  }

  /// The models that match this filter. The provider filters; because not every provider does, the library also
  /// removes models whose description in the catalogue does not match. Always asks the provider.
  ///
  /// Throws: As `models`.
  Future<List<Model>> modelsMatching([ModelFilter filter = const ModelFilter()]) async {
    _checkOpen();
    final $filter = _codecOfModelFilter.lower(filter);
    final $this = _clone();
    return _BufferCall<List<Model>>(
            this, _methodAipassModelsMatching($this, $filter), _codecOfAiPassException, const _List(_codecOfModel).lift)
        .result;
  }

  /// Looks for signs that a photo of a receipt cannot be read: too small, too dark, too bright, too blurred, without
  /// print. It works on this device, costs nothing, and takes as long as preparing the photo for a call, which is
  /// tens to hundreds of milliseconds. No hint is no promise.
  ///
  /// A scan does the same beside its own work: see `ReceiptScan.photoCheck`.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo` if it cannot be decoded, or is only on the web.
  Future<List<PhotoHint>> checkPhoto(Photo photo) async {
    _checkOpen();
    final $photo = _codecOfPhoto.lower(photo);
    final $this = _clone();
    return _BufferCall<List<PhotoHint>>(
            this, _methodAipassCheckPhoto($this, $photo), _codecOfAiPassException, const _List(_codecOfPhotoHint).lift)
        .result;
  }

  /// Prepares a chat that can be sent again after [AiPassBudgetExceededException], once: its photos are read and
  /// shrunk now. Nothing is sent.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo`.
  Future<PreparedChat> preparedChat(ChatRequest request) async {
    _checkOpen();
    final $request = _codecOfChatRequest.lower(request);
    final $this = _clone();
    return _ObjectCall<PreparedChat>(this, _methodAipassPreparedChat($this, $request), _freePreparedchatAddress,
            _codecOfAiPassException, PreparedChat._held)
        .result;
  }

  /// The same of a receipt. The parts of a long photo are sent as pages of one receipt. If the scan asks for a look
  /// at its photos, this is when they are looked at.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo`.
  Future<PreparedScan> preparedScan(ReceiptScan scan) async {
    _checkOpen();
    final $scan = _codecOfReceiptScan.lower(scan);
    final $this = _clone();
    return _ObjectCall<PreparedScan>(this, _methodAipassPreparedScan($this, $scan), _freePreparedscanAddress,
            _codecOfAiPassException, PreparedScan._held)
        .result;
  }

  /// Calls an endpoint that this library has no method for. The body of the response may have up to 32 MB.
  ///
  /// Throws: [AiPassInvalidInputException] naming `path` or `bodyJson` before anything is sent; those of `chatWith`.
  Future<RawAnswer> callEndpoint(RawRequest request) async {
    _checkOpen();
    final $request = _codecOfRawRequest.lower(request);
    final $this = _clone();
    return _BufferCall<RawAnswer>(
            this, _methodAipassCallEndpoint($this, $request), _codecOfAiPassException, _codecOfRawAnswer.lift)
        .result;
  }

  /// Reads a photographed receipt. On the device its photos are turned upright and shrunk, and their metadata is
  /// removed. One paid call. A field that cannot be read is `null`, not an error.
  ///
  /// A model that the catalogue says takes JSON schemas (`structured_outputs`, `json_schema`) gets one; others get
  /// the prompt alone.
  ///
  /// Throws: [AiPassInvalidInputException] naming "photo", "locale" or "expected_currency" before anything is sent;
  /// [AiPassTruncatedException] if the model's answer is cut off; those of `chatWith`.
  Future<Receipt> scanReceiptWith(ReceiptScan scan) async {
    _checkOpen();
    final $scan = _codecOfReceiptScan.lower(scan);
    final $this = _clone();
    return _BufferCall<Receipt>(
            this, _methodAipassScanReceipt($this, $scan), _codecOfAiPassException, _codecOfReceipt.lift)
        .result;
  }

  /// Reads every receipt on photos of several, in the order of the model's answer. One paid call; model, tokens,
  /// cost, request id and answer of each receipt are those of the call. Empty if the model says that there is none.
  ///
  /// Throws: As `scanReceiptWith`; [AiPassInvalidOutputException] with all that the model said if it gives no list of
  /// receipts, or several that differ.
  Future<List<Receipt>> scanReceipts(ReceiptScan scan) async {
    _checkOpen();
    final $scan = _codecOfReceiptScan.lower(scan);
    final $this = _clone();
    return _BufferCall<List<Receipt>>(
            this, _methodAipassScanReceipts($this, $scan), _codecOfAiPassException, const _List(_codecOfReceipt).lift)
        .result;
  }

  /// Calls a resource of the app's own with the session's access token as Bearer. The body of the response may have
  /// up to 32 MB. Redirects are not followed. All but GET are sent again only if the request certainly was not
  /// processed.
  ///
  /// Throws:
  /// - [AiPassInvalidInputException] naming `url`, `headers` or `body` before anything is sent. The token goes to no
  ///   origin that the provider's `resourceOrigins` do not name.
  /// - Those of `chatWith`. A status other than 200 to 299 is [AiPassProviderException] with that status.
  Future<RawAnswer> request(ResourceRequest request) async {
    _checkOpen();
    final $request = _codecOfResourceRequest.lower(request);
    final $this = _clone();
    return _BufferCall<RawAnswer>(
            this, _methodAipassRequest($this, $request), _codecOfAiPassException, _codecOfRawAnswer.lift)
        .result;
  }

  /// Sets a sum to zero, with its reservations: of a call that is under way, only the cost will count. After a reset
  /// of the day the day is the device's date, also if a clock that was wrong had moved it ahead.
  ///
  /// Where the sums cannot be read, because they are damaged, of a newer version, or sealed with a key that is lost,
  /// this begins all sums of the provider anew, those of other users too.
  ///
  /// Throws: [AiPassStorageException] if it cannot be written.
  Future<void> resetSpending(SpendingPeriod period) async {
    _checkOpen();
    final $period = _codecOfSpendingPeriod.lower(period);
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodAipassResetSpending($this, $period), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// What was spent in this session and today. Never waits for the network. Sums are in the client's store, beside
  /// its session; with a store in memory they end with the process.
  ///
  /// Throws: [AiPassStorageException] if they cannot be read; `resetSpending` begins them anew.
  Future<Spending> spending() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Spending>(this, _methodAipassSpending($this), _codecOfAiPassException, _codecOfSpending.lift)
        .result;
  }

  /// Asks for a video. Making it takes minutes. One paid call, which returns the job at once. Store its id, so that
  /// the app finds the video again if it is killed meanwhile.
  ///
  /// Throws: [AiPassInvalidInputException] naming `prompt`, `seconds` or `inputReference` before anything is sent;
  /// those of `chatWith`.
  Future<VideoJob> createVideo(VideoRequest request) async {
    _checkOpen();
    final $request = _codecOfVideoRequest.lower(request);
    final $this = _clone();
    return _BufferCall<VideoJob>(
            this, _methodAipassCreateVideo($this, $request), _codecOfAiPassException, _codecOfVideoJob.lift)
        .result;
  }

  /// Writes a video that is done to a new file. The result of `createVideo` has the cost of making it. The file
  /// appears only when it is complete, and is never held in memory. The call's time limit applies to the whole file:
  /// ten minutes, unless `CallOptions.timeout` says otherwise.
  ///
  /// Throws: [AiPassInvalidInputException] naming `destination` if there is a file already;
  /// [AiPassTruncatedException] if the connection broke; those of every call.
  Future<SavedFile> downloadVideo({
    required String id,
    required String destination,
  }) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $destination = _lowerAfter([$id], _string, destination);
    final $this = _clone();
    return _BufferCall<SavedFile>(
            this, _methodAipassDownloadVideo($this, $id, $destination), _codecOfAiPassException, _codecOfSavedFile.lift)
        .result;
  }

  /// Asks for another version of a video that is done. One paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `id` or `prompt` before anything is sent; those of `chatWith`.
  Future<VideoJob> remixVideo({
    required String id,
    required String prompt,
  }) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $prompt = _lowerAfter([$id], _string, prompt);
    final $this = _clone();
    return _BufferCall<VideoJob>(
            this, _methodAipassRemixVideo($this, $id, $prompt), _codecOfAiPassException, _codecOfVideoJob.lift)
        .result;
  }

  /// The status of a video.
  ///
  /// Throws: [AiPassProviderException] with kind `notFound` if there is none; those of every call.
  Future<VideoJob> video(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _BufferCall<VideoJob>(this, _methodAipassVideo($this, $id), _codecOfAiPassException, _codecOfVideoJob.lift)
        .result;
  }

  /// Asks for a video's status repeatedly, and returns each change, until the video is done or has failed. It waits
  /// as long as that takes. If the library does not know the status, it waits no longer than one call may take.
  VideoUpdates openVideoUpdates(String id) {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    final $$result = _methodAipassVideoUpdates($this, $id, _status);
    _check(null);
    return VideoUpdates._($$result);
  }

  /// Waits until a video is done. The whole wait is one call with one time limit, ten minutes unless
  /// `CallOptions.timeout` says otherwise; the provider goes on making the video after that.
  ///
  /// Throws: [AiPassProviderException] with kind `generationFailed` if the provider could not make it;
  /// [AiPassTimeoutException] with the last status; those of `video`.
  Future<VideoJob> waitForVideo(String id) async {
    _checkOpen();
    final $id = _string.lower(id);
    final $this = _clone();
    return _BufferCall<VideoJob>(
            this, _methodAipassWaitForVideo($this, $id), _codecOfAiPassException, _codecOfVideoJob.lift)
        .result;
  }

  /// Asks a model about photos. On the device they are turned upright and shrunk, and their metadata is removed. One
  /// paid call.
  ///
  /// Throws: [AiPassInvalidInputException] naming `photo` or `prompt` before anything is sent; those of `chatWith`.
  Future<ChatAnswer> describeImageWith(ImageQuestion question) async {
    _checkOpen();
    final $question = _codecOfImageQuestion.lower(question);
    final $this = _clone();
    return _BufferCall<ChatAnswer>(
            this, _methodAipassDescribeImage($this, $question), _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneAipass(_handle, _status);
  }
}

/// Waits for the callback of one sign-in on `http://127.0.0.1`.
final class LoopbackListener extends _RustObject {
  LoopbackListener._(int handle) : super(handle, _freeLoopbacklistenerAddress);

  LoopbackListener._held(super.handle, super.number) : super._held();

  /// Listens on `port`, or on any free one, for a redirect to `path`, such as `/callback`. Register `redirectUri`
  /// with the provider, with its port where the provider compares ports.
  ///
  /// Throws: [AiPassInvalidInputException] naming `path` or `port`, which may be in use.
  static Future<LoopbackListener> bind(
    String path, {
    int? port,
  }) async {
    final $path = _string.lower(path);
    final $port = _lowerAfter([$path], const _Optional(_uint16), port);
    return _ObjectCall<LoopbackListener>(null, _constructorLoopbacklistenerBind($path, $port),
            _freeLoopbacklistenerAddress, _codecOfAiPassException, LoopbackListener._held)
        .result;
  }

  /// Ends a `receive` that waits, and all later ones. The port is free again as soon as the object is gone too.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodLoopbacklistenerCancel($this, _status);
    _check(null);
  }

  /// Waits for the browser to come back and returns the callback URL. A web page can forge one: if
  /// `AiPass.completeSignInText` refuses it as [AiPassInvalidCallbackException], call this again.
  ///
  /// Throws: [AiPassTimeoutException] if it does not come in time; [AiPassCancelledException] after `cancel`.
  Future<String> receive(Duration timeout) async {
    _checkOpen();
    final $timeout = _duration.lower(timeout);
    final $this = _clone();
    return _BufferCall<String>(
            this, _methodLoopbacklistenerReceive($this, $timeout), _codecOfAiPassException, _string.lift)
        .result;
  }

  /// The redirect URI to build the client with: `http://127.0.0.1:PORT/path`.
  String redirectUri() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodLoopbacklistenerRedirectUri($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneLoopbacklistener(_handle, _status);
  }
}

/// Registers clients at one provider (RFC 7591), and manages what it has registered (RFC 7592).
final class ClientRegistration extends _RustObject {
  ClientRegistration._(int handle) : super(handle, _freeClientregistrationAddress);

  ClientRegistration._held(super.handle, super.number) : super._held();

  /// For registrations at `provider`. Sends nothing. What is left out has its default for production. `debugBuild`
  /// says whether the app is a debug build: only then may `config` name insecure development hosts.
  ///
  /// Throws: [AiPassInvalidInputException] naming the setting that cannot work.
  factory ClientRegistration(
    Provider provider, {
    Config? config,
    bool debugBuild = isDebugBuild,
  }) {
    final $debugBuild = debugBuild ? 1 : 0;
    final $provider = _codecOfProvider.lower(provider);
    final $config = _lowerAfter([$provider], const _Optional(_codecOfConfig), config);
    final $serverTrust = _lowerAfter([$provider, $config], _bool, false);
    final $$result = _constructorClientregistrationNew($provider, $config, $serverTrust, $debugBuild, _status);
    _check(_codecOfAiPassException);
    return ClientRegistration._($$result);
  }

  /// Removes the registration (RFC 7592 2.3). The client id no longer works, nor do its tokens. This cannot be
  /// undone.
  ///
  /// Throws: As `read`.
  Future<void> delete(RegisteredClient client) async {
    _checkOpen();
    final $client = _codecOfRegisteredClient.lower(client);
    final $this = _clone();
    return _PlainCall<void, void>(
            this, _methodClientregistrationDelete($this, $client), _futureOfVoid, _codecOfAiPassException, _nothing)
        .result;
  }

  /// Reads what the provider has registered (RFC 7592 2.1). Keep the result in the place of `client`: the provider
  /// may have given it a new secret, token or address.
  ///
  /// Throws: [AiPassUnsupportedException] if `client` has no token or address, or the provider offers no reading;
  /// [AiPassInvalidInputException] naming `registrationClientUri` if it is at another server than the registration
  /// endpoint. Nothing is sent then. [AiPassProviderException] with kind `forbidden` if the registration is gone or
  /// the token is refused.
  Future<RegisteredClient> read(RegisteredClient client) async {
    _checkOpen();
    final $client = _codecOfRegisteredClient.lower(client);
    final $this = _clone();
    return _BufferCall<RegisteredClient>(
            this, _methodClientregistrationRead($this, $client), _codecOfAiPassException, _codecOfRegisteredClient.lift)
        .result;
  }

  /// Replaces what the provider has registered with the metadata of `client` (RFC 7592 2.2): what is `null` or empty
  /// is removed. So read the registration, change its `metadata`, and pass it on. Keep the result in the place of
  /// `client`.
  ///
  /// Throws: As `read` and `register`.
  Future<RegisteredClient> update(RegisteredClient client) async {
    _checkOpen();
    final $client = _codecOfRegisteredClient.lower(client);
    final $this = _clone();
    return _BufferCall<RegisteredClient>(this, _methodClientregistrationUpdate($this, $client), _codecOfAiPassException,
            _codecOfRegisteredClient.lift)
        .result;
  }

  /// Registers a client (RFC 7591 3). `initialAccessToken` is what the provider's operator gives to those who may
  /// register; many providers ask for none.
  ///
  /// Throws: [AiPassUnsupportedException] if the provider has no endpoint for it, and [AiPassInvalidInputException]
  /// naming a field of `metadata`, before anything is sent. [AiPassProviderException] with kind `redirectUriRefused`
  /// or `badRequest`, and the server's code, such as `invalid_client_metadata`; with kind `forbidden` if the initial
  /// access token is missing or refused. [AiPassOfflineException] or [AiPassTimeoutException] if no response came:
  /// the client may have been registered.
  Future<RegisteredClient> register({
    ClientMetadata metadata = const ClientMetadata(),
    String? initialAccessToken,
  }) async {
    _checkOpen();
    final $metadata = _codecOfClientMetadata.lower(metadata);
    final $initialAccessToken = _lowerAfter([$metadata], const _Optional(_string), initialAccessToken);
    final $this = _clone();
    return _BufferCall<RegisteredClient>(this, _methodClientregistrationRegister($this, $metadata, $initialAccessToken),
            _codecOfAiPassException, _codecOfRegisteredClient.lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneClientregistration(_handle, _status);
  }
}

/// The session's states as they change; see `AiPass.openSessionStates`.
final class SessionStates extends _RustObject {
  SessionStates._(int handle) : super(handle, _methodSessionstatesCancelAddress);

  SessionStates._held(super.handle, super.number) : super._held();

  /// A `next` that is waiting returns `null`, and so does every later one.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodSessionstatesCancel($this, _status);
    _check(null);
  }

  /// The present state at the first call, then the next change; `null` after `cancel`. Only the newest state is
  /// returned: states that were replaced meanwhile are left out.
  ///
  /// Throws: [AiPassStorageException] if the store cannot be read.
  Future<SessionState?> next() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<SessionState?>(
            this, _methodSessionstatesNext($this), _codecOfAiPassException, const _Optional(_codecOfSessionState).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneSessionstates(_handle, _status);
  }
}

/// The balance as it changes; see `AiPass.openBalances`.
final class Balances extends _RustObject {
  Balances._(int handle) : super(handle, _methodBalancesCancelAddress);

  Balances._held(super.handle, super.number) : super._held();

  /// A `next` that is waiting returns `null`, and so does every later one. A fetch that runs for this stream alone is
  /// ended.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodBalancesCancel($this, _status);
    _check(null);
  }

  /// At the first call what is known now, which may be nothing, then the next change; `null` after `cancel`. Only the
  /// newest is returned: what was replaced meanwhile is left out.
  ///
  /// Throws: [AiPassUnsupportedException] with a provider other than AI Pass; [AiPassStorageException] if the store
  /// cannot be read the first time. A fetch that fails is no error: see `BalanceUpdate.errorCode`. After an error
  /// this can be called again.
  Future<BalanceUpdate?> next() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<BalanceUpdate?>(
            this, _methodBalancesNext($this), _codecOfAiPassException, const _Optional(_codecOfBalanceUpdate).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneBalances(_handle, _status);
  }
}

/// A streamed answer; see `AiPass.openChatStream`. To close the connection before the end, `cancel` it or release
/// it.
final class ChatStream extends _RustObject {
  ChatStream._(int handle) : super(handle, _methodChatstreamCancelAddress);

  ChatStream._held(super.handle, super.number) : super._held();

  /// Waits for the end and returns the whole answer, as `AiPass.chatWith` does, with its tool calls put together. It
  /// has all events, read or not; those that were not read are skipped.
  ///
  /// Throws: As `next`, also if `next` has returned that error before; [AiPassCancelledException] after `cancel`.
  Future<ChatAnswer> answer() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<ChatAnswer>(
            this, _methodChatstreamAnswer($this), _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// Ends the request and closes its connection. A `next` that is waiting returns `null`, and so does every later
  /// one.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodChatstreamCancel($this, _status);
    _check(null);
  }

  /// The next event; `null` after the last one, after an error, and after `cancel`.
  ///
  /// Throws: [AiPassTruncatedException] with the text received if the connection broke; the error that the provider
  /// sent inside of the stream; [AiPassProviderException] if the response is not a stream of events, or is too large;
  /// [AiPassSpendLimitException] if the answer grew longer than what the app's limits let be reserved for it;
  /// [AiPassCancelledException]. The text came as events before the error; `receivedText` has all of it.
  Future<ChatEvent?> next() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<ChatEvent?>(
            this, _methodChatstreamNext($this), _codecOfAiPassException, const _Optional(_codecOfChatEvent).lift)
        .result;
  }

  /// The first choice's text after the stream has ended. After an error it is the part that arrived, not a whole
  /// answer. Empty before the end and after `cancel`.
  String receivedText() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodChatstreamReceivedText($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneChatstream(_handle, _status);
  }
}

/// A conversation with a model. It keeps as many messages as the budget allows, and sends them with each question.
///
/// The messages are in memory only; `save` returns them as text, for the app to store.
final class Conversation extends _RustObject {
  Conversation._(int handle) : super(handle, _freeConversationAddress);

  Conversation._held(super.handle, super.number) : super._held();

  /// An empty conversation. `start` is the part that all of its requests have: the model, the tools, the limits. Its
  /// messages are the rules: they come before the history and are never left out.
  ///
  /// Throws: [AiPassInvalidInputException] naming `budget` if it allows nothing, or `messages` if those of `start`
  /// call tools without an answer.
  factory Conversation(
    ChatRequest start, {
    ConversationBudget budget = const ConversationBudget(),
  }) {
    final $start = _codecOfChatRequest.lower(start);
    final $budget = _lowerAfter([$start], _codecOfConversationBudget, budget);
    final $$result = _constructorConversationNew($start, $budget, _status);
    _check(_codecOfAiPassException);
    return Conversation._($$result);
  }

  /// A conversation that continues from what `save` returned. That does not include `start` and `budget`: they may
  /// differ from before.
  ///
  /// Throws: As `newValue`; [AiPassInvalidInputException] naming `saved` if that is not what a conversation saved.
  factory Conversation.resume({
    required ChatRequest start,
    ConversationBudget budget = const ConversationBudget(),
    required String saved,
  }) {
    final $start = _codecOfChatRequest.lower(start);
    final $budget = _lowerAfter([$start], _codecOfConversationBudget, budget);
    final $saved = _lowerAfter([$start, $budget], _string, saved);
    final $$result = _constructorConversationResume($start, $budget, $saved, _status);
    _check(_codecOfAiPassException);
    return Conversation._($$result);
  }

  /// Sends `messages` and waits for the answer. Then both are in the history. One paid call.
  ///
  /// If the last answer called tools, `messages` are their results, one for each call. Otherwise they are mostly one
  /// message of the user.
  ///
  /// Throws: Those of `AiPass.chatWith`. [AiPassInvalidInputException] naming `conversation` if another call of this
  /// conversation is running, or `budget` if `messages` alone do not fit. The history is then as it was.
  Future<ChatAnswer> ask({
    required AiPass ai,
    required List<Message> messages,
  }) async {
    _checkOpen();
    ai._checkOpen();
    final $messages = const _List(_codecOfMessage).lower(messages);
    final $this = _clone();
    final $ai = ai._clone();
    return _BufferCall<ChatAnswer>(
            this, _methodConversationAsk($this, $ai, $messages), _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// Clears the history. A running call still gets its answer, which is not added.
  void clear() {
    _checkOpen();
    final $this = _clone();
    _methodConversationClear($this, _status);
    _check(null);
  }

  /// The history, oldest message first, without the rules. Messages that no longer fitted into the budget are gone:
  /// an app that shows the whole conversation must keep its own copy. Photos are as they were sent.
  List<Message> messages() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodConversationMessages($this, _status);
    _check(null);
    return const _List(_codecOfMessage).lift($$result);
  }

  /// The history as JSON text, for `resume`. It has the conversation's text and photos: store it as safely as those.
  ///
  /// Throws: [AiPassOtherException] if it cannot be written, which would be a bug.
  String save() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodConversationSave($this, _status);
    _check(_codecOfAiPassException);
    return _string.lift($$result);
  }

  /// Sends `messages` and returns the answer as a stream. Both are in the history as soon as the model has finished.
  /// If the stream fails, is cancelled or is released before that, the history is as it was.
  ///
  /// Throws: As `ask`; what goes wrong later comes out of `ChatStream.next`.
  Future<ChatStream> stream({
    required AiPass ai,
    required List<Message> messages,
  }) async {
    _checkOpen();
    ai._checkOpen();
    final $messages = const _List(_codecOfMessage).lower(messages);
    final $this = _clone();
    final $ai = ai._clone();
    return _ObjectCall<ChatStream>(this, _methodConversationStream($this, $ai, $messages),
            _methodChatstreamCancelAddress, _codecOfAiPassException, ChatStream._held)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneConversation(_handle, _status);
  }
}

/// A response's bytes as a stream. To close the connection before the end, `cancel` it or release it.
final class ByteStream extends _RustObject {
  ByteStream._(int handle) : super(handle, _methodBytestreamCancelAddress);

  ByteStream._held(super.handle, super.number) : super._held();

  /// Ends the request and closes its connection. A `next` that is waiting returns `null`, and so does every later
  /// one.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodBytestreamCancel($this, _status);
    _check(null);
  }

  /// What the call cost in US dollars; `null` if the provider does not say, which is not zero.
  Decimal? cost() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodBytestreamCost($this, _status);
    _check(null);
    return const _Optional(_codecOfDecimal).lift($$result);
  }

  /// The media type of the bytes, such as `audio/mpeg`; empty if the provider does not say.
  String mediaType() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodBytestreamMediaType($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  /// The model that the call used, as the catalogue spells it.
  String model() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodBytestreamModel($this, _status);
    _check(null);
    return _string.lift($$result);
  }

  /// The next piece, of any size; `null` after the last one, after an error, and after `cancel`.
  ///
  /// Throws: [AiPassTruncatedException] if the connection broke; [AiPassTimeoutException];
  /// [AiPassCancelledException].
  Future<Uint8List?> next() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Uint8List?>(
            this, _methodBytestreamNext($this), _codecOfAiPassException, const _Optional(_bytes).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneBytestream(_handle, _status);
  }
}

/// A chat request whose photos are ready, to be paid for once; see `AiPass.preparedChat`.
final class PreparedChat extends _RustObject {
  PreparedChat._(int handle) : super(handle, _freePreparedchatAddress);

  PreparedChat._held(super.handle, super.number) : super._held();

  /// Whether it can be sent now, for a button such as "Try again".
  bool canSend() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodPreparedchatCanSend($this, _status);
    _check(null);
    return $$result != 0;
  }

  /// Sends it and waits for the whole answer, as `AiPass.chatWith`.
  ///
  /// Throws: Those of `AiPass.chatWith`. After [AiPassBudgetExceededException] it can be sent once more, and after an
  /// error before anything was sent, such as [AiPassOfflineException] without `maybeSent`, as if it had not been
  /// tried. [AiPassInvalidInputException] naming `prepared` if it cannot be sent, see `canSend`, or if another user
  /// has signed in since it was refused.
  Future<ChatAnswer> send() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<ChatAnswer>(
            this, _methodPreparedchatSend($this), _codecOfAiPassException, _codecOfChatAnswer.lift)
        .result;
  }

  /// The same with the answer as a stream, as `AiPass.openChatStream`. Once the stream has begun, the request cannot
  /// be sent again.
  ///
  /// Throws: As `send`.
  Future<ChatStream> stream() async {
    _checkOpen();
    final $this = _clone();
    return _ObjectCall<ChatStream>(this, _methodPreparedchatStream($this), _methodChatstreamCancelAddress,
            _codecOfAiPassException, ChatStream._held)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _clonePreparedchat(_handle, _status);
  }
}

/// A receipt whose photos are ready, to be paid for once; see `AiPass.preparedScan`.
final class PreparedScan extends _RustObject {
  PreparedScan._(int handle) : super(handle, _freePreparedscanAddress);

  PreparedScan._held(super.handle, super.number) : super._held();

  /// Whether it can be sent now, for a button such as "Try again".
  bool canSend() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodPreparedscanCanSend($this, _status);
    _check(null);
    return $$result != 0;
  }

  /// Sends it, as `AiPass.scanReceiptWith`.
  ///
  /// Throws: Those of `AiPass.scanReceiptWith`, and as `PreparedChat.send`.
  Future<Receipt> send() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<Receipt>(this, _methodPreparedscanSend($this), _codecOfAiPassException, _codecOfReceipt.lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _clonePreparedscan(_handle, _status);
  }
}

/// The changes of a video; see `AiPass.openVideoUpdates`.
final class VideoUpdates extends _RustObject {
  VideoUpdates._(int handle) : super(handle, _methodVideoupdatesCancelAddress);

  VideoUpdates._held(super.handle, super.number) : super._held();

  /// A `next` that is waiting returns `null`, and so does every later one.
  void cancel() {
    _checkOpen();
    final $this = _clone();
    _methodVideoupdatesCancel($this, _status);
    _check(null);
  }

  /// The present status at the first call, then the next change; `null` after the video is done or has failed, and
  /// after `cancel`. A failed video is returned with its status, not as an error.
  ///
  /// Throws: Those of `AiPass.video`; its time limits apply to each request, not to the wait.
  /// [AiPassTimeoutException] with the last status if the library does not know that status and it stayed the same
  /// for as long as a call may take. After an error this can be called again.
  Future<VideoJob?> next() async {
    _checkOpen();
    final $this = _clone();
    return _BufferCall<VideoJob?>(
            this, _methodVideoupdatesNext($this), _codecOfAiPassException, const _Optional(_codecOfVideoJob).lift)
        .result;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneVideoupdates(_handle, _status);
  }
}

/// Cancels calls from outside.
///
/// Give one to `AiPass.withOptions`; then `cancel` it from any thread: the calls end with
/// [AiPassCancelledException] and their connections are closed.
final class Cancellation extends _RustObject {
  Cancellation._(int handle) : super(handle, _freeCancellationAddress);

  Cancellation._held(super.handle, super.number) : super._held();

  /// A new one, not cancelled yet.
  factory Cancellation() {
    final $$result = _constructorCancellationNew(_status);
    _check(null);
    return Cancellation._($$result);
  }

  /// Cancels every call that has this. May be called more than once.
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
    final $$result = _methodCancellationIsCancelled($this, _status);
    _check(null);
    return $$result != 0;
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneCancellation(_handle, _status);
  }
}

/// The progress of the uploads and downloads of a call. Use one object for one call at a time.
///
/// Give one to `AiPass.withOptions`, then call `count` as often as the screen is drawn.
final class TransferProgress extends _RustObject {
  TransferProgress._(int handle) : super(handle, _freeTransferprogressAddress);

  TransferProgress._held(super.handle, super.number) : super._held();

  /// The progress of a call that has not begun.
  factory TransferProgress() {
    final $$result = _constructorTransferprogressNew(_status);
    _check(null);
    return TransferProgress._($$result);
  }

  /// The progress now.
  TransferCount count() {
    _checkOpen();
    final $this = _clone();
    final $$result = _methodTransferprogressCount($this, _status);
    _check(null);
    return _codecOfTransferCount.lift($$result);
  }

  @override
  int _clone() {
    _checkOpen();
    return _cloneTransferprogress(_handle, _status);
  }
}

/// Ends the library's threads: calls that are under way are cancelled, later ones fail with the code `shutDown`.
///
/// For a host whose runtime ends before its process does, such as an interpreter: if a thread of the library called
/// into it afterwards, for example a store, the process would crash. Returns when no thread of the library runs any
/// more, but waits at most five seconds for a call into the host. The package for such a host calls it by itself.
/// Apps on phones do not need it.
void shutDown() {
  _funcShutDown(_status);
  _check(null);
}

/// The provider with this issuer, as its server describes itself (RFC 8414, OpenID Connect Discovery). `issuer` is
/// spelt as the server spells it: the two are compared byte for byte, and a slash at the end counts.
///
/// A provider that was found is kept in memory for an hour and used by later calls of this process. AI Pass and
/// Phaseo are built in and are returned without a request, because metadata names no model API. For any other
/// server, set `modelApi`, its origin among `resourceOrigins`, and the scopes that the app needs: if OpenID Connect
/// is offered, `openid` alone is preset. `config`, `serverTrust` and `debugBuild` are as for a client; what is left
/// out has its default for production.
///
/// Throws:
/// - [AiPassInvalidInputException] naming `issuer` if it is no https URL, or has a query or a fragment.
/// - [AiPassProviderException] with the kind `notFound` if there is no metadata, naming the addresses that were
///   asked; `metadataRefused` if it is another issuer's or cannot be used, naming its member; `unexpectedRedirect`,
///   `Unavailable`, `responseTooLarge` or `invalidResponse`.
/// - [AiPassOfflineException], [AiPassTimeoutException] or [AiPassRateLimitedException] if the server could not be
///   asked. All requests together may take `Config.credentialTimeout`.
Future<Provider> discoverProvider(
  String issuer, {
  Config? config,
  bool debugBuild = isDebugBuild,
}) async {
  final $debugBuild = debugBuild ? 1 : 0;
  final $issuer = _string.lower(issuer);
  final $config = _lowerAfter([$issuer], const _Optional(_codecOfConfig), config);
  final $serverTrust = _lowerAfter([$issuer, $config], _bool, false);
  return _BufferCall<Provider>(null, _funcDiscoverProvider($issuer, $config, $serverTrust, $debugBuild),
          _codecOfAiPassException, _codecOfProvider.lift)
      .result;
}

/// A receipt with new verdicts, for example after its user corrected an amount that was misread. `locale` is that
/// of the scan, a BCP 47 tag such as `en-US`: in some regions totals in euro are rounded to a coin. A value that
/// was not read and has been filled in counts as any other. Only the verdicts change, those of the receipt and of
/// its items. Nothing is sent and nothing is spent.
Receipt judgeReceipt(
  Receipt receipt, {
  String? locale,
}) {
  final $receipt = _codecOfReceipt.lower(receipt);
  final $locale = _lowerAfter([$receipt], const _Optional(_string), locale);
  final $$result = _funcJudgeReceipt($receipt, $locale, _status);
  _check(null);
  return _codecOfReceipt.lift($$result);
}

Cancellation _readCancellation(_Reader reader) => Cancellation._(_readInt64(reader));
void _writeCancellation(_Writer writer, Cancellation value) {
  final handle = value._clone();
  writer._handles.add((handle, _freeCancellationAddress));
  _writeInt64(writer, handle);
}

const _Codec<Cancellation> _codecOfCancellation = _Pair(_readCancellation, _writeCancellation);

TransferProgress _readTransferProgress(_Reader reader) => TransferProgress._(_readInt64(reader));
void _writeTransferProgress(_Writer writer, TransferProgress value) {
  final handle = value._clone();
  writer._handles.add((handle, _freeTransferprogressAddress));
  _writeInt64(writer, handle);
}

const _Codec<TransferProgress> _codecOfTransferProgress = _Pair(_readTransferProgress, _writeTransferProgress);
