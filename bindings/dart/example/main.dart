import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';

/// Signs in against a sandbox and asks a question: `aipass sandbox` prints its URL, which is this program's argument.
Future<void> main(List<String> arguments) async {
  final ai = await AiPass.open(
    clientId: 'client_123',
    redirectUri: 'myapp://auth/callback',
    storeDirectory: '${Directory.systemTemp.path}/aipass-example',
    storeKey: Uint8List(32), // in an app: random, from the Keychain or the Keystore
    provider: Provider.aiPassAt(arguments.single),
  );
  if (await ai.sessionState() is! SessionStateSignedIn) {
    final request = await ai.beginSignIn();
    stdout.writeln('Open this, allow it, and paste the address at which the browser ends up:\n${request.url}');
    await ai.completeSignIn(Uri.parse(stdin.readLineSync() ?? ''));
  }
  try {
    await ai.chat('One tip for better focus?').forEach(stdout.write);
    stdout.writeln();
  } on AiPassException catch (error) {
    stdout.writeln('${error.code}: ${error.message}');
  } finally {
    ai.close();
  }
}
