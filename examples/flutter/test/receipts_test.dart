import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';
import 'dart:ui' as ui;

import 'package:aipass/aipass.dart';
import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:receipts/receipts.dart';

/// Android's splash is drawn with a shader that only the flutter tool packs.
final _platform = TargetPlatformVariant.only(TargetPlatform.linux);

/// The app as its user meets it, in Flutter's engine, with the native library and a sandbox for AI Pass.
void main() {
  testWidgets(
    'a user signs in, scans a receipt, asks about it, and tops up',
    (tester) async {
      await tester.runAsync(() async {
        HttpOverrides.global = null; // the test's own refuses every request
        final program = await Process.start(Platform.environment['AIPASS_PROGRAM']!, [
          'sandbox',
          '--port',
          '0',
          '--json',
          '--while-stdin-open',
          '--pace',
          '5',
        ]);
        addTearDown(program.kill);
        final line = await program.stdout.transform(utf8.decoder).transform(const LineSplitter()).first;
        final sandbox = jsonDecode(line) as Map<String, Object?>;
        final ai = AiPass(
          clientId: sandbox['client_id']! as String,
          redirectUri: sandbox['redirect_uri']! as String,
          provider: Provider.aiPassAt(sandbox['base_url']! as String),
        );
        addTearDown(ai.close);

        Future<Object?> ask(String method, String path, [Object? body]) async {
          final client = HttpClient();
          final request = await client.openUrl(method, Uri.parse('${sandbox['control_url']}/$path'));
          request.headers.contentType = ContentType.json;
          if (body != null) request.write(jsonEncode(body));
          final answer = await request.close();
          final text = await utf8.decodeStream(answer);
          client.close();
          if (answer.statusCode >= 300) fail("the sandbox's $path refused: ${answer.statusCode} $text");
          return jsonDecode(text);
        }

        final phone = _Phone((page) async {
          final answer = await ask('POST', 'user-agent', {'url': '$page', 'decision': 'allow'}) as Map<String, Object?>;
          return Uri.parse(answer['callback']! as String);
        });
        AiPassPlatform.instance = phone;

        /// Draws until it is so.
        Future<void> until(String what, FutureOr<bool> Function() isSo) async {
          final waited = Stopwatch()..start();
          while (!await isSo()) {
            if (waited.elapsed > const Duration(minutes: 2)) {
              final seen = tester.widgetList<Text>(find.byType(Text)).map((widget) => widget.data);
              fail('in vain: $what; there is $seen');
            }
            await Future<void>.delayed(const Duration(milliseconds: 5));
            await tester.pump(const Duration(milliseconds: 20)); // of the clock of animations
          }
        }

        Future<void> shows(String text) => until(text, () => find.textContaining(text).evaluate().isNotEmpty);

        /// A press on what may be below the screen's edge.
        Future<void> press(Finder button) async {
          await tester.ensureVisible(button);
          await tester.pump();
          await tester.tap(button);
        }

        /// How the chats ended, oldest first; null is one that is being answered.
        Future<List<Object?>> chats() async {
          final log = await ask('GET', 'requests') as Map<String, Object?>;
          return [
            for (final request in (log['requests']! as List<Object?>).cast<Map<String, Object?>>())
              if ((request['path']! as String).endsWith('/chat/completions')) request['ended'],
          ];
        }

        final photos = [(await _darkPhoto()).path, Platform.environment['AIPASS_PHOTO']!];
        await tester.pumpWidget(
          ReceiptsApp(
            ai: AiPassClient(ai),
            pickPhoto: () async => photos.length > 1 ? photos.removeAt(0) : photos.single,
            locale: const Locale('en'),
          ),
        );
        await shows('Sign in with AI Pass');
        await tester.tap(find.text('Sign in with AI Pass'));
        await shows('Scan a receipt');
        await shows('USD'); // the balance

        // A photo that cannot be read costs nothing.
        await tester.tap(find.text('Scan a receipt'));
        await shows('This photo may not be readable');
        await shows('The photo is too dark.');
        expect(await chats(), isEmpty);
        await press(find.text('Take another photo'));
        await shows('39.24\u00a0GBP');
        await shows('Foxglove Books');
        await shows('The amounts add up.');
        await shows('Greeting Card');
        await shows('This scan cost');
        expect(await chats(), hasLength(1));
        final question = find.byType(TextField, skipOffstage: false);
        await tester.ensureVisible(question);
        await tester.pump();
        await tester.ensureVisible(find.byType(TextField));
        await tester.enterText(find.byType(TextField), 'Is that much?');
        await press(find.text('Ask'));
        await shows('language model'); // the sandbox's answer

        // A refused request is sent again after topping up.
        await ask('POST', 'budget', {'remaining': '0.00'});
        await press(find.text('Ask'));
        await shows('Your balance is used up');
        await tester.pumpAndSettle();
        await tester.tap(find.textContaining('Top up ('));
        await until('the page to pay at', () => phone.opened != null);
        await ask('POST', 'budget', {'remaining': '10.00'});
        await tester.tap(find.text('Try again'));
        await until('no sheet', () => find.text('Your balance is used up').evaluate().isEmpty);
        await shows('language model');

        // P5: leaving the screen closes its connections, also that of an answer that does not end.
        await ask('POST', 'faults', {
          'endpoint': 'chat',
          'fault': {'kind': 'stall', 'bytes': 700},
        });
        final before = (await chats()).length;
        await press(find.text('Ask'));
        await until('an answer that does not end', () async {
          final all = await chats();
          return all.length > before && all.last == null;
        });
        await tester.pumpWidget(const SizedBox());
        await until('no connection', () async => (await chats()).last == 'client_disconnected');
      });
    },
    timeout: const Timeout(Duration(minutes: 5)),
    variant: _platform,
  );
}

/// A photo of a dark room.
Future<File> _darkPhoto() async {
  final recorder = ui.PictureRecorder();
  Canvas(recorder).drawColor(const Color(0xff080808), BlendMode.src);
  final image = await recorder.endRecording().toImage(800, 1200);
  final bytes = await image.toByteData(format: ui.ImageByteFormat.png);
  final folder = await Directory.systemTemp.createTemp('receipts');
  addTearDown(() => folder.deleteSync(recursive: true));
  return File('${folder.path}/dark.png').writeAsBytes(Uint8List.sublistView(bytes!));
}

/// A phone whose browser this is.
class _Phone implements AiPassPlatform {
  _Phone(this._browse);

  final Future<Uri> Function(Uri) _browse;
  Uri? opened;

  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) =>
      Stream.fromFuture(_browse(url));

  @override
  Future<void> openInBrowser(Uri url) async => opened = url;

  @override
  Future<Uri?> takeCallback() async => null;

  @override
  Future<String> storeDirectory(String clientId) => throw UnimplementedError();

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) => throw UnimplementedError();
}
