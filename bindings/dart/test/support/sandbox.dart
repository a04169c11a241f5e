import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

/// The repository's root: tests run in bindings/dart.
final Directory repository = Directory('../..').absolute;

/// A JSON object.
typedef Json = Map<String, Object?>;

const _chats = '/chat/completions';

/// An AI Pass on loopback, in a process of a test's own that is driven through its control API.
class Sandbox {
  Sandbox._(this._process, this.facts);

  /// Starts one, which ends with the test.
  static Future<Sandbox> start([List<String> arguments = const []]) async {
    final program = Platform.environment['AIPASS_PROGRAM'];
    if (program == null) fail('AIPASS_PROGRAM must name the aipass program');
    // --while-stdin-open: it ends with this process too, however that ends.
    final process =
        await Process.start(program, ['sandbox', '--port', '0', '--json', '--while-stdin-open', ...arguments]);
    final errors = process.stderr.transform(utf8.decoder).forEach(stderr.write);
    final line = await process.stdout.transform(utf8.decoder).transform(const LineSplitter()).first;
    final sandbox = Sandbox._(process, jsonDecode(line) as Json);
    addTearDown(() async {
      await sandbox.stop();
      await errors;
    });
    return sandbox;
  }

  final Process _process;

  /// What it tells of itself when it starts.
  final Json facts;
  final HttpClient _browser = HttpClient()..connectionTimeout = const Duration(seconds: 10);

  String get baseUrl => facts['base_url']! as String;
  String get clientId => facts['client_id']! as String;
  String get redirectUri => facts['redirect_uri']! as String;

  /// Ends the process. Nobody listens any more when this is done.
  Future<void> stop() async {
    _browser.close(force: true);
    _process.kill(ProcessSignal.sigkill);
    await _process.exitCode;
  }

  /// A client of this AI Pass whose session is in the memory of this process.
  AiPass client({Config? config}) {
    final ai =
        AiPass(clientId: clientId, redirectUri: redirectUri, provider: Provider.aiPassAt(baseUrl), config: config);
    addTearDown(ai.close);
    return ai;
  }

  /// A client of this AI Pass, or of another provider that the sandbox plays, over the session in a folder.
  Future<AiPass> open(Directory folder, {int key = 1, Provider? provider, String? clientId}) async {
    final ai = await AiPass.open(
      clientId: clientId ?? this.clientId,
      redirectUri: redirectUri,
      storeDirectory: folder.path,
      storeKey: storeKey(key),
      provider: provider ?? Provider.aiPassAt(baseUrl),
    );
    addTearDown(ai.close);
    return ai;
  }

  /// A client whose user is signed in.
  Future<AiPass> signedIn({Config? config}) => signIn(client(config: config));

  /// Signs a user in to this client.
  Future<AiPass> signIn(AiPass ai) async {
    final request = await ai.beginSignIn();
    await ai.completeSignInText(await decide(request.url, 'allow'));
    return ai;
  }

  /// The user allows or denies; returns the callback.
  Future<String> decide(Uri url, String decision) async {
    final answer = await ask('POST', 'user-agent', {'url': '$url', 'decision': decision}) as Json;
    return answer['callback']! as String;
  }

  /// Sends a request to the control API and returns its answer, which must not be a refusal.
  Future<Object?> ask(String method, String path, [Object? body]) async {
    final request = await _browser.openUrl(method, Uri.parse('${facts['control_url']}/$path'));
    request.persistentConnection = false; // a kept one may be closed just when it is used again
    request.headers.contentType = ContentType.json; // even without a body: the sandbox asks for it
    // An empty object says nothing. The sandbox does not read it, and may have answered and closed before it was sent.
    final bytes = body is Json && body.isEmpty ? const <int>[] : utf8.encode(body == null ? '' : jsonEncode(body));
    request.contentLength = bytes.length;
    request.add(bytes);
    final answer = await request.close();
    final text = await answer.transform(utf8.decoder).join();
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      fail("the sandbox's $path refused: ${answer.statusCode} $text");
    }
    return jsonDecode(text);
  }

  Future<Json> state() async => await ask('GET', 'state') as Json;

  Future<int> streamsOpen() async => (await state())['streams_open']! as int;

  /// The requests whose path ends so, oldest first.
  Future<List<Json>> requests(String path) async {
    final log = await ask('GET', 'requests') as Json;
    return (log['requests']! as List<Object?>)
        .cast<Json>()
        .where((request) => (request['path']! as String).endsWith(path))
        .toList();
  }

  /// The chats that were asked for, oldest first.
  Future<List<Json>> chats() => requests(_chats);

  /// From now on the endpoint answers with so many bytes and then nothing.
  Future<void> stall(String endpoint, {required int afterBytes}) async {
    await ask('POST', 'faults', {
      'endpoint': endpoint,
      'fault': {'kind': 'stall', 'bytes': afterBytes},
    });
  }

  /// From now on chats are answered with so many bytes and then nothing.
  Future<void> stallChats({required int afterBytes}) => stall('chat', afterBytes: afterBytes);

  /// From now on chats are refused.
  Future<void> failChats(int status, Object body, [Map<String, String> headers = const {}]) async {
    await ask('POST', 'faults', {
      'endpoint': 'chat',
      'fault': {
        'kind': 'status',
        'status': status,
        'headers': {...headers, 'content-type': 'application/json'},
        'body': jsonEncode(body),
      },
    });
  }

  /// Waits until so many requests to the path have reached the sandbox and are not answered yet.
  Future<void> untilAsked(String path, [int count = 1]) => eventually('$count requests to $path are under way',
      () async => (await requests(path)).where((request) => request['finished'] == null).length >= count);

  /// Waits until so many chats have reached the sandbox and are not answered yet.
  Future<void> untilChatting([int count = 1]) => untilAsked(_chats, count);

  /// Waits until the client has gone away from its newest request to the path, whose answer was under way.
  Future<void> untilLeft(String path) => eventually('the client goes away from $path', () async {
        final all = await requests(path);
        return all.isNotEmpty && all.last['ended'] == 'client_disconnected';
      });

  /// Waits until the client has gone away from its newest chat, whose answer was under way.
  Future<void> untilChatIsLeft() => untilLeft(_chats);

  /// Waits until every connection that streams an answer is closed.
  Future<void> untilNothingStreams() => eventually('nothing streams', () async => await streamsOpen() == 0);
}

/// 32 bytes of this value.
Uint8List storeKey(int value) => Uint8List(32)..fillRange(0, 32, value);

/// Waits for up to two minutes, which a busy machine may need, until the condition holds.
Future<void> eventually(String what, Future<bool> Function() isSo) async {
  final waited = Stopwatch()..start();
  while (!await isSo()) {
    if (waited.elapsed > const Duration(minutes: 2)) fail('in vain: $what');
    await Future<void>.delayed(const Duration(milliseconds: 5));
  }
}

/// An empty folder, which is removed after the test. The library may still write into it: the sums of a call that was cancelled are
/// settled by themselves.
Directory temporaryFolder() {
  final folder = Directory.systemTemp.createTempSync('aipass-dart');
  addTearDown(() => eventually('${folder.path} can be removed', () async {
        try {
          folder.deleteSync(recursive: true);
        } on FileSystemException {
          return !folder.existsSync();
        }
        return true;
      }));
  return folder;
}
