import 'dart:async';
import 'dart:ffi';
import 'dart:io';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/allocations.dart';
import 'support/sandbox.dart';

// ignore_for_file: avoid_print

/// The screen's isolate goes on drawing whatever the library does.
void main() {
  /// A camera's photo of 12 megapixels, which scripts/suites/dart draws.
  File photo() {
    final path = Platform.environment['AIPASS_LARGE_PHOTO'];
    return path == null ? fail('AIPASS_LARGE_PHOTO must name a photo of 12 megapixels') : File(path);
  }

  Future<void> staysFree(Future<void> Function(AiPass) call) async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final work = await _work(() => call(ai));
    print('of ${work.all ~/ 1000} KB that the library allocated, ${work.here ~/ 1000} KB were on the screen\'s thread');
    // Its planes alone are 2016 × 1512 × 3/2 bytes.
    expect(work.all - work.here, greaterThan(4500000), reason: 'or no photo was decoded on another thread');
    // What is handed over is copied here; what is done with it is not done here.
    expect(work.here, lessThan(3 * photo().lengthSync()));
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

  test('while a conversation is asked about a photo', () async {
    final question = UserMessage.of([
      const ContentPart.text(text: 'What is it?'),
      ContentPart.photo(photo: Photo.bytes(photo().readAsBytesSync())),
    ]);
    await staysFree((ai) async {
      final conversation = Conversation(const ChatRequest(messages: []));
      await conversation.ask(ai: ai, messages: [question]);
      conversation.close();
    });
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

const _long = Timeout(Duration(minutes: 10));

/// How many bytes the library allocated during a call: on this isolate's thread, and on all threads.
Future<({int here, int all})> _work(Future<void> Function() call) async {
  final start = allocations.bytes;
  var (thread, before, here) = (_threadId(), allocations.bytesOfThisThread, 0);

  void beat() {
    final (nowThread, now) = (_threadId(), allocations.bytesOfThisThread);
    // Between two messages an isolate may change its thread, never within one.
    if (nowThread == thread) here += now - before;
    (thread, before) = (nowThread, now);
  }

  final heart = Timer.periodic(Duration.zero, (_) => beat());
  final called = call();
  beat(); // what was done before the call waited, on this very thread
  await called;
  heart.cancel();
  beat();
  return (here: here, all: allocations.bytes - start);
}

final _threadId = DynamicLibrary.process().lookupFunction<Int Function(), int Function()>('gettid');
