// Written by uniffi-dart-generator: do not edit.
// ignore_for_file: unused_element, unused_field

part of 'aipass.dart';

// Reading and writing Rust's buffers.

/// Reads a buffer that Rust wrote.
final class _Reader {
  _Reader(_RustBuffer buffer) : this._(buffer.data.asTypedList(buffer.length));

  _Reader._(this._bytes) : _view = ByteData.sublistView(_bytes);

  final Uint8List _bytes;
  final ByteData _view;
  int _position = 0;

  int _next(int size) {
    final start = _position;
    _position += size;
    return start;
  }

  /// Bytes with their length before them. A view of the buffer, which is freed after reading.
  Uint8List _piece() {
    final length = _readInt32(this);
    return Uint8List.sublistView(_bytes, _next(length), _position);
  }
}

/// Writes a buffer that Rust reads. Its memory is allocated by Rust.
final class _Writer {
  _Writer(int size) : _buffer = _allocate(size, _status) {
    _look();
  }

  /// Enough for most records, in bytes.
  static const int usual = 256;

  _RustBuffer _buffer;
  late ByteData _view;
  int _position = 0;

  /// The handles of objects in the buffer, which belong to Rust once it has read them.
  final List<(int, Pointer<NativeFunction<_FreeObject>>)> _handles = [];

  void _look() => _view = ByteData.sublistView(_buffer.data.asTypedList(_buffer.capacity));

  /// The memory, with room for [size] more bytes.
  ByteData _room(int size) {
    if (_position + size > _view.lengthInBytes) {
      _buffer.length = _position;
      // With some more room, so that a large piece is not copied again for the little that follows.
      _buffer = _reserve(_buffer, size + _position + usual, _status);
      _look();
    }
    return _view;
  }

  void _raw(List<int> value) {
    final view = _room(value.length);
    Uint8List.sublistView(view).setAll(_position, value);
    _position += value.length;
  }

  _RustBuffer _finish() {
    _buffer.length = _position;
    return _buffer;
  }
}

/// How values of a type are written and read.
abstract base class _Codec<T> {
  const _Codec();

  T read(_Reader reader);

  void write(_Writer writer, T value);

  /// Reads a whole buffer and frees it.
  T lift(_RustBuffer buffer) {
    try {
      return read(_Reader(buffer));
    } finally {
      _free(buffer, _status);
    }
  }

  /// Writes a buffer. Rust frees it.
  _RustBuffer lower(T value) {
    final writer = _Writer(_Writer.usual);
    try {
      write(writer, value);
    } on Object {
      for (final (handle, free) in writer._handles) {
        _release(_holdObject(_thisIsolate.number, handle, free));
      }
      _free(writer._finish(), _status);
      rethrow;
    }
    return writer._finish();
  }
}

/// A codec made of two functions.
final class _Pair<T> extends _Codec<T> {
  const _Pair(this._read, this._write);

  final T Function(_Reader) _read;
  final void Function(_Writer, T) _write;

  @override
  T read(_Reader reader) => _read(reader);

  @override
  void write(_Writer writer, T value) => _write(writer, value);
}
