import 'package:flutter/material.dart';

import '../generated/aipass.dart';
import '../parts/receipt_fields.dart';
import '../parts/strings.dart';
import 'locale.dart';

/// The fields of a receipt, for its user to compare with the photo.
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
    final fields = receiptFields(
      receipt,
      strings,
      formatDate: (date) => localizations.formatShortDate(DateTime(date.year, date.month, date.day)),
    );
    final theme = Theme.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      mainAxisSize: MainAxisSize.min,
      children: [
        for (final field in fields)
          // A screen reader says the name and the value as one.
          MergeSemantics(
            child: Padding(
              padding: const EdgeInsets.symmetric(vertical: 6),
              child: Column(
                crossAxisAlignment: CrossAxisAlignment.start,
                children: [
                  Text(field.label, style: theme.textTheme.labelMedium),
                  Text(
                    field.value,
                    style: field.isFound
                        ? theme.textTheme.titleMedium
                        : theme.textTheme.titleMedium?.copyWith(color: theme.colorScheme.error),
                  ),
                ],
              ),
            ),
          ),
        if (isUnsure(receipt))
          Padding(
            padding: const EdgeInsets.only(top: 8),
            child: Text(strings.unsure, style: TextStyle(color: theme.colorScheme.error)),
          ),
      ],
    );
  }
}
