import 'dart:async';

import '../generated/aipass.dart';
import 'strings.dart';

/// What the sign-in button does and says. A second press opens the browser again: a user may have closed the page, of which a desktop
/// tells nothing.
final class SignInState {
  /// Signs in with this call, such as `ai.signIn`. A second call has to end the first.
  SignInState(this._signIn);

  final Future<void> Function() _signIn;
  final StreamController<SignInState> _changes = StreamController.broadcast(sync: true);
  Object? _latest;
  Object? _failure;

  /// Itself after each change.
  Stream<SignInState> get changes => _changes.stream;

  /// Whether the browser is open.
  bool get isBusy => _latest != null;

  /// Why the last sign-in failed, unless the user gave it up.
  Object? get failure => _failure;

  /// What the button says.
  String text(AiPassStrings strings) => isBusy ? strings.signInAgain : strings.signIn;

  /// Signs in. Never fails: [failure] says what went wrong.
  Future<void> press() async {
    final own = Object();
    _set(own);
    Object? failure;
    try {
      await _signIn();
    } on AiPassCancelledException {
      // The user knows.
    } on Object catch (error) {
      failure = error;
    }
    if (identical(_latest, own)) _set(null, failure);
  }

  /// Ends [changes].
  void close() => unawaited(_changes.close());

  void _set(Object? latest, [Object? failure]) {
    _latest = latest;
    _failure = failure;
    if (!_changes.isClosed) _changes.add(this);
  }
}
