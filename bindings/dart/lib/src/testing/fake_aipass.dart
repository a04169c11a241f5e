import 'dart:async';

import '../client.dart';
import '../decimal.dart';
import '../generated/aipass.dart';

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
      : _state = state;

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

  /// Reads a receipt.
  Future<Receipt> Function(ReceiptScan scan) onScanReceipt = (_) async => throw _notScripted('onScanReceipt');

  /// Answers a chat, such as with `fakeAnswer`. It is called when the stream is listened to.
  Stream<ChatEvent> Function(ChatRequest request) onChat = (_) => Stream.error(_notScripted('onChat'));

  /// Answers [balance] and [refreshBalance].
  Future<Balance> Function() onBalance = () async => throw _notScripted('onBalance');

  /// Names the page at which the wallet is filled.
  Future<Uri> Function(Decimal amount) onCheckoutUrl = (_) async => throw _notScripted('onCheckoutUrl');

  SessionState _state;
  final Set<StreamController<SessionState>> _followers = {};

  /// The session as it is now. Setting it is as when the provider ends a session.
  SessionState get state => _state;

  set state(SessionState state) {
    _state = state;
    for (final follower in _followers) {
      follower.add(state);
    }
  }

  @override
  Stream<SessionState> sessionStates() {
    final follower = StreamController<SessionState>();
    follower
      ..onListen = () {
        follower.add(_state);
        _followers.add(follower);
      }
      ..onCancel = () {
        _followers.remove(follower);
        unawaited(follower.close());
      };
    return follower.stream;
  }

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
  Stream<ChatEvent> chatStream(ChatRequest request) async* {
    _pay('chatStream', request);
    yield* onChat(request);
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
    if (_state is SessionStateSigningIn) state = const SessionState.signedOut();
  }

  /// Notes a call that needs a session.
  void _pay(String name, [Object? argument]) {
    calls.add((name, argument));
    if (_isSignedIn) return;
    throw AiPassSignInRequiredException(
      reason: switch (_state) {
        SessionStateNeedsSignIn(:final reason) => reason,
        _ => SignInReason.notSignedIn,
      },
      detail: null,
    );
  }

  bool get _isSignedIn => _state is SessionStateSignedIn || _state is SessionStateRefreshing;
}

AiPassOtherException _notScripted(String name) =>
    AiPassOtherException(code: 'not_scripted', detail: 'the test did not set $name of FakeAiPass');
