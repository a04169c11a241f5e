package one.aipass.mobile.testing

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.PaidRequest
import one.aipass.mobile.Photo
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInOptions
import one.aipass.mobile.SignInReason
import one.aipass.mobile.chat
import one.aipass.mobile.scanReceipt
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.math.BigDecimal
import java.net.URI

/** The fake behaves as the library does where it says so. No test here loads the native library. */
class FakeAiPassTest {
    private val scan = ReceiptScan(listOf(Photo.File(File("receipt.jpg"))))

    @Test
    fun `it plays a session`() =
        runBlocking {
            val ai = FakeAiPass()
            val seen = Channel<SessionState>(Channel.UNLIMITED)
            val watching = launch { ai.sessionStates().collect { seen.send(it) } }
            assertEquals(SessionState.SignedOut, seen.receive())
            val request = ai.beginSignIn()
            assertTrue("redirect_uri=myapp%3A%2F%2Fauth%2Fcallback" in request.url.toString(), "${request.url}")
            assertEquals(SessionState.SigningIn, seen.receive())
            assertFalse(ai.isCallback("myapp://settings"))
            assertTrue(ai.isCallback("myapp://auth/callback?code=1"))
            ai.completeSignIn("myapp://auth/callback?code=1")
            assertEquals(SessionState.SignedIn, seen.receive())
            ai.signOut()
            assertEquals(SessionState.SignedOut, seen.receive())
            watching.cancel()
            val expected =
                listOf(
                    FakeCall.BeginSignIn(SignInOptions()),
                    FakeCall.CompleteSignIn("myapp://auth/callback?code=1"),
                    FakeCall.SignOut,
                )
            assertEquals(expected, ai.calls)
        }

    @Test
    fun `a sign-in that is given up is over`() =
        runBlocking {
            val ai = FakeAiPass()
            ai.beginSignIn()
            ai.cancelSignIn()
            assertEquals(SessionState.SignedOut, ai.sessionStates().first())
        }

    @Test
    fun `a sign-in that fails as scripted leaves the session as it was`() {
        val ai = FakeAiPass()
        val offline = AiPassException.Offline(false, "")
        ai.onCompleteSignIn = { throw offline }
        assertSame(offline, thrownBy { ai.completeSignIn("myapp://auth/callback") })
        assertEquals(SessionState.SignedOut, runBlocking { ai.sessionStates().first() })
    }

    @Test
    fun `paid calls without a session are refused`() {
        val ai = FakeAiPass()
        ai.onScanReceipt = { Receipt.sample() }
        ai.onBalance = { Balance.sample(BigDecimal.ZERO, null) }
        ai.onChatEvents = { textEvents("?") }
        val calls =
            listOf<suspend () -> Unit>(
                { ai.scanReceipt(scan) },
                { ai.scanReceipts(scan) },
                { ai.preparedScan(scan).send() },
                { ai.chat("?").collect {} },
                { ai.chat(ChatRequest("?")) },
                { ai.preparedChat(ChatRequest("?")).events().collect {} },
                { ai.estimate(PaidRequest.Receipt(scan)) },
                { ai.balance() },
                { ai.refreshBalance() },
                { ai.checkoutUrl(BigDecimal(5)) },
            )
        for (call in calls) assertEquals(SignInReason.NOT_SIGNED_IN, refusal(call))
        ai.moveTo(SessionState.NeedsSignIn(SignInReason.GRANT_ENDED))
        for (call in calls) assertEquals(SignInReason.GRANT_ENDED, refusal(call))
    }

    @Test
    fun `it answers as scripted`() =
        runBlocking {
            val ai = FakeAiPass(SessionState.SignedIn)
            ai.onScanReceipt = { Receipt.sample(merchant = "${it.photos.size}") }
            ai.onBalance = { Balance.sample(spent = BigDecimal(1), budget = BigDecimal(5)) }
            ai.onCheckoutUrl = { URI("https://aipass.one/checkout?amount=$it") }
            assertEquals("1", ai.scanReceipt(scan).merchant)
            assertEquals("1", ai.scanReceipt(byteArrayOf(1)).merchant)
            assertEquals(BigDecimal(4), ai.balance().remainingBudget)
            assertEquals(ai.balance(), ai.refreshBalance())
            assertEquals(URI("https://aipass.one/checkout?amount=5"), ai.checkoutUrl(BigDecimal(5)))
            assertEquals(FakeCall.ScanReceipt(scan), ai.calls.first())
            assertEquals(FakeCall.CheckoutUrl(BigDecimal(5)), ai.calls.last())
        }

    @Test
    fun `a call that is not scripted says so`() {
        val ai = FakeAiPass(SessionState.SignedIn)
        val error = thrownBy { ai.scanReceipt(scan) } as AiPassException.Other
        assertEquals("not_scripted", error.code)
        assertTrue("scanReceipt" in error.detail, error.detail)
        assertEquals("not_scripted", (thrownBy { ai.chat("?").collect {} } as AiPassException.Other).code)
    }

    @Test
    fun `a stream comes in pieces, and may break off`() =
        runBlocking {
            val ai = FakeAiPass(SessionState.SignedIn)
            ai.onChatEvents = { textEvents("It ", "was") }
            val answer = ai.chat("What was it?")
            assertEquals(emptyList<FakeCall>(), ai.calls, "nothing is asked before it is collected")
            assertEquals(listOf("It ", "was"), answer.toList())
            assertEquals(listOf<FakeCall>(FakeCall.ChatEvents(ChatRequest("What was it?"))), ai.calls)

            val offline = AiPassException.Offline(true, "")
            ai.onChatEvents = { textEvents("It ", failure = offline) }
            val pieces = mutableListOf<String>()
            assertSame(offline, thrownBy { answer.collect { pieces += it } })
            assertEquals(listOf("It "), pieces)
        }

    @Test
    fun `a script may wait`() =
        runBlocking {
            val ai = FakeAiPass(SessionState.SignedIn)
            val gate = CompletableDeferred<Receipt>()
            ai.onScanReceipt = { gate.await() }
            var read: Receipt? = null
            val scanning = launch { read = ai.scanReceipt(scan) }
            while (ai.calls.isEmpty()) yield()
            assertEquals(null, read)
            gate.complete(Receipt.sample(merchant = "Café"))
            scanning.join()
            assertEquals("Café", read?.merchant)
        }

    private fun thrownBy(call: suspend () -> Unit): Throwable =
        assertThrows(Throwable::class.java) { runBlocking { call() } }

    private fun refusal(call: suspend () -> Unit) = (thrownBy(call) as AiPassException.SignInRequired).reason
}
