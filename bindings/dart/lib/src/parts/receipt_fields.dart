import '../generated/aipass.dart';
import 'strings.dart';

/// One value of a receipt, as a review shows it.
final class ReceiptField {
  /// Of these values.
  const ReceiptField({required this.label, required this.value, this.isFound = true});

  /// Its name.
  final String label;

  /// What the receipt says, or that it was not found.
  final String value;

  /// Whether it was.
  final bool isFound;

  @override
  String toString() => '$label: $value';
}

/// What stands in place of a value that was not found. What the model said is shown where it could not be read: its user can.
String notFound(AiPassStrings strings, [String? asRead]) => asRead == null
    ? strings.receipt.notFound
    : '${strings.receipt.notFound} (${strings.receipt.readAs} ${isolated(asRead)})';

/// A text that keeps its own direction amid words of another one.
String isolated(String text) => '\u2068$text\u2069';

/// What the model gave for values that could not be read, by where they belong.
final class UnreadValues {
  /// Those of [receipt].
  UnreadValues(Receipt receipt) : _texts = {for (final unread in receipt.unread) unread.field: unread.text};

  final Map<String, String> _texts;

  /// That of a field, named as [UnreadValue.field] is.
  String? operator [](String field) => _texts[field];
}
