import '../date.dart';
import '../decimal.dart';
import '../generated/aipass.dart';
import 'receipt_fields.dart';
import 'receipt_line.dart';
import 'strings.dart';
import 'verdict_view.dart';

/// What a review of a receipt shows, in its order.
final class ReceiptReview {
  const ReceiptReview._({
    required this.fields,
    required this.verdict,
    required this.items,
    required this.sums,
    required this.details,
    required this.isUnsure,
    required this.cost,
  });

  /// That of [receipt]. [formatDate] writes a day as the user's language has it.
  factory ReceiptReview.of(Receipt receipt, AiPassStrings strings, {String Function(Date)? formatDate}) {
    final items = [for (var index = 0; index < receipt.items.length; index++) ReceiptLine.of(receipt, index, strings)];
    final sums = _sums(receipt, strings);
    final isSummary = items.isEmpty && sums.isEmpty && receipt.verdict is ReceiptVerdictCannotTell;
    return ReceiptReview._(
      fields: _fields(receipt, strings, formatDate),
      verdict: isSummary ? null : VerdictView.of(receipt, strings),
      items: items,
      sums: sums,
      details: _details(receipt, strings),
      isUnsure: _isUnsure(receipt),
      cost: receipt.cost == null
          ? null
          : strings.receipt.cost.replaceFirst('{amount}', isolated(strings.amounts.money(receipt.cost!, 'USD'))),
    );
  }

  /// Merchant, date, amount and category, also where they were not found.
  final List<ReceiptField> fields;

  /// Whether the amounts add up; null where only the fields of the summary were asked for.
  final VerdictView? verdict;

  /// The lines.
  final List<ReceiptLine> items;

  /// What stands between the lines and the total, and how it was paid.
  final List<ReceiptField> sums;

  /// What else is on the receipt: its number, the shop's address.
  final List<ReceiptField> details;

  /// Whether to ask the user to look closely: a field is missing, or the model says that it is not sure.
  final bool isUnsure;

  /// What the scan cost, in a sentence; null if that is not known.
  final String? cost;

  /// All that the receipt says, a line each, such as for a question about it.
  @override
  String toString() => [...fields, ...items, ...sums, ...details].join('\n');
}

List<ReceiptField> _fields(Receipt receipt, AiPassStrings strings, String Function(Date)? formatDate) {
  final words = strings.receipt;
  ReceiptField field(String label, String? value, [String? asRead]) =>
      ReceiptField(label: label, value: value ?? notFound(strings, asRead), isFound: value != null);
  final (amount, date) = (receipt.amount, receipt.date);
  final day = date == null ? null : formatDate?.call(date) ?? '$date';
  return [
    field(words.merchant, receipt.merchant),
    field(words.date, day == null ? null : [day, if (receipt.time case final time?) time].join(', '), receipt.dateText),
    field(words.amount, amount == null ? null : strings.amounts.money(amount, receipt.currency ?? receipt.currencyText),
        receipt.amountText),
    field(words.category, receipt.category),
  ];
}

List<ReceiptField> _sums(Receipt receipt, AiPassStrings strings) {
  final words = strings.receipt;
  final unread = UnreadValues(receipt);

  /// What the receipt does not have is left out; what could not be read is not.
  List<ReceiptField> amount(String label, Decimal? value, String field) => switch ((value, unread[field])) {
        (final value?, _) => [ReceiptField(label: label, value: strings.amounts.money(value, receipt.currency))],
        (_, final asRead?) => [ReceiptField(label: label, value: notFound(strings, asRead), isFound: false)],
        _ => const [],
      };

  String tax(ReceiptTax tax) {
    final name = tax.name ?? words.tax;
    return [
      // Many receipts have the rate in the tax's name.
      if (tax.rate case final rate? when !name.contains('%'))
        '${isolated(name)} ${strings.amounts.number(rate)}\u00a0%'
      else
        isolated(name),
      if (tax.included ?? false) words.included,
    ].join(', ');
  }

  String payment(ReceiptPayment payment) => [
        isolated(payment.method ?? words.paid),
        if (payment.lastFour case final digits?) '…$digits',
      ].join(' ');

  return [
    ...amount(words.subtotal, receipt.subtotal, '/subtotal'),
    for (final (index, discount) in receipt.discounts.indexed)
      ...amount(discount.name ?? words.discount, discount.amount, '/discounts/$index/amount'),
    for (final (index, each) in receipt.taxes.indexed) ...amount(tax(each), each.amount, '/taxes/$index/amount'),
    ...amount(words.tip, receipt.tip, '/tip'),
    ...amount(words.rounding, receipt.rounding, '/rounding'),
    for (final (index, each) in receipt.payments.indexed)
      ...amount(payment(each), each.amount, '/payments/$index/amount'),
    ...amount(words.tendered, receipt.tendered, '/tendered'),
    ...amount(words.change, receipt.change, '/change'),
    for (final other in receipt.otherAmounts)
      if (other.amount case final amount?)
        ReceiptField(label: words.otherAmount, value: strings.amounts.money(amount, other.currency)),
  ];
}

List<ReceiptField> _details(Receipt receipt, AiPassStrings strings) {
  final (words, merchant) = (strings.receipt, receipt.merchantDetails);
  return [
    for (final (label, value) in [
      (words.kind, words.nameOfKind(receipt.kind)),
      (words.number, receipt.number),
      (words.address, merchant?.address),
      (words.phone, merchant?.phone),
      (words.taxId, merchant?.taxId),
    ])
      if (value != null) ReceiptField(label: label, value: value),
  ];
}

bool _isUnsure(Receipt receipt) =>
    receipt.merchant == null ||
    receipt.date == null ||
    receipt.amount == null ||
    receipt.currency == null ||
    (receipt.confidence ?? 1) < 0.7;
