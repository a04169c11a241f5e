import 'dart:async';
import 'dart:ffi';
import 'dart:io';
import 'dart:math';

import 'package:aipass/aipass.dart';
import 'package:ffi/ffi.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

// ignore_for_file: avoid_print

/// The screen's isolate goes on drawing whatever the library does.
void main() {
  /// A camera's photo of 12 megapixels, which scripts/suites/dart draws.
  File photo() {
    final path = Platform.environment['AIPASS_LARGE_PHOTO'];
    return path == null ? fail('AIPASS_LARGE_PHOTO must name a photo of 12 megapixels') : File(path);
  }

  Future<void> staysFree(Future<Object?> Function(AiPass) call) async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await call(ai); // compiles, connects
    final (worked, elsewhere) = await _processorTime(() => call(ai));
    final (stalled, took) = await _longestStall(() => call(ai));
    print('of $took the isolate worked $worked, and stood still for $stalled at most');
    expect(elsewhere, greaterThan(const Duration(milliseconds: 30)), reason: 'or nobody worked at all');
    expect(worked, lessThan(const Duration(milliseconds: 8)));
    // On a busy machine anybody may have to wait for a processor, but not for the scan.
    expect(stalled, lessThan(took ~/ 5));
  }

  // P7
  test('while a photo of 12 megapixels is scanned from its bytes', () async {
    final bytes = photo().readAsBytesSync();
    await staysFree((ai) => ai.scanReceipt(bytes));
  }, timeout: _long);

  // P7
  test('while a photo of 12 megapixels is scanned from its file', () async {
    await staysFree((ai) => ai.scanReceiptFile(photo().path));
  }, timeout: _long);

  test('while a photo that is a large file is streamed about', () async {
    final request = ChatRequest(messages: [
      UserMessage.of([
        const ContentPart.text(text: 'What is it?'),
        ContentPart.photo(photo: Photo.bytes(photo().readAsBytesSync())),
      ]),
    ]);
    await staysFree((ai) => ai.chatStream(request).drain<void>());
  }, timeout: _long);

  // L4
  test('a thousand calls at once are answered, and an expired token is refreshed once', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.ask('POST', 'expire-access-tokens', <String, Object?>{});
    final request = ChatRequest(messages: [UserMessage('Hello')]);
    final answers = await [for (var i = 0; i < 1000; i++) ai.chatWith(request)].wait;
    expect(answers.map((answer) => answer.finishReason).toSet(), {const FinishReason.stop()});
    expect((await sandbox.state())['tokens'], containsPair('issued_for_refreshes', 1));
  }, timeout: _long);
}

const _long = Timeout(Duration(minutes: 2));

/// How long a call keeps Dart's threads busy, whichever of them the isolate is on, and how long those of the library.
Future<(Duration, Duration)> _processorTime(Future<Object?> Function() call) async {
  final (all, library) = (_ofProcess(), _ofLibrary());
  await call();
  final elsewhere = _ofLibrary() - library;
  return (_ofProcess() - all - elsewhere, elsewhere);
}

final class _TimeSpec extends Struct {
  @Long()
  external int seconds;

  @Long()
  external int nanoseconds;
}

final _clockGetTime = DynamicLibrary.process()
    .lookupFunction<Int Function(Int, Pointer<_TimeSpec>), int Function(int, Pointer<_TimeSpec>)>('clock_gettime');

Duration _ofProcess() => using((arena) {
      final time = arena<_TimeSpec>();
      const processTime = 2; // CLOCK_PROCESS_CPUTIME_ID
      if (_clockGetTime(processTime, time) != 0) fail('the system tells no processor time');
      return Duration(seconds: time.ref.seconds, microseconds: time.ref.nanoseconds ~/ 1000);
    });

Duration _ofLibrary() {
  var nanoseconds = 0;
  for (final thread in Directory('/proc/self/task').listSync()) {
    if (File('${thread.path}/comm').readAsStringSync().trim() != 'aipass') continue;
    nanoseconds += int.parse(File('${thread.path}/schedstat').readAsStringSync().split(' ').first);
  }
  return Duration(microseconds: nanoseconds ~/ 1000);
}

/// The longest time in which the isolate did nothing else, and how long it all took.
Future<(Duration, Duration)> _longestStall(Future<Object?> Function() call) async {
  final watch = Stopwatch()..start();
  var longest = 0;
  var last = 0;
  final heart = Timer.periodic(Duration.zero, (_) {
    final now = watch.elapsedMicroseconds;
    longest = max(longest, now - last);
    last = now;
  });
  await call();
  heart.cancel();
  longest = max(longest, watch.elapsedMicroseconds - last);
  return (Duration(microseconds: longest), watch.elapsed);
}
