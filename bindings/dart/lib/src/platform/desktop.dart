import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:math';
import 'dart:typed_data';

import '../generated/aipass.dart';
import 'platform.dart';

/// What desktops have in common: the callback comes to a port of this machine.
abstract base class DesktopPlatform implements AiPassPlatform {
  _Wait? _latest;

  /// Done when the port of the last sign-in is free.
  Future<void> _isFree = Future.value();

  @override
  Stream<Uri> authorize(Uri url, {required Uri redirectUri, required DateTime expiresAt}) {
    final wait = _Wait();
    late final StreamController<Uri> callbacks;

    Future<void> receive(Future<void> isFree) async {
      await isFree;
      if (wait.isOver) return;
      final listener = await LoopbackListener.bind(redirectUri.path, port: redirectUri.port);
      try {
        if (wait.isOver) return;
        wait.listener = listener;
        // Not awaited: some desktops' way to open a URL ends with the browser only.
        unawaited(openInBrowser(url).onError<Object>((error, trace) {
          if (!wait.isOver) callbacks.addError(error, trace);
        }));
        while (!wait.isOver) {
          final left = expiresAt.difference(DateTime.now());
          callbacks.add(Uri.parse(await listener.receive(left.isNegative ? Duration.zero : left)));
        }
      } on AiPassCancelledException {
        // It is over.
      } on AiPassTimeoutException {
        // No callback came.
      } finally {
        wait.end();
        listener.close();
      }
    }

    Future<void>? received;
    callbacks = StreamController(
      onListen: () {
        if (!_isOfThisMachine(redirectUri)) {
          callbacks.addError(const AiPassInvalidInputException(
            input: 'redirect_uri',
            detail: 'on a desktop it is http://127.0.0.1:PORT/PATH: the browser comes back to a port of this machine',
          ));
          unawaited(callbacks.close());
          return;
        }
        _latest?.end(); // one sign-in at a time: the port is one
        _latest = wait;
        _isFree = received = receive(_isFree).onError<Object>((error, trace) {
          if (callbacks.hasListener) callbacks.addError(error, trace);
        });
        unawaited(received!.whenComplete(callbacks.close));
      },
      onCancel: () {
        wait.end();
        return received;
      },
    );
    return callbacks.stream;
  }

  @override
  Future<Uri?> takeCallback() async => null; // it comes to the process that waits, or to none
}

/// One sign-in that waits for its callback.
final class _Wait {
  bool isOver = false;
  LoopbackListener? listener;

  /// Ends it. May be called more than once.
  void end() {
    if (isOver) return;
    isOver = true;
    listener?.cancel();
  }
}

bool _isOfThisMachine(Uri redirectUri) =>
    redirectUri.isScheme('http') && redirectUri.host == '127.0.0.1' && redirectUri.hasPort;

/// Opens a URL with a program of the system's, which may run for as long as the browser does.
Future<void> openWith(String program, List<String> arguments) async {
  try {
    final opened = await Process.start(program, arguments);
    // What it prints is read, because a program whose output nobody reads stops.
    unawaited(opened.stdout.drain<void>());
    unawaited(opened.stderr.drain<void>());
    if (await opened.exitCode == 0) return;
  } on ProcessException {
    // It is not there.
  }
  throw const AiPassUnsupportedException(what: AiPassPlatform.noBrowser);
}

/// A key of 32 random bytes.
Uint8List makeKey() {
  final random = Random.secure();
  return Uint8List.fromList([for (var i = 0; i < 32; i++) random.nextInt(256)]);
}

/// The folder that this environment variable names, or else the one in the user's home.
String folderOf(String variable, String inHome) {
  final named = Platform.environment[variable] ?? '';
  if (named.startsWith('/')) return named; // the XDG specification: a relative one is ignored
  final home = Platform.environment['HOME'] ?? '';
  if (home.isNotEmpty) return '$home/$inHome';
  throw AiPassInvalidInputException(
      input: 'storeDirectory', detail: 'neither $variable nor HOME is set: give it to AiPass.open');
}

/// What a keyring holds, as text.
Uint8List? decodeKey(String text) {
  try {
    final key = base64Decode(text);
    return key.length == 32 ? key : null;
  } on FormatException {
    return null;
  }
}
