import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/parts.dart';
import 'package:test/test.dart';

Balance _balance(String? left) => Balance(
      totalCost: Decimal.zero,
      maxBudget: null,
      remainingBudget: left == null ? null : Decimal.parse(left),
      asOf: null,
    );

Receipt _receipt({String? merchant, String? amount, String? currency, Date? date, double? confidence}) => Receipt(
      merchant: merchant,
      date: date,
      dateText: '31/02/26',
      amount: amount == null ? null : Decimal.parse(amount),
      amountText: amount ?? '12,3x',
      currency: currency,
      currencyText: null,
      category: null,
      confidence: confidence,
      model: 'm',
      usage: null,
      cost: null,
      requestId: null,
      answer: '{}',
    );

const _refusal = AiPassBudgetExceededException(spent: null, limit: null, requestId: null, detail: '', text: null);

/// State and rules of the ready-made parts.
void main() {
  const strings = AiPassStrings.english;

  group('the balance', () {
    test('is low below a limit, and empty at zero', () {
      BalanceLevel level(String? left, {String? lowBelow}) =>
          BalanceView.of(_balance(left), strings, lowBelow: lowBelow == null ? null : Decimal.parse(lowBelow)).level;
      expect(level('5'), BalanceLevel.enough);
      expect(level('1.00'), BalanceLevel.enough);
      expect(level('0.99'), BalanceLevel.low);
      expect(level('5', lowBelow: '6'), BalanceLevel.low);
      expect(level('0.00'), BalanceLevel.empty);
      expect(level('-0.01'), BalanceLevel.empty);
      expect(level(null), BalanceLevel.unlimited);
      expect(BalanceView.of(null, strings).level, BalanceLevel.unknown);
    });

    test('is written in the language of its user, and a screen reader says more', () {
      final german = BalanceView.of(_balance('0.50'), AiPassStrings.german);
      expect(german.text, '0,50\u00a0USD');
      expect(german.label, 'Wenig Guthaben: 0,50\u00a0USD');
      expect(german.offersTopUp, isTrue);
      expect(BalanceView.of(null, strings).offersTopUp, isFalse);
    });
  });

  group('a receipt', () {
    test('has its fields in order, and says what was not found', () {
      final fields = receiptFields(
          _receipt(merchant: 'Foxglove Books', amount: '39.24', currency: 'GBP', date: Date(2026, 9, 19)), strings);
      expect(fields.map((field) => '$field'), [
        'Merchant: Foxglove Books',
        'Date: 2026-09-19',
        'Amount: 39.24\u00a0GBP',
        'Category: not found',
      ]);
      expect(fields.map((field) => field.isFound), [true, true, true, false]);
    });

    test('shows what the model said where that could not be read', () {
      final fields = receiptFields(_receipt(merchant: 'A'), AiPassStrings.german);
      expect('${fields[1]}', 'Datum: nicht gefunden (gelesen als \u206831/02/26\u2069)');
      expect('${fields[2]}', 'Betrag: nicht gefunden (gelesen als \u206812,3x\u2069)');
    });

    test('is to be looked at where something is missing or the model is not sure', () {
      Receipt whole(double? confidence) =>
          _receipt(merchant: 'A', amount: '1', currency: 'EUR', date: Date(2026, 1, 1), confidence: confidence);
      expect(isUnsure(whole(null)), isFalse);
      expect(isUnsure(whole(0.9)), isFalse);
      expect(isUnsure(whole(0.3)), isTrue);
      expect(isUnsure(_receipt(merchant: 'A')), isTrue);
    });
  });

  group('topping up', () {
    late List<Uri> opened;
    late String left;
    late TopUp topUp;

    setUp(() {
      opened = [];
      left = '0';
      topUp = TopUp(
        checkoutUrl: (amount) async => Uri.parse('https://pay.example/$amount'),
        refreshBalance: () async => _balance(left),
        openInBrowser: (url) async => opened.add(url),
      );
      addTearDown(topUp.close);
    });

    /// A request that is refused until the wallet is filled.
    Future<String> paid() async => left == '0' ? throw _refusal : 'answer';

    test('nothing happens where nothing is refused', () async {
      left = '5';
      expect(await topUp.guard(paid), 'answer');
      await topUp.tryAgain();
      expect(topUp.step, TopUpStep.none);
    });

    test('a refused request is sent again when its user comes back, and its caller gets the answer', () async {
      final steps = <TopUpStep>[];
      topUp.steps.listen(steps.add);
      final answer = topUp.guard(paid);
      await pumpEventQueue();
      expect(topUp.step, TopUpStep.offered);
      await topUp.open(Decimal.fromInt(10));
      expect(opened, [Uri.parse('https://pay.example/10')]);
      await topUp.tryAgain();
      expect(topUp.step, TopUpStep.stillEmpty);
      left = '10';
      await topUp.tryAgain();
      expect(await answer, 'answer');
      expect(steps, [
        TopUpStep.offered,
        TopUpStep.opened,
        TopUpStep.checking,
        TopUpStep.stillEmpty,
        TopUpStep.checking,
        TopUpStep.none,
      ]);
    });

    test('several refused requests are sent again together', () async {
      final answers = Future.wait([topUp.guard(paid), topUp.guard(paid)]);
      await pumpEventQueue();
      left = '10';
      await topUp.tryAgain();
      expect(await answers, ['answer', 'answer']);
    });

    test('one that is refused again waits again', () async {
      var refusals = 0;
      final answer = topUp.guard(() async => refusals++ < 2 ? throw _refusal : 'answer');
      await pumpEventQueue();
      left = '0.01';
      await topUp.tryAgain();
      await pumpEventQueue();
      expect(topUp.step, TopUpStep.offered);
      await topUp.tryAgain();
      expect(await answer, 'answer');
    });

    test('one that its user leaves has no answer', () async {
      final answer = topUp.guard(paid);
      await pumpEventQueue();
      topUp.leave();
      expect(await answer, isNull);
      expect(topUp.step, TopUpStep.none);
    });

    test('other failures are the caller\'s, also at the second time', () async {
      await expectLater(topUp.guard<String>(() async => throw const AiPassCancelledException()),
          throwsA(isA<AiPassCancelledException>()));
      var isFirst = true;
      final answer = topUp.guard<String>(() async {
        if (!isFirst) throw const FormatException();
        isFirst = false;
        throw _refusal;
      });
      await pumpEventQueue();
      left = '1';
      unawaited(topUp.tryAgain());
      await expectLater(answer, throwsFormatException);
    });

    test('a user who leaves while the balance is asked for is not asked again', () async {
      final asked = Completer<Balance>();
      final slow = TopUp(
        checkoutUrl: (_) async => throw UnimplementedError(),
        refreshBalance: () => asked.future,
        openInBrowser: (_) async {},
      );
      addTearDown(slow.close);
      final answer = slow.guard(paid);
      await pumpEventQueue();
      final trying = slow.tryAgain();
      slow.leave();
      expect(await answer, isNull);
      asked.complete(_balance('0'));
      await trying;
      expect(slow.step, TopUpStep.none);
    });

    test('after its end a refusal is the caller\'s', () async {
      topUp.close();
      await expectLater(topUp.guard(paid), throwsA(isA<AiPassBudgetExceededException>()));
    });

    test('where the balance cannot be had, the request still waits', () async {
      final offline = TopUp(
        checkoutUrl: (_) async => throw UnimplementedError(),
        refreshBalance: () async => throw const AiPassOfflineException(maybeSent: false, detail: ''),
        openInBrowser: (_) async {},
      );
      addTearDown(offline.close);
      unawaited(offline.guard(paid));
      await pumpEventQueue();
      await expectLater(offline.tryAgain(), throwsA(isA<AiPassOfflineException>()));
      expect(offline.step, TopUpStep.offered);
    });
  });

  group('the sign-in button', () {
    test('opens the browser again while it waits, and then only the last sign-in counts', () async {
      final browsers = <Completer<void>>[];
      final state = SignInState(() {
        browsers.add(Completer());
        return browsers.last.future;
      });
      addTearDown(state.close);
      expect(state.text(strings), strings.signIn);
      final first = state.press();
      expect(state.text(strings), strings.signInAgain);
      final second = state.press();
      browsers.first.completeError(
          const AiPassTimeoutException(limit: TimeLimit.total, after: Duration(seconds: 1), lastStatus: null));
      await first;
      expect(state.isBusy, isTrue);
      expect(state.failure, isNull);
      browsers.last.complete();
      await second;
      expect(state.isBusy, isFalse);
    });

    test('says why it failed, but not to a user who gave it up', () async {
      AiPassException failure = const AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
      final state = SignInState(() async => throw failure);
      addTearDown(state.close);
      await state.press();
      expect(strings.describe(state.failure!), strings.noBrowser);
      failure = const AiPassCancelledException();
      await state.press();
      expect(state.failure, isNull);
      expect(state.isBusy, isFalse);
    });
  });

  test('a failure has words, or its code for the app\'s support', () {
    expect(strings.describe(const AiPassOfflineException(maybeSent: false, detail: 'dns')), strings.noConnection);
    expect(strings.describe(const AiPassInvalidInputException(input: 'photo', detail: '')), strings.cannotReadPhoto);
    expect(
        strings.describe(const AiPassOtherException(code: 'internal', detail: 'x')), 'That did not work. (internal)');
    expect(strings.describe(StateError('x')), 'That did not work.');
  });
}
