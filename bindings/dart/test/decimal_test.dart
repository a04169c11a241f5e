import 'package:aipass/src/decimal.dart';
import 'package:test/test.dart';

void main() {
  Decimal d(String text) => Decimal.parse(text);

  test('text comes back as it was, with its zeros', () {
    for (final text in [
      '0',
      '0.00',
      '0.10',
      '-0.05',
      '39.24',
      '-7',
      '79228162514264337593543950335',
      '1.${'0' * 27}1'
    ]) {
      expect(d(text).toString(), text);
    }
  });

  test('what is no number is refused', () {
    for (final text in ['', ' 1', '1 ', '+1', '1.', '.5', '1,5', '1e3', '--1', '0x10', 'NaN', 'Infinity', '١', '1\n']) {
      expect(() => d(text), throwsFormatException, reason: text);
      expect(Decimal.tryParse(text), isNull, reason: text);
    }
  });

  test('numbers of one value are equal, and one in a set', () {
    expect(d('1.50'), d('1.5'));
    expect(d('0.000'), Decimal.zero);
    expect(d('-0'), Decimal.zero);
    expect(d('100'), isNot(d('1')));
    expect({d('1.50'), d('1.5'), d('100'), d('100.0'), d('0.0'), d('0')}, hasLength(3));
  });

  test('they are ordered by value, not by digits', () {
    final sorted = [d('10'), d('-0.2'), d('9.99'), d('-10'), d('0.1')]..sort();
    expect(sorted.join(' '), '-10 -0.2 0.1 9.99 10');
    expect(d('0.1') < d('0.10'), isFalse);
    expect(d('0.1') <= d('0.10'), isTrue);
    expect(d('2') > d('-30'), isTrue);
    expect(d('2') >= d('2.01'), isFalse);
  });

  test('sums, differences and products are exact', () {
    expect('${d('0.1') + d('0.2')}', '0.3');
    expect('${d('10.00') - d('0.01')}', '9.99');
    expect('${d('1') - d('2.5')}', '-1.5');
    expect('${d('19.99') * Decimal.fromInt(3)}', '59.97');
    expect('${d('79228162514264337593543950335') + d('0.01')}', '79228162514264337593543950335.01');
    expect('${-d('-0.05')}', '0.05');
    expect([d('-3').sign, d('0.0').sign, d('0.1').sign], [-1, 0, 1]);
  });

  test('the nearest double is for charts', () => expect(d('39.24').toDouble(), 39.24));
}
