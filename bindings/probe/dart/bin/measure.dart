// ignore_for_file: avoid_print

import 'dart:convert';

import 'package:aipass/aipass.dart';
import 'package:aipass_probe/src/probe/aipass_probe.dart';

const _rounds = 21;
const _callsARound = 2000;

double _median(List<double> values) => (values..sort())[values.length ~/ 2];

/// Cold start and the cost of a call for Dart, beside UniFFI's bare functions. Prints one JSON object of nanoseconds, medians of many rounds.
Future<void> main() async {
  final watch = Stopwatch()..start();
  double nanoseconds() => watch.elapsedTicks * 1e9 / watch.frequency;

  final begun = nanoseconds();
  final ai = AiPass(clientId: 'client_123', redirectUri: 'myapp://auth/callback');
  await ai.beginSignIn();
  final coldStart = nanoseconds() - begun;
  await ai.cancelSignIn();

  final bare = Bare();
  final cancellation = Cancellation();
  final measured = <String, List<double>>{};
  void synchronous(String name, bool Function() call) {
    final begun = nanoseconds();
    for (var count = 0; count < _callsARound; count++) {
      call();
    }
    measured.putIfAbsent(name, () => []).add((nanoseconds() - begun) / _callsARound);
  }

  Future<void> asynchronous(String name, Future<Object?> Function() call) async {
    final begun = nanoseconds();
    for (var count = 0; count < _callsARound; count++) {
      await call();
    }
    measured.putIfAbsent(name, () => []).add((nanoseconds() - begun) / _callsARound);
  }

  for (var round = 0; round < _rounds; round++) {
    // Side by side, so that whatever else the machine does falls on all of them.
    synchronous('sync_bare', bare.call);
    synchronous('sync', cancellation.isCancelled);
    await asynchronous('async_bare', bare.callAsync);
    await asynchronous('async_elsewhere', bare.callAsyncElsewhere);
    await asynchronous('async', ai.sessionState);
  }
  print(jsonEncode({
    for (final MapEntry(:key, :value) in measured.entries) key: _median(value),
    'cold_start': coldStart,
  }));
}
