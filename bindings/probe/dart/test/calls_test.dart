import 'dart:typed_data';

import 'package:aipass_probe/src/shapes/shapes.dart';
import 'package:test/test.dart';

import 'support/until.dart';

void main() {
  test('an object is made by each of its constructors', () async {
    expect(Gate().name(), 'gate');
    expect(Gate(name: 'north').name(), 'north');
    expect(Gate.numbered('7').name(), 'gate 7');
    expect((await Gate.later('8')).name(), 'gate 8');
  });

  test('a constructor that fails throws an error with its fields', () async {
    expect(() => Gate.numbered(''), throwsA(const ShapeEmptyException()));
    final isRefused = isA<ShapeNotANumberException>()
        .having((error) => error.value, 'value', 'x')
        .having((error) => error.reason, 'reason', 'invalid digit found in string')
        .having((error) => error.message, 'message', contains('x is no number'))
        .having((error) => error.toString(), 'toString()', startsWith('ShapeException: x is no number'));
    expect(() => Gate.numbered('x'), throwsA(isRefused));
    await expectLater(Gate.later('x'), throwsA(isRefused));
  });

  test('an error of which only the text crosses has it', () {
    expect(
      Gate().hurry,
      throwsA(isA<FlatClosedException>().having((error) => error.detail, 'detail', 'closed until 8')),
    );
  });

  test('objects are arguments and answers, alone and inside of others', () async {
    final gate = Gate(name: 'here');
    final other = Gate(name: 'there');
    expect(gate.isSame(gate), isTrue);
    expect(gate.isSame(other), isFalse);
    expect(gate.itself().isSame(gate), isTrue);
    expect((await laterGate(gate)).isSame(gate), isTrue);
    final [first, second] = gate.all(other);
    expect(first.isSame(gate) && second.isSame(other), isTrue);
    expect(gate.all(), hasLength(1));
    final holder = echoHolder(Holder(gate: gate, other: null));
    expect(holder.gate.isSame(gate), isTrue);
    expect(holder.other, isNull);
  });

  test('a call waits for what another one does', () async {
    final gate = Gate(name: 'g');
    final passing = [gate.pass(), gate.pass()];
    await Future<void>.delayed(Duration.zero);
    expect(waits(), 2);
    gate.open();
    expect(await Future.wait(passing), ['g', 'g']);
    expect(waits(), 0);
  });

  test('a call with a large argument is as any other', () async {
    final gate = Gate();
    final load = Uint8List(5000000)..fillRange(0, 5000000, 2);
    final carrying = [gate.carry(load), gate.carry(Uint8List(1)), gate.carry(load)];
    await until(() => waits() == 3);
    gate.open();
    expect(await Future.wait(carrying), [10000000, 0, 10000000]);
    expect(waits(), 0);
    gate.close();
    await expectLater(gate.carry(load), throwsStateError);
  });

  test('a call that answers nothing answers, or throws', () async {
    await laterNothing(false);
    await expectLater(laterNothing(true), throwsA(const ShapeEmptyException()));
  });

  test('a thousand calls at once each get their own answer', () async {
    final answers = await Future.wait([for (var index = 0; index < 1000; index++) laterUint32(index)]);
    expect(answers, List.generate(1000, (index) => index));
  });

  test('a panic is an exception that says what happened, and the next call works', () async {
    expect(() => panicNow('a bug'), throwsA(isA<InternalException>().having((bug) => bug.detail, 'detail', 'a bug')));
    await expectLater(
      panicLater('another bug'),
      throwsA(isA<InternalException>().having((bug) => bug.detail, 'detail', 'another bug')),
    );
    expect(echoUint8(1), 1);
  });

  test('what is closed is freed at once, and refuses calls; a call that is being made goes on', () async {
    final before = gates();
    final gate = Gate(name: 'g');
    expect(gates(), before + 1);
    final other = Gate();
    final passing = gate.pass();
    await Future<void>.delayed(Duration.zero);
    other.close();
    gate
      ..open()
      ..close()
      ..close();
    expect(gate.isClosed, isTrue);
    expect(await passing, 'g');
    expect(gates(), before);
    expect(gate.name, throwsStateError);
    await expectLater(gate.pass(), throwsStateError);
    expect(() => Gate().isSame(gate), throwsStateError);
    expect(() => echoHolder(Holder(gate: gate, other: null)), throwsStateError);
  });

  test('what is not reached any more is freed', () async {
    final before = gates();
    for (var index = 0; index < 100; index++) {
      Gate().name();
    }
    final garbage = <List<int>>[];
    for (var round = 0; gates() > before && round < 10000; round++) {
      garbage.add(List.filled(10000, round));
      if (garbage.length > 100) garbage.clear();
      await Future<void>.delayed(Duration.zero);
    }
    expect(gates(), lessThanOrEqualTo(before));
  });
}
