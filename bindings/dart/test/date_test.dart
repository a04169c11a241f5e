import 'package:aipass/src/date.dart';
import 'package:test/test.dart';

void main() {
  test('text comes back as it was', () {
    for (final text in ['2026-09-19', '2024-02-29', '0001-01-01', '9999-12-31']) {
      expect(Date.parse(text).toString(), text);
    }
  });

  test('what is no day is refused', () {
    for (final text in [
      '',
      '2026-9-19',
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '26-01-01',
      '2026-01-01T00:00',
      '-001-01-01'
    ]) {
      expect(() => Date.parse(text), throwsFormatException, reason: text);
    }
    expect(() => Date(2026, 4, 31), throwsArgumentError);
    expect(() => Date(10000, 1, 1), throwsArgumentError);
  });

  test('days are compared, counted and found in a set', () {
    expect(Date(2026, 1, 31).compareTo(Date(2026, 2, 1)), isNegative);
    expect({Date(2026, 1, 31), Date.parse('2026-01-31')}, hasLength(1));
    expect(Date(2024, 3, 1).toDateTime().difference(Date(2024, 2, 28).toDateTime()).inDays, 2);
  });
}
