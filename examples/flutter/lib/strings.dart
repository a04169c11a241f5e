import 'dart:convert';

import 'package:flutter/services.dart';
import 'package:flutter/widgets.dart';

/// What the app itself says, from assets/strings/LANGUAGE.json.
class Strings {
  const Strings(this._texts);

  static const languages = ['en', 'de'];
  static const LocalizationsDelegate<Strings> delegate = _Delegate();

  static Strings of(BuildContext context) => Localizations.of(context, Strings)!;

  final Map<String, Object?> _texts;

  String get title => _text('title');
  String get welcome => _text('welcome');
  String get scan => _text('scan');
  String get reading => _text('reading');
  String get question => _text('question');
  String get ask => _text('ask');
  String get signOut => _text('signOut');

  String _text(String name) => _texts[name]! as String;
}

class _Delegate extends LocalizationsDelegate<Strings> {
  const _Delegate();

  @override
  bool isSupported(Locale locale) => Strings.languages.contains(locale.languageCode);

  @override
  Future<Strings> load(Locale locale) async {
    final file = await rootBundle.loadString('assets/strings/${locale.languageCode}.json');
    return Strings(jsonDecode(file) as Map<String, Object?>);
  }

  @override
  bool shouldReload(_Delegate old) => false;
}
