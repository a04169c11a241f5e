part of '{{crate}}.dart';

// How UniFFI serializes values.

int _readUint8(_Reader reader) => reader._view.getUint8(reader._next(1));
void _writeUint8(_Writer writer, int value) {
  writer._room(1).setUint8(writer._position, _unsigned(value, 8));
  writer._position += 1;
}

const _Codec<int> _uint8 = _Pair(_readUint8, _writeUint8);

int _readInt8(_Reader reader) => reader._view.getInt8(reader._next(1));
void _writeInt8(_Writer writer, int value) {
  writer._room(1).setInt8(writer._position, _signed(value, 8));
  writer._position += 1;
}

const _Codec<int> _int8 = _Pair(_readInt8, _writeInt8);

int _readUint16(_Reader reader) => reader._view.getUint16(reader._next(2));
void _writeUint16(_Writer writer, int value) {
  writer._room(2).setUint16(writer._position, _unsigned(value, 16));
  writer._position += 2;
}

const _Codec<int> _uint16 = _Pair(_readUint16, _writeUint16);

int _readInt16(_Reader reader) => reader._view.getInt16(reader._next(2));
void _writeInt16(_Writer writer, int value) {
  writer._room(2).setInt16(writer._position, _signed(value, 16));
  writer._position += 2;
}

const _Codec<int> _int16 = _Pair(_readInt16, _writeInt16);

int _readUint32(_Reader reader) => reader._view.getUint32(reader._next(4));
void _writeUint32(_Writer writer, int value) {
  writer._room(4).setUint32(writer._position, _unsigned(value, 32));
  writer._position += 4;
}

const _Codec<int> _uint32 = _Pair(_readUint32, _writeUint32);

int _readInt32(_Reader reader) => reader._view.getInt32(reader._next(4));
void _writeInt32(_Writer writer, int value) {
  writer._room(4).setInt32(writer._position, _signed(value, 32));
  writer._position += 4;
}

const _Codec<int> _int32 = _Pair(_readInt32, _writeInt32);

int _readInt64(_Reader reader) => reader._view.getInt64(reader._next(8));
void _writeInt64(_Writer writer, int value) {
  writer._room(8).setInt64(writer._position, value);
  writer._position += 8;
}

const _Codec<int> _int64 = _Pair(_readInt64, _writeInt64);

int _readUint64(_Reader reader) => _liftUint64(_readInt64(reader));
void _writeUint64(_Writer writer, int value) =>
    _writeInt64(writer, RangeError.checkNotNegative(value));

const _Codec<int> _uint64 = _Pair(_readUint64, _writeUint64);

double _readFloat32(_Reader reader) =>
    reader._view.getFloat32(reader._next(4));
void _writeFloat32(_Writer writer, double value) {
  writer._room(4).setFloat32(writer._position, value);
  writer._position += 4;
}

const _Codec<double> _float32 = _Pair(_readFloat32, _writeFloat32);

double _readFloat64(_Reader reader) =>
    reader._view.getFloat64(reader._next(8));
void _writeFloat64(_Writer writer, double value) {
  writer._room(8).setFloat64(writer._position, value);
  writer._position += 8;
}

const _Codec<double> _float64 = _Pair(_readFloat64, _writeFloat64);

bool _readBool(_Reader reader) => _readInt8(reader) != 0;
void _writeBool(_Writer writer, bool value) =>
    _writeInt8(writer, value ? 1 : 0);

const _Codec<bool> _bool = _Pair(_readBool, _writeBool);

Uint8List _readBytes(_Reader reader) => Uint8List.fromList(reader._piece());
void _writeBytes(_Writer writer, Uint8List value) {
  _writeInt32(writer, value.length);
  writer._raw(value);
}

const _Codec<Uint8List> _bytes = _Pair(_readBytes, _writeBytes);

final class _StringCodec extends _Codec<String> {
  const _StringCodec();

  @override
  String read(_Reader reader) => utf8.decode(reader._piece());

  @override
  void write(_Writer writer, String value) =>
      _writeBytes(writer, utf8.encode(value));

  // A string that is a whole buffer has no length before it.
  @override
  String lift(_RustBuffer buffer) {
    try {
      return utf8.decode(buffer.data.asTypedList(buffer.length));
    } finally {
      _free(buffer, _status);
    }
  }

  @override
  _RustBuffer lower(String value) {
    final bytes = utf8.encode(value);
    return (_Writer(bytes.length).._raw(bytes))._finish();
  }
}

const _Codec<String> _string = _StringCodec();

/// Durations that Dart cannot hold become the longest one. Dart drops nanoseconds.
Duration _readDuration(_Reader reader) {
  const longest = 0x7fffffffffffffff ~/ Duration.microsecondsPerSecond - 1;
  final seconds = _readInt64(reader);
  final nanoseconds = _readUint32(reader);
  return seconds < 0 || seconds > longest
      ? const Duration(seconds: longest)
      : Duration(seconds: seconds, microseconds: nanoseconds ~/ 1000);
}

/// Rust has no negative durations: they become zero.
void _writeDuration(_Writer writer, Duration value) {
  final microseconds = value.isNegative ? 0 : value.inMicroseconds;
  _writeInt64(writer, microseconds ~/ Duration.microsecondsPerSecond);
  _writeUint32(
      writer, microseconds % Duration.microsecondsPerSecond * 1000);
}

const _Codec<Duration> _duration = _Pair(_readDuration, _writeDuration);

/// Seconds and nanoseconds since 1970. Before 1970 both count backwards.
DateTime _readTimestamp(_Reader reader) {
  final seconds = _readInt64(reader);
  final microseconds = _readUint32(reader) ~/ 1000;
  return DateTime.fromMicrosecondsSinceEpoch(
    seconds * Duration.microsecondsPerSecond +
        (seconds < 0 ? -microseconds : microseconds),
    isUtc: true,
  );
}

void _writeTimestamp(_Writer writer, DateTime value) {
  final microseconds = value.microsecondsSinceEpoch;
  _writeInt64(writer, microseconds ~/ Duration.microsecondsPerSecond);
  _writeUint32(
      writer, microseconds.abs() % Duration.microsecondsPerSecond * 1000);
}

const _Codec<DateTime> _timestamp = _Pair(_readTimestamp, _writeTimestamp);

final class _Optional<T> extends _Codec<T?> {
  const _Optional(this._some);

  final _Codec<T> _some;

  @override
  T? read(_Reader reader) =>
      _readInt8(reader) == 0 ? null : _some.read(reader);

  @override
  void write(_Writer writer, T? value) {
    _writeBool(writer, value != null);
    if (value != null) _some.write(writer, value);
  }
}

final class _List<T> extends _Codec<List<T>> {
  const _List(this._item);

  final _Codec<T> _item;

  @override
  List<T> read(_Reader reader) {
    final length = _readInt32(reader);
    return [for (var index = 0; index < length; index++) _item.read(reader)];
  }

  @override
  void write(_Writer writer, List<T> value) {
    _writeInt32(writer, value.length);
    for (final item in value) {
      _item.write(writer, item);
    }
  }
}

final class _Set<T> extends _Codec<Set<T>> {
  const _Set(this._item);

  final _Codec<T> _item;

  @override
  Set<T> read(_Reader reader) {
    final length = _readInt32(reader);
    return {for (var index = 0; index < length; index++) _item.read(reader)};
  }

  @override
  void write(_Writer writer, Set<T> value) {
    _writeInt32(writer, value.length);
    for (final item in value) {
      _item.write(writer, item);
    }
  }
}

final class _Map<K, V> extends _Codec<Map<K, V>> {
  const _Map(this._key, this._value);

  final _Codec<K> _key;
  final _Codec<V> _value;

  @override
  Map<K, V> read(_Reader reader) {
    final length = _readInt32(reader);
    return {
      for (var index = 0; index < length; index++)
        _key.read(reader): _value.read(reader),
    };
  }

  @override
  void write(_Writer writer, Map<K, V> value) {
    _writeInt32(writer, value.length);
    for (final MapEntry(:key, :value) in value.entries) {
      _key.write(writer, key);
      _value.write(writer, value);
    }
  }
}
