package one.aipass.mobile.testing

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.CalendarDate
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.CostEstimate
import one.aipass.mobile.PaidRequest
import one.aipass.mobile.Photo
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.PreparedReceipt
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptPart
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInReason
import one.aipass.mobile.Spending
import one.aipass.mobile.SpendingPeriod
import one.aipass.mobile.TimeLimit
import one.aipass.mobile.texts
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.math.BigDecimal
import kotlin.time.Duration.Companion.seconds

/** What the fake says of items, verdicts, costs and refusals, and how often it lets a prepared request be sent. */
class FakeMoneyTest {
    private val photo = Photo.File(File("receipt.jpg"))
    private val scan = ReceiptScan(listOf(photo))
    private val ai = FakeAiPass(SessionState.SignedIn)

    private fun thrownBy(call: suspend () -> Unit): Throwable =
        assertThrows(Throwable::class.java) { runBlocking { call() } }

    @Test
    fun `items, verdicts and costs come as scripted`() =
        runBlocking {
            val off = ReceiptVerdict.Off(BigDecimal("0.30"), ReceiptPart.Item(0u))
            val item = ReceiptItem.sample("Coffee", BigDecimal(2), BigDecimal("3.25"), BigDecimal("6.80"), off)
            val receipt = Receipt.sample(items = listOf(item), verdict = off, cost = BigDecimal("0.0042"))
            ai.onScanReceipts = { listOf(receipt, Receipt.sample()) }
            assertEquals(receipt, ai.scanReceipts(scan).first())
            assertNull(ai.scanReceipts(scan).last().cost, "unknown is not zero")
            ai.onChat = { ChatAnswer.sample("Four euros.", cost = BigDecimal("0.001")) }
            assertEquals(BigDecimal("0.001"), ai.chat(ChatRequest("?")).cost)
            val estimate = CostEstimate.sample(high = BigDecimal("0.02"))
            ai.onEstimate = { estimate }
            assertEquals(estimate, ai.estimate(PaidRequest.Receipt(scan)))
            val spending = Spending.sample(BigDecimal("0.005"), CalendarDate(2026, 1, 31))
            ai.onSpending = { spending }
            assertEquals(spending, ai.spending())
            ai.resetSpending(SpendingPeriod.DAY)
            assertEquals(FakeCall.ResetSpending(SpendingPeriod.DAY), ai.calls.last())
        }

    @Test
    fun `a photo is looked at without a session`() =
        runBlocking {
            ai.moveTo(SessionState.SignedOut)
            assertEquals(emptyList<PhotoHint>(), ai.checkPhoto(photo))
            val dark = PhotoHint.sample(PhotoHintKind.TOO_DARK)
            ai.onCheckPhoto = { listOf(dark) }
            assertEquals(listOf(dark), ai.checkPhoto(photo))
            ai.onPrepare = { throw photoRefused() }
            assertEquals("photo", (thrownBy { ai.preparedScan(scan) } as AiPassException.InvalidInput).input)
        }

    private fun prepared(): PreparedReceipt = runBlocking { ai.preparedScan(scan) }

    // B6
    @Test
    fun `a prepared request is sent again once after a refusal`() =
        runBlocking {
            ai.onScanReceipt = { throw budgetUsedUp() }
            val request = prepared()
            assertTrue(request.canSend())
            thrownBy { request.send() }
            assertTrue(request.canSend())
            ai.onScanReceipt = { Receipt.sample(merchant = "Café") }
            assertEquals("Café", request.send().merchant)
            assertFalse(request.canSend())
            assertEquals("prepared", (thrownBy { request.send() } as AiPassException.InvalidInput).input)
            val sent = FakeCall.ScanReceipt(scan)
            assertEquals(listOf(FakeCall.PreparedScan(scan), sent, sent), ai.calls)

            ai.onScanReceipt = { throw budgetUsedUp() }
            val twice = prepared()
            repeat(2) { assertTrue(thrownBy { twice.send() } is AiPassException.BudgetExceeded) }
            assertFalse(twice.canSend(), "the second refusal is the last one")
        }

    @Test
    fun `a request that was certainly not sent can be sent, and any other cannot`() {
        val notSent =
            listOf(
                AiPassException.Offline(false, ""),
                AiPassException.Timeout(TimeLimit.CONNECT, 1.seconds, null),
                AiPassException.SignInRequired(SignInReason.GRANT_ENDED, null),
                spendLimitReached(BigDecimal.ONE),
            )
        for (error in notSent) {
            ai.onScanReceipt = { throw error }
            val request = prepared()
            assertSame(error, thrownBy { request.send() })
            assertTrue(request.canSend(), "$error")
        }
        val maybePaid =
            listOf(
                AiPassException.Offline(true, ""),
                AiPassException.Timeout(TimeLimit.TOTAL, 1.seconds, null),
                AiPassException.Truncated("", null, ""),
                IllegalStateException(),
            )
        for (error in maybePaid) {
            ai.onScanReceipt = { throw error }
            val request = prepared()
            assertSame(error, thrownBy { request.send() })
            assertFalse(request.canSend(), "$error")
        }
    }

    @Test
    fun `a prepared chat that has begun is spent`() =
        runBlocking {
            ai.onChatEvents = { throw budgetUsedUp() }
            val chat = ai.preparedChat(ChatRequest("?"))
            thrownBy { chat.events().collect {} }
            assertTrue(chat.canSend())
            ai.onChatEvents = { textEvents("It ", "was") }
            assertEquals("It ", chat.events().texts().first())
            assertFalse(chat.canSend())
            assertTrue(thrownBy { chat.events().toList() } is AiPassException.InvalidInput)
            ai.onChat = { ChatAnswer.sample("It was") }
            assertEquals("It was", ai.preparedChat(ChatRequest("?")).send().text)
        }

    @Test
    fun `the balance is followed while there is a session`() =
        runBlocking {
            val seen = mutableListOf<BalanceUpdate>()
            val following = launch(Dispatchers.Unconfined) { ai.balances(BigDecimal(2)).collect { seen += it } }
            val unknown = BalanceUpdate.sample(null)
            assertEquals(listOf(unknown), seen)
            val plenty = Balance.sample(BigDecimal(1), BigDecimal(5))
            ai.onBalance = { plenty }
            ai.refreshBalance()
            assertEquals(BalanceUpdate.sample(plenty), seen.last())
            val little = Balance.sample(BigDecimal(4), BigDecimal(5))
            ai.tell(BalanceUpdate.sample(little, isEstimate = true))
            assertEquals(BalanceUpdate.sample(little, isEstimate = true, isLow = true), seen.last())
            assertFalse(ai.balances().first().isLow, "without a threshold nothing is low")
            ai.signOut()
            assertEquals(unknown, seen.last())
            following.cancel()
        }
}
