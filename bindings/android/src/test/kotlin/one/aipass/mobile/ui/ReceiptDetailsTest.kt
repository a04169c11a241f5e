package one.aipass.mobile.ui

import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptAmount
import one.aipass.mobile.ReceiptDiscount
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptKind
import one.aipass.mobile.ReceiptMerchant
import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ReceiptPayment
import one.aipass.mobile.ReceiptTax
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.UnreadValue
import one.aipass.mobile.testing.sample
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import java.math.BigDecimal
import java.util.Locale

class ReceiptDetailsTest {
    private fun number(text: String) = BigDecimal(text)

    private fun details(
        receipt: Receipt,
        locale: Locale = Locale.GERMANY,
    ) = ReceiptDetails.of(receipt, locale)

    private fun money(text: String) = ReceiptValue("$text\u00a0€")

    @Test
    fun `items are written in the receipt's currency and the user's locale`() {
        val cheese = ReceiptItem.sample("Käse", number("0.482"), number("19.90"), number("9.59"), ReceiptVerdict.Agrees)
        val items = listOf(cheese.copy(unit = "kg", discount = number("-0.50")), ReceiptItem.sample("Brot"))
        val lines = details(Receipt.sample(currency = "EUR", items = items)).lines
        val expected =
            ReceiptLine(
                number = 1,
                description = "Käse",
                quantity = ReceiptValue("0,482\u00a0kg"),
                unitPrice = money("19,90"),
                discount = money("-0,50"),
                total = money("9,59"),
                off = null,
            )
        assertEquals(expected, lines[0])
        assertEquals(ReceiptLine(2, "Brot", null, null, null, ReceiptValue(null), null), lines[1])
    }

    @Test
    fun `a line that does not add up says by how much`() {
        fun off(by: String) = ReceiptVerdict.Off(number(by), ReceiptPart.Item(0u))

        fun line(verdict: ReceiptVerdict) =
            details(Receipt.sample(currency = "EUR", items = listOf(ReceiptItem.sample("Tee", verdict = verdict))))
                .lines
                .single()
        assertEquals(OffBy("0,30\u00a0€", isMore = true), line(off("0.30")).off)
        assertEquals(OffBy("0,30\u00a0€", isMore = false), line(off("-0.3")).off)
        assertNull(line(ReceiptVerdict.Agrees).off)
        assertNull(line(ReceiptVerdict.CannotTell(listOf(ReceiptPart.Items))).off)
    }

    // P13
    @Test
    fun `what could not be read is not left out, and has the model's words`() {
        val unread =
            listOf(
                UnreadValue("/items/0/total", "1O.99"),
                UnreadValue("/items/0/quantity", "some"),
                UnreadValue("/tip", "2 or 3"),
                UnreadValue("/taxes/0/amount", "l.20"),
            )
        val receipt = Receipt.sample(items = listOf(ReceiptItem.sample("Buch")))
        val details = details(receipt.copy(unread = unread, taxes = listOf(ReceiptTax(name = "MwSt"))))
        assertEquals(ReceiptValue(null, "1O.99"), details.lines.single().total)
        assertEquals(ReceiptValue(null, "some"), details.lines.single().quantity)
        val sums =
            listOf(
                ReceiptSum(ReceiptSumKind.TAX, ReceiptValue(null, "l.20"), name = "MwSt"),
                ReceiptSum(ReceiptSumKind.TIP, ReceiptValue(null, "2 or 3")),
            )
        assertEquals(sums, details.sums)
    }

    @Test
    fun `the other amounts stand in the order of the calculation`() {
        val receipt =
            Receipt.sample(currency = "EUR").copy(
                subtotal = number("20"),
                discounts = listOf(ReceiptDiscount("Treuerabatt", number("-2.00"))),
                taxes =
                    listOf(
                        ReceiptTax(name = "MwSt", rate = number("19"), amount = number("2.87"), included = true),
                        ReceiptTax(name = "USt 7%", rate = number("7"), amount = number("0.10")),
                        ReceiptTax(rate = number("7.7"), amount = number("0.10")),
                    ),
                tip = number("1.5"),
                rounding = number("-0.02"),
                payments = listOf(ReceiptPayment("Visa", "1154", number("19.48"))),
                tendered = number("20"),
                change = number("0.52"),
                otherAmounts = listOf(ReceiptAmount(number("3000"), "JPY")),
            )
        val expected =
            listOf(
                ReceiptSum(ReceiptSumKind.SUBTOTAL, money("20,00")),
                ReceiptSum(ReceiptSumKind.DISCOUNT, money("-2,00"), "Treuerabatt"),
                ReceiptSum(ReceiptSumKind.TAX, money("2,87"), "MwSt", "19\u00a0%", isIncluded = true),
                ReceiptSum(ReceiptSumKind.TAX, money("0,10"), "USt 7%"),
                ReceiptSum(ReceiptSumKind.TAX, money("0,10"), rate = "7,7\u00a0%"),
                ReceiptSum(ReceiptSumKind.TIP, money("1,50")),
                ReceiptSum(ReceiptSumKind.ROUNDING, money("-0,02")),
                ReceiptSum(ReceiptSumKind.PAYMENT, money("19,48"), "Visa", lastFour = "1154"),
                ReceiptSum(ReceiptSumKind.TENDERED, money("20,00")),
                ReceiptSum(ReceiptSumKind.CHANGE, money("0,52")),
                ReceiptSum(ReceiptSumKind.OTHER_CURRENCY, ReceiptValue("3.000\u00a0JPY")),
            )
        assertEquals(expected, details(receipt).sums.map { it.written() })
    }

    /** Which sign a currency of elsewhere has depends on the JDK. */
    private fun ReceiptSum.written() = copy(amount = amount?.run { copy(text = text?.replace("¥", "JPY")) })

    @Test
    fun `a card without an amount is shown, and what the receipt does not have is not`() {
        val payments = listOf(ReceiptPayment("Visa", "1154"), ReceiptPayment())
        val receipt = Receipt.sample().copy(payments = payments, taxes = listOf(ReceiptTax(rate = number("19"))))
        val expected =
            listOf(
                ReceiptSum(ReceiptSumKind.TAX, null, rate = "19\u00a0%"),
                ReceiptSum(ReceiptSumKind.PAYMENT, null, "Visa", lastFour = "1154"),
            )
        assertEquals(expected, details(receipt).sums)
    }

    @Test
    fun `a verdict has its figure and its place, and names some of what is missing`() {
        val receipt = Receipt.sample(currency = "EUR", items = listOf(ReceiptItem.sample("Tee")))

        fun verdict(verdict: ReceiptVerdict) = details(receipt.copy(verdict = verdict)).verdict
        assertEquals(VerdictState.Agrees, verdict(ReceiptVerdict.Agrees))
        val off = VerdictState.Off(OffBy("0,30\u00a0€", isMore = false), ReceiptPart.Taxes)
        assertEquals(off, verdict(ReceiptVerdict.Off(number("-0.30"), ReceiptPart.Taxes)))
        val items = (0u until 7u).map { ReceiptPart.Item(it) }
        assertEquals(VerdictState.CannotTell(items.take(5), 2), verdict(ReceiptVerdict.CannotTell(items)))
        val missing = listOf(ReceiptPart.Total)
        assertEquals(VerdictState.CannotTell(missing, 0), verdict(ReceiptVerdict.CannotTell(missing)))
    }

    @Test
    fun `a summary has no verdict`() {
        val summary = Receipt.sample(merchant = "Café", amount = number("18"), currency = "EUR")
        assertNull(details(summary).verdict)
        assertEquals(VerdictState.Agrees, details(summary.copy(verdict = ReceiptVerdict.Agrees)).verdict)
    }

    // P12
    @Test
    fun `what it cost is said if it is known, with all its decimals`() {
        assertEquals("$0.0042", details(Receipt.sample(cost = number("0.0042")), Locale.US).cost)
        assertEquals("$0.00", details(Receipt.sample(cost = number("0")), Locale.US).cost)
        assertNull("unknown is not zero", details(Receipt.sample()).cost)
    }

    @Test
    fun `what else the receipt says`() {
        val receipt =
            Receipt.sample().copy(
                time = "16:20",
                number = "38205",
                merchantDetails = ReceiptMerchant(address = "12 Bridge Street", taxId = "GB1"),
                kind = ReceiptKind.REFUND,
            )
        val facts =
            mapOf(
                ReceiptFactKind.TIME to "16:20",
                ReceiptFactKind.NUMBER to "38205",
                ReceiptFactKind.ADDRESS to "12 Bridge Street",
                ReceiptFactKind.TAX_ID to "GB1",
            )
        assertEquals(facts, details(receipt).facts)
        assertEquals(ReceiptKind.REFUND, details(receipt).kind)
        assertNull(details(receipt.copy(kind = ReceiptKind.SALE)).kind)
    }
}
