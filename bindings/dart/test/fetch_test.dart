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
  late Directory app;
  late HttpServer server;
  final asked = <String>[];
  late Future<void> Function(HttpResponse) answer;

  setUp(() async {
    package = temporaryFolder();
    app = folderBeside(temporaryFolder().uri.resolve('.dart_tool/package_config.json'));
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

  Future<void> load(List<String> platforms, {Duration timeout = const Duration(seconds: 30)}) =>
      fetch(package, platforms, into: app, timeout: timeout);

  List<String> filesIn(Directory folder) =>
      [for (final file in folder.listSync(recursive: true).whereType<File>()) file.uri.pathSegments.last];

  Matcher refuses(String why) => throwsA(isA<FetchException>().having((failure) => '$failure', 'why', contains(why)));

  test('a library that is as pinned is put where the build of the app looks for it, and not into the shared package',
      () async {
    pin('${sha256.convert(content)}');
    await load(['android']);
    expect(app.path, endsWith('/.dart_tool/aipass/'));
    expect(File('${app.path}/$path').readAsBytesSync(), content);
    expect(filesIn(package), ['prebuilt.json']);
    expect(asked, ['/v1/android-src-main-jniLibs-arm64-v8a-libaipass_ffi.so']);
  });

  test('another one is refused, and nothing of it is kept, nor is the one before touched', () async {
    pin('0' * 64);
    final before = File('${app.path}/$path')
      ..createSync(recursive: true)
      ..writeAsStringSync('before');
    await expectLater(load(['android']), refuses('SHA-256'));
    expect(before.readAsStringSync(), 'before');
    expect(before.parent.listSync(), hasLength(1));
  });

  test('of several, none is put in its place before all are there', () async {
    pin('${sha256.convert(content)}', second: '0' * 64);
    await expectLater(load(['android']), refuses('SHA-256'));
    expect(asked, hasLength(2));
    expect(filesIn(app), isEmpty);
    pin('${sha256.convert(content)}');
    await expectLater(load(['android', 'windows']), refuses('nothing for "windows"'));
    expect(asked, hasLength(2), reason: 'what cannot be whole is not begun');
  });

  test('a server that falls silent is given up', () async {
    pin('${sha256.convert(content)}');
    Future<void> hurry() => load(['android'], timeout: const Duration(milliseconds: 50));
    answer = (response) async {}; // nothing at all
    await expectLater(hurry(), refuses('says nothing'));
    answer = (response) async {
      response
        ..contentLength = 1000
        ..bufferOutput = false
        ..add(content);
    };
    await expectLater(hurry(), refuses('says nothing'));
    expect(File('${app.path}/$path.part').existsSync(), isFalse);
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
    await expectLater(load(['windows']), refuses('nothing for "windows"'));
    await server.close(force: true);
    await expectLater(load(['android']), refuses('cannot be loaded'));
  });

  test('without a release it says so', () async {
    final manifest = File('${package.path}/prebuilt.json')..writeAsStringSync('{"release": null, "libraries": {}}');
    await expectLater(load(['android']), refuses('no release yet'));
    manifest.writeAsStringSync('{"release": ');
    await expectLater(load(['android']), refuses('cannot be understood'));
    manifest.deleteSync();
    await expectLater(load(['android']), refuses('cannot be read'));
  });
}
