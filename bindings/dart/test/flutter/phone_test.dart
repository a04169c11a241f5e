import 'dart:io';

import 'package:aipass/aipass.dart';
import 'package:aipass/src/platform/phone.dart';
import 'package:aipass/src/platform/platform.dart';
import 'package:flutter/services.dart';
import 'package:flutter_test/flutter_test.dart';

import '../support/sandbox.dart';

const _channel = MethodChannel('one.aipass/platform');

/// The part of the plugin that is in Dart, in Flutter's engine. Its part in Kotlin or Swift is played by [_Plugin].
void main() {
  TestWidgetsFlutterBinding.ensureInitialized();
  HttpOverrides.global = null; // the binding's own refuses every request
  final systems = AiPassPlatform.instance;
  late _Plugin plugin;

  setUp(() {
    plugin = _Plugin();
    AiPassPlatform.instance = platformOf('android');
  });
  tearDown(() => AiPassPlatform.instance = systems);

  Future<AiPass> open(Sandbox sandbox, {String? clientId}) async {
    plugin.folder = temporaryFolder().path;
    final ai = await AiPass.open(
      clientId: clientId ?? sandbox.clientId,
      redirectUri: sandbox.redirectUri,
      provider: Provider.aiPassAt(sandbox.baseUrl),
    );
    addTearDown(ai.close);
    return ai;
  }

  test('phones and macOS ask the plugin', () {
    for (final system in ['android', 'ios', 'macos']) {
      expect(platformOf(system), isA<PhonePlatform>());
    }
  });

  test('a client is opened and a user signed in with one call each', () async {
    final sandbox = await Sandbox.start();
    final ai = await open(sandbox);
    plugin.browse = (url) => sandbox.decide(url, 'allow');
    await ai.signIn();
    expect(await ai.sessionState(), const SessionState.signedIn());
    expect(Directory(plugin.folder).listSync(), isNotEmpty);
    final name = 'aipass-${sandbox.clientId}';
    expect(plugin.calls.map((call) => (call.method, call.arguments)).take(2), [
      ('storeDirectory', name),
      ('storeKey', name),
    ]);
    expect(plugin.calls.last.method, 'authorize');
    expect((plugin.calls.last.arguments as Map<Object?, Object?>)['redirectUri'], sandbox.redirectUri);
  });

  test('the name of a folder is no path, whatever the client id is', () async {
    await open(await Sandbox.start(), clientId: '../..');
    expect(plugin.calls.first.arguments, 'aipass-..%2F..');
  });

  test('a user who closes the page has cancelled', () async {
    final ai = await open(await Sandbox.start());
    plugin.browse = (url) async => null;
    await expectLater(ai.signIn(), throwsA(isA<AiPassCancelledException>()));
    expect(await ai.sessionState(), const SessionState.signedOut());
  });

  test('a user who refuses is told apart', () async {
    final sandbox = await Sandbox.start();
    final ai = await open(sandbox);
    plugin.browse = (url) => sandbox.decide(url, 'deny');
    await expectLater(ai.signIn(), throwsA(isA<AiPassSignInRequiredException>()));
  });

  test('no browser is an error of its own, for a sign-in and for a page', () async {
    final ai = await open(await Sandbox.start());
    plugin.browse = (url) async => throw PlatformException(code: 'no_browser', message: 'none');
    const none = AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
    await expectLater(ai.signIn(), throwsA(none));
    expect(await ai.sessionState(), const SessionState.signedOut());
    await expectLater(AiPassPlatform.instance.openInBrowser(Uri.https('pay.invalid')), throwsA(none));
  });

  test('what the system refuses has its reason', () async {
    final ai = await open(await Sandbox.start());
    plugin.browse = (url) async => throw PlatformException(code: 'unsupported', message: 'no associated domain');
    await expectLater(ai.signIn(), throwsA(const AiPassUnsupportedException(what: 'no associated domain')));
  });

  test('a page is opened in the browser', () async {
    final opened = <Uri>[];
    plugin.browse = (url) async {
      opened.add(url);
      return null;
    };
    final page = Uri.parse('https://pay.invalid/topup?amount=10&x=%26');
    await AiPassPlatform.instance.openInBrowser(page);
    expect(opened, [page]);
  });

  test('the callback of an app that was ended comes at its next start', () async {
    final sandbox = await Sandbox.start();
    final before = await open(sandbox);
    final request = await before.beginSignIn();
    before.close();
    plugin.callbacks.addAll([
      await sandbox.decide(request.url, 'allow'),
      '${sandbox.redirectUri}?code=forged&state=forged',
      'myapp://[', // no URL
    ]);
    final ai = await AiPass.open(
      clientId: sandbox.clientId,
      redirectUri: sandbox.redirectUri,
      provider: Provider.aiPassAt(sandbox.baseUrl),
    );
    addTearDown(ai.close);
    expect(await ai.resumeSignIn(), isTrue);
    expect(await ai.sessionState(), const SessionState.signedIn());
    expect(await ai.resumeSignIn(), isFalse);
  });

  test('a key that cannot be had is a storage error of its kind', () async {
    final sandbox = await Sandbox.start();
    const detail = 'the Keystore does not answer';
    for (final kind in [StorageErrorKind.unavailable, StorageErrorKind.full, StorageErrorKind.failed]) {
      plugin.failure = PlatformException(code: kind.name, message: detail);
      await expectLater(open(sandbox), throwsA(AiPassStorageException(kind: kind, detail: detail)));
    }
    plugin.failure = PlatformException(code: 'error', message: 'a bug');
    await expectLater(open(sandbox), throwsA(const AiPassOtherException(code: 'internal', detail: 'a bug')));
  });
}

/// Plays the plugin's part in Kotlin or Swift.
class _Plugin {
  _Plugin() {
    TestDefaultBinaryMessengerBinding.instance.defaultBinaryMessenger.setMockMethodCallHandler(_channel, _answer);
  }

  final calls = <MethodCall>[];

  /// What the user does with a page: the callback that the browser goes to, or null.
  Future<String?> Function(Uri url) browse = (_) async => null;

  /// Callbacks for which no sign-in waits, the newest last.
  final callbacks = <String>[];
  String folder = '';

  /// How the store fails.
  PlatformException? failure;

  Future<Object?> _answer(MethodCall call) async {
    calls.add(call);
    switch (call.method) {
      case 'storeDirectory':
        return folder;
      case 'storeKey':
        return switch (failure) { null => storeKey(7), final failure => throw failure };
      case 'openInBrowser':
        await browse(Uri.parse(call.arguments as String));
        return null;
      case 'authorize':
        return browse(Uri.parse((call.arguments as Map<Object?, Object?>)['url']! as String));
      case 'takeCallback':
        return callbacks.isEmpty ? null : callbacks.removeLast();
      default:
        throw MissingPluginException();
    }
  }
}
