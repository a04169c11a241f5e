package one.aipass.mobile.ui

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import java.math.BigDecimal
import java.math.RoundingMode
import java.util.Currency
import java.util.Locale

class FieldTextsTest {
    @Test
    fun `amounts are read as they are written`() {
        for (tag in listOf("de-DE", "en-US", "fr-FR", "de-CH", "en-IN", "ar-EG", "sv-SE")) {
            val locale = Locale.forLanguageTag(tag)
            for (text in listOf("0", "0.05", "18", "1234567.891", "-42.10", "39.00")) {
                val written = amountText(BigDecimal(text), locale)
                assertEquals("$tag $written", BigDecimal(text), amountOf(written, locale))
            }
        }
    }

    @Test
    fun `groups of three are read`() {
        assertEquals(BigDecimal("1234.50"), amountOf("1,234.50", Locale.US))
        assertEquals(BigDecimal("1234.50"), amountOf("1.234,50", Locale.GERMANY))
        for (space in listOf(" ", "\u00a0", "\u202f")) {
            assertEquals(BigDecimal("1234.5"), amountOf("1${space}234,5", Locale.FRANCE))
        }
        assertEquals(BigDecimal(-5), amountOf("\u22125", Locale.US))
    }

    @Test
    fun `what could be two amounts is none`() {
        assertNull(amountOf("1 234", Locale.US))
        assertNull(amountOf("12.50", Locale.GERMANY))
        assertNull(amountOf("12,34", Locale.US))
        assertNull(amountOf("", Locale.US))
        assertNull(amountOf("9".repeat(29), Locale.US))
    }

    @Test
    fun `money is written as the locale does`() {
        val dollars = Currency.getInstance("USD")
        assertEquals("$4.20", moneyText(BigDecimal("4.2"), dollars, Locale.US))
        assertEquals("4,20\u00a0$", moneyText(BigDecimal("4.2"), dollars, Locale.GERMANY))
        assertEquals("1.234,50", moneyText(BigDecimal("1234.50"), null, Locale.GERMANY))
    }

    // P7: money is decimal, and what the currency does not have is not made up
    @Test
    fun `money keeps all its decimals and has those of its currency`() {
        val amounts =
            mapOf(
                ("4.2" to "USD") to "$4.20",
                ("4.200" to "USD") to "$4.20",
                ("0.0042" to "USD") to "$0.0042",
                ("-1.50" to "USD") to "-$1.50",
                ("12345678901234567890.12" to "USD") to "$12,345,678,901,234,567,890.12",
                ("1.234" to "KWD") to "KWD1.234",
                ("1.2" to "KWD") to "KWD1.200",
                ("980" to "JPY") to "JPY980",
                ("980.00" to "JPY") to "JPY980",
                ("12.50" to "ABC") to "12.50\u00a0ABC",
                ("980" to null) to "980",
                ("9.80" to null) to "9.80",
            )
        for ((amount, expected) in amounts) {
            val (number, code) = amount
            // Which sign a currency of elsewhere has depends on the JDK.
            val text = receiptMoneyText(BigDecimal(number), code, Locale.US)
            assertEquals(expected, text.replace("¥", "JPY").replace("KWD\u00a0", "KWD"))
        }
    }

    @Test
    fun `what is left is never said to be more`() {
        val dollars = Currency.getInstance("USD")
        assertEquals("$9.99", walletText(BigDecimal("9.9958"), dollars, Locale.US))
        assertEquals("-$0.01", walletText(BigDecimal("-0.001"), dollars, Locale.US))
        assertEquals("$4.92", walletText(BigDecimal("4.9158"), dollars, Locale.US, RoundingMode.CEILING))
    }

    @Test
    fun `numbers and rates have no needless zeros`() {
        assertEquals("0,482", numberText(BigDecimal("0.482"), Locale.GERMANY))
        assertEquals("3", numberText(BigDecimal("3.000"), Locale.US))
        assertEquals("1,000", numberText(BigDecimal("1E3"), Locale.US))
        assertEquals("19%", percentText(BigDecimal("19.00"), Locale.US))
        assertEquals("7.75%", percentText(BigDecimal("7.75"), Locale.US))
        assertEquals("0.5%", percentText(BigDecimal("0.5"), Locale.US))
    }
}
