import 'dart:io';
import 'dart:typed_data';

import '../generated/aipass.dart';
import 'linux.dart';
import 'windows.dart';

/// What the package asks of the operating system: where a session is kept, the key that seals it, and the browser.
///
/// On Linux and Windows an app needs none of this. **On Android, iOS and macOS the package cannot do it yet**: there an app sets
/// [instance] to its own, made of plugins, or gives `AiPass.open` a folder and a key and calls [AiPass.beginSignIn] and
/// `completeSignIn`. Tests replace it too.
abstract class AiPassPlatform {
  /// The one in use. An app sets its own before it opens a client.
  static AiPassPlatform instance = switch (Platform.operatingSystem) {
    'linux' => LinuxPlatform(),
    'windows' => WindowsPlatform(),
    _ => const _NoPlatform(),
  };

  /// The folder in which this app's sessions are kept. It belongs to the user; the files in it are sealed.
  Future<String> storeDirectory(String clientId);

  /// The 32 bytes that seal the sessions in [storeDirectory]: made once, and kept by the system.
  ///
  /// Throws [AiPassStorageException] if the system cannot keep a key, or lost it.
  Future<Uint8List> storeKey(String clientId, String storeDirectory);

  /// Opens [url] in the browser. Throws [AiPassUnsupportedException], whose `what` is [noBrowser], if there is none. May end with the
  /// browser only.
  Future<void> openInBrowser(Uri url);

  /// Opens a sign-in's page in the browser, and gives each callback to [redirectUri] that comes before [expiresAt], until the
  /// listener has the right one and cancels. Ends without one where the user gives up or the time is over.
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt});

  /// The callback that started the app, where the system ended it while its user was in the browser. Is given once.
  Future<Uri?> takeCallback();

  /// What is not supported where the system has no browser.
  static const noBrowser = 'to sign in without a browser: ask the user to install or enable one';
}

/// The folder for `AiPass.open` where the app names none.
Future<String> platformStoreDirectory(String clientId) => AiPassPlatform.instance.storeDirectory(clientId);

/// The key for `AiPass.open` where the app gives none.
Future<Uint8List> platformStoreKey(String clientId, String storeDirectory) =>
    AiPassPlatform.instance.storeKey(clientId, storeDirectory);

/// Where the package has no code for the platform: Android, iOS and macOS.
final class _NoPlatform implements AiPassPlatform {
  const _NoPlatform();

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
      detail:
          'on ${Platform.operatingSystem} the package has no default: give it to AiPass.open, or set AiPassPlatform.instance');
}
