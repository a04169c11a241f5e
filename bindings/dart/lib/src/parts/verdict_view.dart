import '../decimal.dart';
import '../generated/aipass.dart';
import 'receipt_fields.dart';
import 'strings.dart';

/// Whether a receipt's amounts add up.
enum VerdictLevel {
  /// They do.
  agrees('='),

  /// They do not.
  off('≠'),

  /// Something is missing.
  cannotTell('?');

  const VerdictLevel(this.sign);

  /// A sign beside the words, so that the verdict is not told by a colour alone.
  final String sign;
}

/// The verdict on a receipt, in words.
final class VerdictView {
  const VerdictView._(this.level, this.title, [this.detail]);

  /// That on [receipt].
  factory VerdictView.of(Receipt receipt, AiPassStrings strings) {
    final words = strings.receipt;
    switch (receipt.verdict) {
      case ReceiptVerdictAgrees():
        return VerdictView._(VerdictLevel.agrees, words.agrees);
      case ReceiptVerdictOff(:final by, :final at):
        final amount = strings.amounts.money(by < Decimal.zero ? -by : by, receipt.currency);
        final detail = (by < Decimal.zero ? words.offLess : words.offMore)
            .replaceFirst('{amount}', isolated(amount))
            .replaceFirst('{part}', isolated(words.nameOfPart(at, receipt)));
        return VerdictView._(VerdictLevel.off, words.off, detail);
      case ReceiptVerdictCannotTell(:final missing):
        final parts = missing.map((part) => isolated(words.nameOfPart(part, receipt))).join(', ');
        return VerdictView._(VerdictLevel.cannotTell, words.cannotTell,
            missing.isEmpty ? null : words.missing.replaceFirst('{parts}', parts));
    }
  }

  /// What it comes to.
  final VerdictLevel level;

  /// It in a sentence.
  final String title;

  /// By how much and where the amounts are off, or what is missing.
  final String? detail;

  /// All of it, as a screen reader says it.
  @override
  String toString() => [title, if (detail case final detail?) detail].join(' ');
}
