import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:app_links/app_links.dart';
import 'package:flutter/widgets.dart';
import 'package:flutter_secure_storage/flutter_secure_storage.dart';
import 'package:image_picker/image_picker.dart';
import 'package:path_provider/path_provider.dart';
import 'package:url_launcher/url_launcher.dart';

import 'receipts.dart';

Future<void> main() async {
  WidgetsFlutterBinding.ensureInitialized();
  final folder = await getApplicationSupportDirectory();
  final ai = await AiPass.open(
    clientId: 'client_123',
    redirectUri: 'myapp://auth/callback',
    storeDirectory: '${folder.path}/sessions',
    storeKey: await _storeKey(),
  );
  runApp(ReceiptsApp(
    ai: ai,
    openInBrowser: (url) => launchUrl(url, mode: LaunchMode.externalApplication),
    // With the link that started the app, where the system killed it while its user was in the browser.
    links: AppLinks().uriLinkStream,
    pickPhoto: () async => (await ImagePicker().pickImage(source: ImageSource.gallery))?.path,
  ));
}

/// The key that seals the session: made once, and kept in the Keychain or the Keystore.
Future<Uint8List> _storeKey() async {
  const keystore = FlutterSecureStorage();
  final kept = await keystore.read(key: 'aipass');
  if (kept != null) return base64Decode(kept);
  final random = Random.secure();
  final key = Uint8List.fromList([for (var i = 0; i < 32; i++) random.nextInt(256)]);
  await keystore.write(key: 'aipass', value: base64Encode(key));
  return key;
}
