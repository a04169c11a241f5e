import 'dart:convert';
import 'dart:ffi';
import 'dart:io';
import 'dart:isolate';
import 'dart:typed_data';

import 'package:ffi/ffi.dart';

import '../generated/aipass.dart';
import 'desktop.dart';
import 'platform.dart';

/// Linux: sessions below `XDG_DATA_HOME`, their key in the desktop's keyring (GNOME's, KDE's or another Secret Service) by
/// libsecret, the browser by xdg-open.
final class LinuxPlatform extends DesktopPlatform {
  @override
  Future<String> storeDirectory(String clientId) async =>
      '${folderOf('XDG_DATA_HOME', '.local/share')}/${nameOf(clientId)}';

  /// In an isolate of its own: the keyring may ask its user to unlock it.
  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) =>
      Isolate.run(() => withLock(storeDirectory, () => _Keyring.open().key(clientId)));

  @override
  Future<void> openInBrowser(Uri url) => openWith('xdg-open', ['$url']);
}

/// Runs [work] while no other process or isolate does, so that two that start at once do not make two keys. By flock, because the locks
/// of `dart:io` do not keep isolates of one process apart.
T withLock<T>(String storeDirectory, T Function() work) => using((arena) {
      AiPassStorageException failed(String what) =>
          AiPassStorageException(kind: StorageErrorKind.failed, detail: '$what: $storeDirectory/key.lock');
      try {
        Directory(storeDirectory).createSync(recursive: true);
      } on FileSystemException catch (error) {
        throw failed(error.message);
      }
      final libc = DynamicLibrary.process();
      final open =
          libc.lookupFunction<Int Function(_Text, Int, VarArgs<(Int,)>), int Function(_Text, int, int)>('open');
      final lock = libc.lookupFunction<Int Function(Int, Int), int Function(int, int)>('flock');
      final close = libc.lookupFunction<Int Function(Int), int Function(int)>('close');
      const flags = 0x80042; // O_CLOEXEC | O_CREAT | O_RDWR
      const mode = 0x180; // 0600
      const exclusive = 2; // LOCK_EX
      final file = open('$storeDirectory/key.lock'.toNativeUtf8(allocator: arena), flags, mode);
      if (file < 0) throw failed('a file cannot be made');
      try {
        if (lock(file, exclusive) != 0) throw failed('a file cannot be locked');
        return work();
      } finally {
        close(file);
      }
    });

typedef _Text = Pointer<Utf8>;
typedef _Lookup = _Text Function(Pointer<Void>, Pointer<Void>, Pointer<Void>, Pointer<Pointer<_GError>>);
typedef _StoreNative = Int Function(
    Pointer<Void>, Pointer<Void>, _Text, _Text, _Text, Pointer<Void>, Pointer<Pointer<_GError>>);
typedef _Store = int Function(
    Pointer<Void>, Pointer<Void>, _Text, _Text, _Text, Pointer<Void>, Pointer<Pointer<_GError>>);

final class _GError extends Struct {
  @Uint32()
  external int domain;
  @Int()
  external int code;
  external _Text message;
}

/// The user's keyring, as libsecret's functions `secret_password_lookupv_sync` and `secret_password_storev_sync` reach it. They are
/// called without a schema: the attributes alone find the entry.
final class _Keyring {
  _Keyring._(this._glib, this._secret);

  factory _Keyring.open() {
    try {
      return _Keyring._(DynamicLibrary.open('libglib-2.0.so.0'), DynamicLibrary.open('libsecret-1.so.0'));
    } on ArgumentError catch (error) {
      throw AiPassStorageException(
        kind: StorageErrorKind.failed,
        detail: 'libsecret is not installed, so there is no keyring for the key: '
            'install libsecret-1-0, or give AiPass.open a storeKey (${error.message})',
      );
    }
  }

  final DynamicLibrary _glib;
  final DynamicLibrary _secret;

  /// The key of this app: that in the keyring, or a new one.
  Uint8List key(String clientId) => using((arena) {
        final attributes = _attributes({'application': 'aipass', 'client_id': clientId}, arena);
        try {
          final kept = _lookUp(attributes, arena);
          if (kept != null) {
            return decodeKey(kept) ??
                (throw const AiPassStorageException(
                    kind: StorageErrorKind.keyLost, detail: 'what the keyring holds is not a key'));
          }
          final key = makeKey();
          _store(attributes, 'Session of ${nameOf(clientId)}', base64Encode(key), arena);
          return key;
        } finally {
          _glib.lookupFunction<Void Function(Pointer<Void>), void Function(Pointer<Void>)>('g_hash_table_unref')(
              attributes);
        }
      });

  Pointer<Void> _attributes(Map<String, String> values, Arena arena) {
    final make = _glib.lookupFunction<Pointer<Void> Function(Pointer<Void>, Pointer<Void>),
        Pointer<Void> Function(Pointer<Void>, Pointer<Void>)>('g_hash_table_new');
    final insert =
        _glib.lookupFunction<Int Function(Pointer<Void>, _Text, _Text), int Function(Pointer<Void>, _Text, _Text)>(
            'g_hash_table_insert');
    final table = make(_glib.lookup('g_str_hash'), _glib.lookup('g_str_equal'));
    for (final MapEntry(:key, :value) in values.entries) {
      insert(table, key.toNativeUtf8(allocator: arena), value.toNativeUtf8(allocator: arena));
    }
    return table;
  }

  String? _lookUp(Pointer<Void> attributes, Arena arena) {
    final lookUp = _secret.lookupFunction<_Lookup, _Lookup>('secret_password_lookupv_sync');
    final error = arena<Pointer<_GError>>();
    final found = lookUp(nullptr, attributes, nullptr, error);
    _check(error);
    if (found == nullptr) return null;
    final text = found.toDartString();
    _secret.lookupFunction<Void Function(_Text), void Function(_Text)>('secret_password_free')(found);
    return text;
  }

  void _store(Pointer<Void> attributes, String label, String secret, Arena arena) {
    final store = _secret.lookupFunction<_StoreNative, _Store>('secret_password_storev_sync');
    final error = arena<Pointer<_GError>>();
    _Text text(String value) => value.toNativeUtf8(allocator: arena);
    // Null: the user's own collection, which is unlocked when the user logs in.
    store(nullptr, attributes, nullptr, text(label), text(secret), nullptr, error);
    _check(error);
  }

  void _check(Pointer<Pointer<_GError>> error) {
    final failure = error.value;
    if (failure == nullptr) return;
    final detail = 'the keyring: ${failure.ref.message.toDartString()}';
    _glib.lookupFunction<Void Function(Pointer<_GError>), void Function(Pointer<_GError>)>('g_error_free')(failure);
    // No keyring is running, it is locked and its user did not unlock it, or it refuses: another time it may work.
    throw AiPassStorageException(kind: StorageErrorKind.unavailable, detail: detail);
  }
}
