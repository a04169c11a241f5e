part of '{{crate}}.dart';

// What every call needs: the library, UniFFI's statuses and memory, and how values are compared and told.

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
  final contract = library.lookupFunction<Uint32 Function(), int Function()>(
      'ffi_{{crate}}_uniffi_contract_version')();
  if (contract != _contractVersion) {
    throw StateError('The native library speaks version $contract of '
        'UniFFI, this package $_contractVersion: they are not of one release.');
  }
  for (final MapEntry(key: name, value: checksum) in _checksums.entries) {
    if (!library.providesSymbol(name) ||
        library.lookupFunction<Uint16 Function(), int Function()>(name)() !=
            checksum) {
      throw StateError('The native library and this package are not of one '
          'release: they differ in $name.');
    }
  }
  final hasThread = library.lookupFunction<Bool Function(Pointer<Void>),
      bool Function(Pointer<Void>)>('aipass_dart_initialize')(
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

final _RustBuffer Function(int, Pointer<_CallStatus>) _allocate =
    _library.lookupFunction<
        _RustBuffer Function(Uint64, Pointer<_CallStatus>),
        _RustBuffer Function(int, Pointer<_CallStatus>)>(
  'ffi_{{crate}}_rustbuffer_alloc',
  isLeaf: true,
);

final _RustBuffer Function(_RustBuffer, int, Pointer<_CallStatus>) _reserve =
    _library.lookupFunction<
        _RustBuffer Function(_RustBuffer, Uint64, Pointer<_CallStatus>),
        _RustBuffer Function(_RustBuffer, int, Pointer<_CallStatus>)>(
  'ffi_{{crate}}_rustbuffer_reserve',
  isLeaf: true,
);

final void Function(_RustBuffer, Pointer<_CallStatus>) _free =
    _library.lookupFunction<Void Function(_RustBuffer, Pointer<_CallStatus>),
        void Function(_RustBuffer, Pointer<_CallStatus>)>(
  'ffi_{{crate}}_rustbuffer_free',
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
_RustBuffer _lowerAfter<T>(
    List<_RustBuffer> before, _Codec<T> codec, T value) {
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
int _unsigned(int value, int bits, [String? name]) =>
    RangeError.checkValueInInterval(value, 0, (1 << bits) - 1, name);

/// [value], if it fits into so many bits.
int _signed(int value, int bits, [String? name]) =>
    RangeError.checkValueInInterval(
        value, -1 << (bits - 1), (1 << (bits - 1)) - 1, name);

/// Dart's integers end where half of Rust's unsigned ones are still to come.
int _liftUint64(int value) => value >= 0
    ? value
    : throw const InternalException('a number is larger than an int of Dart');

void _nothing(void _) {}

bool _isSame(Object? one, Object? other) => switch ((one, other)) {
      (final List<Object?> one, final List<Object?> other) =>
        one.length == other.length &&
            Iterable<int>.generate(one.length)
                .every((index) => _isSame(one[index], other[index])),
      (final Map<Object?, Object?> one, final Map<Object?, Object?> other) =>
        one.length == other.length &&
            one.entries.every((entry) =>
                other.containsKey(entry.key) &&
                _isSame(entry.value, other[entry.key])),
      (final Set<Object?> one, final Set<Object?> other) =>
        one.length == other.length && other.containsAll(one),
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

/// What a record's text says of a field: of bytes only how many they are, and of an address not its query, which may be a
/// signature, nor the data that a `data:` address is.
Object? _told(Object? value) => switch (value) {
      Uint8List() => '${value.length} bytes',
      Uri(scheme: 'data') => 'data:…',
      Uri() => '$value'.split(RegExp('[?#]')).first.replaceFirst(RegExp('//[^/]*@'), '//'),
      _ => value,
    };
