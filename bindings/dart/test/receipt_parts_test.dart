import 'package:aipass/aipass.dart';
import 'package:aipass/parts.dart';
import 'package:aipass/testing.dart';
import 'package:test/test.dart';

import 'support/receipts.dart';

Decimal _(String number) => Decimal.parse(number);

/// What a review of a receipt says.
void main() {
  const strings = AiPassStrings.english;
  ReceiptReview review(Receipt receipt, [AiPassStrings words = strings]) => ReceiptReview.of(receipt, words);

  group('amounts', () {
    test('have the decimals of their currency, and all that they were given beyond', () {
      String money(String amount, [String? currency]) => strings.amounts.money(_(amount), currency);
      expect(money('18', 'EUR'), '18.00\u00a0EUR');
      expect(money('18.5', 'EUR'), '18.50\u00a0EUR');
      expect(money('1.459', 'EUR'), '1.459\u00a0EUR');
      expect(money('0.000420', 'USD'), '0.00042\u00a0USD');
      expect(money('1200.00', 'JPY'), '1,200\u00a0JPY');
      expect(money('5000', 'IQD'), '5,000\u00a0IQD');
      expect(money('1.5', 'KWD'), '1.500\u00a0KWD');
      expect(money('18.50'), '18.50', reason: 'nobody knows how many decimals it has');
      expect(money('18.50', '€'), '18.50\u00a0€');
      expect(money('0.00', 'EUR'), '0.00\u00a0EUR');
    });

    test('are exact where a binary number is not', () {
      expect(strings.amounts.money(_('9007199254740993.10'), 'EUR'), '9,007,199,254,740,993.10\u00a0EUR');
      expect(strings.amounts.money(_('0.1') + _('0.2'), 'EUR'), '0.30\u00a0EUR');
    });

    test('are written as in the user\'s country', () {
      String money(String language, [String? country]) =>
          AiPassStrings.of(language, country).amounts.money(_('1234567.5'), 'INR');
      expect(money('en'), '1,234,567.50\u00a0INR');
      expect(money('en', 'US'), '1,234,567.50\u00a0INR');
      expect(money('en', 'IN'), '12,34,567.50\u00a0INR');
      expect(money('en', 'DE'), '1.234.567,50\u00a0INR');
      expect(money('de'), '1.234.567,50\u00a0INR');
      expect(money('de', 'AT'), '1\u00a0234\u00a0567,50\u00a0INR');
      expect(money('de', 'CH'), '\u20661’234’567.50\u2069\u00a0INR');
      expect(money('fr', 'FR'), '1,234,567.50\u00a0INR', reason: 'the words are English then');
    });

    test('below zero have their sign before them, also from right to left', () {
      expect(strings.amounts.money(_('-0.01'), 'USD'), '\u2066-0.01\u2069\u00a0USD');
      expect(strings.amounts.number(_('-19.50')), '\u2066-19.5\u2069');
    });
  });

  group('a receipt', () {
    test('has its fields in order, and says what was not found', () {
      final fields = review(sampleReceipt(
        merchant: 'Foxglove Books',
        date: Date(2026, 9, 19),
        amount: _('39.24'),
        currency: 'GBP',
      )).fields;
      expect(fields.map((field) => '$field'), [
        'Merchant: Foxglove Books',
        'Date: 2026-09-19',
        'Amount: 39.24\u00a0GBP',
        'Category: not found',
      ]);
      expect(fields.map((field) => field.isFound), [true, true, true, false]);
    });

    test('shows what the model said where that could not be read', () {
      final fields = review(sampleReceipt(dateText: '31/02/26', amountText: '12,3x'), AiPassStrings.german).fields;
      expect('${fields[1]}', 'Datum: nicht gefunden (gelesen als \u206831/02/26\u2069)');
      expect('${fields[2]}', 'Betrag: nicht gefunden (gelesen als \u206812,3x\u2069)');
    });

    test('is to be looked at where something is missing or the model is not sure', () {
      Receipt whole(double? confidence) =>
          sampleReceipt(merchant: 'A', amount: _('1'), currency: 'EUR', date: Date(2026, 1, 1), confidence: confidence);
      expect(review(whole(null)).isUnsure, isFalse);
      expect(review(whole(0.9)).isUnsure, isFalse);
      expect(review(whole(0.3)).isUnsure, isTrue);
      expect(review(sampleReceipt(merchant: 'A')).isUnsure, isTrue);
    });

    test('shows its items, taxes, payment and the shop, each in a line', () {
      expect('${review(bookshop())}'.split('\n'), [
        'Merchant: Foxglove Books',
        'Date: 2026-09-19, 16:20',
        'Amount: 39.24\u00a0GBP',
        'Category: books',
        'The Salt Road, Quantity: \u20681\u2069, 10.99\u00a0GBP',
        'A Field Guide to Moss and Other Small Plants of the North, Quantity: \u20681\u2069, 18.50\u00a0GBP',
        'Greeting Card, \u20683\u2069 × \u20683.25\u00a0GBP\u2069, 9.75\u00a0GBP',
        '\u2068VAT\u2069 20\u00a0%, in the prices: 6.54\u00a0GBP',
        '\u2068Mastercard\u2069 …1154: 39.24\u00a0GBP',
        'Receipt number: 38205',
        'Address: 12 Bridge Street, York YO1 6DD',
      ]);
    });

    test('shows what else stands between the items and what was paid, and nothing that it does not have', () {
      final receipt = sampleReceipt(
        currency: 'CHF',
        amount: _('20'),
        kind: ReceiptKind.refund,
        subtotal: _('21.02'),
        discounts: [ReceiptDiscount(amount: _('-2')), ReceiptDiscount(name: 'Cumulus', amount: _('-1'))],
        taxes: [ReceiptTax(name: 'MWST 8.1%', rate: _('8.1'), amount: _('1.58'))],
        tip: _('2'),
        rounding: _('-0.02'),
        tendered: _('50'),
        change: _('30'),
        otherAmounts: [ReceiptAmount(amount: _('21.3'), currency: 'EUR')],
      );
      expect(review(receipt).sums.map((sum) => '$sum'), [
        'Subtotal: 21.02\u00a0CHF',
        'Discount: \u2066-2.00\u2069\u00a0CHF',
        'Cumulus: \u2066-1.00\u2069\u00a0CHF',
        '\u2068MWST 8.1%\u2069: 1.58\u00a0CHF',
        'Tip: 2.00\u00a0CHF',
        'Rounding: \u2066-0.02\u2069\u00a0CHF',
        'Cash given: 50.00\u00a0CHF',
        'Change: 30.00\u00a0CHF',
        'In another currency: 21.30\u00a0EUR',
      ]);
      expect(review(receipt).details.map((field) => '$field'), ['Kind: Refund']);
    });

    test('shows what was weighed, a discount on a line, and what of it could not be read', () {
      final receipt = sampleReceipt(
        currency: 'EUR',
        items: [
          sampleItem('Tomaten',
              quantity: _('0.482'), unit: 'kg', unitPrice: _('2.99'), discount: _('-0.3'), total: _('1.14')),
          sampleItem(null, taxClass: 'A'),
        ],
        unread: const [
          UnreadValue(field: '/items/1/total', text: '1,l4'),
          UnreadValue(field: '/items/1/quantity', text: '1-2'),
          UnreadValue(field: '/tip', text: '~2'),
        ],
      );
      final german = review(receipt, AiPassStrings.german);
      expect(german.items.map((item) => '$item'), [
        'Tomaten, \u20680,482\u00a0kg\u2069 × \u20682,99\u00a0EUR\u2069, Rabatt: \u2066-0,30\u2069\u00a0EUR, 1,14\u00a0EUR',
        'Posten 2, Menge: \u2068nicht gefunden (gelesen als \u20681-2\u2069)\u2069, Steuer: \u2068A\u2069, '
            'nicht gefunden (gelesen als \u20681,l4\u2069)',
      ]);
      expect(german.items.map((item) => item.isTotalFound), [true, false]);
      expect('${german.sums.single}', 'Trinkgeld: nicht gefunden (gelesen als \u2068~2\u2069)');
    });
  });

  group('the verdict', () {
    test('is in words, with the figure and where it is off', () {
      expect('${review(bookshop()).verdict}', 'The amounts add up.');
      final more = bookshop(verdict: ReceiptVerdict.off(by: _('0.3'), at: const ReceiptPart.taxes()));
      expect('${review(more).verdict}',
          'The amounts do not add up. \u2068Taxes\u2069: \u20680.30\u00a0GBP\u2069 more than the other amounts give.');
      expect(review(more).verdict!.level, VerdictLevel.off);
      final less = bookshop(verdict: ReceiptVerdict.off(by: _('-1234.5'), at: const ReceiptPart.total()));
      expect(
          '${review(less, AiPassStrings.german).verdict}',
          'Die Beträge gehen nicht auf. '
              '\u2068Betrag\u2069: \u20681.234,50\u00a0GBP\u2069 weniger, als die anderen Beträge ergeben.');
    });

    test('marks the line that does not add up, and no other', () {
      final off = ReceiptVerdict.off(by: _('-0.25'), at: const ReceiptPart.item(indexValue: 2));
      final wrong = review(bookshop(verdict: off, lineVerdict: off));
      expect(wrong.items.map((item) => item.problem), [
        null,
        null,
        'Does not add up: \u20680.25\u00a0GBP\u2069 less than quantity and price give.',
      ]);
      expect('${wrong.items.last}', endsWith(wrong.items.last.problem!));
      expect(wrong.verdict!.detail, startsWith('\u2068Greeting Card\u2069: '));
    });

    test('says what is missing for it', () {
      final open = bookshop(
          verdict: const ReceiptVerdict.cannotTell(
              missing: [ReceiptPart.item(indexValue: 7), ReceiptPart.taxes(), ReceiptPart.payments()]));
      expect(
          '${review(open).verdict}',
          'It is not certain that the amounts add up. '
              'Missing or not certain: \u2068Item 8\u2069, \u2068Taxes\u2069, \u2068Payment\u2069.');
      final unknown = bookshop(verdict: const ReceiptVerdict.cannotTell(missing: []));
      expect('${review(unknown).verdict}', 'It is not certain that the amounts add up.');
    });

    test('is not said of a receipt of which only the summary was read', () {
      const open = ReceiptVerdict.cannotTell(missing: [ReceiptPart.items()]);
      expect(review(sampleReceipt(amount: _('1'), currency: 'EUR', verdict: open)).verdict, isNull);
    });

    test('has a sign beside the words, which is different for each', () {
      expect(VerdictLevel.values.map((level) => level.sign).toSet(), hasLength(VerdictLevel.values.length));
    });
  });

  test('what a scan cost is said where it is known, to the last digit', () {
    expect(review(sampleReceipt()).cost, isNull, reason: 'unknown is not zero');
    expect(review(bookshop()).cost, 'This scan cost \u20680.00042\u00a0USD\u2069.');
    expect(review(sampleReceipt(cost: _('0'))).cost, 'This scan cost \u20680.00\u00a0USD\u2069.');
  });

  test('what is wrong with a photo is said once for each kind', () {
    final hints = [
      samplePhotoHint(PhotoHintKind.tooDark),
      samplePhotoHint(PhotoHintKind.tooDark, photo: 1),
      samplePhotoHint(PhotoHintKind.noPrint),
    ];
    expect(strings.photo.describe(hints), [strings.photo.tooDark, strings.photo.noPrint]);
    for (final language in [strings.photo, AiPassStrings.german.photo]) {
      final all = language.describe([for (final kind in PhotoHintKind.values) samplePhotoHint(kind)]);
      expect(all.toSet(), hasLength(PhotoHintKind.values.length));
    }
  });
}
