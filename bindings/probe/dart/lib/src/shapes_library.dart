import 'dart:ffi';

/// Opens the native library of the crate uniffi-dart-shapes, whose path is set with `--define`.
DynamicLibrary openLibrary() => DynamicLibrary.open(const String.fromEnvironment('AIPASS_SHAPES_LIBRARY'));
