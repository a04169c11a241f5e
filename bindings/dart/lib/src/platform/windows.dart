import 'dart:ffi';
import 'dart:io';
import 'dart:isolate';
import 'dart:typed_data';

import 'package:ffi/ffi.dart';

import '../generated/aipass.dart';
import 'desktop.dart';
import 'platform.dart';

/// Windows: sessions below `LOCALAPPDATA`, their key in a file there that DPAPI encrypts for this user of this machine, the browser by
/// ShellExecute. **Has never run.**
final class WindowsPlatform extends DesktopPlatform {
  @override
  Future<String> storeDirectory(String clientId) async {
    final folder = Platform.environment['LOCALAPPDATA'];
    if (folder == null || folder.isEmpty) {
      throw const AiPassInvalidInputException(
          input: 'storeDirectory', detail: 'LOCALAPPDATA is not set: give it to AiPass.open');
    }
    return '$folder\\${nameOf(clientId).replaceAll('*', '%2A')}';
  }

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) => Isolate.run(() => _storeKey(storeDirectory));

  @override
  Future<void> openInBrowser(Uri url) async => using((arena) {
        final execute = DynamicLibrary.open('shell32.dll').lookupFunction<
            IntPtr Function(Pointer<Void>, Pointer<Utf16>, Pointer<Utf16>, Pointer<Utf16>, Pointer<Utf16>, Int32),
            int Function(
                Pointer<Void>, Pointer<Utf16>, Pointer<Utf16>, Pointer<Utf16>, Pointer<Utf16>, int)>('ShellExecuteW');
        Pointer<Utf16> text(String value) => value.toNativeUtf16(allocator: arena);
        const showNormal = 1;
        final result = execute(nullptr, text('open'), text('$url'), nullptr, nullptr, showNormal);
        // Above 32 it succeeded, as ShellExecute's documentation has it.
        if (result > 32) return;
        throw const AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
      });
}

/// While no other process or isolate does, so that two that start at once do not make two keys.
Uint8List _storeKey(String storeDirectory) {
  try {
    Directory(storeDirectory).createSync(recursive: true);
    final lock = File('$storeDirectory\\key.lock').openSync(mode: FileMode.append);
    try {
      lock.lockSync(FileLock.blockingExclusive);
      final file = File('$storeDirectory\\key.dpapi');
      if (file.existsSync()) return _unprotect(file.readAsBytesSync());
      final key = makeKey();
      // Renamed when it is whole, so that half a key is never read.
      File('${file.path}.part')
        ..writeAsBytesSync(_protect(key), flush: true)
        ..renameSync(file.path);
      return key;
    } finally {
      lock.closeSync();
    }
  } on FileSystemException catch (error) {
    throw AiPassStorageException(kind: StorageErrorKind.failed, detail: '${error.message}: ${error.path}');
  }
}

Uint8List _protect(Uint8List key) =>
    _call('CryptProtectData', key) ??
    (throw const AiPassStorageException(kind: StorageErrorKind.failed, detail: 'DPAPI cannot encrypt the key'));

Uint8List _unprotect(Uint8List file) =>
    _call('CryptUnprotectData', file) ??
    (throw const AiPassStorageException(kind: StorageErrorKind.keyLost, detail: 'DPAPI cannot decrypt the key'));

Uint8List? _call(String function, Uint8List input) => using((arena) {
      final call = DynamicLibrary.open('crypt32.dll').lookupFunction<
          Int32 Function(
              Pointer<_Blob>, Pointer<Void>, Pointer<_Blob>, Pointer<Void>, Pointer<Void>, Uint32, Pointer<_Blob>),
          int Function(Pointer<_Blob>, Pointer<Void>, Pointer<_Blob>, Pointer<Void>, Pointer<Void>, int,
              Pointer<_Blob>)>(function);
      final bytes = arena<Uint8>(input.length)..asTypedList(input.length).setAll(0, input);
      final given = arena<_Blob>();
      given.ref
        ..length = input.length
        ..bytes = bytes;
      final result = arena<_Blob>();
      const noQuestions = 1; // CRYPTPROTECT_UI_FORBIDDEN
      if (call(given, nullptr, nullptr, nullptr, nullptr, noQuestions, result) == 0) return null;
      final output = Uint8List.fromList(result.ref.bytes.asTypedList(result.ref.length));
      DynamicLibrary.open('kernel32.dll')
          .lookupFunction<Pointer<Void> Function(Pointer<Uint8>), Pointer<Void> Function(Pointer<Uint8>)>(
              'LocalFree')(result.ref.bytes);
      return output;
    });

/// `DATA_BLOB`.
final class _Blob extends Struct {
  @Uint32()
  external int length;
  external Pointer<Uint8> bytes;
}
