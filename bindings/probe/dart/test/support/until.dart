/// Waits until it is so, or a while.
Future<void> until(bool Function() isSo) async {
  for (var turn = 0; !isSo() && turn < 2000; turn++) {
    await Future<void>.delayed(const Duration(milliseconds: 1));
  }
}
