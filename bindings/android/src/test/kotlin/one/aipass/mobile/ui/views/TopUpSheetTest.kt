package one.aipass.mobile.ui.views

import android.app.Activity
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.runBlocking
import one.aipass.mobile.AiPassException
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.Balance
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.R
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.SessionState
import one.aipass.mobile.installBrowser
import one.aipass.mobile.isCustomTab
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.budgetUsedUp
import one.aipass.mobile.testing.sample
import one.aipass.mobile.ui.TopUpModel
import one.aipass.mobile.ui.TopUpState
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import java.math.BigDecimal
import java.net.URI

class TopUpSheetTest : AndroidTest() {
    private val page = URI("https://aipass.one/checkout")
    private val ai = FakeAiPass(SessionState.SignedIn).also { it.onCheckoutUrl = { page } }
    private val model = TopUpModel(ai, CoroutineScope(Dispatchers.Unconfined + SupervisorJob()))
    private var sent = 0
    private val request: PreparedReceipt

    init {
        ai.onScanReceipt = { throw budgetUsedUp() }
        request = runBlocking { ai.preparedScan(ReceiptScan(byteArrayOf(1))) }
        assertThrows(AiPassException.BudgetExceeded::class.java) { runBlocking { request.send() } }
        ai.onScanReceipt = {
            sent++
            Receipt.sample()
        }
    }

    private fun offer(refusal: AiPassException = budgetUsedUp()) = model.offer(refusal, request) { request.send() }

    private fun sheet(activity: Activity = screen()) = TopUpSheet(activity, model)

    /** As it is once the screen's thread has attached it. */
    private fun TopUpSheet.view(): View {
        shadowOf(Looper.getMainLooper()).idle()
        return checkNotNull(window).decorView
    }

    private fun TopUpSheet.button(id: Int) = view().part<Button>(id)

    private fun TopUpSheet.choices(): List<Button> {
        val amounts = view().part<ViewGroup>(R.id.aipass_top_up_amounts)
        return (0 until amounts.childCount).map { amounts.getChildAt(it) as Button }
    }

    /** What Android does when the browser's tab is closed. */
    private fun TopUpSheet.comeBack() = view().dispatchWindowVisibilityChanged(View.VISIBLE)

    @Test
    fun `from the refusal over the browser to the request sent again`() {
        app.installBrowser("browser.tabs")
        val activity = screen()
        val sheet = sheet(activity)
        assertFalse(sheet.isShowing)
        offer(budgetUsedUp(BigDecimal("4.9"), BigDecimal(5)))
        assertTrue(sheet.isShowing)
        val refused = "Your AI Pass budget is used up.\n$4.90 of $5.00 spent"
        assertEquals(refused, sheet.view().textOf(R.id.aipass_top_up_message))
        assertEquals(listOf("$5.00", "$10.00", "$20.00"), sheet.choices().map { it.text })
        assertEquals("Top up $10.00", sheet.choices()[1].contentDescription)
        assertNull(sheet.view().textOf(R.id.aipass_top_up_action))

        sheet.choices()[1].performClick()
        val opened = shadowOf(activity).nextStartedActivity
        assertEquals(page.toString(), opened.dataString)
        assertTrue(opened.isCustomTab())
        assertEquals("Come back here when you have paid.", sheet.view().textOf(R.id.aipass_top_up_message))

        ai.onBalance = { Balance.sample(spent = BigDecimal(5), budget = BigDecimal(5)) }
        sheet.comeBack()
        assertEquals("No payment has arrived yet.", sheet.view().textOf(R.id.aipass_top_up_message))
        ai.onBalance = { Balance.sample(spent = BigDecimal(5), budget = BigDecimal(15)) }
        assertEquals("Check again", sheet.button(R.id.aipass_top_up_action).text)
        sheet.button(R.id.aipass_top_up_action).performClick()
        assertEquals("Your wallet is filled.", sheet.view().textOf(R.id.aipass_top_up_message))
        assertEquals("Send the request again", sheet.button(R.id.aipass_top_up_action).text)
        assertEquals(0, sent)
        sheet.button(R.id.aipass_top_up_action).performClick()
        assertEquals(1, sent)
        assertFalse(sheet.isShowing)
    }

    @Test
    fun `a request that cannot be sent again says why, and offers nothing`() {
        app.installBrowser("browser.tabs")
        val sheet = sheet()
        offer()
        sheet.choices().first().performClick()
        ai.onBalance = { Balance.sample(spent = BigDecimal(5), budget = BigDecimal(15)) }
        sheet.comeBack()
        ai.onScanReceipt = { throw budgetUsedUp() }
        sheet.button(R.id.aipass_top_up_action).performClick()
        val message = "This request cannot be sent again. Please start anew."
        assertEquals(message, sheet.view().textOf(R.id.aipass_top_up_message))
        assertEquals("Your AI Pass budget is used up.", sheet.view().textOf(R.id.aipass_top_up_problem))
        assertNull(sheet.view().textOf(R.id.aipass_top_up_action))
        assertEquals(View.GONE, sheet.view().part<View>(R.id.aipass_top_up_amounts).visibility)
        sheet.button(R.id.aipass_top_up_close).performClick()
        assertFalse(sheet.isShowing)
    }

    @Test
    fun `without a browser it says so, and the amounts stay`() {
        val sheet = sheet()
        model.offer()
        sheet.choices().first().performClick()
        val problem = sheet.view().textOf(R.id.aipass_top_up_problem)
        assertEquals("There is no browser. Install or enable one.", problem)
        assertEquals(View.VISIBLE, sheet.view().part<View>(R.id.aipass_top_up_amounts).visibility)
    }

    @Test
    fun `closing the sheet, or going back, gives the request up`() {
        val sheet = sheet()
        offer()
        sheet.button(R.id.aipass_top_up_close).performClick()
        assertEquals(TopUpState.Hidden, model.state.value)
        assertFalse(sheet.isShowing)
        offer()
        assertTrue(sheet.isShowing)
        sheet.cancel()
        shadowOf(Looper.getMainLooper()).idle()
        assertEquals(TopUpState.Hidden, model.state.value)
        assertEquals(0, sent)
    }

    @Test
    fun `a rotated screen shows the same sheet`() {
        val activity = screen()
        val before = sheet(activity)
        offer()
        // What Android does when an activity is destroyed, and Robolectric does not.
        activity.windowManager.removeViewImmediate(activity.window.decorView)
        assertFalse("its window would leak", before.isShowing)
        assertTrue(sheet().isShowing)
    }
}
