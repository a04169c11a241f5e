package example.receipts

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.Photo
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.SessionState
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.FakeCall
import one.aipass.mobile.testing.budgetUsedUp
import one.aipass.mobile.testing.sample
import one.aipass.mobile.testing.spendLimitReached
import one.aipass.mobile.testing.textEvents
import one.aipass.mobile.ui.BalanceState
import one.aipass.mobile.ui.ProblemKind
import one.aipass.mobile.ui.TopUpState
import one.aipass.mobile.ui.VerdictState
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import java.math.BigDecimal
import java.net.URI

/** The app with a fake client: no network, no browser, no screen. */
class ReceiptsTest {
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())
    private val ai = FakeAiPass(SessionState.SignedIn)
    private val receipts by lazy { Receipts(ai, scope) }
    private val receipt = Receipt.sample(merchant = "Café", amount = BigDecimal(18), currency = "EUR")
    private val photo = Photo.Bytes(byteArrayOf(1))

    @Before
    fun script() {
        ai.onScanReceipt = { receipt }
        ai.onChatEvents = { textEvents("Four ", "euros.") }
        ai.tell(BalanceUpdate.sample(Balance.sample(spent = BigDecimal(1), budget = BigDecimal(5))))
        scope.launch { receipts.balance.state.collect {} } // the badge looks
    }

    @After
    fun end() = scope.cancel()

    private fun scan() = receipts.scan { read -> read(photo) }

    private fun scans() = ai.calls.filterIsInstance<FakeCall.ScanReceipt>().size

    private fun shownReceipt() =
        receipts.screen.value.review
            ?.state
            ?.value
            ?.receipt

    @Test
    fun `from the photo to the answer`() {
        scan()
        assertEquals(receipt, shownReceipt())
        assertEquals(BalanceState.Plenty(BigDecimal(4)), receipts.balance.state.value)
        receipts.ask(" How much of it was coffee? ")
        assertEquals("Four euros.", receipts.screen.value.answer)
        assertFalse(receipts.screen.value.isAnswering)
        receipts.signOut()
        assertEquals(Screen(), receipts.screen.value)
        assertTrue(FakeCall.SignOut in ai.calls)
    }

    @Test
    fun `a question needs a receipt and words`() {
        receipts.ask("How much?")
        scan()
        receipts.ask("  ")
        assertEquals(emptyList<FakeCall>(), ai.calls.filterIsInstance<FakeCall.ChatEvents>())
    }

    @Test
    fun `a failure is shown, and the next scan forgets it`() {
        ai.onScanReceipt = { throw AiPassException.Offline(false, "") }
        scan()
        assertEquals(ProblemKind.OFFLINE, receipts.screen.value.problem?.kind)
        assertFalse(receipts.screen.value.isScanning)
        ai.onScanReceipt = { receipt }
        scan()
        assertNull(receipts.screen.value.problem)
        assertEquals(receipt, shownReceipt())
    }

    // B6
    @Test
    fun `a scan that is refused for want of money is sent again once`() {
        ai.onScanReceipt = { throw budgetUsedUp() }
        ai.onBalance = { Balance.sample(spent = BigDecimal(5), budget = BigDecimal(5)) }
        ai.onCheckoutUrl = { URI("https://aipass.one/checkout") }
        scan()
        assertTrue(receipts.topUp.state.value is TopUpState.Offering)
        assertNull(receipts.screen.value.problem)
        assertEquals(BalanceState.Empty, receipts.balance.state.value)
        receipts.topUp.choose(BigDecimal(10)) {}
        ai.onScanReceipt = { receipt }
        ai.onBalance = { Balance.sample(spent = BigDecimal(5), budget = BigDecimal(15)) }
        receipts.topUp.cameBack()
        receipts.topUp.sendAgain()
        assertEquals(receipt, shownReceipt())
        assertEquals(TopUpState.Hidden, receipts.topUp.state.value)
        assertEquals(BalanceState.Plenty(BigDecimal(10)), receipts.balance.state.value)
        assertEquals("the photo is prepared once", 1, ai.calls.filterIsInstance<FakeCall.PreparedScan>().size)
        assertEquals(2, scans())
    }

    @Test
    fun `a photo that may not be readable is paid for if the user wants it`() {
        val hints = listOf(PhotoHint.sample(PhotoHintKind.TOO_DARK))
        ai.onCheckPhoto = { hints }
        scan()
        assertEquals(hints, receipts.screen.value.hints)
        receipts.decide(isWanted = false)
        assertEquals(Screen(), receipts.screen.value)
        scan()
        assertEquals(0, scans())
        receipts.decide(isWanted = true)
        assertEquals(receipt, shownReceipt())
        assertEquals(1, scans())
        assertEquals(emptyList<PhotoHint>(), receipts.screen.value.hints)
    }

    @Test
    fun `a photo that can be read is scanned without a question, with its items, verdict and cost`() {
        val item = ReceiptItem.sample("Coffee", total = BigDecimal(18))
        ai.onScanReceipt = {
            receipt.copy(items = listOf(item), verdict = ReceiptVerdict.Agrees, cost = BigDecimal("0.0042"))
        }
        scan()
        val details = checkNotNull(receipts.screen.value.review).state.value.details
        assertEquals(VerdictState.Agrees, details.verdict)
        assertEquals("Coffee", details.lines.single().description)
        assertTrue("${details.cost}", "0042" in details.cost.orEmpty())
    }

    @Test
    fun `a limit of the app's is told, and nothing is offered again`() {
        ai.onScanReceipt = { throw spendLimitReached(BigDecimal.ONE) }
        scan()
        assertEquals(ProblemKind.SPEND_LIMIT, receipts.screen.value.problem?.kind)
        assertEquals(TopUpState.Hidden, receipts.topUp.state.value)
    }

    @Test
    fun `a newer scan ends an older one`() {
        val gate = CompletableDeferred<Receipt>()
        ai.onScanReceipt = { gate.await() }
        scan()
        assertTrue(receipts.screen.value.isScanning)
        ai.onScanReceipt = { receipt }
        scan()
        gate.complete(Receipt.sample(merchant = "old"))
        assertEquals(receipt, shownReceipt())
        assertFalse(receipts.screen.value.isScanning)
    }
}
