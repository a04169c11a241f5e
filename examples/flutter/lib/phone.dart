import 'dart:async';
import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:app_links/app_links.dart';
import 'package:flutter_secure_storage/flutter_secure_storage.dart';
import 'package:path_provider/path_provider.dart';
import 'package:url_launcher/url_launcher.dart';

/// What AI Pass's package does by itself on Linux and Windows, and not yet on phones: by the plugins of others.
final class Phone implements AiPassPlatform {
  final _links = AppLinks();
  Uri? _startedBy;
  StreamController<Uri>? _callbacks;

  @override
  Future<String> storeDirectory(String clientId) async => '${(await getApplicationSupportDirectory()).path}/sessions';

  /// Made once, and kept in the Keychain or the Keystore.
  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) async {
    const keystore = FlutterSecureStorage();
    final kept = await keystore.read(key: 'aipass');
    if (kept != null) return base64Decode(kept);
    final random = Random.secure();
    final key = Uint8List.fromList([for (var i = 0; i < 32; i++) random.nextInt(256)]);
    await keystore.write(key: 'aipass', value: base64Encode(key));
    return key;
  }

  @override
  Future<void> openInBrowser(Uri url) async {
    if (await launchUrl(url, mode: LaunchMode.externalApplication)) return;
    throw const AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
  }

  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) {
    unawaited(_callbacks?.close()); // of the sign-in before
    final callbacks = _callbacks = StreamController();
    // Before the browser opens, so that no link is missed.
    final links = _links.uriLinkStream.where((link) => link != _startedBy).listen(callbacks.add);
    final end = Timer(expiresAt.difference(DateTime.now()), callbacks.close);
    callbacks.onCancel = () {
      end.cancel();
      return links.cancel();
    };
    unawaited(openInBrowser(url).onError<Object>((error, trace) {
      if (!callbacks.isClosed) callbacks.addError(error, trace);
    }));
    return callbacks.stream;
  }

  @override
  Future<Uri?> takeCallback() async => _startedBy = await _links.getInitialLink();
}
