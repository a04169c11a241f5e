package one.aipass.mobile.ui.views

import android.os.Parcelable
import android.util.SparseArray
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.R
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.judged
import one.aipass.mobile.testing.sample
import one.aipass.mobile.ui.ReceiptField
import one.aipass.mobile.ui.ReceiptReviewModel
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import java.math.BigDecimal
import java.util.Locale

class ReceiptReviewViewTest : AndroidTest() {
    private val used = mutableListOf<Receipt>()

    private fun shown(receipt: Receipt) = onScreen { ReceiptReviewView(it) }.also { it.show(receipt) }

    private fun ReceiptReviewView.show(receipt: Receipt) = bind(ReceiptReviewModel(receipt, Locale.US)) { used += it }

    private fun ReceiptReviewView.row(field: ReceiptField): View =
        part<ViewGroup>(R.id.aipass_review_fields).getChildAt(field.ordinal)

    private fun ReceiptReviewView.edit(field: ReceiptField) = row(field).part<EditText>(R.id.aipass_review_text)

    private fun ReceiptReviewView.note(field: ReceiptField) = row(field).textOf(R.id.aipass_review_note)

    private fun ReceiptReviewView.use() = part<View>(R.id.aipass_review_use)

    @Test
    fun `fields that were not read are shown as such`() {
        val view = shown(Receipt.sample(merchant = "Café", amountText = "18.00 or 13.00", confidence = 0.3))
        assertEquals("Café", view.edit(ReceiptField.MERCHANT).text.toString())
        assertNull(view.note(ReceiptField.MERCHANT))
        assertEquals("", view.edit(ReceiptField.AMOUNT).text.toString())
        assertEquals("Not certain: 18.00 or 13.00", view.note(ReceiptField.AMOUNT))
        assertEquals("Not readable", view.note(ReceiptField.DATE))
        val unsure = "The receipt was hard to read. Compare it with the paper."
        assertEquals(unsure, view.textOf(R.id.aipass_review_unsure))
    }

    @Test
    fun `corrections are taken, and what cannot be used is said`() {
        val view = shown(Receipt.sample(amount = BigDecimal("18.00"), confidence = 0.9))
        assertNull(view.textOf(R.id.aipass_review_unsure))
        view.edit(ReceiptField.AMOUNT).setText("18,5x")
        assertEquals("This cannot be used", view.note(ReceiptField.AMOUNT))
        assertFalse(view.use().isEnabled)
        view.edit(ReceiptField.AMOUNT).setText("1,234.50")
        assertNull(view.note(ReceiptField.AMOUNT))
        view.edit(ReceiptField.MERCHANT).setText("Café")
        assertTrue(view.use().isEnabled)
        view.use().performClick()
        val expected = Receipt.sample(merchant = "Café", amount = BigDecimal("1234.50"), confidence = 0.9)
        assertEquals(listOf(expected.judged()), used)
    }

    @Test
    fun `the next receipt replaces the one before`() {
        val view = shown(Receipt.sample(merchant = "Café"))
        view.show(Receipt.sample(merchant = "Bakery"))
        assertEquals("Bakery", view.edit(ReceiptField.MERCHANT).text.toString())
        view.edit(ReceiptField.CATEGORY).setText("Bread")
        view.use().performClick()
        assertEquals(listOf(Receipt.sample(merchant = "Bakery", category = "Bread")), used)
    }

    @Test
    fun `screen readers know what each field is`() {
        val view = shown(Receipt.sample())
        val labels = ReceiptField.entries.map { view.row(it).textOf(R.id.aipass_review_label) }
        assertEquals(listOf("Shop", "Date", "Total", "Currency", "Category"), labels)
        for (field in ReceiptField.entries) {
            val label = view.row(field).part<TextView>(R.id.aipass_review_label)
            assertEquals(view.edit(field).id, label.labelFor)
        }
    }

    @Test
    fun `Android does not mix up the fields of a rotated screen`() {
        val view = shown(Receipt.sample(merchant = "Café", category = "Food"))
        val saved = SparseArray<Parcelable>()
        view.saveHierarchyState(saved)
        val rotated = shown(Receipt.sample(merchant = "Café", category = "Food"))
        rotated.restoreHierarchyState(saved)
        assertEquals("Café", rotated.edit(ReceiptField.MERCHANT).text.toString())
    }

    @Test
    fun `the items follow the fields, and the verdict the user's corrections`() {
        val item = ReceiptItem.sample("Tea", total = BigDecimal("18.00"))
        val view =
            shown(
                Receipt.sample(
                    amount = BigDecimal("18.00"),
                    currency = "EUR",
                    items = listOf(item),
                    verdict = ReceiptVerdict.Agrees,
                ),
            )

        fun verdict() = view.textOf(R.id.aipass_details_verdict)

        fun total() = view.part<ViewGroup>(R.id.aipass_details_lines).getChildAt(0).textOf(R.id.aipass_row_value)
        assertEquals("The amounts add up.", verdict())
        assertEquals("€18.00", total())
        view.edit(ReceiptField.AMOUNT).setText("19")
        assertEquals(
            "The amounts do not add up.\nTotal: €1.00 more than the other amounts give.",
            verdict(),
        )
        view.edit(ReceiptField.AMOUNT).setText("18")
        view.edit(ReceiptField.CURRENCY).setText("GBP")
        assertEquals("The amounts add up.", verdict())
        assertEquals("£18.00", total())
        view.use().performClick()
        assertEquals(ReceiptVerdict.Agrees, used.single().verdict)
    }
}
