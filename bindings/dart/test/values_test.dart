import 'dart:io';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

/// Native types, there and back.
void main() {
  test('every setting arrives in Rust and comes back', () {
    final config = Config.standard();
    expect(config.totalTimeout, const Duration(minutes: 10));
    expect(config.appName, isNull);
    expect(Provider.aiPassAt('http://127.0.0.1:8414').tokenEndpoint, Uri.parse('http://127.0.0.1:8414/oauth2/token'));
    expect(Provider.aiPass().modelApi, Uri.parse('https://aipass.one/oauth2/v1'));
    const endpoint = 'https://id.example/a?b=%7C';
    final custom = Provider.custom(
        issuer: 'https://id.example', authorizationEndpoint: endpoint, tokenEndpoint: 'https://id.example/t');
    expect('${custom.authorizationEndpoint}', endpoint);
    expect(custom.modelApi, isNull);
  });

  test('records are equal by value, and are changed field by field', () {
    expect(Config.standard(), Config.standard());
    expect(Config.standard().hashCode, Config.standard().hashCode);
    final named = Config.standard().copyWith(appName: 'Receipts/2.1');
    expect(named, isNot(Config.standard()));
    expect(named.appName, 'Receipts/2.1');
    expect(named.idleTimeout, Config.standard().idleTimeout);
    expect(UserMessage('Hello'), const Message(role: Role.user, content: [ContentPart.text(text: 'Hello')]));
  });

  test('a duration and a point in time are what Rust takes them for', () async {
    final sandbox = await Sandbox.start();
    final before = DateTime.now();
    final ai = sandbox.client(config: Config.standard().copyWith(signInTimeout: const Duration(minutes: 3)));
    final request = await ai.beginSignIn();
    const limit = Duration(minutes: 3), grain = Duration(seconds: 1);
    expect(request.expiresAt.isAfter(before.add(limit - grain)), isTrue);
    expect(request.expiresAt.isBefore(DateTime.now().add(limit + grain)), isTrue);
  });

  test('a negative duration is none', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    expect(await ai.accessToken(const Duration(microseconds: -1)), isNotEmpty);
  });

  // P7
  test('a receipt has exact figures, and a photo may be bytes or a file', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final photo = File('${repository.path}/sandbox/recorded/bookshop.jpg');
    final receipt = await ai.scanReceiptFile(photo.path, locale: 'en-GB', expectedCurrency: 'GBP');
    expect('${receipt.amount} ${receipt.currency} at ${receipt.merchant}', '39.24 GBP at Foxglove Books');
    expect(receipt.date, Date(2026, 9, 19));
    expect((await ai.scanReceipt(photo.readAsBytesSync())).amount, receipt.amount);
    expect((await ai.refreshBalance()).maxBudget, Decimal.parse('10'));
    expect((await ai.describeImage(photo.readAsBytesSync(), 'What is it?')).text, isNotEmpty);
  });

  // P7
  test("JSON of a photo becomes a value of the app's own type, or says that it is none", () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final extraction = JsonExtraction(
      photos: [Photo.file('${repository.path}/sandbox/recorded/cafe.jpg')],
      schemaJson: '{"type": "object", "properties": {"merchant": {"type": "string"}}, "required": ["merchant"]}',
    );
    expect(await ai.extract(extraction, (json) => json['merchant']! as String), isNotEmpty);
    await expectLater(
      ai.extract(extraction, (json) => json['merchant']! as int),
      throwsA(isA<AiPassInvalidOutputException>()
          .having((error) => error.text, 'text', contains('merchant'))
          .having((error) => error.detail, 'detail', contains('TypeError'))),
    );
  });

  // S1
  test('what is printed shows no secret', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final request = await ai.beginSignIn();
    final state = request.url.queryParameters['state']!;
    expect('$request', isNot(contains(state)));
    final token = await ai.accessToken(Duration.zero);
    final diagnostics = await ai.diagnostics();
    expect('$diagnostics', isNot(contains(token)));
    expect(diagnostics.log, isNotEmpty);
    expect(diagnostics.libraryVersion, '0.1.0');
  });

  // S1
  test('what is printed of an address shows no signature and no data', () {
    GeneratedImage at(String url) => GeneratedImage(bytes: null, url: Uri.parse(url), revisedPrompt: null);
    expect(
        '${at('https://user:pass@cdn.example/a.png?Signature=abc#frag')}', contains('url: https://cdn.example/a.png,'));
    expect('${at('data:image/png;base64,iVBORw0KGgo=')}', contains('url: data:…,'));
    expect('${const Photo.url('https://cdn.example/a.png?Signature=abc')}', isNot(contains('abc')));
  });

  test('options and messages reach the provider', () async {
    final sandbox = await Sandbox.start();
    const options = SignInOptions(loginHint: 'ada@example.com', extraParameters: {'ui_locales': 'de-AT'});
    final parameters = (await sandbox.client().beginSignIn(options)).url.queryParameters;
    expect((parameters['login_hint'], parameters['ui_locales']), ('ada@example.com', 'de-AT'));

    final ai = await sandbox.signedIn();
    final said = [SystemMessage('Be brief.'), UserMessage('Größe? ⅔ 😀'), AssistantMessage('Hi'), UserMessage('Bye')];
    final answer = await ai.chatWith(ChatRequest(messages: said, maxTokens: 50));
    expect(answer.finishReason, const FinishReason.stop());
    expect(await ai.models(), isNotEmpty);
  });

  test('a callback is told from other links', () async {
    final ai = AiPass(clientId: 'client_123', redirectUri: 'myapp://auth/callback');
    addTearDown(ai.close);
    expect(ai.isCallback(Uri.parse('myapp://auth/callback?code=1')), isTrue);
    expect(ai.isCallback(Uri.parse('myapp://elsewhere')), isFalse);
    expect(ai.isCallbackText('no URL at all'), isFalse);
  });
}
