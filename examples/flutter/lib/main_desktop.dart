import 'start.dart';

/// On Linux and Windows: the browser comes back to a port of this machine, and the photo is the file that `--dart-define=PHOTO=PATH`
/// names.
Future<void> main() => start(
      redirectUri: const String.fromEnvironment('REDIRECT_URI', defaultValue: 'http://127.0.0.1:53682/callback'),
      pickPhoto: () async => const bool.hasEnvironment('PHOTO') ? const String.fromEnvironment('PHOTO') : null,
    );
