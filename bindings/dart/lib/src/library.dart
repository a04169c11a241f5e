import 'dart:ffi';
import 'dart:io';

/// Where the native library is, if not where the platform looks: set with `--define=AIPASS_LIBRARY=PATH` (in Flutter
/// `--dart-define`), which counts for every isolate.
const _path = String.fromEnvironment('AIPASS_LIBRARY');

/// Opens the native library for the isolate that asks.
///
/// Throws [UnsupportedError] where it is missing or is not for this machine.
DynamicLibrary openLibrary() {
  if (_path.isNotEmpty) return _open(_path);
  // There an app may load nothing at run time: it is linked in.
  if (Platform.isIOS) return DynamicLibrary.process();
  if (Platform.isMacOS) {
    // By the Swift package it is linked in too. By CocoaPods it lies in the app.
    final app = DynamicLibrary.process();
    return app.providesSymbol('ffi_aipass_uniffi_contract_version') ? app : _open('libaipass_ffi.dylib');
  }
  return _open(Platform.isWindows ? 'aipass_ffi.dll' : 'libaipass_ffi.so');
}

DynamicLibrary _open(String name) {
  try {
    return DynamicLibrary.open(name);
  } on ArgumentError catch (error) {
    throw UnsupportedError(
        'The native library of the package aipass cannot be loaded. Its README says how an app gets it. '
        '(${error.message})');
  }
}
