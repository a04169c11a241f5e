import 'package:aipass/aipass.dart';
import 'package:flutter/material.dart';
import 'package:flutter_localizations/flutter_localizations.dart';

import 'screen.dart';
import 'strings.dart';

/// Sign in, pick a photo of a receipt, see its items and whether they add up, and ask about it.
class ReceiptsApp extends StatelessWidget {
  const ReceiptsApp({required this.ai, required this.pickPhoto, this.locale, super.key});

  final AiPassClient ai;

  /// The path of the photo that the user picks; null if none is picked.
  final Future<String?> Function() pickPhoto;

  /// The system's, unless a test wants another.
  final Locale? locale;

  @override
  Widget build(BuildContext context) => MaterialApp(
        onGenerateTitle: (context) => Strings.of(context).title,
        locale: locale,
        localizationsDelegates: const [Strings.delegate, ...GlobalMaterialLocalizations.delegates],
        supportedLocales: [for (final language in Strings.languages) Locale(language)],
        theme: ThemeData(colorSchemeSeed: Colors.teal),
        darkTheme: ThemeData(colorSchemeSeed: Colors.teal, brightness: Brightness.dark),
        home: ReceiptsScreen(ai: ai, pickPhoto: pickPhoto),
      );
}
