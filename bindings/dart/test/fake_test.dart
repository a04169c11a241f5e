import 'dart:async';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:aipass/parts.dart';
import 'package:aipass/testing.dart';
import 'package:test/test.dart';

import 'support/sandbox.dart';

const _signedIn = SessionState.signedIn();
const _signedOut = SessionState.signedOut();
const _signingIn = SessionState.signingIn();
final _callback = Uri.parse('myapp://auth/callback?code=1');

/// The fake behaves as the library does where it says so.
void main() {
  group('the fake', () {
    test('plays a session', () async {
      final ai = FakeAiPass();
      final states = StreamIterator(ai.sessionStates());
      Future<SessionState> next() async => await states.moveNext() ? states.current : fail('no more states');
      expect(await next(), _signedOut);
      await ai.signIn();
      expect(await next(), _signingIn);
      expect(await next(), _signedIn);
      await ai.signOut();
      expect(await next(), _signedOut);
      final request = await ai.beginSignIn();
      expect(request.url.queryParameters, {'redirect_uri': 'myapp://auth/callback'});
      expect(await next(), _signingIn);
      expect(ai.isCallback(Uri.parse('myapp://settings')), isFalse);
      expect(ai.isCallback(_callback), isTrue);
      await ai.completeSignIn(_callback);
      expect(await next(), _signedIn);
      await states.cancel();
      ai.state = _signedOut; // to nobody
      expect(ai.calls, [
        ('signIn', const SignInOptions()),
        ('signOut', null),
        ('beginSignIn', const SignInOptions()),
        ('completeSignIn', _callback),
      ]);
    });

    test('a sign-in that fails leaves what was there', () async {
      final ai = FakeAiPass()..onSignIn = (_) async => throw const AiPassCancelledException();
      await expectLater(ai.signIn(), throwsA(isA<AiPassCancelledException>()));
      expect(ai.state, _signedOut);
      ai.state = _signedIn;
      await expectLater(ai.signIn(), throwsA(isA<AiPassCancelledException>()));
      expect(ai.state, _signedIn, reason: 'the session before is kept until the next sign-in is complete');
      ai.state = _signedOut;
      await ai.beginSignIn();
      ai.onCompleteSignIn =
          (_) async => throw const AiPassInvalidCallbackException(kind: CallbackErrorKind.unknownState);
      await expectLater(ai.completeSignIn(_callback), throwsA(isA<AiPassInvalidCallbackException>()));
      expect(ai.state, _signingIn);
      await ai.cancelSignIn();
      expect(ai.state, _signedOut);
    });

    test('resumes a sign-in if the test says so', () async {
      final ai = FakeAiPass();
      expect(await ai.resumeSignIn(), isFalse);
      expect(ai.state, _signedOut);
      ai.onResumeSignIn = () async => true;
      expect(await ai.resumeSignIn(), isTrue);
      expect(ai.state, _signedIn);
    });

    test('refuses paid calls without a session', () async {
      final ai = FakeAiPass()..onScanReceipt = (_) async => sampleReceipt();
      Matcher refused(SignInReason reason) => throwsA(AiPassSignInRequiredException(reason: reason, detail: null));
      await expectLater(ai.scanReceipt(Uint8List(0)), refused(SignInReason.notSignedIn));
      await expectLater(ai.chat('?').toList(), refused(SignInReason.notSignedIn));
      ai.state = const SessionState.needsSignIn(reason: SignInReason.grantEnded);
      await expectLater(ai.balance(), refused(SignInReason.grantEnded));
    });

    test('answers as scripted, and says what is not', () async {
      final ai = FakeAiPass(state: _signedIn);
      final notScripted = throwsA(isA<AiPassOtherException>().having((error) => error.code, 'code', 'not_scripted'));
      await expectLater(ai.scanReceiptFile('receipt.jpg'), notScripted);
      await expectLater(ai.chat('?').toList(), notScripted);
      await expectLater(ai.refreshBalance(), notScripted);
      await expectLater(ai.checkoutUrl(Decimal.fromInt(10)), notScripted);
      ai
        ..onScanReceipt = ((scan) async => sampleReceipt(merchant: '${scan.photos.single}'))
        ..onBalance = (() async => sampleBalance(spent: Decimal.parse('1.25'), budget: Decimal.fromInt(5)))
        ..onCheckoutUrl = ((amount) async => Uri.https('pay.invalid', '/$amount'));
      expect((await ai.scanReceiptFile('receipt.jpg')).merchant, contains('receipt.jpg'));
      expect((await ai.balance()).remainingBudget, Decimal.parse('3.75'));
      expect(await ai.checkoutUrl(Decimal.fromInt(10)), Uri.parse('https://pay.invalid/10'));
      expect(ai.calls.last, ('checkoutUrl', Decimal.fromInt(10)));
    });

    test('streams an answer that breaks off, and asks nothing before it is listened to', () async {
      const offline = AiPassOfflineException(maybeSent: true, detail: '');
      final ai = FakeAiPass(state: _signedIn)..onChat = (_) => fakeAnswer(['It ', 'was'], failure: offline);
      final answer = ai.chat('What was it?');
      expect(ai.calls, isEmpty);
      await expectLater(answer, emitsInOrder(['It ', 'was', emitsError(offline)]));
      expect(ai.calls, [
        ('chatStream', ChatRequest(messages: [UserMessage('What was it?')]))
      ]);
    });

    test('an answer that is left is asked no further', () async {
      final left = Completer<void>();
      final endless = StreamController<ChatEvent>(onCancel: left.complete);
      addTearDown(endless.close);
      final ai = FakeAiPass(state: _signedIn)..onChat = (_) => endless.stream;
      endless.add(const ChatEvent.text(text: 'It', choice: 0));
      await for (final text in ai.chat('?')) {
        expect(text, 'It');
        break;
      }
      await left.future;
    });

    test('stands for a client in a top-up', () async {
      var budget = Decimal.zero;
      final ai = FakeAiPass(state: _signedIn)
        ..onBalance = (() async => sampleBalance(spent: Decimal.zero, budget: budget))
        ..onScanReceipt =
            (scan) async => budget == Decimal.zero ? throw budgetUsedUp() : sampleReceipt(merchant: 'Café');
      final topUp = TopUp.of(ai);
      addTearDown(topUp.close);
      final receipt = topUp.scanReceipt(ai, const ReceiptScan(photos: []));
      await pumpEventQueue();
      budget = Decimal.fromInt(10);
      await topUp.tryAgain();
      expect((await receipt)?.merchant, 'Café');
      expect(ai.calls.map((call) => call.$1), ['preparedScan', 'scanReceiptWith', 'refreshBalance', 'scanReceiptWith']);
    });
  });

  test('the library\'s client has the same calls', () async {
    final sandbox = await Sandbox.start();
    final ai = AiPassClient(sandbox.client());
    final states = StreamIterator(ai.sessionStates());
    expect(await states.moveNext(), isTrue);
    expect(states.current, _signedOut);
    await ai.cancelSignIn();
    final request = await ai.beginSignIn();
    final callback = Uri.parse(await sandbox.decide(request.url, 'allow'));
    expect(ai.isCallback(callback), isTrue);
    await ai.completeSignIn(callback);
    while (states.current != _signedIn) {
      expect(await states.moveNext(), isTrue);
    }
    ai.resumed();
    expect(await ai.resumeSignIn(), isFalse);
    expect((await ai.balance()).totalCost, greaterThanOrEqualTo(Decimal.zero));
    expect((await ai.refreshBalance()).totalCost, greaterThanOrEqualTo(Decimal.zero));
    expect((await ai.checkoutUrl(Decimal.fromInt(10))).host, isNotEmpty);
    expect(await ai.chat('Hello').join(), isNotEmpty);
    final photo = '${repository.path}/sandbox/recorded/bookshop.jpg';
    expect((await ai.scanReceiptFile(photo)).merchant, 'Foxglove Books');
    expect(await ai.scanReceipts(ReceiptScan(photos: [Photo.file(photo)])), hasLength(1));
    expect(await ai.checkPhoto(Photo.file(photo)), isEmpty);
    final scan = await ai.preparedScan(ReceiptScan(photos: [Photo.file(photo)]));
    expect(scan.canSend(), isTrue);
    expect((await scan.send()).items, hasLength(3));
    expect(scan.canSend(), isFalse);
    scan.close();
    expect(scan.canSend(), isFalse);
    final hello = ChatRequest(messages: [UserMessage('Hello')]);
    expect((await ai.chatWith(hello)).text, isNotEmpty);
    final answer = await ai.preparedChat(hello);
    expect(await answer.events().texts.join(), isNotEmpty);
    expect(answer.canSend(), isFalse);
    answer.close();
    expect((await ai.estimate(PaidRequest.chat(request: hello))).model, isNotEmpty);
    expect((await ai.spending()).session.calls, 6);
    await ai.resetSpending(SpendingPeriod.session);
    expect((await ai.spending()).session.calls, 0);
    final balance = await ai.balances(lowBelow: Decimal.fromInt(1000000)).firstWhere((now) => now.balance != null);
    expect(balance.isLow, balance.balance!.remainingBudget != null);
    await ai.signOut();
    while (states.current != _signedOut) {
      expect(await states.moveNext(), isTrue);
    }
    await states.cancel();
  });
}
