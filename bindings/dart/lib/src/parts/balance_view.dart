import '../decimal.dart';
import '../generated/aipass.dart';
import 'strings.dart';

/// How much is left in the wallet, as a badge shows it.
enum BalanceLevel {
  /// It was not asked for yet, or could not be had.
  unknown,

  /// There is no limit.
  unlimited,

  /// Enough.
  enough,

  /// Less than the app wants.
  low,

  /// Nothing.
  empty,
}

/// What a badge says about a balance.
final class BalanceView {
  const BalanceView._(this.level, this.text, this.label);

  /// That of [balance], which is in US dollars; null is one that is not known. It is low below [lowBelow], one dollar if that is
  /// left out.
  factory BalanceView.of(Balance? balance, AiPassStrings strings, {Decimal? lowBelow}) {
    if (balance == null) return BalanceView._(BalanceLevel.unknown, '–', strings.balanceUnknown);
    final left = balance.remainingBudget;
    if (left == null) {
      return BalanceView._(BalanceLevel.unlimited, strings.noLimit, '${strings.balance}: ${strings.noLimit}');
    }
    final text = strings.money(left, 'USD');
    if (left <= Decimal.zero) {
      return BalanceView._(BalanceLevel.empty, text, '${strings.balanceEmpty}: $text');
    }
    if (left < (lowBelow ?? Decimal.fromInt(1))) {
      return BalanceView._(BalanceLevel.low, text, '${strings.balanceLow}: $text');
    }
    return BalanceView._(BalanceLevel.enough, text, '${strings.balance}: $text');
  }

  /// How much it is.
  final BalanceLevel level;

  /// What is shown.
  final String text;

  /// What a screen reader says.
  final String label;

  /// Whether to offer to top up.
  bool get offersTopUp => level == BalanceLevel.low || level == BalanceLevel.empty;
}
