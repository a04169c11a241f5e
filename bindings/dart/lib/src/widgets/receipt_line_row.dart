import 'package:flutter/material.dart';

import '../parts/receipt_fields.dart';
import '../parts/receipt_line.dart';
import '../parts/verdict_view.dart';
import 'verdict_sign.dart';

/// An item: its name and its price beside each other, below each other where texts are large; what is wrong with it in words.
class ReceiptLineRow extends StatelessWidget {
  /// Shows [line].
  const ReceiptLineRow(this.line, {super.key});

  /// The item.
  final ReceiptLine line;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    final error = TextStyle(color: theme.colorScheme.error);
    return Semantics(
      container: true,
      label: '$line',
      excludeSemantics: true,
      child: Padding(
        padding: const EdgeInsets.symmetric(vertical: 6),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.stretch,
          children: [
            _Pair(
              Text(line.description),
              Text(line.total, style: line.isTotalFound ? null : error),
            ),
            if (line.detail case final detail?) Text(detail, style: theme.textTheme.bodySmall),
            if (line.problem case final problem?)
              Padding(
                padding: const EdgeInsets.only(top: 4),
                child: Row(
                  crossAxisAlignment: CrossAxisAlignment.start,
                  children: [
                    const VerdictSign(VerdictLevel.off),
                    const SizedBox(width: 8),
                    Expanded(child: Text(problem, style: error)),
                  ],
                ),
              ),
          ],
        ),
      ),
    );
  }
}

/// An amount: its name and its value beside each other, below each other where texts are large.
class ReceiptSumRow extends StatelessWidget {
  /// Shows [sum].
  const ReceiptSumRow(this.sum, {super.key});

  /// The amount.
  final ReceiptField sum;

  @override
  Widget build(BuildContext context) => MergeSemantics(
        child: Padding(
          padding: const EdgeInsets.symmetric(vertical: 4),
          child: _Pair(
            Text(sum.label),
            Text(sum.value, style: sum.isFound ? null : TextStyle(color: Theme.of(context).colorScheme.error)),
          ),
        ),
      );
}

class _Pair extends StatelessWidget {
  const _Pair(this.name, this.amount);

  final Widget name;
  final Widget amount;

  @override
  Widget build(BuildContext context) => MediaQuery.textScalerOf(context).scale(10) > 13
      ? Column(crossAxisAlignment: CrossAxisAlignment.start, children: [name, amount])
      : Row(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Expanded(child: name),
            const SizedBox(width: 16),
            // Not an amount's limit, but that of the words in place of one.
            ConstrainedBox(constraints: const BoxConstraints(maxWidth: 180), child: amount),
          ],
        );
}
