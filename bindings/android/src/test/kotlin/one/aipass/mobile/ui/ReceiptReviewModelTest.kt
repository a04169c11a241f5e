package one.aipass.mobile.ui

import one.aipass.mobile.AndroidTest
import one.aipass.mobile.CalendarDate
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.judged
import one.aipass.mobile.testing.sample
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import java.math.BigDecimal
import java.util.Locale

/** In an Android, because the library judges: it is loaded once in a process. */
class ReceiptReviewModelTest : AndroidTest() {
    private val day = CalendarDate(2026, 1, 31)

    private fun review(receipt: Receipt) = ReceiptReviewModel(receipt, Locale.GERMANY)

    @Test
    fun `what was read is shown`() {
        val receipt =
            Receipt.sample(
                merchant = "Café",
                date = day,
                amount = BigDecimal("1234.50"),
                currency = "EUR",
                confidence = 0.9,
            )
        val review = review(receipt).state.value
        assertEquals("Café", review.texts[ReceiptField.MERCHANT])
        assertEquals("2026-01-31", review.texts[ReceiptField.DATE])
        assertEquals("1234,50", review.texts[ReceiptField.AMOUNT])
        assertEquals(FieldStatus.READ, review.statuses[ReceiptField.AMOUNT])
        assertEquals(FieldStatus.MISSING, review.statuses[ReceiptField.CATEGORY])
        assertTrue(review.isUsable)
        assertFalse(review.isUnsure)
        assertEquals(receipt, review.receipt)
    }

    // P7: null is better than wrong
    @Test
    fun `what was not read is empty, with the model's words beside it`() {
        val model = review(Receipt.sample(amountText = "18.00 or 13.00", confidence = 0.3))
        val review = model.state.value
        assertEquals("", review.texts[ReceiptField.AMOUNT])
        assertEquals("18.00 or 13.00", review.hint(ReceiptField.AMOUNT))
        assertNull(review.hint(ReceiptField.MERCHANT))
        assertTrue(review.isUnsure)
        model.write(ReceiptField.AMOUNT, "18,00")
        assertNull(model.state.value.hint(ReceiptField.AMOUNT))
    }

    @Test
    fun `corrections are taken`() {
        val model = review(Receipt.sample(merchant = "Caf"))
        model.write(ReceiptField.MERCHANT, " Café ")
        model.write(ReceiptField.AMOUNT, "1.234,50")
        model.write(ReceiptField.CURRENCY, "eur")
        model.write(ReceiptField.DATE, "2026-01-31")
        val expected =
            Receipt.sample(merchant = "Café", date = day, amount = BigDecimal("1234.50"), currency = "EUR")
        assertEquals(expected.judged(), model.state.value.receipt)
        assertEquals(FieldStatus.CORRECTED, model.state.value.statuses[ReceiptField.MERCHANT])
        assertTrue(model.state.value.isUsable)
    }

    @Test
    fun `a field that is as before stands as before, and one that is emptied is null`() {
        val model = review(Receipt.sample(merchant = "Caf"))
        model.write(ReceiptField.MERCHANT, "Café")
        model.write(ReceiptField.MERCHANT, "Caf")
        assertEquals(FieldStatus.READ, model.state.value.statuses[ReceiptField.MERCHANT])
        model.write(ReceiptField.MERCHANT, "")
        assertNull(model.state.value.receipt.merchant)
        assertEquals(FieldStatus.CORRECTED, model.state.value.statuses[ReceiptField.MERCHANT])
        model.write(ReceiptField.DATE, "2026-01-31")
        model.write(ReceiptField.DATE, "")
        assertNull(model.state.value.receipt.date)
        assertEquals(FieldStatus.MISSING, model.state.value.statuses[ReceiptField.DATE])
    }

    @Test
    fun `what is not certain is refused, and the user's text stays to be mended`() {
        val texts =
            mapOf(
                ReceiptField.AMOUNT to
                    listOf("12.50", "12,5€", "1.23,5", ",", "1,", "1,2,3", "1.234.56", "--1", "-", "1e3", "١٢", "1,٢"),
                ReceiptField.CURRENCY to listOf("€", "EURO", "EU", "ÉUR"),
                ReceiptField.DATE to listOf("2026-02-30", "31.01.2026", "2026-1-31", "+026-01-31", "2026-01-3١"),
            )
        for ((field, wrong) in texts) {
            for (text in wrong) {
                val model = review(Receipt.sample(date = day, amount = BigDecimal(3), currency = "EUR"))
                model.write(field, text)
                val review = model.state.value
                assertEquals(text, FieldStatus.INVALID, review.statuses[field])
                assertEquals(text, review.texts[field])
                assertFalse(text, review.isUsable)
                val left = listOf(review.receipt.date, review.receipt.amount, review.receipt.currency)
                assertEquals("$text $left", 2, left.count { it != null })
            }
        }
    }

    @Test
    fun `a photo that may not be readable asks for a second look`() {
        val hints = listOf(PhotoHint.sample(PhotoHintKind.TOO_DARK))
        assertTrue(review(Receipt.sample(confidence = 0.9).copy(photoHints = hints)).state.value.isUnsure)
    }

    private fun checked(verdict: ReceiptVerdict) =
        Receipt.sample(
            merchant = "Café",
            amount = BigDecimal("18.00"),
            currency = "EUR",
            items = listOf(ReceiptItem.sample("Tee", total = BigDecimal("18.00"))),
            verdict = verdict,
        )

    // P14: a total that the user wrote is judged as one that was read
    @Test
    fun `a total that the user changed is judged again`() {
        val misread = checked(ReceiptVerdict.Agrees).copy(amount = BigDecimal("13.00")).judged()
        val model = review(misread)
        assertTrue(model.state.value.details.verdict is VerdictState.Off)
        model.write(ReceiptField.AMOUNT, "18,00")
        assertEquals(VerdictState.Agrees, model.state.value.details.verdict)
        assertEquals(ReceiptVerdict.Agrees, model.state.value.receipt.verdict)
        model.write(ReceiptField.AMOUNT, "18,50")
        assertTrue(model.state.value.details.verdict is VerdictState.Off)
        for (nothing in listOf("", "18,5x")) {
            model.write(ReceiptField.AMOUNT, nothing)
            assertTrue(nothing, model.state.value.details.verdict is VerdictState.CannotTell)
        }
        model.write(ReceiptField.AMOUNT, "13")
        assertEquals(misread.verdict, model.state.value.receipt.verdict)
        assertTrue(model.state.value.details.verdict is VerdictState.Off)
    }

    @Test
    fun `nothing is judged again but total and currency`() {
        val wrong = ReceiptVerdict.Off(BigDecimal.ONE, ReceiptPart.Total)
        val model =
            ReceiptReviewModel(checked(ReceiptVerdict.Agrees), Locale.GERMANY) { it.copy(verdict = wrong) }
        model.write(ReceiptField.MERCHANT, "Teehaus")
        model.write(ReceiptField.DATE, "2026-01-31")
        model.write(ReceiptField.CATEGORY, "Essen")
        model.write(ReceiptField.AMOUNT, "18")
        assertEquals(ReceiptVerdict.Agrees, model.state.value.receipt.verdict)
        model.write(ReceiptField.CURRENCY, "chf")
        assertEquals(wrong, model.state.value.receipt.verdict)
        model.write(ReceiptField.MERCHANT, "Café")
        assertEquals(wrong, model.state.value.receipt.verdict)
        model.write(ReceiptField.CURRENCY, "eur")
        assertEquals(ReceiptVerdict.Agrees, model.state.value.receipt.verdict)
    }

    @Test
    fun `the items are written in the currency that the user names`() {
        val model = review(checked(ReceiptVerdict.Agrees))

        fun total() =
            model.state.value.details.lines
                .single()
                .total.text
        assertEquals("18,00\u00a0€", total())
        model.write(ReceiptField.CURRENCY, "usd")
        assertEquals("18,00\u00a0$", total())
        model.write(ReceiptField.CURRENCY, "?")
        assertEquals("18,00", total())
    }
}
