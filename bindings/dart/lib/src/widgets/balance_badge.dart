import 'package:flutter/material.dart';

import '../client.dart';
import '../decimal.dart';
import '../generated/aipass.dart';
import '../parts/balance_view.dart';
import '../parts/strings.dart';
import 'locale.dart';

/// What is left in the wallet. It follows the library's stream of balances, so that it is lower after a paid call without the app's help,
/// and stands out where little or nothing is left.
class AiPassBalanceBadge extends StatefulWidget {
  /// Shows the balance of the user of [ai].
  const AiPassBalanceBadge({required this.ai, this.lowBelow, this.onPressed, this.strings, super.key});

  /// Whose balance it is.
  final AiPassClient ai;

  /// Below this many US dollars it is low: one, if this is left out.
  final Decimal? lowBelow;

  /// What a press does, such as to open the page to top up at.
  final VoidCallback? onPressed;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  State<AiPassBalanceBadge> createState() => _AiPassBalanceBadgeState();
}

class _AiPassBalanceBadgeState extends State<AiPassBalanceBadge> {
  late Stream<BalanceUpdate> _balances = _follow();

  Stream<BalanceUpdate> _follow() => widget.ai.balances(lowBelow: widget.lowBelow ?? Decimal.fromInt(1));

  @override
  void didUpdateWidget(AiPassBalanceBadge old) {
    super.didUpdateWidget(old);
    if (old.ai != widget.ai || old.lowBelow != widget.lowBelow) _balances = _follow();
  }

  @override
  Widget build(BuildContext context) => StreamBuilder(
        stream: _balances,
        builder: (context, latest) =>
            _Badge(BalanceView.of(latest.data, stringsOf(context, widget.strings)), widget.onPressed),
      );
}

class _Badge extends StatelessWidget {
  const _Badge(this.view, this.onPressed);

  final BalanceView view;
  final VoidCallback? onPressed;

  @override
  Widget build(BuildContext context) {
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
                child: Text(
                  view.text,
                  textAlign: TextAlign.center,
                  style: TextStyle(color: foreground, fontWeight: FontWeight.w600),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }
}
