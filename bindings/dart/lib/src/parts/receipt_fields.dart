import '../date.dart';
import '../generated/aipass.dart';
import 'strings.dart';

/// One field of a receipt, as a review shows it.
final class ReceiptField {
  /// Of these values.
  const ReceiptField({required this.label, required this.value, required this.isFound});

  /// Its name.
  final String label;

  /// What the receipt says, or that it was not found.
  final String value;

  /// Whether it was.
  final bool isFound;

  @override
  String toString() => '$label: $value';
}

/// The fields of a receipt, in the order of a review. [formatDate] writes a day as the user's language has it.
List<ReceiptField> receiptFields(
  Receipt receipt,
  AiPassStrings strings, {
  String Function(Date)? formatDate,
}) {
  // What the model said is shown where it could not be read: its user can.
  ReceiptField field(String label, String? value, [String? asRead]) => ReceiptField(
        label: label,
        value: value ??
            (asRead == null ? strings.notFound : '${strings.notFound} (${strings.readAs} \u2068$asRead\u2069)'),
        isFound: value != null,
      );
  final amount = receipt.amount;
  final date = receipt.date;
  return [
    field(strings.merchant, receipt.merchant),
    field(strings.date, date == null ? null : (formatDate?.call(date) ?? '$date'), receipt.dateText),
    field(strings.amount, amount == null ? null : strings.money(amount, receipt.currency ?? receipt.currencyText),
        receipt.amountText),
    field(strings.category, receipt.category),
  ];
}

/// Whether to ask the user to look closely: a field is missing, or the model says that it is not sure.
bool isUnsure(Receipt receipt) =>
    receipt.merchant == null ||
    receipt.date == null ||
    receipt.amount == null ||
    receipt.currency == null ||
    (receipt.confidence ?? 1) < 0.7;
