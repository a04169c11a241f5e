import 'dart:async';
import 'dart:isolate';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'sandbox.dart';

/// What an isolate needs to be a client of a sandbox: it is copied to it.
typedef Facts = ({String baseUrl, String clientId, String redirectUri, String folder});

/// What is told to an isolate.
Facts factsOf(Sandbox sandbox, String folder) => (
      baseUrl: sandbox.baseUrl,
      clientId: sandbox.clientId,
      redirectUri: sandbox.redirectUri,
      folder: folder,
    );

/// A client of the isolate's own, over the session that all share.
Future<AiPass> openIn(Facts facts) => AiPass.open(
      clientId: facts.clientId,
      redirectUri: facts.redirectUri,
      storeDirectory: facts.folder,
      storeKey: storeKey(1),
      provider: Provider.aiPassAt(facts.baseUrl),
    );

/// What [work] comes to in an isolate of its own. Here, so that nothing of a test's is sent along.
Future<T> runIn<T>(Future<T> Function(Facts) work, Facts facts) => Isolate.run(() => work(facts));

/// An isolate that is at work until it is killed, as by a hot restart.
class Worker {
  Worker._(this._isolate, this._exited);

  /// Starts [work] in an isolate of its own. What fails there fails the test.
  static Future<Worker> start(Future<void> Function(Facts) work, Facts facts) async {
    final exits = ReceivePort();
    final errors = ReceivePort()..listen((error) => fail('in the isolate: $error'));
    final isolate = await Isolate.spawn(work, facts, onExit: exits.sendPort, onError: errors.sendPort);
    final exited = exits.first.whenComplete(errors.close);
    addTearDown(() => isolate.kill(priority: Isolate.immediate));
    return Worker._(isolate, exited);
  }

  final Isolate _isolate;
  final Future<void> _exited;

  /// Kills it wherever it is, and waits until it is gone.
  Future<void> kill() async {
    _isolate.kill(priority: Isolate.immediate);
    await _exited;
  }
}
