import 'dart:async';

/// A value that streams follow: each begins with what it is, and goes on with each change.
final class Followers<T> {
  /// Begins with this value.
  Followers(this._value);

  T _value;
  final Set<StreamController<T>> _followers = {};

  /// What it is now.
  T get value => _value;

  set value(T value) {
    _value = value;
    for (final follower in _followers) {
      follower.add(value);
    }
  }

  /// A stream for one listener.
  Stream<T> follow() {
    final follower = StreamController<T>();
    follower
      ..onListen = () {
        follower.add(_value);
        _followers.add(follower);
      }
      ..onCancel = () {
        _followers.remove(follower);
        unawaited(follower.close());
      };
    return follower.stream;
  }
}
