import 'dart:io';
import 'dart:isolate';

import 'package:aipass/aipass.dart';
import 'package:aipass/src/platform/desktop.dart';
import 'package:aipass/src/platform/linux.dart';
import 'package:aipass/src/platform/platform.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

/// What the package asks of a desktop. The keyring itself is asked by the Flutter app for Linux (tests/flutter-linux).
void main() {
  test('the name of an app is a name of a file, whatever its client id is', () {
    expect(nameOf('client_123'), 'aipass-client_123');
    expect(nameOf('../../etc/passwd'), isNot(contains('/')));
    expect(nameOf(r'a\b:c'), isNot(matches(RegExp(r'[\\:]'))));
    expect(nameOf('ä/ö'), isNot(nameOf('ä_ö')));
  });

  test('keys are 32 bytes, and no two are alike', () {
    expect(makeKey(), hasLength(32));
    expect(makeKey(), isNot(makeKey()));
  });

  test('what is not a key is not taken for one', () {
    expect(decodeKey('AAAA'), isNull);
    expect(decodeKey('not base 64!'), isNull);
    expect(decodeKey('${'A' * 42}E='), hasLength(32));
  });

  test('one isolate at a time makes a key', () async {
    final folder = temporaryFolder().path;
    Future<String> make() => Isolate.run(() => withLock('$folder/new', () {
          final file = File('$folder/key');
          if (!file.existsSync()) file.writeAsStringSync('${makeKey()}');
          return file.readAsStringSync();
        }));
    final keys = await Future.wait([for (var i = 0; i < 8; i++) make()]);
    expect(keys.toSet(), hasLength(1));
  }, skip: _elsewhere);

  test('a folder that cannot be made is a storage error', () {
    expect(() => withLock('/proc/no/such', () => 0), throwsA(isA<AiPassStorageException>()));
  }, skip: _elsewhere);
}

final Object _elsewhere = Platform.isLinux ? false : 'it is for Linux';
