import 'package:flutter/material.dart';

import '../parts/verdict_view.dart';

/// A sign in a circle, as large as the text beside it. The words beside it say the same.
class VerdictSign extends StatelessWidget {
  /// That of [level].
  const VerdictSign(this.level, {super.key});

  /// The verdict.
  final VerdictLevel level;

  @override
  Widget build(BuildContext context) {
    final colors = Theme.of(context).colorScheme;
    final (background, foreground) = switch (level) {
      VerdictLevel.agrees => (colors.primary, colors.onPrimary),
      VerdictLevel.off => (colors.error, colors.onError),
      VerdictLevel.cannotTell => (colors.onSurfaceVariant, colors.surface),
    };
    final size = MediaQuery.textScalerOf(context).scale(20);
    return ExcludeSemantics(
      child: Container(
        width: size,
        height: size,
        alignment: Alignment.center,
        decoration: BoxDecoration(color: background, shape: BoxShape.circle),
        child: Text(
          level.sign,
          style: TextStyle(color: foreground, fontSize: 14, height: 1, fontWeight: FontWeight.bold),
        ),
      ),
    );
  }
}
