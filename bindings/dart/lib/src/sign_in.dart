import 'dart:async';

import 'calls.dart';
import 'generated/aipass.dart';
import 'platform/platform.dart';

/// Signing in with one call, as the platform's package does it.
extension AiPassSignIn on AiPass {
  /// Signs a user in: opens the system's browser, waits for it to come back, and completes the sign-in.
  ///
  /// On Linux and Windows the redirect URI must be a loopback one with a port, such as `http://127.0.0.1:53682/callback`: the browser
  /// comes back to this machine. On Android, iOS and macOS it has a scheme of the app's own, such as `myapp://auth/callback`, or is an
  /// https address of a domain that is associated with the app.
  ///
  /// Throws [AiPassCancelledException] if the user gives up, the time for it is over, or this is called again meanwhile;
  /// [AiPassUnsupportedException] where there is no browser. Otherwise as [beginSignIn] and [completeSignInText] do.
  Future<void> signIn([SignInOptions options = const SignInOptions()]) async {
    final own = _latest[this] = Object();
    final request = await beginSignIn(options);
    if (!identical(_latest[this], own)) throw const AiPassCancelledException();
    final redirectUri = Uri.parse(request.url.queryParameters['redirect_uri'] ?? '');
    final callbacks =
        AiPassPlatform.instance.authorize(request.url, redirectUri: redirectUri, expiresAt: request.expiresAt);
    try {
      await for (final callback in callbacks) {
        try {
          return await completeSignIn(callback);
        } on AiPassInvalidCallbackException catch (refused) {
          // Any web page can send the browser here; the real callback can still come.
          if (_isOver(refused.kind)) rethrow;
        }
      }
    } on AiPassException {
      await _giveUp(own);
      rethrow;
    }
    await _giveUp(own);
    throw const AiPassCancelledException();
  }

  /// Completes the sign-in whose callback started the app, where the system ended it while its user was in the browser: call it
  /// once when the app starts. Says whether there was such a callback.
  ///
  /// A callback that completes no sign-in is left out: any app can send one. Otherwise throws as [completeSignInText] does.
  Future<bool> resumeSignIn() async {
    for (;;) {
      final callback = await AiPassPlatform.instance.takeCallback();
      if (callback == null) return false;
      if (!isCallback(callback)) continue;
      try {
        await completeSignIn(callback);
        return true;
      } on AiPassInvalidCallbackException {
        // Forged, or late. An older one can still be right.
      }
    }
  }

  /// Has a callback that comes later find nothing to complete; but not that of a sign-in that was begun after this one.
  Future<void> _giveUp(Object own) async {
    if (identical(_latest[this], own)) await cancelSignIn();
  }
}

/// The sign-in that was begun last, of each client.
final Expando<Object> _latest = Expando();

/// Whether no other callback can complete the sign-in: these are found after `state` was checked, so that no forged one leads to them.
bool _isOver(CallbackErrorKind kind) => switch (kind) {
      CallbackErrorKind.alreadyUsed ||
      CallbackErrorKind.cancelled ||
      CallbackErrorKind.expired ||
      CallbackErrorKind.wrongIssuer =>
        true,
      _ => false,
    };
