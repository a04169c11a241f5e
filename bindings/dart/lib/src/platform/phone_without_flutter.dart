import 'dart:io';
import 'dart:typed_data';

import '../generated/aipass.dart';
import 'platform.dart';

/// A program without Flutter, such as one on macOS: there is no plugin to ask.
final class PhonePlatform implements AiPassPlatform {
  /// Refuses everything.
  const PhonePlatform();

  @override
  Future<String> storeDirectory(String clientId) async => _refuse('storeDirectory');

  @override
  Future<Uint8List> storeKey(String clientId, String storeDirectory) async => _refuse('storeKey');

  @override
  Future<void> openInBrowser(Uri url) async => _refuse('AiPassPlatform.instance');

  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) =>
      Stream.fromFuture(openInBrowser(url)).asyncExpand((_) => const Stream.empty());

  @override
  Future<Uri?> takeCallback() async => null;

  Never _refuse(String input) => throw AiPassInvalidInputException(
      input: input,
      detail: 'without Flutter the package has no default on ${Platform.operatingSystem}: '
          'give it to AiPass.open, or set AiPassPlatform.instance');
}
