/// State and rules of the ready-made parts of a screen, for an app that draws them itself: plain Dart, without Flutter. The widgets
/// are in `package:aipass/widgets.dart`.
library;

export 'src/parts/amounts.dart';
export 'src/parts/balance_view.dart';
export 'src/parts/photo_strings.dart';
export 'src/parts/receipt_fields.dart' show ReceiptField;
export 'src/parts/receipt_line.dart';
export 'src/parts/receipt_review.dart';
export 'src/parts/receipt_strings.dart';
export 'src/parts/sign_in_state.dart';
export 'src/parts/strings.dart';
export 'src/parts/top_up.dart';
export 'src/parts/verdict_view.dart';
