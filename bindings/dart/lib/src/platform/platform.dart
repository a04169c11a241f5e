import 'dart:io';
import 'dart:typed_data';

import '../generated/aipass.dart';
import 'linux.dart';
import 'phone_without_flutter.dart' if (dart.library.ui) 'phone.dart';
import 'windows.dart';

/// What the package asks of the operating system: where a session is kept, the key that seals it, and the browser.
///
/// An app needs none of this. One that wants another browser, folder or key sets [instance] to its own; so do tests.
abstract class AiPassPlatform {
  /// The one in use. An app sets its own before it opens a client.
  static AiPassPlatform instance = platformOf(Platform.operatingSystem);

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

  /// A callback for which no sign-in waited, because the system ended the app while its user was in the browser; the newest first.
  /// Each is given once. Any app can send one.
  Future<Uri?> takeCallback();

  /// What is not supported where the system has no browser.
  static const noBrowser = 'to sign in without a browser: ask the user to install or enable one';
}

/// That of an operating system, by Dart's name for it.
AiPassPlatform platformOf(String operatingSystem) => switch (operatingSystem) {
      'linux' => LinuxPlatform(),
      'windows' => WindowsPlatform(),
      _ => const PhonePlatform(),
    };

/// The name of the folder, or of the entry in a keyring, of the app that is registered as [clientId].
String nameOf(String clientId) => 'aipass-${Uri.encodeComponent(clientId)}';

/// The folder for `AiPass.open` where the app names none.
Future<String> platformStoreDirectory(String clientId) => AiPassPlatform.instance.storeDirectory(clientId);

/// The key for `AiPass.open` where the app gives none.
Future<Uint8List> platformStoreKey(String clientId, String storeDirectory) =>
    AiPassPlatform.instance.storeKey(clientId, storeDirectory);
