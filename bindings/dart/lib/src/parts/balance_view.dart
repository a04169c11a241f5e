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

  /// That of [update], of which null is one that did not come yet. `BalanceUpdate.isLow` says whether it is low.
  factory BalanceView.of(BalanceUpdate? update, AiPassStrings strings) {
    final balance = update?.balance;
    if (update == null || balance == null) return BalanceView._(BalanceLevel.unknown, '–', strings.balanceUnknown);
    final left = balance.remainingBudget;
    final level = switch (left) {
      null => BalanceLevel.unlimited,
      _ when left <= Decimal.zero => BalanceLevel.empty,
      _ when update.isLow => BalanceLevel.low,
      _ => BalanceLevel.enough,
    };
    final name = switch (level) {
      BalanceLevel.empty => strings.balanceEmpty,
      BalanceLevel.low => strings.balanceLow,
      _ => strings.balance,
    };
    // An amount that may have changed is not shown as if it were certain.
    final isCertain = !update.isEstimate && update.errorCode == null;
    final amount = left == null ? strings.noLimit : strings.amounts.money(left, 'USD');
    final label = [
      '$name: ${update.isEstimate && left != null ? strings.about.replaceFirst('{amount}', amount) : amount}',
      if (update.errorCode != null) strings.balanceOld,
    ].join(', ');
    final shown = isCertain || left == null ? amount : '≈\u00a0$amount';
    // What is low says so in words: a colour alone tells not everybody.
    return BalanceView._(level, name == strings.balance ? shown : '$name: $shown', label);
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
