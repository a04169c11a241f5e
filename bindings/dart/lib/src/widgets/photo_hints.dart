import 'package:flutter/material.dart';

import '../generated/aipass.dart';
import '../parts/strings.dart';
import 'button_text.dart';
import 'locale.dart';

/// What is wrong with a photo, before money is spent on it: scan it all the same, or take another one.
class AiPassPhotoHints extends StatelessWidget {
  /// Shows [hints], those of `checkPhoto`, of which there has to be one.
  const AiPassPhotoHints({
    required this.hints,
    required this.onScanAnyway,
    required this.onTakeAnother,
    this.strings,
    super.key,
  });

  /// What is wrong.
  final List<PhotoHint> hints;

  /// Scans the photo.
  final VoidCallback onScanAnyway;

  /// Takes or picks another one.
  final VoidCallback onTakeAnother;

  /// What it says, if not in English or German.
  final AiPassStrings? strings;

  @override
  Widget build(BuildContext context) {
    final strings = stringsOf(context, this.strings).photo;
    final theme = Theme.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      mainAxisSize: MainAxisSize.min,
      children: [
        Semantics(
          liveRegion: true, // so that a screen reader says it
          header: true,
          child: Text(strings.title, style: theme.textTheme.titleMedium),
        ),
        const SizedBox(height: 8),
        for (final hint in strings.describe(hints)) Text(hint),
        const SizedBox(height: 8),
        Text(strings.text, style: theme.textTheme.bodySmall),
        const SizedBox(height: 16),
        FilledButton(onPressed: onTakeAnother, child: ButtonText(strings.takeAnother)),
        const SizedBox(height: 8),
        OutlinedButton(onPressed: onScanAnyway, child: ButtonText(strings.scanAnyway)),
      ],
    );
  }
}
