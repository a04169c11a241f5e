// Written by bindings/generator: do not edit.
// ignore_for_file: unused_element, unused_field

part of 'aipass.dart';

// How calls cross to Rust: the library, UniFFI's statuses, futures and objects.

/// A bug in the library: Rust panicked, or answered what it should not.
final class InternalException implements Exception {
  /// A bug that is told by [detail].
  const InternalException(this.detail);

  /// What happened, for developers.
  final String detail;

  @override
  String toString() => 'InternalException: $detail';
}

/// The native library, once it is known to be the one that this code was generated for.
final DynamicLibrary _library = _load();

DynamicLibrary _load() {
  final library = openLibrary();
  final contract = library.lookupFunction<Uint32 Function(), int Function()>('ffi_aipass_uniffi_contract_version')();
  if (contract != _contractVersion) {
    throw StateError('The native library speaks version $contract of '
        'UniFFI, this package $_contractVersion: they are not of one release.');
  }
  for (final MapEntry(key: name, value: checksum) in _checksums.entries) {
    if (!library.providesSymbol(name) ||
        library.lookupFunction<Uint16 Function(), int Function()>(name)() != checksum) {
      throw StateError('The native library and this package are not of one '
          'release: they differ in $name.');
    }
  }
  final hasThread =
      library.lookupFunction<Bool Function(Pointer<Void>), bool Function(Pointer<Void>)>('aipass_dart_initialize')(
    NativeApi.postCObject.cast(),
  );
  if (!hasThread) {
    throw StateError('The native library cannot work: the system has no '
        'thread left for it.');
  }
  return library;
}

final class _RustBuffer extends Struct {
  @Uint64()
  external int capacity;

  @Uint64()
  external int length;

  external Pointer<Uint8> data;
}

final class _CallStatus extends Struct {
  @Int8()
  external int code;

  external _RustBuffer error;
}

final class _StatusMemory implements Finalizable {
  _StatusMemory() {
    _finalizer.attach(this, pointer.cast());
  }

  static final NativeFinalizer _finalizer = NativeFinalizer(calloc.nativeFree);

  final Pointer<_CallStatus> pointer = calloc();
}

final _StatusMemory _statusMemory = _StatusMemory();

/// Where a call says how it went. One for the isolate: no call is made while another one is.
final Pointer<_CallStatus> _status = _statusMemory.pointer;

final _RustBuffer Function(int, Pointer<_CallStatus>) _allocate = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>), _RustBuffer Function(int, Pointer<_CallStatus>)>(
  'ffi_aipass_rustbuffer_alloc',
  isLeaf: true,
);

final _RustBuffer Function(_RustBuffer, int, Pointer<_CallStatus>) _reserve = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, int, Pointer<_CallStatus>)>(
  'ffi_aipass_rustbuffer_reserve',
  isLeaf: true,
);

final void Function(_RustBuffer, Pointer<_CallStatus>) _free = _library
    .lookupFunction<Void Function(_RustBuffer, Pointer<_CallStatus>), void Function(_RustBuffer, Pointer<_CallStatus>)>(
  'ffi_aipass_rustbuffer_free',
  isLeaf: true,
);

/// Throws what a call that was just made reports, [errors] being what it may.
void _check(_Codec<Exception>? errors) {
  if (_status.ref.code != 0) _fail(errors);
}

Never _fail(_Codec<Exception>? errors) {
  final status = _status.ref;
  final code = status.code;
  status.code = 0;
  switch (code) {
    case 1 when errors != null:
      throw errors.lift(status.error);
    case 2:
      throw InternalException(_string.lift(status.error));
    default:
      throw InternalException('a call ended with the unknown status $code');
  }
}

/// Lowers another argument of a call; if it cannot be, those [before] it are freed.
_RustBuffer _lowerAfter<T>(List<_RustBuffer> before, _Codec<T> codec, T value) {
  try {
    return codec.lower(value);
  } on Object {
    for (final buffer in before) {
      _free(buffer, _status);
    }
    rethrow;
  }
}

/// [value], if it fits into so many bits.
int _unsigned(int value, int bits, [String? name]) => RangeError.checkValueInInterval(value, 0, (1 << bits) - 1, name);

/// [value], if it fits into so many bits.
int _signed(int value, int bits, [String? name]) =>
    RangeError.checkValueInInterval(value, -1 << (bits - 1), (1 << (bits - 1)) - 1, name);

/// Dart's integers end where half of Rust's unsigned ones are still to come.
int _liftUint64(int value) =>
    value >= 0 ? value : throw const InternalException('a number is larger than an int of Dart');

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

void _nothing(void _) {}

bool _isSame(Object? one, Object? other) => switch ((one, other)) {
      (final List<Object?> one, final List<Object?> other) => one.length == other.length &&
          Iterable<int>.generate(one.length).every((index) => _isSame(one[index], other[index])),
      (final Map<Object?, Object?> one, final Map<Object?, Object?> other) => one.length == other.length &&
          one.entries.every((entry) => other.containsKey(entry.key) && _isSame(entry.value, other[entry.key])),
      (final Set<Object?> one, final Set<Object?> other) => one.length == other.length && other.containsAll(one),
      _ => one == other,
    };

int _hash(Object? value) => switch (value) {
      final List<Object?> list => Object.hashAll(list.map(_hash)),
      final Map<Object?, Object?> map => Object.hashAllUnordered(
          map.entries.map((entry) => Object.hash(entry.key, _hash(entry.value))),
        ),
      final Set<Object?> set => Object.hashAllUnordered(set),
      _ => value.hashCode,
    };

/// What a record's text says of a field: of bytes only how many they are.
Object? _told(Object? value) => value is Uint8List ? '${value.length} bytes' : value;
