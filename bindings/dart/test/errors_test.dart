import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

final _hello = ChatRequest(messages: [UserMessage('Hello')]);

/// Errors as an app decides by them: typed, with their facts.
void main() {
  Future<T> thrown<T extends AiPassException>(Future<Object?> call) async {
    try {
      await call;
    } on T catch (error) {
      return error;
    }
    fail('nothing was thrown');
  }

  test('an error is a sentence with a code', () async {
    final sandbox = await Sandbox.start();
    final error = await thrown<AiPassSignInRequiredException>(sandbox.client().balance());
    expect(error.reason, SignInReason.notSignedIn);
    expect(error.code, 'not_signed_in');
    expect(error.message, contains(' '));
    expect('$error', contains(error.message));
  });

  // P3
  test('a used-up budget has its figures', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.failChats(400, {
      'error': {
        'message': 'Budget exceeded! Current cost: 7.25, Max budget: 7.00',
        'type': 'budget_exceeded',
      },
    }, {
      'x-request-id': 'req_42',
    });
    final error = await thrown<AiPassBudgetExceededException>(ai.chatWith(_hello));
    expect('${error.spent} of ${error.limit}', '7.25 of 7.00');
    expect(error.code, 'budget_exceeded');
    expect(error.requestId, 'req_42');
  });

  // P3
  test('a rate limit says how long to wait', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    final refusal = {
      'error': {'message': 'Slow down', 'type': 'rate_limit_error'},
    };
    await sandbox.failChats(429, refusal, {'retry-after': '3600', 'x-request-id': 'req_42'});
    final error = await thrown<AiPassRateLimitedException>(ai.chatWith(_hello));
    expect(error.retryAfter, const Duration(hours: 1));
    expect(error.requestId, 'req_42');
    expect(error.detail, contains('Slow down'));
  });

  // P3
  test("a provider's refusal has its status, code and kind", () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.failChats(404, {
      'error': {'message': 'No such model', 'code': 'model_not_found'},
    });
    final request = ChatRequest(messages: _hello.messages, model: 'nobody/knows');
    final error = await thrown<AiPassProviderException>(ai.chatWith(request));
    expect(error.kind, ProviderErrorKind.notFound);
    expect(error.status, 404);
    expect(error.providerCode, 'model_not_found');
    expect(error.detail, contains('No such model'));
  });

  // P5
  test('an answer that breaks off hands over what came', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.ask('POST', 'faults', {
      'endpoint': 'chat',
      'fault': {'kind': 'truncation', 'bytes': 700},
    });
    final heard = StringBuffer();
    final error = await thrown<AiPassTruncatedException>(ai.chat('One tip for better focus?').forEach(heard.write));
    expect(error.text, '$heard');
    expect(error.text, isNotEmpty);
    expect(error.code, 'truncated');
    expect(await sandbox.chats(), hasLength(1), reason: 'a paid call is not repeated on a guess');
  });

  // P5
  test('nobody at home is offline, and nothing was sent', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await sandbox.stop();
    final error = await thrown<AiPassOfflineException>(ai.chatWith(_hello));
    expect(error.maybeSent, isFalse);
  });

  // P5
  test('a time limit says which and how long', () async {
    final sandbox = await Sandbox.start();
    const limit = Duration(milliseconds: 200);
    final ai = (await sandbox.signedIn()).withOptions(const CallOptions(timeout: limit));
    await sandbox.stallChats(afterBytes: 0);
    final error = await thrown<AiPassTimeoutException>(ai.chatWith(_hello));
    expect((error.limit, error.after), (TimeLimit.total, limit));
    // A stream keeps its client's options. Its answer has begun, so that it is cut off.
    final cutOff = await thrown<AiPassTruncatedException>(ai.chat('Hello').toList());
    expect(cutOff.detail, contains('200ms'));
  });

  // A3
  test('a callback that belongs to no sign-in says so', () async {
    final sandbox = await Sandbox.start();
    final callback = Uri.parse('myapp://auth/callback?code=a&state=b');
    final error = await thrown<AiPassInvalidCallbackException>(sandbox.client().completeSignIn(callback));
    expect(error.kind, CallbackErrorKind.unknownState);
  });

  // P7
  test('what is no photo is named, and costs nothing', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    for (final call in [
      () => ai.scanReceipt(Uint8List.fromList([1, 2, 3])),
      () => ai.scanReceiptFile('/no/such/photo.jpg'),
      () => ai.describeImage(Uint8List(0), 'What is it?'),
      () => ai.describeImageFile('.', 'What is it?'),
    ]) {
      expect((await thrown<AiPassInvalidInputException>(call())).input, 'photo');
    }
    expect(await sandbox.chats(), isEmpty);
  });

  test('what a constructor refuses is named', () {
    Matcher names(String input) =>
        throwsA(isA<AiPassInvalidInputException>().having((error) => error.input, 'input', input));
    expect(() => AiPass(clientId: '', redirectUri: 'myapp://auth/callback'), names('client_id'));
    expect(() => AiPass(clientId: 'client_123', redirectUri: 'no URI'), names('redirect_uri'));
    expect(() => Provider.aiPassAt('ftp://example.com'), throwsA(isA<AiPassInvalidInputException>()));
    final relative = Provider.aiPass().copyWith(tokenEndpoint: Uri.parse('relative/path'));
    expect(() => AiPass(clientId: 'client_123', redirectUri: 'myapp://a/b', provider: relative), names('url'));
  });

  test('what the provider does not offer is named, and what may be null is left out', () async {
    final sandbox = await Sandbox.start();
    final ai = sandbox.client();
    final error = await thrown<AiPassUnsupportedException>(ai.endSessionUrl());
    expect(error.what, 'end session');
    final balances = ai.openBalances();
    expect((await balances.next())?.isLow, isFalse);
    balances.close();
  });

  test('a number that Rust cannot hold is refused before it gets there', () async {
    final sandbox = await Sandbox.start();
    final ai = await sandbox.signedIn();
    await expectLater(ai.chatWith(ChatRequest(messages: _hello.messages, maxTokens: -1)), throwsA(isA<RangeError>()));
    await expectLater(
        ai.chatWith(ChatRequest(messages: _hello.messages, maxTokens: 1 << 32)), throwsA(isA<RangeError>()));
    expect(await sandbox.chats(), isEmpty);
  });
}
