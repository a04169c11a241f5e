package one.aipass.mobile.ui.views

import android.os.Build
import android.view.View
import android.view.ViewGroup
import android.widget.LinearLayout
import android.widget.TextView
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.R
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptKind
import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ReceiptPayment
import one.aipass.mobile.ReceiptTax
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.UnreadValue
import one.aipass.mobile.testing.sample
import one.aipass.mobile.ui.ReceiptDetails
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import java.math.BigDecimal
import java.util.Locale

class ReceiptDetailsViewTest : AndroidTest() {
    private val off = ReceiptVerdict.Off(BigDecimal("0.30"), ReceiptPart.Item(1u))
    private val items =
        listOf(
            ReceiptItem.sample("Tea", BigDecimal(3), BigDecimal("3.25"), BigDecimal("9.75"), ReceiptVerdict.Agrees),
            ReceiptItem.sample("Milk", BigDecimal(1), total = BigDecimal("1.30"), verdict = off),
            ReceiptItem.sample(null),
        )
    private val receipt =
        Receipt
            .sample(currency = "GBP", items = items, verdict = off, cost = BigDecimal("0.0042"))
            .copy(
                taxes = listOf(ReceiptTax("VAT", BigDecimal(20), amount = BigDecimal("1.84"), included = true)),
                payments = listOf(ReceiptPayment("Visa", "1154", BigDecimal("11.05")), ReceiptPayment("Cash")),
                number = "38205",
                kind = ReceiptKind.REFUND,
                unread = listOf(UnreadValue("/items/2/total", "1O")),
            )

    private fun shown(
        receipt: Receipt,
        locale: Locale = Locale.UK,
    ) = onScreen { ReceiptDetailsView(it) }.also { it.show(ReceiptDetails.of(receipt, locale)) }

    private fun View.rows(id: Int): List<View> {
        val group = part<ViewGroup>(id)
        return (0 until group.childCount).map(group::getChildAt)
    }

    private fun ReceiptDetailsView.lines() = rows(R.id.aipass_details_lines)

    private fun ReceiptDetailsView.verdict() = textOf(R.id.aipass_details_verdict)

    @Test
    fun `items are shown, and one that does not add up says so in words`() {
        val (tea, milk, unread) = shown(receipt).lines()
        assertEquals("Tea", tea.textOf(R.id.aipass_row_name))
        assertEquals("3 × £3.25", tea.textOf(R.id.aipass_row_detail))
        assertEquals("£9.75", tea.textOf(R.id.aipass_row_value))
        assertNull(tea.textOf(R.id.aipass_row_problem))
        assertEquals("Quantity: 1", milk.textOf(R.id.aipass_row_detail))
        val problem = "Does not add up: £0.30 more than quantity and price give."
        assertEquals(problem, milk.textOf(R.id.aipass_row_problem))
        assertEquals("Item 3", unread.textOf(R.id.aipass_row_name))
        assertEquals("Not certain: 1O", unread.textOf(R.id.aipass_row_value))
    }

    @Test
    fun `the verdict says how much and where`() {
        fun verdict(verdict: ReceiptVerdict) = shown(receipt.copy(verdict = verdict)).verdict()
        val where = "The amounts do not add up.\nMilk: £0.30 more than the other amounts give."
        assertEquals(where, verdict(off))
        val less = ReceiptVerdict.Off(BigDecimal("-1"), ReceiptPart.Taxes)
        assertEquals("The amounts do not add up.\nTaxes: £1.00 less than the other amounts give.", verdict(less))
        assertEquals("The amounts add up.", verdict(ReceiptVerdict.Agrees))
        val unknown = ReceiptVerdict.CannotTell(listOf(ReceiptPart.Item(2u), ReceiptPart.Payments))
        val missing = "It is not certain that the amounts add up.\nMissing or not certain: Item 3, Payment."
        assertEquals(missing, verdict(unknown))
        val many = ReceiptVerdict.CannotTell(List(7) { ReceiptPart.Item(it.toUInt() + 5u) })
        val some = "Missing or not certain: Item 6, Item 7, Item 8, Item 9, Item 10, and 2 more."
        assertEquals("It is not certain that the amounts add up.\n$some", verdict(many))
        val nothing = "It is not certain that the amounts add up."
        assertEquals(nothing, verdict(ReceiptVerdict.CannotTell(emptyList())))
        val view = shown(receipt).part<View>(R.id.aipass_details_verdict)
        assertEquals(View.ACCESSIBILITY_LIVE_REGION_POLITE, view.accessibilityLiveRegion)
    }

    @Test
    fun `taxes, payment, what else it says and the cost are shown`() {
        val view = shown(receipt)
        val sums = view.rows(R.id.aipass_details_sums).map { it.contentDescription }
        val expected =
            listOf(
                "VAT 20%, in the prices, £1.84",
                "Visa …1154, £11.05",
                "Cash",
                "Kind, Refund",
                "Receipt number, 38205",
            )
        assertEquals(expected, sums)
        assertEquals("This scan cost US$0.0042.", view.textOf(R.id.aipass_details_cost))
    }

    @Test
    fun `without items, verdict and cost nothing is shown`() {
        val view = shown(Receipt.sample(merchant = "Café"))
        val parts = listOf(R.id.aipass_details_verdict, R.id.aipass_details_heading, R.id.aipass_details_show_all)
        for (part in parts + R.id.aipass_details_cost) assertNull(view.textOf(part))
        assertEquals(emptyList<View>(), view.lines() + view.rows(R.id.aipass_details_sums))
    }

    @Test
    fun `screen readers say each row as one`() {
        val view = shown(receipt)
        val (tea, milk, unread) = view.lines()
        assertEquals("Tea, 3 × £3.25, £9.75", tea.contentDescription)
        val off = "Does not add up: £0.30 more than quantity and price give."
        assertEquals("Milk, Quantity: 1, £1.30, $off", milk.contentDescription)
        assertEquals("Item 3, Not certain: 1O", unread.contentDescription)
        for (row in view.lines() + view.rows(R.id.aipass_details_sums)) {
            val isOne = if (Build.VERSION.SDK_INT >= 28) row.isScreenReaderFocusable else row.isFocusable
            assertTrue("${row.contentDescription}", isOne)
            val line = row.part<View>(R.id.aipass_row_line)
            assertEquals(View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS, line.importantForAccessibility)
            for (part in listOf(R.id.aipass_row_detail, R.id.aipass_row_problem)) {
                assertEquals(View.IMPORTANT_FOR_ACCESSIBILITY_NO, row.part<View>(part).importantForAccessibility)
            }
        }
    }

    @Test
    fun `large type gives a name and an amount a line each`() {
        fun row() = shown(receipt).lines().first()

        fun isStacked(row: View) = row.part<LinearLayout>(R.id.aipass_row_line).orientation == LinearLayout.VERTICAL
        val usual = row()
        assertTrue(!isStacked(usual) && isStacked(shown(receipt).lines().last()))
        RuntimeEnvironment.setFontScale(2f)
        val large = row()
        assertTrue(isStacked(large))
        val name = large.part<TextView>(R.id.aipass_row_name)
        assertEquals(ViewGroup.LayoutParams.MATCH_PARENT, name.layoutParams.width)
        assertTrue(name.textSize > usual.part<TextView>(R.id.aipass_row_name).textSize)
        val width = View.MeasureSpec.makeMeasureSpec(200, View.MeasureSpec.EXACTLY)
        large.measure(width, View.MeasureSpec.makeMeasureSpec(0, View.MeasureSpec.UNSPECIFIED))
        assertTrue("nothing is cut off", large.measuredHeight >= 3 * name.lineHeight)
    }

    @Test
    fun `a very long receipt shows its first items, and all if the user wants`() {
        val long = receipt.copy(items = List(120) { ReceiptItem.sample("Item of 120") })
        val view = shown(long)
        assertEquals(50, view.lines().size)
        assertEquals("Show all 120 items", view.textOf(R.id.aipass_details_show_all))
        view.part<View>(R.id.aipass_details_show_all).performClick()
        assertEquals(120, view.lines().size)
        assertNull(view.textOf(R.id.aipass_details_show_all))
        view.show(ReceiptDetails.of(long.copy(currency = "EUR"), Locale.UK))
        assertEquals("in another currency", 120, view.lines().size)
        view.show(ReceiptDetails.of(receipt, Locale.UK))
        assertEquals(3, view.lines().size)
    }

    @Test
    fun `rows that stay as they are are not made anew`() {
        val view = shown(receipt)
        val before = view.lines() + view.rows(R.id.aipass_details_sums)
        view.show(ReceiptDetails.of(receipt.copy(verdict = ReceiptVerdict.Agrees), Locale.UK))
        assertEquals("The amounts add up.", view.verdict())
        assertEquals(before, view.lines() + view.rows(R.id.aipass_details_sums))
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `it speaks German`() {
        val view = shown(receipt, Locale.GERMANY)
        val where = "Die Beträge gehen nicht auf.\nMilk: 0,30\u00a0£ mehr, als die anderen Beträge ergeben."
        assertEquals(where, view.verdict())
        assertEquals("Menge: 1", view.lines()[1].textOf(R.id.aipass_row_detail))
        assertEquals("Das Einlesen hat 0,0042\u00a0$ gekostet.", view.textOf(R.id.aipass_details_cost))
    }
}
