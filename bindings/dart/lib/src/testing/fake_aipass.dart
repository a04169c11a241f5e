import '../client.dart';
import '../decimal.dart';
import '../generated/aipass.dart';
import '../prepared.dart';
import 'fake_prepared.dart';
import 'followers.dart';

/// One call of a [FakeAiPass]: its name, and its argument if it has one.
typedef FakeCall = (String name, Object? argument);

/// Stands for [AiPass] in the unit tests of an app: answers as the test says, and remembers what was asked.
///
/// ```dart
/// final ai = FakeAiPass(state: const SessionState.signedIn())
///   ..onScanReceipt = (scan) async => sampleReceipt(merchant: 'Café', amount: Decimal.fromInt(18), currency: 'EUR');
/// ```
///
/// It plays a session of its own: a sign-in signs in, signing out signs out, and paid calls without a session throw
/// [AiPassSignInRequiredException]. It checks no callback, keeps no tokens, and reads no photo. What the test did not script throws
/// [AiPassOtherException] with the code `not_scripted`.
final class FakeAiPass implements AiPassClient {
  /// A client whose session is in this state at the beginning.
  FakeAiPass({SessionState state = const SessionState.signedOut(), this.redirectUri = 'myapp://auth/callback'})
      : _states = Followers(state);

  /// What [isCallback] compares links with.
  final String redirectUri;

  /// The calls so far, in order.
  final List<FakeCall> calls = [];

  /// Plays the user of [signIn]: returns when they have signed in, or throws.
  Future<void> Function(SignInOptions options) onSignIn = (_) async {};

  /// Whether a callback had started the app.
  Future<bool> Function() onResumeSignIn = () async => false;

  /// Judges a callback: throws if it is to be refused.
  Future<void> Function(Uri callback) onCompleteSignIn = (_) async {};

  /// Signs out at the provider.
  Future<void> Function() onSignOut = () async {};

  /// Reads a receipt, also one that was prepared.
  Future<Receipt> Function(ReceiptScan scan) onScanReceipt = (_) async => throw _notScripted('onScanReceipt');

  /// Reads the receipts in one photo.
  Future<List<Receipt>> Function(ReceiptScan scan) onScanReceipts = (_) async => throw _notScripted('onScanReceipts');

  /// Looks at a photo, such as with `samplePhotoHint`: at first every photo can be read.
  Future<List<PhotoHint>> Function(Photo photo) onCheckPhoto = (_) async => const [];

  /// Answers a chat at once, such as with `sampleAnswer`, also one that was prepared.
  Future<ChatAnswer> Function(ChatRequest request) onChatWith = (_) async => throw _notScripted('onChatWith');

  /// Answers a chat that is streamed, such as with `fakeAnswer`. It is called when the stream is listened to.
  Stream<ChatEvent> Function(ChatRequest request) onChat = (_) => Stream.error(_notScripted('onChat'));

  /// Answers [balance] and [refreshBalance].
  Future<Balance> Function() onBalance = () async => throw _notScripted('onBalance');

  /// Says what a call may cost, such as with `sampleEstimate`.
  Future<CostEstimate> Function(PaidRequest request) onEstimate = (_) async => throw _notScripted('onEstimate');

  /// Says what was spent, such as with `sampleSpending`.
  Future<Spending> Function() onSpending = () async => throw _notScripted('onSpending');

  /// Begins a sum anew.
  Future<void> Function(SpendingPeriod period) onResetSpending = (_) async {};

  /// Names the page at which the wallet is filled.
  Future<Uri> Function(Decimal amount) onCheckoutUrl = (_) async => throw _notScripted('onCheckoutUrl');

  final Followers<SessionState> _states;
  final Followers<BalanceUpdate> _balances =
      Followers(const BalanceUpdate(balance: null, isEstimate: false, isLow: false, errorCode: null));

  /// The session as it is now. Setting it is as when the provider ends a session.
  SessionState get state => _states.value;

  set state(SessionState state) => _states.value = state;

  /// What [balances] tells, such as with `sampleBalanceUpdate`: at first that nothing is known. [BalanceUpdate.isLow] is worked out for
  /// each stream.
  BalanceUpdate get balanceUpdate => _balances.value;

  set balanceUpdate(BalanceUpdate update) => _balances.value = update;

  @override
  Stream<SessionState> sessionStates() => _states.follow();

  @override
  Stream<BalanceUpdate> balances({Decimal? lowBelow}) => _balances.follow().map((update) {
        final left = update.balance?.remainingBudget;
        return BalanceUpdate(
          balance: update.balance,
          isEstimate: update.isEstimate,
          isLow: left != null && lowBelow != null && left < lowBelow,
          errorCode: update.errorCode,
        );
      });

  @override
  Future<void> signIn([SignInOptions options = const SignInOptions()]) async {
    calls.add(('signIn', options));
    _begin();
    try {
      await onSignIn(options);
    } on Object {
      _abandon();
      rethrow;
    }
    state = const SessionState.signedIn();
  }

  @override
  Future<bool> resumeSignIn() async {
    calls.add(('resumeSignIn', null));
    final isComplete = await onResumeSignIn();
    if (isComplete) state = const SessionState.signedIn();
    return isComplete;
  }

  @override
  Future<SignInRequest> beginSignIn([SignInOptions options = const SignInOptions()]) async {
    calls.add(('beginSignIn', options));
    _begin();
    return SignInRequest(
      url: Uri.https('provider.invalid', '/authorize', {'redirect_uri': redirectUri}),
      expiresAt: DateTime.now().add(const Duration(minutes: 10)),
    );
  }

  @override
  Future<void> completeSignIn(Uri callback) async {
    calls.add(('completeSignIn', callback));
    await onCompleteSignIn(callback);
    state = const SessionState.signedIn();
  }

  @override
  Future<void> cancelSignIn() async {
    calls.add(('cancelSignIn', null));
    _abandon();
  }

  @override
  bool isCallback(Uri url) => '$url'.split('?').first == redirectUri;

  @override
  Future<SignOutReport> signOut() async {
    calls.add(('signOut', null));
    await onSignOut();
    state = const SessionState.signedOut();
    return const SignOutReport(refreshToken: Revocation.accepted(), accessToken: Revocation.accepted());
  }

  @override
  void resumed() => calls.add(('resumed', null));

  @override
  Future<Receipt> scanReceiptWith(ReceiptScan scan) async {
    _pay('scanReceiptWith', scan);
    return onScanReceipt(scan);
  }

  @override
  Future<List<Receipt>> scanReceipts(ReceiptScan scan) async {
    _pay('scanReceipts', scan);
    return onScanReceipts(scan);
  }

  @override
  Future<List<PhotoHint>> checkPhoto(Photo photo) async {
    calls.add(('checkPhoto', photo));
    return onCheckPhoto(photo);
  }

  @override
  Future<PreparedReceipt> preparedScan(ReceiptScan scan) async {
    calls.add(('preparedScan', scan));
    return FakePreparedReceipt(() => scanReceiptWith(scan));
  }

  @override
  Future<ChatAnswer> chatWith(ChatRequest request) async {
    _pay('chatWith', request);
    return onChatWith(request);
  }

  @override
  Stream<ChatEvent> chatStream(ChatRequest request) async* {
    _pay('chatStream', request);
    yield* onChat(request);
  }

  @override
  Future<PreparedAnswer> preparedChat(ChatRequest request) async {
    calls.add(('preparedChat', request));
    return FakePreparedAnswer(() => chatWith(request), () => chatStream(request));
  }

  @override
  Future<CostEstimate> estimate(PaidRequest request) async {
    calls.add(('estimate', request));
    return onEstimate(request);
  }

  @override
  Future<Spending> spending() async {
    calls.add(('spending', null));
    return onSpending();
  }

  @override
  Future<void> resetSpending(SpendingPeriod period) async {
    calls.add(('resetSpending', period));
    return onResetSpending(period);
  }

  @override
  Future<Balance> balance() async {
    _pay('balance');
    return onBalance();
  }

  @override
  Future<Balance> refreshBalance() async {
    _pay('refreshBalance');
    return onBalance();
  }

  @override
  Future<Uri> checkoutUrl(Decimal amount) async {
    _pay('checkoutUrl', amount);
    return onCheckoutUrl(amount);
  }

  void _begin() {
    // A session stays as it is until the next sign-in is complete.
    if (!_isSignedIn) state = const SessionState.signingIn();
  }

  void _abandon() {
    if (state is SessionStateSigningIn) state = const SessionState.signedOut();
  }

  /// Notes a call that needs a session.
  void _pay(String name, [Object? argument]) {
    calls.add((name, argument));
    if (_isSignedIn) return;
    throw AiPassSignInRequiredException(
      reason: switch (state) {
        SessionStateNeedsSignIn(:final reason) => reason,
        _ => SignInReason.notSignedIn,
      },
      detail: null,
    );
  }

  bool get _isSignedIn =>
      state is SessionStateSignedIn || state is SessionStateEndsSoon || state is SessionStateRefreshing;
}

AiPassOtherException _notScripted(String name) =>
    AiPassOtherException(code: 'not_scripted', detail: 'the test did not set $name of FakeAiPass');
