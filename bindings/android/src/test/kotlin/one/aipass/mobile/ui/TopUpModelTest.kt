package one.aipass.mobile.ui

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.SessionState
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.FakeCall
import one.aipass.mobile.testing.budgetUsedUp
import one.aipass.mobile.testing.sample
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import java.math.BigDecimal
import java.net.URI

class TopUpModelTest {
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())
    private val page = URI("https://aipass.one/checkout")
    private val ai = FakeAiPass(SessionState.SignedIn).also { it.onCheckoutUrl = { page } }
    private val model = TopUpModel(ai, scope)
    private val offline = AiPassException.Offline(false, "")
    private val refusal = budgetUsedUp()

    @After
    fun end() = scope.cancel()

    private fun balanceIs(
        spent: Int,
        budget: Int,
    ) {
        ai.onBalance = { Balance.sample(BigDecimal(spent), BigDecimal(budget)) }
    }

    private val request = prepared()
    private var failure: Throwable? = null
    private var sent = 0

    private fun prepared() = runBlocking { ai.preparedScan(ReceiptScan(byteArrayOf(1))) }

    /** A request that the library has refused. */
    private fun refuse(
        request: PreparedReceipt,
        error: AiPassException = refusal,
    ) {
        ai.onScanReceipt = { throw error }
        assertThrows(error.javaClass) { runBlocking { request.send() } }
        ai.onScanReceipt = {
            sent++
            failure?.let { throw it }
            Receipt.sample()
        }
    }

    private fun offer(request: PreparedReceipt = this.request) = model.offer(refusal, request) { request.send() }

    /** Until the wallet is filled, and the request can be sent again. */
    private fun makeReady() {
        balanceIs(spent = 0, budget = 10)
        refuse(request)
        assertTrue(offer())
        model.choose(BigDecimal(5)) {}
        model.cameBack()
        assertEquals(TopUpState.Ready(null), model.state.value)
    }

    // B6
    @Test
    fun `a refused request is offered again once there is money`() {
        var opened: URI? = null
        refuse(request)
        assertTrue(offer())
        assertEquals(TopUpState.Offering(refusal, null), model.state.value)
        model.choose(BigDecimal(10)) { opened = it }
        assertEquals(page, opened)
        assertEquals(TopUpState.Away(null), model.state.value)

        balanceIs(spent = 5, budget = 5)
        model.cameBack()
        assertEquals(TopUpState.StillEmpty, model.state.value)
        balanceIs(spent = 5, budget = 15)
        model.cameBack()
        assertEquals(TopUpState.Ready(null), model.state.value)
        assertEquals("it costs money: only the user sends it", 0, sent)

        repeat(2) { model.sendAgain() }
        assertEquals(1, sent)
        assertEquals(TopUpState.Hidden, model.state.value)
        val expected =
            listOf(FakeCall.CheckoutUrl(BigDecimal(10)), FakeCall.RefreshBalance, FakeCall.RefreshBalance)
        assertEquals(expected, ai.calls.filter { it in expected })
    }

    @Test
    fun `a request that was refused twice, or may have been paid for, is not offered again`() {
        makeReady()
        failure = refusal
        model.sendAgain()
        assertEquals(TopUpState.Failed(Problem.of(refusal)), model.state.value)
        model.sendAgain()
        assertEquals(1, sent)
        assertFalse(offer())

        val lost = AiPassException.Offline(true, "")
        val other = prepared()
        refuse(other)
        assertTrue(offer(other))
        model.choose(BigDecimal(5)) {}
        model.cameBack()
        failure = lost
        model.sendAgain()
        assertEquals(TopUpState.Failed(Problem.of(lost)), model.state.value)
        model.close()
        assertEquals(TopUpState.Hidden, model.state.value)
    }

    @Test
    fun `a request that certainly was not sent can be sent again`() {
        makeReady()
        failure = offline
        model.sendAgain()
        assertEquals(TopUpState.Ready(Problem.of(offline)), model.state.value)
        failure = null
        model.sendAgain()
        assertEquals(TopUpState.Hidden, model.state.value)
        assertEquals(2, sent)
    }

    @Test
    fun `another user does not send the request of the first`() {
        makeReady()
        val anothers = AiPassException.InvalidInput("prepared", "another user has signed in since it was sent")
        failure = anothers
        model.sendAgain()
        assertEquals(TopUpState.Failed(Problem.of(anothers)), model.state.value)
    }

    @Test
    fun `a request that the app cancels may have been paid for`() {
        makeReady()
        failure = CancellationException("the app cancelled it")
        model.sendAgain()
        assertEquals(TopUpState.Hidden, model.state.value)
    }

    @Test
    fun `a user who may have paid is not asked to pay again`() {
        offer()
        model.choose(BigDecimal(5)) {}
        ai.onBalance = { throw offline }
        model.cameBack()
        assertEquals(TopUpState.Away(Problem.of(offline)), model.state.value)
        balanceIs(spent = 5, budget = 10)
        model.cameBack()
        assertEquals(TopUpState.Ready(null), model.state.value)
    }

    @Test
    fun `other errors are the app's`() {
        assertFalse(model.offer(AiPassException.Cancelled(), request) {})
        assertFalse(model.offer(IllegalStateException(), request) {})
        assertEquals(TopUpState.Hidden, model.state.value)
    }

    @Test
    fun `without a refused request there is nothing to send again`() {
        balanceIs(spent = 0, budget = 10)
        model.offer()
        assertEquals(TopUpState.Offering(null, null), model.state.value)
        model.choose(BigDecimal(5)) {}
        model.cameBack()
        assertEquals(TopUpState.Hidden, model.state.value)
    }

    @Test
    fun `what goes wrong is shown, and the amounts stay`() {
        val noBrowser = AiPassException.Unsupported("a browser")
        model.offer()
        model.choose(BigDecimal(5)) { throw noBrowser }
        val problem = Problem(ProblemKind.BROWSER, canRetry = false, noBrowser)
        assertEquals(TopUpState.Offering(null, problem), model.state.value)
        assertTrue(model.state.value.offersAmounts)
        ai.onCheckoutUrl = { throw offline }
        model.choose(BigDecimal(5)) {}
        assertEquals(TopUpState.Offering(null, Problem.of(offline)), model.state.value)
    }

    @Test
    fun `closing gives the request up, and what comes later is not shown`() {
        val late = CompletableDeferred<URI>()
        ai.onCheckoutUrl = { late.await() }
        var opened = 0
        model.offer(refusal, request) { error("sent after it was given up") }
        model.choose(BigDecimal(5)) { opened++ }
        assertEquals(TopUpState.Opening, model.state.value)
        assertTrue(model.state.value.isBusy)
        model.close()
        late.complete(page)
        assertEquals(0, opened)
        model.cameBack()
        model.sendAgain()
        assertEquals(TopUpState.Hidden, model.state.value)
    }

    @Test
    fun `the outcome of an older check is not shown in a newer one`() {
        val late = CompletableDeferred<Balance>()
        offer()
        model.choose(BigDecimal(5)) {}
        ai.onBalance = { late.await() }
        model.cameBack()
        model.close()
        model.offer()
        late.complete(Balance.sample(BigDecimal(0), BigDecimal(10)))
        assertEquals(TopUpState.Offering(null, null), model.state.value)
    }

    @Test
    fun `amounts that the provider refuses are not offered`() {
        val amounts = listOf("0", "0.49", "0.50", "5").map(::BigDecimal)
        assertEquals(listOf("0.50", "5").map(::BigDecimal), TopUpModel(ai, scope, amounts).amounts)
    }
}
