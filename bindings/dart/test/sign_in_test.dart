import 'dart:async';
import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:aipass/src/platform/desktop.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

/// Signing in with one call, on a desktop and on a phone.
void main() {
  final systems = AiPassPlatform.instance;
  tearDown(() => AiPassPlatform.instance = systems);

  Future<Sandbox> desktop(Future<void> Function(Sandbox, Uri) browse) async {
    final free = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    final port = free.port;
    await free.close();
    final sandbox = await Sandbox.start(['--redirect-uri', 'http://127.0.0.1:$port/callback']);
    AiPassPlatform.instance = _Desktop((url) => browse(sandbox, url));
    return sandbox;
  }

  Future<String> visit(String url) async {
    final client = HttpClient();
    try {
      final answer = await (await client.getUrl(Uri.parse(url))).close();
      return await answer.transform(const SystemEncoding().decoder).join();
    } finally {
      client.close();
    }
  }

  // A6
  test('on a desktop the browser comes back to a port of this machine', () async {
    String? page;
    final sandbox = await desktop((sandbox, url) async => page = await visit(await sandbox.decide(url, 'allow')));
    final ai = sandbox.client();
    await ai.signIn();
    expect(await ai.sessionState(), const SessionState.signedIn());
    expect(page, contains('Back to the app'));
    // The port is free again.
    await ai.signOut();
    await ai.signIn();
  });

  // A3
  test('a forged callback does not end the sign-in', () async {
    final sandbox = await desktop((sandbox, url) async {
      await visit('${url.queryParameters['redirect_uri']}?code=forged&state=forged');
      await visit(await sandbox.decide(url, 'allow'));
    });
    final ai = sandbox.client();
    await ai.signIn();
    expect(await ai.sessionState(), const SessionState.signedIn());
  });

  test('a denial is told as such', () async {
    final sandbox = await desktop((sandbox, url) async => visit(await sandbox.decide(url, 'deny')));
    await expectLater(sandbox.client().signIn(), throwsA(isA<AiPassSignInRequiredException>()));
  });

  test('a second sign-in ends the first, which does not give up the second', () async {
    final opened = Completer<void>();
    var pages = 0;
    final sandbox = await desktop((sandbox, url) async {
      if (pages++ == 0) {
        opened.complete(); // and its user does nothing
      } else {
        await visit(await sandbox.decide(url, 'allow'));
      }
    });
    final ai = sandbox.client();
    final first = expectLater(ai.signIn(), throwsA(isA<AiPassCancelledException>()));
    await opened.future;
    await ai.signIn();
    await first;
    expect(await ai.sessionState(), const SessionState.signedIn());
  });

  test('of sign-ins that begin at once, the last one counts', () async {
    final sandbox = await desktop((sandbox, url) async => visit(await sandbox.decide(url, 'allow')));
    final ai = sandbox.client();
    final outcomes = await Future.wait([
      for (var i = 0; i < 3; i++)
        ai.signIn().then((_) => 'signed in').onError<AiPassCancelledException>((_, __) => 'cancelled'),
    ]);
    expect(outcomes, ['cancelled', 'cancelled', 'signed in']);
  });

  test('no browser is told as such, and the port is free then', () async {
    const none = AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
    final sandbox = await desktop((sandbox, url) async => throw none);
    final ai = sandbox.client();
    await expectLater(ai.signIn(), throwsA(none));
    await expectLater(ai.signIn(), throwsA(none));
  });

  test('a redirect URI that a desktop cannot receive is named', () async {
    final sandbox = await Sandbox.start();
    AiPassPlatform.instance = _Desktop((url) async => fail('it opens the browser'));
    await expectLater(sandbox.client().signIn(),
        throwsA(isA<AiPassInvalidInputException>().having((error) => error.input, 'input', 'redirect_uri')));
  });

  test('a program that is not there is no browser', () async {
    await expectLater(openWith('/nowhere/xdg-open', []), throwsA(isA<AiPassUnsupportedException>()));
    await expectLater(openWith('false', []), throwsA(isA<AiPassUnsupportedException>()));
    await openWith('true', []);
  });

  test('a callback that started the app completes the sign-in', () async {
    final sandbox = await Sandbox.start();
    final phone = _Phone();
    AiPassPlatform.instance = phone;
    final ai = sandbox.client();
    expect(await ai.resumeSignIn(), isFalse);
    final request = await ai.beginSignIn();
    phone.callbacks.add(Uri.parse(await sandbox.decide(request.url, 'allow')));
    expect(await ai.resumeSignIn(), isTrue);
    expect(await ai.sessionState(), const SessionState.signedIn());
    expect(await ai.resumeSignIn(), isFalse, reason: 'it is given once');
  });

  // A3
  test('forged callbacks do not hide the one that started the app', () async {
    final sandbox = await Sandbox.start();
    final phone = _Phone();
    AiPassPlatform.instance = phone;
    final ai = sandbox.client();
    final request = await ai.beginSignIn();
    phone.callbacks.addAll([
      Uri.parse(await sandbox.decide(request.url, 'allow')),
      Uri.parse('${sandbox.redirectUri}?code=forged&state=forged'),
      Uri.parse('myapp://settings'),
    ]);
    expect(await ai.resumeSignIn(), isTrue);
    expect(await ai.sessionState(), const SessionState.signedIn());
  });

  test('a denial that started the app is told', () async {
    final sandbox = await Sandbox.start();
    final phone = _Phone();
    AiPassPlatform.instance = phone;
    final ai = sandbox.client();
    final request = await ai.beginSignIn();
    phone.callbacks.add(Uri.parse(await sandbox.decide(request.url, 'deny')));
    await expectLater(ai.resumeSignIn(), throwsA(isA<AiPassSignInRequiredException>()));
  });

  test('a user who closes the page has cancelled, and a late callback is refused', () async {
    final sandbox = await Sandbox.start();
    final phone = _Phone();
    AiPassPlatform.instance = phone;
    final ai = sandbox.client();
    await expectLater(ai.signIn(), throwsA(isA<AiPassCancelledException>()));
    final late = await sandbox.decide(phone.opened!, 'allow');
    await expectLater(ai.completeSignIn(Uri.parse(late)), throwsA(isA<AiPassInvalidCallbackException>()));
  });

  // L1
  test('opening asks the platform for the folder and the key, unless they are given', () async {
    final sandbox = await Sandbox.start();
    final phone = _Phone();
    AiPassPlatform.instance = phone;
    final folder = phone.folder = temporaryFolder();
    Future<AiPass> open({Uint8List? key}) => AiPass.open(
        clientId: sandbox.clientId,
        redirectUri: sandbox.redirectUri,
        storeKey: key,
        provider: Provider.aiPassAt(sandbox.baseUrl));
    (await sandbox.signIn(await open())).close();
    final again = await open();
    expect(await again.sessionState(), const SessionState.signedIn());
    again.close();
    expect(folder.listSync(), isNotEmpty);
    expect(phone.asked, [sandbox.clientId, sandbox.clientId]);
    final other = await open(key: storeKey(9));
    addTearDown(other.close);
    await expectLater(
        other.sessionState(), throwsA(isA<AiPassStorageException>().having((e) => e.code, 'code', contains('key'))));
    expect(phone.asked, hasLength(2));
  });
}

final class _Desktop extends DesktopPlatform {
  _Desktop(this._browse);

  final Future<void> Function(Uri) _browse;

  @override
  Future<void> openInBrowser(Uri url) => _browse(url);

  @override
  Future<String> storeDirectory(String clientId) => throw UnimplementedError();

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) => throw UnimplementedError();
}

/// A phone whose user closes each page.
final class _Phone implements AiPassPlatform {
  final asked = <String>[];
  Directory? folder;

  /// The newest last.
  final callbacks = <Uri>[];
  Uri? opened;

  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) {
    opened = url;
    return const Stream.empty();
  }

  @override
  Future<void> openInBrowser(Uri url) async => opened = url;

  @override
  Future<String> storeDirectory(String clientId) async => folder!.path;

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) async {
    asked.add(clientId);
    return _key;
  }

  static final _key = Uint8List(32)..fillRange(0, 32, 7);

  @override
  Future<Uri?> takeCallback() async => callbacks.isEmpty ? null : callbacks.removeLast();
}
