import 'package:aipass/aipass.dart';
import 'package:flutter/widgets.dart';

import 'receipts.dart';

/// The switch to the sandbox: `--dart-define=SANDBOX=http://127.0.0.1:8414`, the address that `aipass sandbox` prints.
const _sandbox = String.fromEnvironment('SANDBOX');

/// Opens the client and shows the app.
Future<void> start({required String redirectUri, required Future<String?> Function() pickPhoto}) async {
  WidgetsFlutterBinding.ensureInitialized();
  final ai = await AiPass.open(
    clientId: 'client_123', // yours, from AI Pass's dashboard
    redirectUri: redirectUri,
    provider: _sandbox.isEmpty ? null : Provider.aiPassAt(_sandbox),
  );
  runApp(ReceiptsApp(ai: AiPassClient(ai), pickPhoto: pickPhoto));
}
