import 'dart:convert';
import 'dart:io';

import 'package:crypto/crypto.dart';
import 'package:test/test.dart';

import '../bin/fetch.dart';
import '../bin/fetch.dart' as program;
import 'support/sandbox.dart';

/// Prebuilt libraries are those that are pinned, or none.
void main() {
  const path = 'android/src/main/jniLibs/arm64-v8a/libaipass_ffi.so';
  const other = 'android/src/main/jniLibs/x86_64/libaipass_ffi.so';
  final content = utf8.encode('a library');
  late Directory package;
  late HttpServer server;
  final asked = <String>[];
  late Future<void> Function(HttpResponse) answer;

  setUp(() async {
    package = temporaryFolder();
    asked.clear();
    answer = (response) async {
      response.add(content);
      await response.close();
    };
    server = await HttpServer.bind(InternetAddress.loopbackIPv4, 0);
    server.listen((request) async {
      asked.add(request.uri.path);
      await answer(request.response);
    });
    addTearDown(() => server.close(force: true));
  });

  void pin(String hash, {String? second}) => File('${package.path}/prebuilt.json').writeAsStringSync(jsonEncode({
        'release': 'http://127.0.0.1:${server.port}/v1',
        'libraries': {path: hash, if (second != null) other: second},
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

  test('of several, none is put in its place before all are there', () async {
    pin('${sha256.convert(content)}', second: '0' * 64);
    await expectLater(fetch(package, ['android']), refuses('SHA-256'));
    expect(asked, hasLength(2));
    expect(package.listSync(recursive: true).whereType<File>().map((file) => file.uri.pathSegments.last),
        ['prebuilt.json']);
    pin('${sha256.convert(content)}');
    await expectLater(fetch(package, ['android', 'windows']), refuses('nothing for "windows"'));
    expect(asked, hasLength(2), reason: 'what cannot be whole is not begun');
  });

  test('a server that falls silent is given up', () async {
    pin('${sha256.convert(content)}');
    Future<void> load() => fetch(package, ['android'], timeout: const Duration(milliseconds: 50));
    answer = (response) async {}; // nothing at all
    await expectLater(load(), refuses('says nothing'));
    answer = (response) async {
      response
        ..contentLength = 1000
        ..bufferOutput = false
        ..add(content);
    };
    await expectLater(load(), refuses('says nothing'));
    expect(File('${package.path}/$path.part').existsSync(), isFalse);
  });

  test('a command line that cannot be understood has a status of its own', () async {
    addTearDown(() => exitCode = 0);
    await program.main([]);
    expect(exitCode, 64);
    exitCode = 0;
    await program.main(['--all']);
    expect(exitCode, 64);
    exitCode = 0;
    await program.main(['--help']);
    expect(exitCode, 0);
  });

  test('what is not there is named', () async {
    pin('0' * 64);
    await expectLater(fetch(package, ['windows']), refuses('nothing for "windows"'));
    await server.close(force: true);
    await expectLater(fetch(package, ['android']), refuses('cannot be loaded'));
  });

  test('without a release it says so', () async {
    final manifest = File('${package.path}/prebuilt.json')..writeAsStringSync('{"release": null, "libraries": {}}');
    await expectLater(fetch(package, ['android']), refuses('no release yet'));
    manifest.writeAsStringSync('{"release": ');
    await expectLater(fetch(package, ['android']), refuses('cannot be understood'));
    manifest.deleteSync();
    await expectLater(fetch(package, ['android']), refuses('cannot be read'));
  });
}
