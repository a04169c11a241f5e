import 'package:flutter/services.dart';

import '../generated/aipass.dart';
import 'platform.dart';

/// Android, iOS and macOS: asks the plugin's part in Kotlin or Swift.
final class PhonePlatform implements AiPassPlatform {
  /// Asks nothing yet.
  const PhonePlatform();

  static const _channel = MethodChannel('one.aipass/platform');

  @override
  Future<String> storeDirectory(String clientId) async => (await _ask<String>('storeDirectory', nameOf(clientId)))!;

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) async =>
      (await _ask<Uint8List>('storeKey', nameOf(clientId)))!;

  @override
  Future<void> openInBrowser(Uri url) => _ask<void>('openInBrowser', '$url');

  /// The plugin hands over the callback that has this sign-in's `state`, and ends the sign-in before it. A callback after [expiresAt] is
  /// refused by the library.
  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) async* {
    final callback = await _ask<String>('authorize', {'url': '$url', 'redirectUri': '$redirectUri'});
    if (callback != null) yield Uri.parse(callback);
  }

  @override
  Future<Uri?> takeCallback() async {
    for (;;) {
      final callback = await _ask<String>('takeCallback');
      if (callback == null) return null;
      if (Uri.tryParse(callback) case final url?) return url;
    }
  }

  Future<T?> _ask<T>(String method, [Object? argument]) async {
    try {
      return await _channel.invokeMethod<T>(method, argument);
    } on PlatformException catch (error) {
      final detail = error.message ?? method;
      throw switch ((error.code, StorageErrorKind.values.asNameMap()[error.code])) {
        ('no_browser', _) => const AiPassUnsupportedException(what: AiPassPlatform.noBrowser),
        ('unsupported', _) => AiPassUnsupportedException(what: detail),
        (_, final kind?) => AiPassStorageException(kind: kind, detail: detail),
        _ => AiPassOtherException(code: 'internal', detail: detail), // a bug in the plugin
      };
    }
  }
}
