import 'package:flutter/material.dart';

import '../parts/verdict_view.dart';
import 'verdict_sign.dart';

/// Whether a receipt's amounts add up: a sign, and words with the figure and where it is off.
class VerdictPanel extends StatelessWidget {
  /// Shows [verdict].
  const VerdictPanel(this.verdict, {super.key});

  /// The verdict.
  final VerdictView verdict;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    final colors = theme.colorScheme;
    final (background, foreground) = switch (verdict.level) {
      VerdictLevel.agrees => (colors.secondaryContainer, colors.onSecondaryContainer),
      VerdictLevel.off => (colors.errorContainer, colors.onErrorContainer),
      VerdictLevel.cannotTell => (colors.surfaceContainerHighest, colors.onSurface),
    };
    return Semantics(
      container: true,
      label: '$verdict',
      excludeSemantics: true,
      child: Container(
        margin: const EdgeInsets.symmetric(vertical: 8),
        padding: const EdgeInsets.all(12),
        decoration: BoxDecoration(color: background, borderRadius: BorderRadius.circular(12)),
        child: Row(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            VerdictSign(verdict.level),
            const SizedBox(width: 12),
            Expanded(
              child: Column(
                crossAxisAlignment: CrossAxisAlignment.start,
                children: [
                  Text(verdict.title, style: theme.textTheme.titleSmall?.copyWith(color: foreground)),
                  if (verdict.detail case final detail?) Text(detail, style: TextStyle(color: foreground)),
                ],
              ),
            ),
          ],
        ),
      ),
    );
  }
}
