import 'package:flutter/material.dart';

import '../generated/aipass.dart';
import '../parts/receipt_fields.dart';
import '../parts/receipt_review.dart';
import '../parts/strings.dart';
import 'locale.dart';
import 'receipt_line_row.dart';
import 'verdict_panel.dart';

/// What was read of a receipt, for its user to compare with the photo: its fields, whether the amounts add up, its items with a mark at
/// one that does not, taxes, payment, and what the scan cost if that is known.
class AiPassReceiptReview extends StatelessWidget {
  /// Shows [receipt].
  const AiPassReceiptReview({required this.receipt, this.strings, super.key});

  /// What was read.
  final Receipt receipt;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  Widget build(BuildContext context) {
    final strings = stringsOf(context, this.strings);
    final localizations = MaterialLocalizations.of(context);
    final review = ReceiptReview.of(
      receipt,
      strings,
      formatDate: (date) => localizations.formatShortDate(DateTime(date.year, date.month, date.day)),
    );
    final theme = Theme.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      mainAxisSize: MainAxisSize.min,
      children: [
        for (final field in review.fields) _Field(field),
        if (review.verdict case final verdict?) VerdictPanel(verdict),
        if (review.isUnsure)
          Padding(
            padding: const EdgeInsets.symmetric(vertical: 8),
            child: Text(strings.receipt.unsure, style: TextStyle(color: theme.colorScheme.error)),
          ),
        if (review.items.isNotEmpty) ...[
          Padding(
            padding: const EdgeInsets.only(top: 16, bottom: 4),
            child: Semantics(header: true, child: Text(strings.receipt.items, style: theme.textTheme.titleMedium)),
          ),
          for (final line in review.items) ReceiptLineRow(line),
        ],
        if (review.sums.isNotEmpty) const Divider(),
        for (final sum in review.sums) ReceiptSumRow(sum),
        if (review.details.isNotEmpty) const Divider(),
        for (final field in review.details) _Field(field),
        if (review.cost case final cost?)
          Padding(padding: const EdgeInsets.only(top: 8), child: Text(cost, style: theme.textTheme.bodySmall)),
      ],
    );
  }
}

/// A field: its name above its value. A screen reader says them as one.
class _Field extends StatelessWidget {
  const _Field(this.field);

  final ReceiptField field;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    return MergeSemantics(
      child: Padding(
        padding: const EdgeInsets.symmetric(vertical: 6),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Text(field.label, style: theme.textTheme.labelMedium),
            Text(
              field.value,
              style: theme.textTheme.titleMedium?.copyWith(color: field.isFound ? null : theme.colorScheme.error),
            ),
          ],
        ),
      ),
    );
  }
}
