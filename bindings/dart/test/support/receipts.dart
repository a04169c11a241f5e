import 'package:aipass/aipass.dart';
import 'package:aipass/testing.dart';

Decimal _(String number) => Decimal.parse(number);

/// A receipt with two items, a tax and a payment. The second item's verdict is [lineVerdict].
Receipt bookshop({
  ReceiptVerdict verdict = const ReceiptVerdict.agrees(),
  ReceiptVerdict lineVerdict = const ReceiptVerdict.agrees(),
}) =>
    sampleReceipt(
      merchant: 'Foxglove Books',
      date: Date(2026, 9, 19),
      time: '16:20',
      amount: _('39.24'),
      currency: 'GBP',
      category: 'books',
      items: [
        sampleItem('The Salt Road', quantity: _('1'), total: _('10.99')),
        sampleItem('A Field Guide to Moss and Other Small Plants of the North', quantity: _('1'), total: _('18.5')),
        sampleItem('Greeting Card', quantity: _('3'), unitPrice: _('3.25'), total: _('9.75'), verdict: lineVerdict),
      ],
      taxes: [ReceiptTax(name: 'VAT', rate: _('20'), amount: _('6.54'), included: true)],
      payments: [ReceiptPayment(method: 'Mastercard', lastFour: '1154', amount: _('39.24'))],
      number: '38205',
      merchantDetails: const ReceiptMerchant(address: '12 Bridge Street, York YO1 6DD'),
      verdict: verdict,
      cost: _('0.00042'),
    );

/// A receipt in Arabic with all that can stand on one, of which some could not be read.
Receipt cafe() => sampleReceipt(
      merchant: 'مقهى النيل',
      date: Date(2026, 11, 3),
      amount: _('1234.5'),
      currency: 'EGP',
      category: 'طعام',
      kind: ReceiptKind.refund,
      items: [
        sampleItem('قهوة تركية',
            quantity: _('2'), unitPrice: _('35'), discount: _('-5'), total: _('65'), taxClass: 'A'),
        sampleItem('Tomatoes', quantity: _('0.482'), unit: 'kg', unitPrice: _('29.9')),
        sampleItem(null, total: _('12')),
      ],
      subtotal: _('1100'),
      discounts: [ReceiptDiscount(name: 'بطاقة العميل', amount: _('-2'))],
      taxes: [ReceiptTax(name: 'ضريبة القيمة المضافة', rate: _('14'), amount: _('154'))],
      tip: _('20'),
      rounding: _('-0.02'),
      tendered: _('1300'),
      change: _('65.5'),
      otherAmounts: [ReceiptAmount(amount: _('24.5'), currency: 'USD')],
      unread: const [UnreadValue(field: '/items/1/total', text: '1,l4')],
      verdict: const ReceiptVerdict.cannotTell(missing: [ReceiptPart.item(indexValue: 1), ReceiptPart.taxes()]),
    );
