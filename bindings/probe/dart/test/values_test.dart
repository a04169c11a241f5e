import 'dart:typed_data';

import 'package:aipass_probe/src/shapes/shapes.dart';
import 'package:test/test.dart';

/// One of everything, with the largest of what has an end.
Everything everything() => Everything(
      uint8: 0xff,
      int8: -0x80,
      uint16: 0xffff,
      int16: -0x8000,
      uint32: 0xffffffff,
      int32: -0x80000000,
      uint64: 0x7fffffffffffffff,
      int64: -0x8000000000000000,
      float32: 0.5,
      float64: double.minPositive,
      boolean: true,
      text: 'Käse 🧀 \u0000 \u{10ffff}',
      bytes: Uint8List.fromList([0, 127, 255]),
      time: DateTime.utc(2026, 1, 31, 23, 59, 59, 999, 999),
      duration: const Duration(days: 365, microseconds: 1),
      url: Uri.parse('https://example.org/a%20b?c=d#e'),
      distance: const Duration(seconds: 7),
      optional: null,
      nested: [
        [],
        [1, null, -1],
      ],
      table: {
        'a': Uint8List(0),
        '🧀': Uint8List.fromList([1])
      },
      names: {'x', 'y'},
      plain: Plain.newValue,
      shape: const Shape.several(shapes: [Shape.nothing(), Shape.number(-1), Shape.named(classValue: 'c', length: 3)]),
    );

void main() {
  test('integers come back as they went, the smallest and the largest', () async {
    for (final (echo, later, smallest, largest) in [
      (echoUint8, laterUint8, 0, 0xff),
      (echoInt8, laterInt8, -0x80, 0x7f),
      (echoUint16, laterUint16, 0, 0xffff),
      (echoInt16, laterInt16, -0x8000, 0x7fff),
      (echoUint32, laterUint32, 0, 0xffffffff),
      (echoInt32, laterInt32, -0x80000000, 0x7fffffff),
      (echoUint64, laterUint64, 0, 0x7fffffffffffffff),
      (echoInt64, laterInt64, -0x8000000000000000, 0x7fffffffffffffff),
    ]) {
      for (final value in [smallest, 0, 1, largest]) {
        expect(echo(value), value);
        expect(await later(value), value);
      }
    }
  });

  test('an integer that does not fit is refused with the name of its argument, not cut off', () async {
    final isRefused = throwsA(isA<RangeError>().having((error) => error.name, 'name', 'value'));
    for (final (echo, value) in [
      (echoUint8, 256),
      (echoUint8, -1),
      (echoInt8, 128),
      (echoInt8, -129),
      (echoUint16, 65536),
      (echoInt16, 32768),
      (echoUint32, -1),
      (echoInt32, 0x80000000),
      (echoUint64, -1),
    ]) {
      expect(() => echo(value), isRefused);
    }
    await expectLater(laterUint8(256), isRefused);
    expect(() => echoShape(const Shape.named(classValue: 'c', length: 65536)), throwsRangeError);
    expect(largest, throwsA(isA<InternalException>()));
  });

  test('floating-point numbers keep their bits', () async {
    for (final value in [0.0, -0.0, 1.5, double.infinity, double.negativeInfinity]) {
      expect(echoFloat32(value), value);
      expect(echoFloat64(value).isNegative, value.isNegative);
      expect(await laterFloat32(value), value);
    }
    expect(echoFloat64(double.nan).isNaN, isTrue);
    expect(echoFloat64(double.maxFinite), double.maxFinite);
    expect(await laterFloat64(double.minPositive), double.minPositive);
  });

  test('texts keep every character, and what is none becomes a replacement', () async {
    for (final text in ['', 'a', 'Käse 🧀', '\u0000', '\u{10ffff}', 'long ' * 100000]) {
      expect(echoText(text), text);
      expect(await laterText(text), text);
    }
    expect(echoText('half a pair: \ud83e'), 'half a pair: \ufffd');
  });

  test('bytes keep their order, however many', () async {
    for (final length in [0, 1, 255, 256, 257, 4096, 5000000]) {
      final bytes = Uint8List.fromList(List.generate(length, (index) => index * 31 % 256));
      expect(echoBytes(bytes), bytes);
      expect(await laterBytes(bytes), bytes);
    }
    final part = Uint8List.sublistView(Uint8List.fromList([1, 2, 3, 4]), 1, 3);
    expect(echoBytes(part), [2, 3]);
  });

  test('times are UTC and have microseconds, also before 1970', () {
    for (final time in [
      DateTime.utc(1970),
      DateTime.utc(2026, 11, 21, 18, 30, 0, 1, 2),
      DateTime.utc(1969, 12, 31, 23, 59, 58, 999, 999),
      DateTime.utc(1, 1, 1),
      DateTime.utc(9999, 12, 31, 23, 59, 59, 999, 999),
    ]) {
      expect(echoTime(time), time);
    }
    final local = DateTime(2026, 7, 1, 12);
    expect(echoTime(local), local.toUtc());
  });

  test('durations have microseconds; those that Rust or Dart has not are the nearest', () {
    for (final duration in [Duration.zero, const Duration(microseconds: 1), const Duration(days: 10000000)]) {
      expect(echoDuration(duration), duration);
    }
    expect(echoDuration(const Duration(microseconds: -1)), Duration.zero);
    expect(longest().inDays, greaterThan(100000000));
  });

  test('collections come back as they went', () async {
    expect(echoOptional(null), isNull);
    expect(echoOptional(-5), -5);
    expect(echoList([]), isEmpty);
    expect(echoList(['a', '', 'ü']), ['a', '', 'ü']);
    expect(
        echoTable({
          1: [0.5],
          -1: [],
        }),
        {
          1: [0.5],
          -1: <double>[],
        });
    expect(echoNames({1, 2}), {1, 2});
    expect(await laterList([null, 'a']), [null, 'a']);
  });

  test('native types stand for custom ones', () {
    expect(echoUrl(Uri.parse('https://example.org/?a=b')), Uri.parse('https://example.org/?a=b'));
    expect(echoDistance(const Duration(seconds: 9)), const Duration(seconds: 9));
    expect(() => echoUrl(Uri.parse('relative')), throwsA(isA<InternalException>()));
  });

  test('enums come back as they went, plain ones and ones with data', () {
    for (final plain in Plain.values) {
      expect(echoPlain(plain), plain);
    }
    for (final shape in const [
      Shape.nothing(),
      Shape.number(-9),
      Shape.pair(value1: 'one', value2: true),
      Shape.named(classValue: 'x', length: null),
      Shape.several(shapes: [Shape.several(shapes: []), Shape.nothing()]),
    ]) {
      expect(echoShape(shape), shape);
    }
    final received = switch (echoShape(const Shape.number(3))) {
      ShapeNothing() || ShapePair() || ShapeNamed() || ShapeSeveral() => null,
      ShapeNumber(:final number) => number,
    };
    expect(received, 3);
  });

  test('a record comes back as it went, and is compared by content', () {
    final value = everything();
    expect(echoEverything(value), value);
    expect(echoEverything(value).hashCode, everything().hashCode);
    expect(echoEverything(value), isNot(echoDefaults(Defaults())));
    expect(value, isNot(everything()..bytes[0] = 9));
    expect(value.toString(), allOf(contains('bytes: 3 bytes'), contains('uint8: 255')));
  });

  test('what is left out has the default that Rust says', () {
    final defaults = echoDefaults(Defaults());
    expect(defaults.yes, isTrue);
    expect(defaults.minusSeven, -7);
    expect(defaults.twoAndAHalf, 2.5);
    expect(defaults.text, r"it's \ $5");
    expect(defaults.nothing, isNull);
    expect(defaults.something, 'something');
    expect(defaults.list, isEmpty);
    expect(defaults.table, isEmpty);
    expect(defaults.bytes, isEmpty);
    expect(defaults.duration, Duration.zero);
    expect(echoDefaults(Defaults(something: null)).something, isNull);
    expect(withDefaults('one'), 'one 2 three None');
    expect(withDefaults('one', second: 9, third: '', fourth: true), 'one 9  Some(true)');
  });
}
