package one.aipass.mobile

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.LocalDate

class CalendarDateTest {
    @Test
    fun `days are those of the calendar`() {
        var day = LocalDate.of(1899, 12, 1)
        while (day.year < 2101) {
            assertEquals(day.toString(), CalendarDate(day.year, day.monthValue, day.dayOfMonth).toString())
            assertEquals(CalendarDate(day.year, day.monthValue, day.dayOfMonth), CalendarDate.parse("$day"))
            val last = day.lengthOfMonth()
            assertThrows<IllegalArgumentException> { CalendarDate(day.year, day.monthValue, last + 1) }
            day = day.plusDays(1)
        }
        assertEquals("0000-02-29", CalendarDate(0, 2, 29).toString())
    }

    @Test
    fun `what is no day is an error`() {
        val noDays = listOf("", "2026-1-31", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "+2026-01-01")
        for (text in noDays + "٢٠٢٦-٠١-٠١" + "2026-01-01\n") {
            assertThrows<IllegalArgumentException>(text) { CalendarDate.parse(text) }
        }
        assertThrows<IllegalArgumentException> { CalendarDate(10_000, 1, 1) }
        assertThrows<IllegalArgumentException> { CalendarDate(-1, 1, 1) }
    }

    @Test
    fun `days are ordered`() {
        val days = listOf("2025-12-31", "2026-01-31", "2026-02-01", "2026-02-02").map(CalendarDate::parse)
        assertEquals(days, days.shuffled().sorted())
        assertTrue(days.first() < days.last())
    }
}
