package one.aipass.mobile.ui.views

import one.aipass.mobile.AiPassException
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.testing.budgetUsedUp
import one.aipass.mobile.testing.photoRefused
import one.aipass.mobile.testing.spendLimitReached
import one.aipass.mobile.ui.Problem
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.annotation.Config
import java.math.BigDecimal

class ProblemTextsTest : AndroidTest() {
    private fun text(error: AiPassException) = checkNotNull(Problem.of(error)).text(app)

    private val limit = BigDecimal("0.50")

    // P21
    @Test
    fun `a limit of the app's is told with its figure`() {
        val exceeded = spendLimitReached(limit, estimate = BigDecimal(2))
        assertEquals("This may cost more than the $0.50 that this app allows.", text(exceeded))
        val unknown = spendLimitReached(limit)
        assertEquals("It is not known what this costs, and this app allows $0.50.", text(unknown))
    }

    @Test
    fun `refusals are told apart`() {
        assertEquals("Your AI Pass budget is used up.", text(budgetUsedUp()))
        assertEquals("This photo cannot be used. Take another one.", text(photoRefused()))
        val sent = AiPassException.InvalidInput("prepared", "")
        assertEquals("This request cannot be sent again. Please start anew.", text(sent))
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `they are told in German`() {
        val exceeded = spendLimitReached(limit, estimate = BigDecimal(2))
        assertEquals("Das kann mehr kosten als die 0,50\u00a0$, die diese App erlaubt.", text(exceeded))
    }
}
