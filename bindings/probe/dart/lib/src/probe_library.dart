import 'dart:ffi';

/// Opens the native library of the crate aipass-probe, whose path is set with `--define`.
DynamicLibrary openLibrary() => DynamicLibrary.open(const String.fromEnvironment('AIPASS_PROBE_LIBRARY'));
