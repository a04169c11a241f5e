import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/parts.dart';
import 'package:aipass/testing.dart';
import 'package:test/test.dart';

Balance _balance(String? left) => Balance(
      totalCost: Decimal.zero,
      maxBudget: null,
      remainingBudget: left == null ? null : Decimal.parse(left),
      asOf: null,
    );

const _refusal = AiPassBudgetExceededException(spent: null, limit: null, requestId: null, detail: '', text: null);

/// State and rules of the ready-made parts.
void main() {
  const strings = AiPassStrings.english;

  group('the balance', () {
    BalanceView view(
      String? left, {
      bool isLow = false,
      bool isEstimate = false,
      String? errorCode,
      AiPassStrings words = strings,
    }) =>
        BalanceView.of(
            sampleBalanceUpdate(_balance(left), isLow: isLow, isEstimate: isEstimate, errorCode: errorCode), words);

    test('is low where the library says so, and empty at zero', () {
      expect(view('5').level, BalanceLevel.enough);
      expect(view('0.99', isLow: true).level, BalanceLevel.low);
      expect(view('0.00', isLow: true).level, BalanceLevel.empty);
      expect(view('-0.01').level, BalanceLevel.empty);
      expect(view(null).level, BalanceLevel.unlimited);
      expect(BalanceView.of(null, strings).level, BalanceLevel.unknown);
      expect(BalanceView.of(sampleBalanceUpdate(null, errorCode: 'offline'), strings).level, BalanceLevel.unknown);
    });

    test('says in words that it is low, in the language of its user', () {
      final german = view('0.50', isLow: true, words: AiPassStrings.german);
      expect(german.text, 'Wenig Guthaben: 0,50\u00a0USD');
      expect(german.label, german.text);
      expect(german.offersTopUp, isTrue);
      expect(view('5').text, '5.00\u00a0USD');
      expect(view('5').label, 'Balance: 5.00\u00a0USD');
      expect(BalanceView.of(null, strings).offersTopUp, isFalse);
    });

    test('is not shown as certain where calls may have lowered it, or where it is old', () {
      final estimate = view('4.9996', isEstimate: true);
      expect(estimate.text, '≈\u00a04.9996\u00a0USD');
      expect(estimate.label, 'Balance: about 4.9996\u00a0USD');
      final old = view('5', errorCode: 'offline');
      expect(old.text, '≈\u00a05.00\u00a0USD');
      expect(old.label, 'Balance: 5.00\u00a0USD, could not be updated');
      expect(view(null, isEstimate: true).text, 'No limit');
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

    /// A request that is refused until the wallet is filled, as the library prepares it.
    Future<PreparedReceipt> prepared([Future<Receipt> Function()? read]) {
      final ai = FakeAiPass(state: const SessionState.signedIn())
        ..onScanReceipt =
            (_) => read?.call() ?? Future.sync(() => left == '0' ? throw _refusal : sampleReceipt(merchant: 'Café'));
      return ai.preparedScan(const ReceiptScan(photos: []));
    }

    /// What becomes of such a request.
    Future<String?> scanned([Future<Receipt> Function()? read, TopUp? by]) async {
      final request = await prepared(read);
      return (await (by ?? topUp).guard(request.send, canSend: request.canSend))?.merchant;
    }

    test('nothing happens where nothing is refused', () async {
      left = '5';
      expect(await scanned(), 'Café');
      await topUp.tryAgain();
      expect(topUp.step, TopUpStep.none);
    });

    test('a refused request is sent again when its user comes back, and its caller gets the answer', () async {
      final steps = <TopUpStep>[];
      topUp.steps.listen(steps.add);
      final answer = scanned();
      await pumpEventQueue();
      expect(topUp.step, TopUpStep.offered);
      await topUp.open(Decimal.fromInt(10));
      expect(opened, [Uri.parse('https://pay.example/10')]);
      await topUp.tryAgain();
      expect(topUp.step, TopUpStep.stillEmpty);
      left = '10';
      await topUp.tryAgain();
      expect(await answer, 'Café');
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
      final answers = Future.wait([scanned(), scanned()]);
      await pumpEventQueue();
      left = '10';
      await topUp.tryAgain();
      expect(await answers, ['Café', 'Café']);
    });

    // P5
    test('a request is sent again once: a second refusal is its caller\'s', () async {
      var sent = 0;
      final answer = scanned(() async {
        sent++;
        throw _refusal;
      });
      final refused = expectLater(answer, throwsA(isA<AiPassBudgetExceededException>()));
      await pumpEventQueue();
      left = '0.01';
      await topUp.tryAgain();
      await refused;
      expect(topUp.step, TopUpStep.none);
      await topUp.tryAgain();
      expect(sent, 2);
    });

    test('a refusal after a part of an answer is its caller\'s, because it may be billed', () async {
      await expectLater(
        scanned(() async => throw const AiPassBudgetExceededException(
            spent: null, limit: null, requestId: null, detail: '', text: 'It was')),
        throwsA(isA<AiPassBudgetExceededException>()),
      );
      expect(topUp.step, TopUpStep.none);
    });

    test('one that its user leaves has no answer', () async {
      final answer = scanned();
      await pumpEventQueue();
      topUp.leave();
      expect(await answer, isNull);
      expect(topUp.step, TopUpStep.none);
    });

    test('other failures are the caller\'s, also at the second time', () async {
      await expectLater(
          scanned(() async => throw const AiPassCancelledException()), throwsA(isA<AiPassCancelledException>()));
      var isFirst = true;
      final answer = scanned(() async {
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
      final answer = scanned(null, slow);
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
      await expectLater(scanned(), throwsA(isA<AiPassBudgetExceededException>()));
    });

    test('where the balance cannot be had, the request still waits', () async {
      final offline = TopUp(
        checkoutUrl: (_) async => throw UnimplementedError(),
        refreshBalance: () async => throw const AiPassOfflineException(maybeSent: false, detail: ''),
        openInBrowser: (_) async {},
      );
      addTearDown(offline.close);
      unawaited(scanned(null, offline));
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
    expect(strings.describe(spendLimitReached(limit: Decimal.fromInt(1))),
        'This may cost more than the limit of 1.00\u00a0USD that this app has set.');
    expect(AiPassStrings.german.describe(const AiPassInvalidInputException(input: 'prepared', detail: '')),
        AiPassStrings.german.cannotSendAgain);
  });
}
