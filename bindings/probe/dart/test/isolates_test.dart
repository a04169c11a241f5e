import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

import 'package:aipass_probe/src/shapes/shapes.dart';
import 'package:test/test.dart';

import 'support/until.dart';

/// What an isolate does that is killed: waits for ever, many times.
Future<void> waitForEver(SendPort ready) async {
  final gate = Gate(name: 'closed');
  final waiting = [
    for (var index = 0; index < 49; index++) gate.pass(),
    gate.carry(Uint8List(5000000)),
  ];
  ready.send(null);
  await Future.wait(waiting);
}

/// Calls that come back from other threads, without a pause.
Future<void> callForEver(SendPort ready) async {
  ready.send(null);
  while (true) {
    final gate = Gate()..open();
    await Future.wait(
        [for (var index = 0; index < 20; index++) laterText('text $index'), gate.carry(Uint8List(100000))]);
  }
}

Future<Isolate> started(Future<void> Function(SendPort) work) async {
  final ready = ReceivePort();
  final isolate = await Isolate.spawn(work, ready.sendPort);
  await ready.first;
  return isolate;
}

Future<void> kill(Isolate isolate) async {
  final ended = ReceivePort();
  isolate
    ..addOnExitListener(ended.sendPort)
    ..kill(priority: Isolate.immediate);
  await ended.first;
}

void main() {
  test('what a killed isolate waited for is ended, and what it held is freed', () async {
    final (gatesBefore, waitsBefore) = (gates(), waits());
    final isolate = await started(waitForEver);
    await until(() => waits() == waitsBefore + 50);
    expect(waits(), waitsBefore + 50);
    await kill(isolate);
    await until(() => waits() == waitsBefore && gates() <= gatesBefore);
    expect(waits(), waitsBefore);
    expect(gates(), lessThanOrEqualTo(gatesBefore));
  });

  test('an isolate that is killed in the middle of calls harms nobody', () async {
    final waitsBefore = waits();
    for (var round = 0; round < 20; round++) {
      final isolate = await started(callForEver);
      final others = [for (var index = 0; index < 50; index++) laterUint32(index)];
      await kill(isolate);
      expect(await Future.wait(others), List.generate(50, (index) => index));
    }
    expect(waits(), waitsBefore);
  });

  test('an isolate whose calls are done ends by itself', () async {
    final ended = ReceivePort();
    await Isolate.spawn((_) => laterUint8(1), null, onExit: ended.sendPort);
    await ended.first.timeout(const Duration(seconds: 30));
  });

  test('isolates call at the same time', () async {
    final answers = await Future.wait([
      for (var isolate = 0; isolate < 4; isolate++)
        Isolate.run(() async => [for (var index = 0; index < 100; index++) await laterInt32(isolate * index)]),
    ]);
    for (final (isolate, answer) in answers.indexed) {
      expect(answer, List.generate(100, (index) => isolate * index));
    }
  });
}
