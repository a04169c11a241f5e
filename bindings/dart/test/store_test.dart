import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

/// The sealed file in which a session outlives the app.
void main() {
  Matcher storage(StorageErrorKind kind) =>
      throwsA(isA<AiPassStorageException>().having((error) => error.kind, 'kind', kind));

  // L1, S5
  test('a session outlives its client, and is for its own key only', () async {
    final sandbox = await Sandbox.start();
    final folder = temporaryFolder();
    final first = await sandbox.signIn(await sandbox.open(folder));
    final token = await first.accessToken(Duration.zero);
    first.close();

    final second = await sandbox.open(folder);
    expect(await second.sessionState(), const SessionState.signedIn());
    expect(await second.accessToken(Duration.zero), token);
    for (final file in folder.listSync(recursive: true).whereType<File>()) {
      expect(String.fromCharCodes(file.readAsBytesSync()), isNot(contains(token)));
    }
  });

  // L9
  test('a lost key is told as such, and forgetting the session is the way out', () async {
    final sandbox = await Sandbox.start();
    final folder = temporaryFolder();
    (await sandbox.signIn(await sandbox.open(folder))).close();
    final ai = await sandbox.open(folder, key: 2);
    for (final call in [() => ai.sessionState(), () => ai.balance(), () => ai.beginSignIn()]) {
      await expectLater(call(), storage(StorageErrorKind.keyLost));
    }
    await ai.forgetSession();
    await sandbox.signIn(ai);
    expect(await ai.sessionState(), const SessionState.signedIn());
  });

  // L9
  test('a damaged file is told as such, and is left as it is', () async {
    final sandbox = await Sandbox.start();
    final folder = temporaryFolder();
    final ai = await sandbox.signIn(await sandbox.open(folder));
    final file = folder.listSync().whereType<File>().singleWhere((file) => file.path.endsWith('.sealed'));
    final damaged = file.readAsBytesSync()..last ^= 1;
    file.writeAsBytesSync(damaged);
    ai.close();
    await expectLater((await sandbox.open(folder)).sessionState(), storage(StorageErrorKind.corrupt));
    expect(file.readAsBytesSync(), damaged);
  });

  test('a key of the wrong length and a folder that cannot be are refused', () async {
    Future<AiPass> open(String directory, Uint8List key) => AiPass.open(
        clientId: 'client_123', redirectUri: 'myapp://auth/callback', storeDirectory: directory, storeKey: key);
    await expectLater(open(temporaryFolder().path, Uint8List(31)), storage(StorageErrorKind.failed));
    await expectLater(open('/proc/no', Uint8List(32)), storage(StorageErrorKind.failed));
  });

  test('two accounts of one app do not share a session', () async {
    final sandbox = await Sandbox.start();
    final folder = temporaryFolder();
    await sandbox.signIn(await sandbox.open(folder));
    final other = await AiPass.open(
      clientId: sandbox.clientId,
      redirectUri: sandbox.redirectUri,
      storeDirectory: folder.path,
      storeKey: storeKey(1),
      account: 'work',
      provider: Provider.aiPassAt(sandbox.baseUrl),
    );
    addTearDown(other.close);
    expect(await other.sessionState(), const SessionState.signedOut());
  });
}
