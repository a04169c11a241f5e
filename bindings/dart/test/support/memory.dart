import 'dart:ffi';
import 'dart:io';

/// `struct mallinfo2` of glibc.
final class _Allocations extends Struct {
  @Size()
  external int arena;
  @Size()
  external int freeChunks;
  @Size()
  external int freeFastChunks;
  @Size()
  external int mappedChunks;
  @Size()
  external int mappedBytes;
  @Size()
  external int unused;
  @Size()
  external int freeFastBytes;
  @Size()
  external int usedBytes;
  @Size()
  external int freeBytes;
  @Size()
  external int releasableBytes;
}

typedef _Ask = _Allocations Function();

final _Ask? _ask = () {
  final process = DynamicLibrary.process();
  return process.providesSymbol('mallinfo2') ? process.lookupFunction<_Ask, _Ask>('mallinfo2') : null;
}();

/// How many bytes the process has allocated and not freed, which is where what Rust leaks is; the garbage collector's own pages are
/// not among them. Where that cannot be known, how many are resident, which jumps as those pages come and go.
int memoryInUse() {
  final allocations = _ask?.call();
  return allocations == null ? ProcessInfo.currentRss : allocations.usedBytes + allocations.mappedBytes;
}
