/// An exact decimal number, such as an amount of money: `0.10` is a tenth, and keeps its zero.
///
/// Numbers of the same value are equal, however many zeros they end with.
final class Decimal implements Comparable<Decimal> {
  Decimal._(this._digits, this.scale);

  /// A whole number.
  Decimal.fromInt(int value) : this._(BigInt.from(value), 0);

  /// Reads a number such as `-12.50`: digits, and where there is a point, digits on both sides of it.
  ///
  /// Throws [FormatException] for anything else.
  factory Decimal.parse(String text) => tryParse(text) ?? (throw FormatException('not a decimal number', text));

  /// As [Decimal.parse], but null for what is no such number.
  static Decimal? tryParse(String text) {
    if (!_form.hasMatch(text)) return null;
    final point = text.indexOf('.');
    if (point < 0) return Decimal._(BigInt.parse(text), 0);
    return Decimal._(BigInt.parse(text.replaceRange(point, point + 1, '')), text.length - point - 1);
  }

  static final _form = RegExp(r'^-?[0-9]+(\.[0-9]+)?$');
  static final _ten = BigInt.from(10);

  /// Zero.
  static final Decimal zero = Decimal.fromInt(0);

  /// All digits, as if there were no point.
  final BigInt _digits;

  /// How many digits follow the point.
  final int scale;

  /// -1, 0 or 1.
  int get sign => _digits.sign;

  /// The exact sum.
  Decimal operator +(Decimal other) {
    final common = _commonScale(other);
    return Decimal._(_digitsAt(common) + other._digitsAt(common), common);
  }

  /// The exact difference.
  Decimal operator -(Decimal other) => this + -other;

  /// The exact product.
  Decimal operator *(Decimal other) => Decimal._(_digits * other._digits, scale + other.scale);

  /// The number with the other sign.
  Decimal operator -() => Decimal._(-_digits, scale);

  /// Whether this is less.
  bool operator <(Decimal other) => compareTo(other) < 0;

  /// Whether this is less or the same.
  bool operator <=(Decimal other) => compareTo(other) <= 0;

  /// Whether this is more.
  bool operator >(Decimal other) => compareTo(other) > 0;

  /// Whether this is more or the same.
  bool operator >=(Decimal other) => compareTo(other) >= 0;

  @override
  int compareTo(Decimal other) {
    final common = _commonScale(other);
    return _digitsAt(common).compareTo(other._digitsAt(common));
  }

  @override
  bool operator ==(Object other) => other is Decimal && compareTo(other) == 0;

  @override
  int get hashCode {
    var digits = _digits;
    var places = scale;
    while (places > 0 && digits.remainder(_ten) == BigInt.zero) {
      digits ~/= _ten;
      places--;
    }
    return Object.hash(digits, places);
  }

  /// The nearest binary number, for charts and the like: not for sums.
  double toDouble() => double.parse(toString());

  /// The number with all its digits, trailing zeros too.
  @override
  String toString() {
    if (scale == 0) return '$_digits';
    final digits = '${_digits.abs()}'.padLeft(scale + 1, '0');
    final point = digits.length - scale;
    return '${sign < 0 ? '-' : ''}${digits.substring(0, point)}.${digits.substring(point)}';
  }

  int _commonScale(Decimal other) => scale > other.scale ? scale : other.scale;

  BigInt _digitsAt(int common) => _digits * _ten.pow(common - scale);
}
