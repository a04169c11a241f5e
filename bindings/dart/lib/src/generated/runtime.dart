// Written by uniffi-dart-generator: do not edit.
// ignore_for_file: unused_element, unused_field

part of 'aipass.dart';

// What every call needs: the library, UniFFI's statuses and memory, and how values are compared and printed.

/// A bug in the library: Rust panicked, or returned an invalid value.
final class InternalException implements Exception {
  /// A bug that [detail] describes.
  const InternalException(this.detail);

  /// What happened, for developers.
  final String detail;

  @override
  String toString() => 'InternalException: $detail';
}

/// The native library. It was checked to be the one that this code was generated for.
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
    throw StateError('The native library cannot start its thread.');
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

/// The status of the last call. One is enough for the isolate: a call ends before the next one begins.
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

/// Throws the error of the last call, if it failed. [errors] reads the errors that the call may throw.
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
      throw InternalException('a call returned the unknown status $code');
  }
}

/// Lowers the next argument of a call. If that fails, frees the buffers [before] it.
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

/// Returns [value] if it is an unsigned number of [bits] bits, and throws otherwise.
int _unsigned(int value, int bits, [String? name]) => RangeError.checkValueInInterval(value, 0, (1 << bits) - 1, name);

/// Returns [value] if it is a signed number of [bits] bits, and throws otherwise.
int _signed(int value, int bits, [String? name]) =>
    RangeError.checkValueInInterval(value, -1 << (bits - 1), (1 << (bits - 1)) - 1, name);

/// The upper half of Rust's unsigned 64-bit numbers does not fit into an int of Dart.
int _liftUint64(int value) =>
    value >= 0 ? value : throw const InternalException('a number is larger than an int of Dart');

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

/// What `toString` shows of a field. Of bytes only the length; of an address neither the query, which may hold a signature, nor
/// the user, nor the content of a `data:` address.
Object? _shown(Object? value) => switch (value) {
      Uint8List() => '${value.length} bytes',
      Uri(scheme: 'data') => 'data:…',
      Uri() => '$value'.split(RegExp('[?#]')).first.replaceFirst(RegExp('//[^/]*@'), '//'),
      _ => value,
    };
