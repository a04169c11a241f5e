import '../decimal.dart';
import '../generated/aipass.dart';
import 'receipt_fields.dart';
import 'strings.dart';

/// One item of a receipt, as a review shows it.
final class ReceiptLine {
  const ReceiptLine._({
    required this.description,
    required this.detail,
    required this.total,
    required this.isTotalFound,
    required this.problem,
  });

  /// The item of [receipt] at [index], counted from 0.
  factory ReceiptLine.of(Receipt receipt, int index, AiPassStrings strings) {
    final item = receipt.items[index];
    final unread = UnreadValues(receipt);
    String money(Decimal amount) => strings.amounts.money(amount, receipt.currency);
    String? amount(String field, Decimal? value) {
      final asRead = unread['/items/$index/$field'];
      return value == null ? (asRead == null ? null : notFound(strings, asRead)) : money(value);
    }

    final quantity = switch ((item.quantity, unread['/items/$index/quantity'])) {
      (final value?, _) => [strings.amounts.number(value), if (item.unit case final unit?) unit].join('\u00a0'),
      (_, final asRead?) => notFound(strings, asRead),
      _ => null,
    };
    final price = amount('unit_price', item.unitPrice);
    final detail = [
      if (quantity != null && price != null)
        '${isolated(quantity)} × ${isolated(price)}'
      else if (quantity != null)
        '${strings.receipt.quantity}: ${isolated(quantity)}'
      else if (price != null)
        '${strings.receipt.unitPrice}: ${isolated(price)}',
      if (amount('discount', item.discount) case final discount?) '${strings.receipt.discount}: $discount',
      if (item.taxClass case final taxClass?) '${strings.receipt.tax}: ${isolated(taxClass)}',
    ].join(', ');
    return ReceiptLine._(
      description: strings.receipt.nameOfItem(receipt, index),
      detail: detail.isEmpty ? null : detail,
      total: amount('total', item.total) ?? notFound(strings),
      isTotalFound: item.total != null,
      problem: switch (item.verdict) {
        ReceiptVerdictOff(:final by) => (by.sign < 0 ? strings.receipt.itemLess : strings.receipt.itemMore)
            .replaceFirst('{amount}', isolated(money(by.sign < 0 ? -by : by))),
        _ => null,
      },
    );
  }

  /// What was bought.
  final String description;

  /// How much of it and at which price, if the receipt says so.
  final String? detail;

  /// Its price, or that it was not found.
  final String total;

  /// Whether it was.
  final bool isTotalFound;

  /// Why the line does not add up; null if it does, or if that cannot be told.
  final String? problem;

  /// All of it, as a screen reader says it.
  @override
  String toString() =>
      [description, if (detail case final detail?) detail, total, if (problem case final problem?) problem].join(', ');
}
