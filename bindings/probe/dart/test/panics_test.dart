import 'package:aipass_probe/src/probe/aipass_probe.dart';
import 'package:test/test.dart';

// S3: a bug in Rust is an exception in the app, not its end.
void main() {
  test("a panic in a call's work is an exception of the library", () async {
    final isTold = isA<ProbeFailedException>().having((error) => error.code, 'code', 'storage_failed');
    await expectLater(panicInACall(), throwsA(isTold));
  });

  test("a panic on the caller's thread arrives as an exception", () {
    expect(panicHere, throwsA(isA<InternalException>().having((bug) => bug.detail, 'detail', 'a bug')));
  });
}
