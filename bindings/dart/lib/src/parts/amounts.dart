import '../decimal.dart';

/// How amounts are written: with all their digits, in the form of a locale. Exact, because no amount becomes a binary number on the way.
final class AmountFormat {
  /// With these marks. [decimalPoint] stands between units and decimals, [groupSeparator] between groups of digits.
  const AmountFormat(
      {required this.decimalPoint, required this.groupSeparator, this.firstGroup = 3, this.otherGroups = 3});

  /// That of English or German in a country, an ISO 3166 code such as `CH`. The figures are CLDR's.
  factory AmountFormat.of(String languageCode, [String? countryCode]) => switch ((languageCode, countryCode)) {
        (_, 'CH' || 'LI') => swiss,
        ('en', 'IN') => indian,
        ('de', 'AT') || ('en', 'AT' || 'SE' || 'FI') => const AmountFormat(decimalPoint: ',', groupSeparator: '\u00a0'),
        ('de', _) || ('en', 'DE' || 'NL' || 'BE' || 'DK' || 'SI') => german,
        _ => english,
      };

  /// 1,234.50
  static const english = AmountFormat(decimalPoint: '.', groupSeparator: ',');

  /// 1.234,50
  static const german = AmountFormat(decimalPoint: ',', groupSeparator: '.');

  /// 1’234.50
  static const swiss = AmountFormat(decimalPoint: '.', groupSeparator: '’');

  /// 12,34,567.50
  static const indian = AmountFormat(decimalPoint: '.', groupSeparator: ',', otherGroups: 2);

  /// What stands between units and decimals.
  final String decimalPoint;

  /// What stands between groups of digits.
  final String groupSeparator;

  /// How many digits the last group before the decimals has.
  final int firstGroup;

  /// How many digits the groups before it have.
  final int otherGroups;

  /// Currencies whose smallest unit is not a hundredth, by ISO 4217; but Iraq's has no thousandths any more.
  static const _decimals = {
    'BIF': 0, 'CLP': 0, 'DJF': 0, 'GNF': 0, 'IQD': 0, 'ISK': 0, 'JPY': 0, 'KMF': 0, 'KRW': 0, 'PYG': 0, 'RWF': 0, //
    'UGX': 0, 'UYI': 0, 'VND': 0, 'VUV': 0, 'XAF': 0, 'XOF': 0, 'XPF': 0, //
    'BHD': 3, 'JOD': 3, 'KWD': 3, 'LYD': 3, 'OMR': 3, 'TND': 3, //
  };
  static final _code = RegExp(r'^[A-Z]{3}$');
  static final _zeros = RegExp(r'\.?0+$');

  /// A number without needless zeros, such as a quantity or a rate: `0.482`, `19`.
  String number(Decimal number) => _written(number, 0);

  /// An amount with its currency, such as `39.24 GBP`: as many decimals as the currency has, and more where the amount has more. An
  /// amount whose currency is not known keeps the decimals that it was given with.
  String money(Decimal amount, [String? currency]) {
    final isCode = currency != null && _code.hasMatch(currency);
    final written = _written(amount, isCode ? _decimals[currency] ?? 2 : amount.scale);
    return [written, if (currency != null) currency].join('\u00a0'); // which no line ends at
  }

  String _written(Decimal amount, int least) {
    var digits = '$amount'.replaceFirst('-', '');
    if (digits.contains('.')) digits = digits.replaceFirst(_zeros, '');
    final point = digits.indexOf('.');
    final units = point < 0 ? digits : digits.substring(0, point);
    final decimals = (point < 0 ? '' : digits.substring(point + 1)).padRight(least, '0');
    final number = [
      if (amount.sign < 0) '-',
      _grouped(units),
      if (decimals.isNotEmpty) ...[decimalPoint, decimals],
    ].join();
    // Isolated, because between words from right to left a sign would stand behind it, and groups would change places.
    return _keepsItsOrder.hasMatch(number) ? number : '\u2066$number\u2069';
  }

  static final _keepsItsOrder = RegExp(r'^[0-9.,\u00a0\u202f]*$');

  String _grouped(String units) {
    final groups = <String>[];
    var end = units.length;
    for (var size = firstGroup; end > size; size = otherGroups) {
      groups.insert(0, units.substring(end - size, end));
      end -= size;
    }
    return [units.substring(0, end), ...groups].join(groupSeparator);
  }
}
