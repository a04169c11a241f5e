import 'package:flutter/widgets.dart';

import '../parts/strings.dart';

/// The strings that were given, or those of the app's language.
AiPassStrings stringsOf(BuildContext context, AiPassStrings? given) =>
    given ?? AiPassStrings.of(Localizations.localeOf(context).languageCode);
