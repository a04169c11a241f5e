import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:aipass/aipass.dart';
import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:receipts/receipts.dart';

/// The app as its user meets it, in Flutter's engine, with the native library and a sandbox for AI Pass.
void main() {
  testWidgets('a user signs in, scans a receipt, and reads its fields and a word about them', (tester) async {
    await tester.runAsync(() async {
      HttpOverrides.global = null; // the test's own refuses every request
      final program = await Process.start(Platform.environment['AIPASS_PROGRAM']!,
          ['sandbox', '--port', '0', '--json', '--while-stdin-open', '--pace', '5']);
      addTearDown(program.kill);
      final line = await program.stdout.transform(utf8.decoder).transform(const LineSplitter()).first;
      final sandbox = jsonDecode(line) as Map<String, Object?>;
      final ai = AiPass(
        clientId: sandbox['client_id']! as String,
        redirectUri: sandbox['redirect_uri']! as String,
        provider: Provider.aiPassAt(sandbox['base_url']! as String),
      );
      addTearDown(ai.close);
      final links = StreamController<Uri>();
      addTearDown(links.close);

      /// The user allows the app, and the system hands it the callback.
      Future<bool> browse(Uri page) async {
        final browser = HttpClient();
        final request = await browser.postUrl(Uri.parse('${sandbox['control_url']}/user-agent'));
        request.headers.contentType = ContentType.json;
        request.write(jsonEncode({'url': '$page', 'decision': 'allow'}));
        final answer = await utf8.decodeStream(await request.close());
        browser.close();
        links
          ..add(Uri.parse('myapp://another/link'))
          ..add(Uri.parse((jsonDecode(answer) as Map<String, Object?>)['callback']! as String));
        return true;
      }

      /// Draws until the screen shows it.
      Future<void> shows(String text) async {
        final patience = Stopwatch()..start();
        while (find.textContaining(text).evaluate().isEmpty) {
          if (patience.elapsed > const Duration(seconds: 20)) {
            final seen = tester.widgetList<Text>(find.byType(Text)).map((widget) => widget.data);
            fail('in vain: $text; there is $seen');
          }
          await Future<void>.delayed(const Duration(milliseconds: 5));
          await tester.pump();
        }
      }

      await tester.pumpWidget(ReceiptsApp(
        ai: ai,
        openInBrowser: browse,
        links: links.stream,
        pickPhoto: () async => Platform.environment['AIPASS_PHOTO'],
      ));
      await shows('Sign in with AI Pass');
      await tester.tap(find.byType(FilledButton));
      await shows('Scan a receipt');
      await tester.tap(find.byType(FilledButton));
      await shows('39.24 GBP at Foxglove Books, 2026-09-19');
      await shows('language model'); // the sandbox's answer

      // P5: whoever leaves the screen leaves no connection.
      await tester.pumpWidget(const SizedBox());
    });
  }, timeout: const Timeout(Duration(minutes: 1)));
}
