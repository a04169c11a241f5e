import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/testing.dart';
import 'package:test/test.dart';

const _scan = ReceiptScan(photos: []);
final _chat = ChatRequest(messages: [UserMessage('?')]);
final _isUsedUp = throwsA(isA<AiPassBudgetExceededException>());
final _isSpent = throwsA(isA<AiPassInvalidInputException>().having((error) => error.input, 'input', 'prepared'));

/// The fake in what concerns money: the rules are those of the library (`core/src/gateway/prepared.rs`).
void main() {
  late FakeAiPass ai;
  setUp(() => ai = FakeAiPass(state: const SessionState.signedIn()));

  group('a prepared receipt of the fake', () {
    test('is sent again once after a used-up budget', () async {
      ai.onScanReceipt = (_) async => throw budgetUsedUp();
      final prepared = await ai.preparedScan(_scan);
      expect(ai.calls, [('preparedScan', _scan)], reason: 'nothing is sent');
      await expectLater(prepared.send(), _isUsedUp);
      expect(prepared.canSend(), isTrue);
      await expectLater(prepared.send(), _isUsedUp);
      expect(prepared.canSend(), isFalse);
      await expectLater(prepared.send(), _isSpent);
      expect(ai.calls, hasLength(3));
    });

    test('is paid for once', () async {
      ai.onScanReceipt = (_) async => sampleReceipt(merchant: 'Café');
      final prepared = await ai.preparedScan(_scan);
      expect((await prepared.send()).merchant, 'Café');
      expect(prepared.canSend(), isFalse);
      await expectLater(prepared.send(), _isSpent);
    });

    test('can be sent after a failure before anything was sent, and not after another', () async {
      AiPassException failure = const AiPassOfflineException(maybeSent: false, detail: '');
      ai.onScanReceipt = (_) async => throw failure;
      final prepared = await ai.preparedScan(_scan);
      for (failure in [
        failure,
        spendLimitReached(limit: Decimal.fromInt(1)),
        const AiPassSignInRequiredException(reason: SignInReason.notSignedIn, detail: null),
        const AiPassTimeoutException(limit: TimeLimit.connect, after: Duration(seconds: 1), lastStatus: null),
      ]) {
        await expectLater(prepared.send(), throwsA(failure));
        expect(prepared.canSend(), isTrue, reason: '$failure');
      }
      failure = const AiPassOfflineException(maybeSent: true, detail: '');
      await expectLater(prepared.send(), throwsA(failure));
      expect(prepared.canSend(), isFalse);
    });

    test('is not sent twice at the same time, nor when it is closed', () async {
      final read = Completer<Receipt>();
      ai.onScanReceipt = (_) => read.future;
      final prepared = await ai.preparedScan(_scan);
      final first = prepared.send();
      expect(prepared.canSend(), isFalse);
      await expectLater(prepared.send(), _isSpent);
      prepared.close();
      read.complete(sampleReceipt());
      await first;
      await expectLater(prepared.send(), throwsStateError);
    });
  });

  group('a prepared chat of the fake', () {
    test('is asked again as a stream once after a used-up budget', () async {
      ai.onChat = (_) => Stream.error(budgetUsedUp());
      final prepared = await ai.preparedChat(_chat);
      await expectLater(prepared.events().toList(), _isUsedUp);
      expect(prepared.canSend(), isTrue);
      ai.onChat = (_) => fakeAnswer(['It was']);
      expect(await prepared.events().texts.join(), 'It was');
      expect(prepared.canSend(), isFalse);
      await expectLater(prepared.events().toList(), _isSpent);
    });

    test('cannot be asked again once its answer has begun', () async {
      ai.onChat = (_) => fakeAnswer(['It'], failure: budgetUsedUp());
      final prepared = await ai.preparedChat(_chat);
      await expectLater(prepared.events().toList(), _isUsedUp);
      expect(prepared.canSend(), isFalse);
    });

    test('cannot be asked again once its listener has left', () async {
      ai.onChat = (_) => fakeAnswer(['It', 'was']);
      final prepared = await ai.preparedChat(_chat);
      await for (final _ in prepared.events()) {
        break;
      }
      expect(prepared.canSend(), isFalse);
    });

    test('gives the whole answer with its cost', () async {
      ai.onChatWith = (_) async => sampleAnswer('It was', cost: Decimal.parse('0.0021'));
      final answer = await (await ai.preparedChat(_chat)).send();
      expect((answer.text, answer.cost), ('It was', Decimal.parse('0.0021')));
    });
  });

  test('the fake tells balances, low below each listener\'s own limit', () async {
    final seen = <(Decimal?, bool)>[];
    final (all, low) = (ai.balances(), ai.balances(lowBelow: Decimal.fromInt(1)));
    final following = [
      all.listen((update) => expect(update.isLow, isFalse)),
      low.listen((update) => seen.add((update.balance?.remainingBudget, update.isLow))),
    ];
    await pumpEventQueue();
    for (final left in ['5', '0.99']) {
      ai.balanceUpdate =
          sampleBalanceUpdate(sampleBalance(spent: Decimal.zero, budget: Decimal.parse(left)), isEstimate: true);
    }
    await pumpEventQueue();
    expect(seen, [(null, false), (Decimal.fromInt(5), false), (Decimal.parse('0.99'), true)]);
    for (final listener in following) {
      await listener.cancel();
    }
  });

  test('the fake answers what is asked about money as scripted', () async {
    final request = PaidRequest.chat(request: _chat);
    final notScripted = throwsA(isA<AiPassOtherException>().having((error) => error.code, 'code', 'not_scripted'));
    await expectLater(ai.estimate(request), notScripted);
    await expectLater(ai.spending(), notScripted);
    await expectLater(ai.chatWith(_chat), notScripted);
    await expectLater(ai.scanReceipts(_scan), notScripted);
    final half = Decimal.parse('0.5');
    ai
      ..onEstimate = ((_) async => sampleEstimate(high: half))
      ..onSpending = (() async => sampleSpending(known: half, date: Date(2026, 11, 30)))
      ..onScanReceipts = ((_) async => [sampleReceipt(), sampleReceipt()])
      ..onCheckPhoto = (_) async => [samplePhotoHint(PhotoHintKind.tooDark)];
    expect(await ai.estimate(request), sampleEstimate(high: half));
    expect(sampleEstimate().basis, PriceBasis.unknown);
    expect((await ai.spending()).day.known, half);
    expect(await ai.scanReceipts(_scan), hasLength(2));
    expect((await ai.checkPhoto(const Photo.file('dark.jpg'))).single.kind, PhotoHintKind.tooDark);
    await ai.resetSpending(SpendingPeriod.day);
    expect(ai.calls.last, ('resetSpending', SpendingPeriod.day));
  });
}
