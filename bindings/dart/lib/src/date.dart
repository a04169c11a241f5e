/// A day of the calendar, as on a receipt: without an hour, and in no time zone.
final class Date implements Comparable<Date> {
  /// The day of these numbers. Throws [ArgumentError] if there is none.
  Date(this.year, this.month, this.day) {
    final there = DateTime.utc(year, month, day);
    if (year < 0 || year > 9999 || there.month != month || there.day != day) {
      throw ArgumentError('there is no day $year-$month-$day');
    }
  }

  /// Reads a day such as `2026-01-31`. Throws [FormatException] for anything else.
  factory Date.parse(String text) {
    final parts = _form.firstMatch(text);
    if (parts == null) throw FormatException('not a day such as 2026-01-31', text);
    try {
      return Date(int.parse(parts[1]!), int.parse(parts[2]!), int.parse(parts[3]!));
    } on ArgumentError {
      throw FormatException('there is no such day', text);
    }
  }

  static final _form = RegExp(r'^([0-9]{4})-([0-9]{2})-([0-9]{2})$');

  /// From 0 to 9999.
  final int year;

  /// From 1 to 12.
  final int month;

  /// From 1 to 31.
  final int day;

  /// Midnight in UTC, to be formatted or to count days with.
  DateTime toDateTime() => DateTime.utc(year, month, day);

  @override
  int compareTo(Date other) => toDateTime().compareTo(other.toDateTime());

  @override
  bool operator ==(Object other) => other is Date && year == other.year && month == other.month && day == other.day;

  @override
  int get hashCode => Object.hash(year, month, day);

  /// The day as `2026-01-31`.
  @override
  String toString() => '${'$year'.padLeft(4, '0')}-${'$month'.padLeft(2, '0')}-${'$day'.padLeft(2, '0')}';
}
