import 'dart:ffi';

import 'package:aipass/src/library.dart';

/// What the native library has allocated. The suite builds it with the feature `allocation-counts`, which counts exactly: memory in
/// use and processor time depend on the garbage collector and on what else the machine does.
final class Allocations {
  Allocations._(DynamicLibrary library)
      : _live = library.lookupFunction<Int64 Function(), int Function()>('aipass_test_live_allocations'),
        _bytes = library.lookupFunction<Uint64 Function(), int Function()>('aipass_test_allocated_bytes'),
        _bytesOfThisThread =
            library.lookupFunction<Uint64 Function(), int Function()>('aipass_test_allocated_bytes_of_this_thread');

  final int Function() _live, _bytes, _bytesOfThisThread;

  /// How many allocations were made and not freed.
  int get live => _live();

  /// How many bytes were ever allocated.
  int get bytes => _bytes();

  /// How many bytes of them on the present thread. Between two messages an isolate may change its thread.
  int get bytesOfThisThread => _bytesOfThisThread();
}

final Allocations allocations = Allocations._(openLibrary());
