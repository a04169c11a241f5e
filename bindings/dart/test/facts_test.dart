import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

/// What answers and the session tell besides what was asked for.
void main() {
  // G12. These tests are run without --release: they are a debug build.
  test('only a debug build may speak to the local network in clear', () async {
    final lan = Provider.aiPassAt('http://192.168.1.20:8414');
    final named = Config.standard().copyWith(insecureDevelopmentHosts: ['192.168.1.20']);
    AiPass client(Config? config, {required bool debugBuild}) =>
        AiPass(clientId: 'a', redirectUri: 'myapp://a/b', provider: lan, config: config, debugBuild: debugBuild);
    client(named, debugBuild: true).close();
    AiPass(clientId: 'a', redirectUri: 'myapp://a/b', provider: lan, config: named).close();
    final refused = throwsA(
        isA<AiPassInvalidInputException>().having((error) => error.input, 'input', 'insecure_development_hosts'));
    expect(() => client(named, debugBuild: false), refused);
    expect(() => client(null, debugBuild: true), throwsA(isA<AiPassInvalidInputException>()));
    final folder = temporaryFolder();
    Future<AiPass> open({required bool debugBuild}) => AiPass.open(
          clientId: 'a',
          redirectUri: 'myapp://a/b',
          storeDirectory: folder.path,
          storeKey: storeKey(1),
          provider: lan,
          config: named,
          debugBuild: debugBuild,
        );
    (await open(debugBuild: true)).close();
    await expectLater(open(debugBuild: false), refused);
  });

  // G12
  test('a release build speaks to loopback', () async {
    final sandbox = await Sandbox.start();
    final provider = Provider.aiPassAt(sandbox.baseUrl);
    final ai =
        AiPass(clientId: sandbox.clientId, redirectUri: sandbox.redirectUri, provider: provider, debugBuild: false);
    addTearDown(ai.close);
    expect(await (await sandbox.signIn(ai)).sessionState(), const SessionState.signedIn());
  });

  test('the session tells what was granted, and what became of the one before', () async {
    final sandbox = await Sandbox.start();
    final ai = sandbox.client();
    expect(await ai.sessionInfo(), isNull);
    await sandbox.signIn(ai);
    await sandbox.signIn(ai);
    // Null while the provider is still asked to revoke the first one's tokens.
    await eventually('it is told what became of the first sign-in', () async => ai.replacedSignIn() != null);
    final info = (await ai.sessionInfo())!;
    expect((info.accountLabel, info.hasRefreshToken), ('default', true));
    expect(info.grantedScopes, contains('api:access'));
    expect(info.missingScopes, isEmpty);
    expect(info.accessTokenExpiresAt!.isAfter(DateTime.now()), isTrue);
    final user = await ai.userInfo();
    expect(user.claimsJson, contains(user.subject));
    expect((await ai.sessionInfo())!.subject, user.subject);
  });

  test('an answer tells its cost, and a stream what came', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final request = ChatRequest(messages: [UserMessage('Hello')]);
    expect((await ai.chatWith(request)).cost!.compareTo(Decimal.parse('0')), greaterThan(0));
    final stream = await ai.openChatStream(request);
    addTearDown(stream.close);
    final answer = await stream.answer();
    expect(answer.text, isNotEmpty);
    expect(stream.receivedText(), answer.text);
  });

  // M2
  test('a model that sees is chosen, and those that do not are named', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final choice = await ai.chooseModel(capability: Capability.vision, preferences: ['tts-1', 'gpt-5-mini']);
    expect(choice.model, 'gpt-5-mini');
    expect(choice.unsuitable, ['tts-1']);
    expect((await ai.model('gpt-5-mini')).kinds, ['text']);
    expect(Provider.aiPass().modelPreferences.map((list) => list.capability), contains(Capability.vision));
  });
}
