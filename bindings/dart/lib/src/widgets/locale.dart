import 'package:flutter/widgets.dart';

import '../parts/strings.dart';

/// The strings that were given, or those of the app's language and country.
AiPassStrings stringsOf(BuildContext context, AiPassStrings? given) {
  final locale = Localizations.localeOf(context);
  return given ?? AiPassStrings.of(locale.languageCode, locale.countryCode);
}
