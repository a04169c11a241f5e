import 'dart:async';

import 'package:aipass/aipass.dart';
import 'package:aipass/testing.dart';
import 'package:aipass/widgets.dart';
import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';

import '../support/look.dart';
import '../support/receipts.dart';

final _phone = TargetPlatformVariant.only(TargetPlatform.android);

/// The ready-made widgets, drawn in each look and with real fonts.
void main() {
  setUpAll(loadFonts);

  testWidgets('a badge follows the client that it is given, below the limit that it is given', (tester) async {
    FakeAiPass client(String left) =>
        FakeAiPass()..balanceUpdate = sampleBalanceUpdate(sampleBalance(spent: Decimal.zero, budget: _(left)));
    final (first, second) = (client('5'), client('7'));
    await show(tester, Look.all.first, AiPassBalanceBadge(ai: first));
    expect(find.text('5.00\u00a0USD'), findsOneWidget);
    await show(tester, Look.all.first, AiPassBalanceBadge(ai: second));
    expect(find.text('7.00\u00a0USD'), findsOneWidget);
    first.balanceUpdate = second.balanceUpdate = client('6').balanceUpdate;
    await tester.pumpAndSettle();
    expect(find.text('6.00\u00a0USD'), findsOneWidget);
    await show(tester, Look.all.first, AiPassBalanceBadge(ai: second, lowBelow: _('6.01')));
    expect(find.text('Low balance: 6.00\u00a0USD'), findsOneWidget);
  }, variant: _phone);

  for (final look in Look.all) {
    void draws(String what, Future<void> Function(WidgetTester tester) test) {
      testWidgets('$look: $what', (tester) async {
        final semantics = tester.ensureSemantics();
        await test(tester);
        semantics.dispose();
      }, variant: _phone);
    }

    /// Where lines begin, from the left.
    double startOf(WidgetTester tester, Finder finder) => switch (look.direction) {
          TextDirection.ltr => tester.getTopLeft(finder).dx,
          TextDirection.rtl => screen.width - tester.getTopRight(finder).dx,
        };

    draws('the sign-in button, and why a sign-in failed', (tester) async {
      final signIn = Completer<void>();
      await show(
        tester,
        look,
        Center(child: AiPassSignInButton(signIn: () => signIn.future, strings: look.given)),
      );
      expect(find.text(look.strings.signIn), findsOneWidget);
      await expectGoodLooks(tester, look, 'sign-in');

      await tester.tap(find.byType(FilledButton));
      await tester.pumpAndSettle();
      expect(find.text(look.strings.signInAgain), findsOneWidget);
      await expectGoodLooks(tester, look, 'sign-in-open');

      signIn.completeError(const AiPassOfflineException(maybeSent: false, detail: 'no network'));
      await tester.pumpAndSettle();
      expect(find.text(look.strings.signIn), findsOneWidget);
      expect(find.text(look.strings.noConnection), findsOneWidget);
      await expectGoodLooks(tester, look, 'sign-in-failed');
    });

    draws('balances, of which a low one can be pressed, as they change', (tester) async {
      BalanceUpdate left(String amount, {bool isEstimate = false, String? errorCode}) =>
          sampleBalanceUpdate(sampleBalance(spent: Decimal.zero, budget: Decimal.parse(amount)),
              isEstimate: isEstimate, errorCode: errorCode);
      final clients = [
        for (final update in [
          left('1234.56'),
          left('0.25'),
          left('0'),
          left('-0.05'),
          sampleBalanceUpdate(sampleBalance(spent: Decimal.zero)),
          sampleBalanceUpdate(null),
        ])
          FakeAiPass()..balanceUpdate = update,
      ];
      var presses = 0;
      await show(
        tester,
        look,
        Column(
          crossAxisAlignment: CrossAxisAlignment.start,
          spacing: 8,
          children: [
            for (final ai in clients) AiPassBalanceBadge(ai: ai, onPressed: () => presses++, strings: look.given),
          ],
        ),
      );
      final strings = look.strings;
      String money(String amount) => strings.amounts.money(Decimal.parse(amount), 'USD');
      expect(find.text(money('1234.56')), findsOneWidget);
      expect(find.text('${strings.balanceLow}: ${money('0.25')}'), findsOneWidget);
      expect(find.text(strings.noLimit), findsOneWidget);
      for (final said in [strings.balance, strings.balanceLow, strings.balanceEmpty]) {
        expect(find.bySemanticsLabel(RegExp('^$said: ')), findsAtLeast(1));
      }
      for (final badge in find.byType(AiPassBalanceBadge).evaluate()) {
        expect(startOf(tester, find.byWidget(badge.widget)), 16);
        await tester.tap(find.byWidget(badge.widget));
      }
      expect(presses, clients.length);
      await tester.pumpAndSettle();
      await expectGoodLooks(tester, look, 'balance');

      clients[0].balanceUpdate = left('0.9996', isEstimate: true);
      clients[1].balanceUpdate = left('20', errorCode: 'offline');
      await tester.pumpAndSettle();
      expect(find.text('${strings.balanceLow}: ≈\u00a0${money('0.9996')}'), findsOneWidget);
      expect(find.bySemanticsLabel('${strings.balance}: ${money('20')}, ${strings.balanceOld}'), findsOneWidget);
      await expectGoodLooks(tester, look, 'balance-changed');
    });

    draws('the sheet for a balance that is used up', (tester) async {
      final ai = FakeAiPass(state: const SessionState.signedIn())
        ..onBalance = () async => sampleBalance(spent: Decimal.fromInt(5), budget: Decimal.fromInt(5));
      final opened = <Uri>[];
      final topUp = TopUp(
        checkoutUrl: (_) async => Uri.https('provider.invalid', '/pay'),
        refreshBalance: ai.refreshBalance,
        openInBrowser: (page) async => opened.add(page),
      );
      addTearDown(topUp.close);
      await show(
        tester,
        look,
        AiPassTopUpOffer(topUp: topUp, strings: look.given, child: const SizedBox(height: 48)),
      );
      final answer = topUp.guard<String>(() async => throw budgetUsedUp(), canSend: () => true);
      await tester.pumpAndSettle();
      expect(find.text(look.strings.topUpText), findsOneWidget);
      expect(startOf(tester, find.text(look.strings.topUpTitle)), 24);
      expect(tester.getRect(find.byType(BottomSheet)).top, greaterThanOrEqualTo(statusBar));
      await expectGoodLooks(tester, look, 'top-up');

      /// A press on what may be below the screen's edge, where texts are large.
      Future<void> press(Finder button) async {
        await tester.ensureVisible(button);
        await tester.pumpAndSettle();
        await tester.tap(button);
        await tester.pumpAndSettle();
      }

      await press(find.byType(FilledButton));
      expect(opened, hasLength(1));
      expect(find.text(look.strings.topUpOpened), findsOneWidget);
      await press(find.byType(OutlinedButton));
      expect(find.text(look.strings.topUpStillEmpty), findsOneWidget);
      await tester.ensureVisible(find.text(look.strings.topUpTitle));
      await tester.pumpAndSettle();
      await expectGoodLooks(tester, look, 'top-up-still-empty');
      await press(find.byType(TextButton));
      expect(find.byType(AiPassTopUpSheet), findsNothing);
      expect(await answer, isNull);
    });

    draws('a photo that may not be readable', (tester) async {
      final presses = <String>[];
      await show(
        tester,
        look,
        AiPassPhotoHints(
          hints: [for (final kind in PhotoHintKind.values) samplePhotoHint(kind)],
          onScanAnyway: () => presses.add('scan'),
          onTakeAnother: () => presses.add('take'),
          strings: look.given,
        ),
      );
      final strings = look.strings.photo;
      expect(startOf(tester, find.text(strings.title)), 16);
      for (final button in [strings.takeAnother, strings.scanAnyway]) {
        await tester.ensureVisible(find.text(button));
        await tester.pumpAndSettle();
        await tester.tap(find.text(button));
      }
      expect(presses, ['take', 'scan']);
      await tester.ensureVisible(find.text(strings.title));
      await tester.pumpAndSettle();
      await expectGoodLooks(tester, look, 'photo');
    });

    group('a receipt', () {
      final money = look.strings.amounts.money;
      final words = look.strings.receipt;

      /// Shows it, and draws it from its beginning to its end, a screen after the other.
      Future<void> review(WidgetTester tester, String name, Receipt receipt) async {
        await show(tester, look, AiPassReceiptReview(receipt: receipt, strings: look.given));
        final view = tester.state<ScrollableState>(find.byType(Scrollable)).position;
        for (var page = 1;; page++) {
          await expectGoodLooks(tester, look, '$name-$page', isScrolled: page > 1);
          if (view.pixels >= view.maxScrollExtent) return;
          view.jumpTo((view.pixels + view.viewportDimension - 60).clamp(0, view.maxScrollExtent));
          await tester.pumpAndSettle();
        }
      }

      draws('whose amounts add up, with its items and what it cost to read', (tester) async {
        await review(tester, 'receipt', bookshop());
        expect(find.text(money(_('39.24'), 'GBP')), findsNWidgets(2));
        for (final label in [
          words.merchant,
          words.amount,
          words.category,
          words.items,
          'The Salt Road',
          words.number
        ]) {
          expect(startOf(tester, find.text(label)), 16);
        }
        expect(find.text(words.unsure), findsNothing);
        expect(find.bySemanticsLabel(words.agrees), findsOneWidget);
        // The price ends where the line ends, or is below the name where texts are large.
        final (name, price) = (find.text('Greeting Card'), find.text(money(_('9.75'), 'GBP')));
        if (look.textScale > 1) {
          expect(tester.getRect(price).top, greaterThanOrEqualTo(tester.getRect(name).bottom));
        } else {
          expect(startOf(tester, price) + tester.getSize(price).width, moreOrLessEquals(screen.width - 16));
        }
        expect(find.textContaining('0.00042'.replaceFirst('.', look.strings.amounts.decimalPoint)), findsOneWidget);
      });

      draws('that does not add up, with the line that is wrong', (tester) async {
        final off = ReceiptVerdict.off(by: _('0.30'), at: const ReceiptPart.item(indexValue: 2));
        await review(tester, 'receipt-off', bookshop(verdict: off, lineVerdict: off));
        final shown = VerdictView.of(bookshop(verdict: off), look.strings);
        expect(shown.detail, contains(money(_('0.30'), 'GBP')));
        expect(find.text(shown.title), findsOneWidget);
        expect(find.text(shown.detail!), findsOneWidget);
        expect(find.bySemanticsLabel('$shown'), findsOneWidget);
        expect(find.bySemanticsLabel(RegExp('^Greeting Card, .*${words.itemMore.split('{').first}')), findsOneWidget);
        expect(find.text('≠'), findsNWidgets(2));
      });

      draws('of which it cannot be told, in Arabic', (tester) async {
        await review(tester, 'receipt-open', cafe());
        expect(find.text('?'), findsOneWidget);
        expect(find.textContaining(words.taxes), findsOneWidget);
        expect(find.textContaining('1,l4'), findsOneWidget);
        expect(find.text(money(_('-2'), 'EGP')), findsOneWidget);
      });

      draws('that was read in part', (tester) async {
        await review(
            tester, 'receipt-in-part', sampleReceipt(merchant: 'مقهى Café', amountText: '12,3x', confidence: 0.2));
        expect(find.text(words.unsure), findsOneWidget);
        expect(find.textContaining('12,3x'), findsOneWidget);
        expect(find.text(words.notFound), findsNWidgets(2));
        expect(find.text('?'), findsNothing);
      });
    });
  }
}

Decimal _(String number) => Decimal.parse(number);
