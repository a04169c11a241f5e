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

      /// The user allows the app, and the system hands it the callback.
      Future<bool> browse(Uri page) async {
        final answer = await ask('POST', 'user-agent', {'url': '$page', 'decision': 'allow'}) as Map<String, Object?>;
        links
          ..add(Uri.parse('myapp://another/link'))
          ..add(Uri.parse(answer['callback']! as String));
        return true;
      }

      /// Draws until it is so.
      Future<void> until(String what, FutureOr<bool> Function() isSo) async {
        final waited = Stopwatch()..start();
        while (!await isSo()) {
          if (waited.elapsed > const Duration(minutes: 2)) {
            final seen = tester.widgetList<Text>(find.byType(Text)).map((widget) => widget.data);
            fail('in vain: $what; there is $seen');
          }
          await Future<void>.delayed(const Duration(milliseconds: 5));
          await tester.pump();
        }
      }

      Future<void> shows(String text) => until(text, () => find.textContaining(text).evaluate().isNotEmpty);

      /// How the chats ended, oldest first; null is one that is being answered.
      Future<List<Object?>> chats() async {
        final log = await ask('GET', 'requests') as Map<String, Object?>;
        return [
          for (final request in (log['requests']! as List<Object?>).cast<Map<String, Object?>>())
            if ((request['path']! as String).endsWith('/chat/completions')) request['ended'],
        ];
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

      // P5: whoever leaves the screen leaves no connection. The second receipt is read, and the word about it does not end.
      const photo = {'kind': 'delay', 'milliseconds': 1}, word = {'kind': 'stall', 'bytes': 700};
      await ask('POST', 'faults', {'endpoint': 'chat', 'fault': photo, 'times': 1});
      await ask('POST', 'faults', {'endpoint': 'chat', 'fault': word});
      await tester.tap(find.byType(FilledButton));
      await until('a word that does not end', () async {
        final all = await chats();
        return all.length == 4 && all.last == null;
      });
      await tester.pumpWidget(const SizedBox());
      await until('no connection', () async => (await chats()).last == 'client_disconnected');
    });
  }, timeout: const Timeout(Duration(minutes: 1)));
}
