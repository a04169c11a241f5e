part of '{{crate}}.dart';

// The Rust objects and pending calls that this isolate holds.

typedef _FreeObject = Void Function(Uint64, Pointer<_CallStatus>);
typedef _FreeFuture = Void Function(Uint64);
typedef _Wake = Void Function(Uint64, Int8);
typedef _Poll = Void Function(Uint64, Pointer<NativeFunction<_Wake>>, Uint64);
typedef _CompleteBuffer = _RustBuffer Function(Uint64, Pointer<_CallStatus>);
typedef _CompleteObject = Uint64 Function(Uint64, Pointer<_CallStatus>);

/// The registration of this isolate in Rust. When the isolate ends, however it is killed, Rust frees all that it holds.
final class _Isolate implements Finalizable {
  _Isolate() {
    _leaving.attach(this, Pointer.fromAddress(number));
  }

  // A finalizer of its own, with a single entry: a list of several can be lost if a kill interrupts its growth.
  static final NativeFinalizer _leaving =
      NativeFinalizer(_library.lookup('{{crate}}_dart_leave'));

  final int number = _library
      .lookupFunction<Size Function(), int Function()>('{{crate}}_dart_enter')();
}

final _Isolate _thisIsolate = _Isolate();

final int Function(int, int, Pointer<NativeFunction<_FreeObject>>)
    _holdObject = _library.lookupFunction<
        Size Function(Size, Uint64, Pointer<NativeFunction<_FreeObject>>),
        int Function(int, int, Pointer<NativeFunction<_FreeObject>>)>(
  '{{crate}}_dart_hold_object',
  isLeaf: true,
);

final int Function(int, int, Pointer<NativeFunction<_Poll>>,
        Pointer<NativeFunction<_FreeFuture>>, int) _holdCall =
    _library.lookupFunction<
        Size Function(Size, Uint64, Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>, Int64),
        int Function(int, int, Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>, int)>(
  '{{crate}}_dart_hold_call',
  isLeaf: true,
);

final int Function(
        int,
        int,
        Pointer<NativeFunction<_Poll>>,
        Pointer<NativeFunction<_FreeFuture>>,
        Pointer<NativeFunction<_CompleteBuffer>>,
        int) _holdCallForBuffer =
    _library.lookupFunction<
        Size Function(
            Size,
            Uint64,
            Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteBuffer>>,
            Int64),
        int Function(
            int,
            int,
            Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteBuffer>>,
            int)>(
  '{{crate}}_dart_hold_call_for_buffer',
  isLeaf: true,
);

final int Function(
        int,
        int,
        Pointer<NativeFunction<_Poll>>,
        Pointer<NativeFunction<_FreeFuture>>,
        Pointer<NativeFunction<_CompleteObject>>,
        Pointer<NativeFunction<_FreeObject>>,
        int) _holdCallForObject =
    _library.lookupFunction<
        Size Function(
            Size,
            Uint64,
            Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteObject>>,
            Pointer<NativeFunction<_FreeObject>>,
            Int64),
        int Function(
            int,
            int,
            Pointer<NativeFunction<_Poll>>,
            Pointer<NativeFunction<_FreeFuture>>,
            Pointer<NativeFunction<_CompleteObject>>,
            Pointer<NativeFunction<_FreeObject>>,
            int)>(
  '{{crate}}_dart_hold_call_for_object',
  isLeaf: true,
);

final void Function(int) _drive =
    _library.lookupFunction<Void Function(Size), void Function(int)>(
        '{{crate}}_dart_drive');

final _RustBuffer Function(int, Pointer<_CallStatus>) _takeBuffer =
    _library.lookupFunction<_RustBuffer Function(Size, Pointer<_CallStatus>),
        _RustBuffer Function(int, Pointer<_CallStatus>)>(
  '{{crate}}_dart_take_buffer',
  isLeaf: true,
);

final int Function(int, Pointer<_CallStatus>) _object =
    _library.lookupFunction<Uint64 Function(Size, Pointer<_CallStatus>),
        int Function(int, Pointer<_CallStatus>)>(
  '{{crate}}_dart_object',
  isLeaf: true,
);

final void Function(int) _release =
    _library.lookupFunction<Void Function(Size), void Function(int)>(
        '{{crate}}_dart_release');

/// An object in Rust.
abstract base class _RustObject implements Finalizable {
  _RustObject(int handle, Pointer<NativeFunction<_FreeObject>> free)
      : this._held(handle, _holdObject(_thisIsolate.number, handle, free));

  _RustObject._held(this._handle, this._number) {
    _finalizer.attach(this, _number, detach: this);
  }

  // Frees objects that are garbage collected. It is no NativeFinalizer: when an isolate ends, the VM walks the entries of those, and
  // crashes if a kill interrupted their growth. What is left at the end of the isolate is freed by Rust.
  static final Finalizer<int> _finalizer = Finalizer(_release);

  final int _handle;

  /// The number under which Rust keeps the object.
  final int _number;
  bool _isClosed = false;

  /// Whether it was closed.
  bool get isClosed => _isClosed;

  /// Frees the object in Rust now, and not only when it is garbage collected. Pending calls finish, but a stream is cancelled.
  /// Later calls throw a [StateError].
  void close() {
    if (_isClosed) return;
    _isClosed = true;
    _finalizer.detach(this);
    _release(_number);
  }

  void _checkOpen() {
    if (_isClosed) throw StateError('$runtimeType is closed');
  }

  /// Another handle. Every call consumes one.
  int _clone();
}

/// An asynchronous call. Its open port keeps the isolate alive. If the isolate is killed, Rust cancels the call and frees its result.
abstract base class _Call<T> {
  _Call(this._receiver, this._errors) {
    _port.handler = _complete;
  }

  /// The object that the method was called on. Kept, so that it is not garbage collected during the call.
  final _RustObject? _receiver;
  final _Codec<Exception>? _errors;
  final RawReceivePort _port = RawReceivePort();
  final Completer<T> _completer = Completer();

  /// The number under which Rust keeps the call.
  late final int _number;

  int get _portNumber => _port.sendPort.nativePort;

  /// The result. Called once, when it is ready.
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

/// UniFFI's functions for futures whose result is nothing or a number.
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

  Future<T> get result =>
      _begin(_holdCall(_thisIsolate.number, _future, _kind.poll, _kind.free, _portNumber));

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

final Pointer<NativeFunction<_Poll>> _pollBuffer =
    _library.lookup('ffi_{{crate}}_rust_future_poll_rust_buffer');
final Pointer<NativeFunction<_CompleteBuffer>> _completeBuffer =
    _library.lookup('ffi_{{crate}}_rust_future_complete_rust_buffer');
final Pointer<NativeFunction<_FreeFuture>> _freeBufferFuture =
    _library.lookup('ffi_{{crate}}_rust_future_free_rust_buffer');

final class _BufferCall<T> extends _Call<T> {
  _BufferCall(super._receiver, this._future, super._errors, this._lift);

  final int _future;
  final T Function(_RustBuffer) _lift;

  Future<T> get result => _begin(_holdCallForBuffer(_thisIsolate.number,
      _future, _pollBuffer, _freeBufferFuture, _completeBuffer, _portNumber));

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

final Pointer<NativeFunction<_Poll>> _pollObject =
    _library.lookup('ffi_{{crate}}_rust_future_poll_u64');
final Pointer<NativeFunction<_CompleteObject>> _completeObject =
    _library.lookup('ffi_{{crate}}_rust_future_complete_u64');
final Pointer<NativeFunction<_FreeFuture>> _freeObjectFuture =
    _library.lookup('ffi_{{crate}}_rust_future_free_u64');

/// The object that is returned is kept under the number of the call.
final class _ObjectCall<T> extends _Call<T> {
  _ObjectCall(super._receiver, this._future, this._free, super._errors, this._make);

  final int _future;
  final Pointer<NativeFunction<_FreeObject>> _free;
  final T Function(int, int) _make;

  Future<T> get result => _begin(_holdCallForObject(_thisIsolate.number, _future, _pollObject,
      _freeObjectFuture, _completeObject, _free, _portNumber));

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
