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
  library.lookupFunction<Void Function(Pointer<Void>), void Function(Pointer<Void>)>('aipass_dart_initialize')(
    NativeApi.postCObject.cast(),
  );
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

/// Lowers another argument of a call; if it cannot be, nothing is kept of those [before] it.
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
typedef _Poll = void Function(int, Pointer<NativeFunction<_Wake>>, int);

final Pointer<Void> Function(int, Pointer<NativeFunction<_FreeObject>>) _holdObject = _library.lookupFunction<
    Pointer<Void> Function(Uint64, Pointer<NativeFunction<_FreeObject>>),
    Pointer<Void> Function(int, Pointer<NativeFunction<_FreeObject>>)>(
  'aipass_dart_hold_object',
  isLeaf: true,
);

final Pointer<Void> Function(int, Pointer<NativeFunction<_FreeFuture>>) _holdFuture = _library.lookupFunction<
    Pointer<Void> Function(Uint64, Pointer<NativeFunction<_FreeFuture>>),
    Pointer<Void> Function(int, Pointer<NativeFunction<_FreeFuture>>)>(
  'aipass_dart_hold_future',
  isLeaf: true,
);

final Pointer<NativeFunction<Void Function(Pointer<Void>)>> _releaseFunction = _library.lookup('aipass_dart_release');

typedef _Begin = Uint64 Function(Uint64, _RustBuffer);

/// From how many bytes on an argument is handed over on a thread of Rust's, which reads it byte by byte.
const int _large = 65536;

final Pointer<Void> Function(
        Pointer<NativeFunction<_Begin>>, int, _RustBuffer, Pointer<NativeFunction<_FreeFuture>>, int) _beginElsewhere =
    _library.lookupFunction<
        Pointer<Void> Function(
            Pointer<NativeFunction<_Begin>>, Uint64, _RustBuffer, Pointer<NativeFunction<_FreeFuture>>, Uint64),
        Pointer<Void> Function(
            Pointer<NativeFunction<_Begin>>, int, _RustBuffer, Pointer<NativeFunction<_FreeFuture>>, int)>(
  'aipass_dart_begin',
);

final int Function(Pointer<Void>) _begun =
    _library.lookupFunction<Uint64 Function(Pointer<Void>), int Function(Pointer<Void>)>('aipass_dart_begun');

final void Function(Pointer<Void>) _release = _releaseFunction.asFunction();

/// Lets go of what Dart no longer reaches, and of everything when the isolate ends.
final NativeFinalizer _finalizer = NativeFinalizer(_releaseFunction);

final Pointer<NativeFunction<_Wake>> _wake = _library.lookup('aipass_dart_wake');

/// An object of Rust's.
abstract base class _RustObject implements Finalizable {
  _RustObject(this._handle, Pointer<NativeFunction<_FreeObject>> free) : _held = _holdObject(_handle, free) {
    _finalizer.attach(this, _held, detach: this, externalSize: _usualSize);
  }

  /// About what one takes in Rust, in bytes: without it, the garbage collector takes many for a few bytes.
  static const int _usualSize = 8192;

  final int _handle;
  final Pointer<Void> _held;
  bool _isClosed = false;

  /// Whether it was closed.
  bool get isClosed => _isClosed;

  /// Frees it in Rust, which otherwise happens when it is garbage collected. Calls that are being made go on to their end;
  /// later ones throw a [StateError].
  void close() {
    if (_isClosed) return;
    _isClosed = true;
    _finalizer.detach(this);
    _release(_held);
  }

  void _checkOpen() {
    if (_isClosed) throw StateError('$runtimeType is closed');
  }

  /// Another handle to it: every call consumes one.
  int _clone();
}

/// How futures of a kind of result are driven.
final class _FutureKind<R> {
  const _FutureKind(this.poll, this.complete, this.free);

  final _Poll poll;
  final R Function(int, Pointer<_CallStatus>) complete;
  final Pointer<NativeFunction<_FreeFuture>> free;
}

/// A call that waits for its future in Rust. The isolate lives on while it waits; if it is killed, its finalizer frees the
/// future, which ends the call.
final class _Call<T, R> implements Finalizable {
  _Call(this._future, this._kind, this._errors, this._lift) {
    _hold(_holdFuture(_future, _kind.free));
    _poll();
  }

  /// One whose future another thread makes.
  _Call.elsewhere(
      Pointer<NativeFunction<_Begin>> begin, int object, _RustBuffer argument, this._kind, this._errors, this._lift)
      : _future = 0 {
    _hold(_beginElsewhere(begin, object, argument, _kind.free, _port.sendPort.nativePort));
  }

  int _future;
  final _FutureKind<R> _kind;
  final _Codec<Exception>? _errors;
  final T Function(R) _lift;
  late final Pointer<Void> _held;
  final RawReceivePort _port = RawReceivePort();
  final Completer<T> _completer = Completer();

  Future<T> get result => _completer.future;

  void _hold(Pointer<Void> held) {
    _held = held;
    _finalizer.attach(this, held, detach: this);
    _port.handler = _goOn;
  }

  void _poll() => _kind.poll(_future, _wake, _port.sendPort.nativePort);

  void _goOn(int result) {
    if (result != 0) {
      if (_future == 0) _future = _begun(_held);
      _poll();
      return;
    }
    _port.close();
    try {
      final value = _kind.complete(_future, _status);
      _check(_errors);
      _completer.complete(_lift(value));
    } on Object catch (error, trace) {
      _completer.completeError(error, trace);
    } finally {
      _finalizer.detach(this);
      _release(_held);
    }
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
