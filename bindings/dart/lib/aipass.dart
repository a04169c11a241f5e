/// Sign in with AI Pass, and call AI with the user's own wallet: chat, streams, photographed receipts.
///
/// ```dart
/// final ai = await AiPass.open(clientId: 'client_123', redirectUri: 'myapp://auth/callback');
/// await ai.signIn();
/// final receipt = await ai.scanReceipt(photo);
/// await for (final text in ai.chat('How much of it was coffee?')) {
///   answer += text;
/// }
/// ```
///
/// Whatever fails throws an [AiPassException], whose cases are decisions for the app.
library;

import 'src/generated/aipass.dart';

export 'src/calls.dart';
export 'src/client.dart';
export 'src/date.dart';
export 'src/decimal.dart';
export 'src/generated/aipass.dart';
export 'src/messages.dart';
export 'src/platform/platform.dart' show AiPassPlatform;
export 'src/prepared.dart' hide prepareChat, prepareScan;
export 'src/sign_in.dart';
export 'src/streams.dart';
