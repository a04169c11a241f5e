import 'dart:convert';
import 'dart:io';

import 'package:crypto/crypto.dart';
import 'package:test/test.dart';

import '../bin/fetch.dart';
import 'support/sandbox.dart';

/// Prebuilt libraries are those that are pinned, or none.
void main() {
  const path = 'android/src/main/jniLibs/arm64-v8a/libaipass_ffi.so';
  final content = utf8.encode('a library');
  late Directory package;
  late HttpServer server;
  final asked = <String>[];

  setUp(() async {
    package = temporaryFolder();
    asked.clear();
    server = await HttpServer.bind(InternetAddress.loopbackIPv4, 0);
    server.listen((request) async {
      asked.add(request.uri.path);
      request.response.add(content);
      await request.response.close();
    });
    addTearDown(() => server.close(force: true));
  });

  void pin(String hash) => File('${package.path}/prebuilt.json').writeAsStringSync(jsonEncode({
        'release': 'http://127.0.0.1:${server.port}/v1',
        'libraries': {path: hash},
      }));

  Matcher refuses(String why) => throwsA(isA<FetchException>().having((failure) => '$failure', 'why', contains(why)));

  test('a library that is as pinned is put where Flutter looks for it', () async {
    pin('${sha256.convert(content)}');
    await fetch(package, ['android']);
    expect(File('${package.path}/$path').readAsBytesSync(), content);
    expect(asked, ['/v1/android-src-main-jniLibs-arm64-v8a-libaipass_ffi.so']);
  });

  test('another one is refused, and nothing of it is kept, nor is the one before touched', () async {
    pin('0' * 64);
    final before = File('${package.path}/$path')
      ..createSync(recursive: true)
      ..writeAsStringSync('before');
    await expectLater(fetch(package, ['android']), refuses('SHA-256'));
    expect(before.readAsStringSync(), 'before');
    expect(before.parent.listSync(), hasLength(1));
  });

  test('what is not there is named', () async {
    pin('0' * 64);
    await expectLater(fetch(package, ['windows']), refuses('nothing for "windows"'));
    await server.close(force: true);
    await expectLater(fetch(package, ['android']), refuses('cannot be loaded'));
  });

  test('without a release it says so', () async {
    await expectLater(fetch(Directory.current, ['android']), refuses('no release yet'));
  });
}
