/// Ready-made parts of a screen, in the app's own theme: a sign-in button, a badge that follows the balance, the sheet for a used up
/// budget, what is wrong with a photo, and the review of a receipt.
///
/// What they say is English or German, as the app's locale is, unless [AiPassStrings] of another language are given. What they do is in
/// `package:aipass/parts.dart`, without Flutter.
library;

import 'parts.dart';

export 'parts.dart';
export 'src/widgets/balance_badge.dart';
export 'src/widgets/photo_hints.dart';
export 'src/widgets/receipt_review.dart';
export 'src/widgets/sign_in_button.dart';
export 'src/widgets/top_up_sheet.dart';
