// Written by bindings/generator: do not edit.
// ignore_for_file: unused_element, unused_field

part of 'aipass.dart';

// What an isolate holds of Rust's: objects, and calls that wait for their futures.

typedef _FreeObject = Void Function(Uint64, Pointer<_CallStatus>);
typedef _FreeFuture = Void Function(Uint64);
typedef _Wake = Void Function(Uint64, Int8);
typedef _Poll = Void Function(Uint64, Pointer<NativeFunction<_Wake>>, Uint64);
typedef _CompleteBuffer = _RustBuffer Function(Uint64, Pointer<_CallStatus>);
typedef _CompleteObject = Uint64 Function(Uint64, Pointer<_CallStatus>);

/// This isolate, for Rust: all that it holds is freed when it ends, wherever it was killed.
final class _Isolate implements Finalizable {
  _Isolate() {
    _leaving.attach(this, Pointer.fromAddress(number));
  }

  // Not the one of objects: that it has one entry only keeps it whole.
  static final NativeFinalizer _leaving = NativeFinalizer(_library.lookup('aipass_dart_leave'));

  final int number = _library.lookupFunction<Size Function(), int Function()>('aipass_dart_enter')();
}

final _Isolate _thisIsolate = _Isolate();

final int Function(int, int, Pointer<NativeFunction<_FreeObject>>) _holdObject = _library.lookupFunction<
    Size Function(Size, Uint64, Pointer<NativeFunction<_FreeObject>>),
    int Function(int, int, Pointer<NativeFunction<_FreeObject>>)>(
  'aipass_dart_hold_object',
  isLeaf: true,
);

final int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>, int) _holdCall =
    _library.lookupFunction<
        Size Function(Size, Uint64, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>, Int64),
        int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>, int)>(
  'aipass_dart_hold_call',
  isLeaf: true,
);

final int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
        Pointer<NativeFunction<_CompleteBuffer>>, int) _holdCallForBuffer =
    _library.lookupFunction<
        Size Function(Size, Uint64, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteBuffer>>, Int64),
        int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteBuffer>>, int)>(
  'aipass_dart_hold_call_for_buffer',
  isLeaf: true,
);

final int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
        Pointer<NativeFunction<_CompleteObject>>, Pointer<NativeFunction<_FreeObject>>, int) _holdCallForObject =
    _library.lookupFunction<
        Size Function(Size, Uint64, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteObject>>, Pointer<NativeFunction<_FreeObject>>, Int64),
        int Function(int, int, Pointer<NativeFunction<_Poll>>, Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteObject>>, Pointer<NativeFunction<_FreeObject>>, int)>(
  'aipass_dart_hold_call_for_object',
  isLeaf: true,
);

final void Function(int) _drive = _library.lookupFunction<Void Function(Size), void Function(int)>('aipass_dart_drive');

final _RustBuffer Function(int, Pointer<_CallStatus>) _takeBuffer = _library
    .lookupFunction<_RustBuffer Function(Size, Pointer<_CallStatus>), _RustBuffer Function(int, Pointer<_CallStatus>)>(
  'aipass_dart_take_buffer',
  isLeaf: true,
);

final int Function(int, Pointer<_CallStatus>) _object =
    _library.lookupFunction<Uint64 Function(Size, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
  'aipass_dart_object',
  isLeaf: true,
);

final void Function(int) _release =
    _library.lookupFunction<Void Function(Size), void Function(int)>('aipass_dart_release');

/// An object of Rust's.
abstract base class _RustObject implements Finalizable {
  _RustObject(int handle, Pointer<NativeFunction<_FreeObject>> free)
      : this._held(handle, _holdObject(_thisIsolate.number, handle, free));

  _RustObject._held(this._handle, this._number) {
    _finalizer.attach(this, Pointer.fromAddress(_number), detach: this, externalSize: _usualSize);
  }

  /// Lets go of objects that are not reached any more.
  static final NativeFinalizer _finalizer = NativeFinalizer(_library.lookup('aipass_dart_release'));

  /// About what one takes in Rust, in bytes: without it, the garbage collector takes many for a few bytes.
  static const int _usualSize = 8192;

  final int _handle;

  /// Under which Rust knows what is held.
  final int _number;
  bool _isClosed = false;

  /// Whether it was closed.
  bool get isClosed => _isClosed;

  /// Frees it in Rust, which otherwise happens when it is garbage collected. Calls that are being made go on to their end, but
  /// what is asked for piece by piece is cancelled; later ones throw a [StateError].
  void close() {
    if (_isClosed) return;
    _isClosed = true;
    _finalizer.detach(this);
    _release(_number);
  }

  void _checkOpen() {
    if (_isClosed) throw StateError('$runtimeType is closed');
  }

  /// Another handle to it: every call consumes one.
  int _clone();
}

/// A call that waits for its future in Rust. The isolate lives on while it waits; if it is killed, the call is ended and what it
/// answered is freed.
abstract base class _Call<T> {
  _Call(this._receiver, this._errors) {
    _port.handler = _complete;
  }

  /// On what it is made, which is not given up before it is answered.
  final _RustObject? _receiver;
  final _Codec<Exception>? _errors;
  final RawReceivePort _port = RawReceivePort();
  final Completer<T> _completer = Completer();

  /// Under which Rust knows it.
  late final int _number;

  int get _portNumber => _port.sendPort.nativePort;

  /// The answer, when it is there.
  T _take();

  Future<T> _begin(int number) {
    _number = number;
    _drive(number);
    return _completer.future;
  }

  void _complete(Object? _) {
    _port.close();
    try {
      _completer.complete(_take());
    } on Object catch (error, trace) {
      _completer.completeError(error, trace);
    }
  }
}

/// How futures that are answered with nothing or with a number are driven.
final class _FutureKind<R> {
  const _FutureKind(this.poll, this.complete, this.free);

  final Pointer<NativeFunction<_Poll>> poll;
  final R Function(int, Pointer<_CallStatus>) complete;
  final Pointer<NativeFunction<_FreeFuture>> free;
}

final class _PlainCall<T, R> extends _Call<T> {
  _PlainCall(super._receiver, this._future, this._kind, super._errors, this._lift);

  final int _future;
  final _FutureKind<R> _kind;
  final T Function(R) _lift;

  Future<T> get result => _begin(_holdCall(_thisIsolate.number, _future, _kind.poll, _kind.free, _portNumber));

  @override
  T _take() {
    try {
      final value = _kind.complete(_future, _status);
      _check(_errors);
      return _lift(value);
    } finally {
      _release(_number);
    }
  }
}

final Pointer<NativeFunction<_Poll>> _pollBuffer = _library.lookup('ffi_aipass_rust_future_poll_rust_buffer');
final Pointer<NativeFunction<_CompleteBuffer>> _completeBuffer =
    _library.lookup('ffi_aipass_rust_future_complete_rust_buffer');
final Pointer<NativeFunction<_FreeFuture>> _freeBufferFuture =
    _library.lookup('ffi_aipass_rust_future_free_rust_buffer');

final class _BufferCall<T> extends _Call<T> {
  _BufferCall(super._receiver, this._future, super._errors, this._lift);

  final int _future;
  final T Function(_RustBuffer) _lift;

  Future<T> get result => _begin(
      _holdCallForBuffer(_thisIsolate.number, _future, _pollBuffer, _freeBufferFuture, _completeBuffer, _portNumber));

  @override
  T _take() {
    try {
      final buffer = _takeBuffer(_number, _status);
      _check(_errors);
      return _lift(buffer);
    } finally {
      _release(_number);
    }
  }
}

final Pointer<NativeFunction<_Poll>> _pollObject = _library.lookup('ffi_aipass_rust_future_poll_u64');
final Pointer<NativeFunction<_CompleteObject>> _completeObject = _library.lookup('ffi_aipass_rust_future_complete_u64');
final Pointer<NativeFunction<_FreeFuture>> _freeObjectFuture = _library.lookup('ffi_aipass_rust_future_free_u64');

/// What is answered is held as the call was, under the same number.
final class _ObjectCall<T> extends _Call<T> {
  _ObjectCall(super._receiver, this._future, this._free, super._errors, this._make);

  final int _future;
  final Pointer<NativeFunction<_FreeObject>> _free;
  final T Function(int, int) _make;

  Future<T> get result => _begin(_holdCallForObject(
      _thisIsolate.number, _future, _pollObject, _freeObjectFuture, _completeObject, _free, _portNumber));

  @override
  T _take() {
    final handle = _object(_number, _status);
    try {
      _check(_errors);
    } on Object {
      _release(_number);
      rethrow;
    }
    return _make(handle, _number);
  }
}
