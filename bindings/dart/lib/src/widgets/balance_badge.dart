import 'package:flutter/material.dart';

import '../decimal.dart';
import '../generated/aipass.dart';
import '../parts/balance_view.dart';
import '../parts/strings.dart';
import 'locale.dart';

/// What is left in the wallet. It stands out where that is little or nothing.
class AiPassBalanceBadge extends StatelessWidget {
  /// Shows [balance], of which null is one that is not known yet.
  const AiPassBalanceBadge({required this.balance, this.lowBelow, this.onPressed, this.strings, super.key});

  /// The balance.
  final Balance? balance;

  /// Below this many US dollars it is low: one, if this is left out.
  final Decimal? lowBelow;

  /// What a press does, such as to open the page to top up at.
  final VoidCallback? onPressed;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  Widget build(BuildContext context) {
    final view = BalanceView.of(balance, stringsOf(context, strings), lowBelow: lowBelow);
    final colors = Theme.of(context).colorScheme;
    final (background, foreground) = view.offersTopUp
        ? (colors.errorContainer, colors.onErrorContainer)
        : (colors.secondaryContainer, colors.onSecondaryContainer);
    return Semantics(
      label: view.label,
      button: onPressed != null,
      onTap: onPressed,
      excludeSemantics: true,
      child: Material(
        color: background,
        shape: const StadiumBorder(),
        clipBehavior: Clip.antiAlias,
        child: InkWell(
          onTap: onPressed,
          child: ConstrainedBox(
            constraints: const BoxConstraints(minHeight: 48, minWidth: 48),
            child: Padding(
              padding: const EdgeInsets.symmetric(horizontal: 16, vertical: 8),
              child: Center(
                widthFactor: 1,
                heightFactor: 1,
                child: Text(view.text, style: TextStyle(color: foreground, fontWeight: FontWeight.w600)),
              ),
            ),
          ),
        ),
      ),
    );
  }
}
