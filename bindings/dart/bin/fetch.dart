import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:isolate';

import 'package:crypto/crypto.dart';

const _usage = '''
Usage: dart run aipass:fetch PLATFORM…

Loads the native libraries of these platforms (android, ios, linux, macos, windows) from the release that the package's
prebuilt.json names, and puts them into the app's folder .dart_tool/aipass, where its build looks for them (on macOS it cannot: see the
package's README): all, or none if one of them cannot be had or its SHA-256 is not the one in prebuilt.json. Run it in the app's
folder, after "flutter pub get".''';

/// The exit status of a command line that cannot be understood, as sysexits.h has it.
const _misused = 64;

/// Why nothing was fetched.
class FetchException implements Exception {
  FetchException(this.text);

  final String text;

  @override
  String toString() => text;
}

Future<void> main(List<String> arguments) async {
  if (arguments case ['--help' || '-h']) {
    stdout.writeln(_usage);
    return;
  }
  if (arguments.isEmpty || arguments.any((argument) => argument.startsWith('-'))) {
    stderr.writeln(_usage);
    exitCode = _misused;
    return;
  }
  try {
    final library = await Isolate.resolvePackageUri(Uri.parse('package:aipass/aipass.dart'));
    final configuration = await Isolate.packageConfig;
    if (library == null || configuration == null) {
      throw FetchException('the package aipass is not found: run it in an app that depends on it.');
    }
    await fetch(Directory.fromUri(library.resolve('..')), arguments, into: folderBeside(configuration));
  } on FetchException catch (failure) {
    stderr.writeln('aipass:fetch: $failure');
    exitCode = 1;
  }
}

/// The folder for an app's libraries, beside the package_config.json of `pub get`. Not the package itself: that is in pub's cache,
/// which all apps of this machine share.
Directory folderBeside(Uri packageConfiguration) => Directory.fromUri(packageConfiguration.resolve('aipass/'));

/// Loads the libraries that the package's prebuilt.json lists for these platforms [into] a folder. A server that says nothing for as
/// long as [timeout] is given up.
Future<void> fetch(
  Directory package,
  List<String> platforms, {
  required Directory into,
  Duration timeout = const Duration(seconds: 30),
}) async {
  final manifest = _manifest(package);
  final (release, libraries) = switch (manifest) {
    {'release': final String release, 'libraries': final Map<String, Object?> libraries} => (release, libraries),
    {'release': null} => throw FetchException('there is no release yet: README.md says how to build the libraries.'),
    _ => throw FetchException('prebuilt.json cannot be understood.'),
  };
  final wanted = <String, String>{};
  for (final platform in platforms) {
    final found = libraries.entries.where((entry) => entry.key.startsWith('$platform/'));
    if (found.isEmpty) throw FetchException('the release has nothing for "$platform".');
    wanted.addAll({for (final MapEntry(key: path, value: hash) in found) path: '$hash'});
  }
  File place(String path) => File.fromUri(into.uri.resolve(path));
  File part(String path) => place('$path.part');
  final client = HttpClient()..connectionTimeout = timeout;
  try {
    for (final MapEntry(key: path, value: hash) in wanted.entries) {
      await _load(client, Uri.parse('$release/${path.replaceAll('/', '-')}'), part(path), hash, timeout);
    }
    // Not before all are there, so that those of two releases are never mixed.
    for (final path in wanted.keys) {
      part(path).renameSync(place(path).path);
      stdout.writeln(place(path).path);
    }
  } on FileSystemException catch (failure) {
    throw FetchException('the libraries cannot be put in their places: $failure');
  } finally {
    client.close(force: true);
    wanted.keys.map(part).where((part) => part.existsSync()).forEach((part) => part.deleteSync());
  }
}

Object? _manifest(Directory package) {
  try {
    return jsonDecode(File.fromUri(package.uri.resolve('prebuilt.json')).readAsStringSync());
  } on FileSystemException catch (failure) {
    throw FetchException('prebuilt.json cannot be read: $failure');
  } on FormatException {
    throw FetchException('prebuilt.json cannot be understood.');
  }
}

Future<void> _load(HttpClient client, Uri from, File to, String hash, Duration timeout) async {
  try {
    final answer = await client.getUrl(from).then((request) => request.close()).timeout(timeout);
    if (answer.statusCode != HttpStatus.ok) throw FetchException('$from answers with ${answer.statusCode}.');
    to.parent.createSync(recursive: true);
    final file = await to.open(mode: FileMode.write);
    try {
      await for (final piece in answer.timeout(timeout)) {
        await file.writeFrom(piece);
      }
    } finally {
      await file.close();
    }
  } on TimeoutException {
    throw FetchException('$from cannot be loaded: the server says nothing for ${timeout.inSeconds} seconds.');
  } on IOException catch (failure) {
    throw FetchException('$from cannot be loaded: $failure');
  }
  final actual = '${await sha256.bind(to.openRead()).first}';
  if (actual != hash) throw FetchException('$from is not what prebuilt.json pins: its SHA-256 is $actual.');
}
