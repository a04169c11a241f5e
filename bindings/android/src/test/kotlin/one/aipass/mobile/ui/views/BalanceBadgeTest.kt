package one.aipass.mobile.ui.views

import android.widget.Button
import android.widget.TextView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.SessionState
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.sample
import one.aipass.mobile.ui.BalanceModel
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.annotation.Config
import java.math.BigDecimal

class BalanceBadgeTest : AndroidTest() {
    private val ai = FakeAiPass(SessionState.SignedIn)
    private val model = BalanceModel(ai, CoroutineScope(Dispatchers.Unconfined + SupervisorJob()))
    private var topUps = 0

    private fun isLeft(
        amount: String,
        isEstimate: Boolean = false,
    ) {
        val balance = Balance.sample(spent = BigDecimal.ZERO, budget = BigDecimal(amount))
        ai.tell(BalanceUpdate.sample(balance, isEstimate))
    }

    private fun shown(left: String): BalanceBadge {
        isLeft(left)
        return onScreen { BalanceBadge(it) }.also { badge -> badge.bind(model) { topUps++ } }
    }

    @Test
    fun `it says what is left, also to screen readers`() {
        val badge = shown("4.20")
        assertEquals("$4.20 left", badge.text)
        assertEquals("Balance: $4.20 left", badge.contentDescription)
        assertFalse(badge.isClickable)
        assertEquals(TextView::class.java.name, badge.accessibilityClassName)
    }

    @Test
    fun `a low balance is a button`() {
        val badge = shown("0.50")
        assertEquals("Only $0.50 left", badge.text)
        assertTrue(badge.isClickable && badge.isFocusable)
        assertEquals(Button::class.java.name, badge.accessibilityClassName)
        badge.performClick()
        assertEquals(1, topUps)
        isLeft("5")
        assertEquals("$5.00 left", badge.text)
        assertFalse(badge.isClickable || badge.isFocusable)
    }

    @Test
    fun `what is not certain says so, and is never more than is left`() {
        val badge = shown("4.20")
        isLeft("4.1958", isEstimate = true)
        assertEquals("About $4.19 left", badge.text)
        isLeft("0.4958", isEstimate = true)
        assertEquals("Only about $0.49 left", badge.text)
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `money is written as the language does`() {
        assertEquals("Noch 4,20\u00a0$", shown("4.20").text)
    }
}
