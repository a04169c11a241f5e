import 'dart:convert';
import 'dart:io';
import 'dart:isolate';

import 'package:crypto/crypto.dart';

const _usage = '''
Usage: dart run aipass:fetch PLATFORM…

Loads the native libraries of these platforms (android, linux, macos, windows) from the release that prebuilt.json names, and
puts them where Flutter's build looks for them. A library is kept only if its SHA-256 is the one in prebuilt.json.''';

/// Why nothing was fetched.
class FetchException implements Exception {
  FetchException(this.text);

  final String text;

  @override
  String toString() => text;
}

Future<void> main(List<String> arguments) async {
  if (arguments.isEmpty || arguments.any((argument) => argument.startsWith('-'))) {
    stdout.writeln(_usage);
    return;
  }
  try {
    final library = await Isolate.resolvePackageUri(Uri.parse('package:aipass/aipass.dart'));
    await fetch(Directory.fromUri(library!.resolve('..')), arguments);
  } on FetchException catch (failure) {
    stderr.writeln('aipass:fetch: $failure');
    exitCode = 1;
  }
}

/// Loads the libraries that the package's prebuilt.json lists for these platforms.
Future<void> fetch(Directory package, List<String> platforms) async {
  final manifest = jsonDecode(File.fromUri(package.uri.resolve('prebuilt.json')).readAsStringSync());
  final (release, libraries) = switch (manifest) {
    {'release': final String release, 'libraries': final Map<String, Object?> libraries} => (release, libraries),
    {'release': null} => throw FetchException('there is no release yet: README.md says how to build the libraries.'),
    _ => throw FetchException('prebuilt.json cannot be understood.'),
  };
  for (final platform in platforms) {
    final wanted = libraries.entries.where((entry) => entry.key.startsWith('$platform/')).toList();
    if (wanted.isEmpty) throw FetchException('the release has nothing for "$platform".');
    for (final MapEntry(key: path, value: hash) in wanted) {
      final from = Uri.parse('$release/${path.replaceAll('/', '-')}');
      await _fetch(from, File.fromUri(package.uri.resolve(path)), '$hash');
      stdout.writeln(path);
    }
  }
}

Future<void> _fetch(Uri from, File to, String hash) async {
  final part = File('${to.path}.part');
  final client = HttpClient();
  try {
    final answer = await (await client.getUrl(from)).close();
    if (answer.statusCode != HttpStatus.ok) throw FetchException('$from answers with ${answer.statusCode}.');
    part.parent.createSync(recursive: true);
    await answer.pipe(part.openWrite());
    final actual = '${await sha256.bind(part.openRead()).first}';
    if (actual != hash) throw FetchException('$from is not what prebuilt.json pins: its SHA-256 is $actual.');
    part.renameSync(to.path);
  } on IOException catch (failure) {
    throw FetchException('$from cannot be loaded: $failure');
  } finally {
    client.close(force: true);
    if (part.existsSync()) part.deleteSync();
  }
}
