// What a host app brings to the README's quick start, played by a sandbox. Run by tests/quick-starts/dart.

import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';

import 'quick_start.dart';

Future<void> main(List<String> arguments) async {
  final [photo, sandbox, sessions] = arguments;
  final browser = HttpClient();
  var callback = Uri();

  /// The sandbox plays the user, who allows the app, and tells where the browser ends up.
  Future<void> browse(Uri page) async {
    final request = await browser.postUrl(Uri.parse('$sandbox/sandbox/user-agent'));
    request.headers.contentType = ContentType.json;
    request.write(jsonEncode({'url': '$page', 'decision': 'allow'}));
    final answer = await utf8.decodeStream(await request.close());
    callback = Uri.parse((jsonDecode(answer) as Map<String, Object?>)['callback']! as String);
  }

  await scan(
    photo,
    sessions: Directory(sessions),
    key: Uint8List(32)..fillRange(0, 32, 7),
    openInBrowser: browse,
    callback: () async => callback,
    provider: Provider.aiPassAt(sandbox),
  );
  browser.close();
}
