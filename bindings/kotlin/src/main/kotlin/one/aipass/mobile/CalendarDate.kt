package one.aipass.mobile

/**
 * A day of the calendar, as on a receipt: without an hour, and in no time zone.
 *
 * Kotlin's standard library has no such type, and `java.time` is missing on Android 7. Where there is `java.time`,
 * `java.time.LocalDate.parse(date.toString())` makes one of its.
 *
 * @property year from 0 to 9999.
 * @property month from 1 to 12.
 * @property day from 1 to 31.
 * @throws IllegalArgumentException if the calendar has no such day.
 */
public data class CalendarDate(
    val year: Int,
    val month: Int,
    val day: Int,
) : Comparable<CalendarDate> {
    init {
        require(year in 0..9999 && month in 1..12 && day in 1..lastDay(year, month)) {
            "there is no day $year-$month-$day"
        }
    }

    /** An earlier day is less. */
    override fun compareTo(other: CalendarDate): Int =
        compareValuesBy(this, other, CalendarDate::year, CalendarDate::month, CalendarDate::day)

    /** The day as `2026-01-31` (ISO 8601). */
    override fun toString(): String = "${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}"

    /** Reads days. */
    public companion object {
        /**
         * Reads a day such as `2026-01-31`.
         *
         * @throws IllegalArgumentException if it is not one.
         */
        public fun parse(text: String): CalendarDate {
            val (year, month, day) =
                requireNotNull(FORM.matchEntire(text)) { "not a day such as 2026-01-31: $text" }.destructured
            return CalendarDate(year.toInt(), month.toInt(), day.toInt())
        }

        private val FORM = Regex("([0-9]{4})-([0-9]{2})-([0-9]{2})")
    }
}

private fun padded(
    number: Int,
    width: Int,
) = number.toString().padStart(width, '0')

private fun lastDay(
    year: Int,
    month: Int,
) = when (month) {
    2 -> if (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) 29 else 28
    4, 6, 9, 11 -> 30
    else -> 31
}
