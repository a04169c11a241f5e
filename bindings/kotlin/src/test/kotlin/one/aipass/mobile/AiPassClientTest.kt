package one.aipass.mobile

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.io.File
import java.math.BigDecimal

/** The library behind the interface that apps take. */
@Timeout(600)
class AiPassClientTest {
    @Test
    fun `every call reaches the library`() =
        sandboxed { sandbox ->
            val ai = sandbox.client()
            val client = ai.asClient()
            assertEquals(SessionState.SignedOut, client.sessionStates().first())
            client.beginSignIn()
            assertEquals(SessionState.SigningIn, client.sessionStates().first())
            client.cancelSignIn()
            assertEquals(SessionState.SignedOut, client.sessionStates().first())

            val request = client.beginSignIn(SignInOptions(loginHint = "ada@example.com"))
            assertTrue("login_hint" in request.url.query, "${request.url}")
            val callback = sandbox.decide(request.url, "allow")
            assertTrue(client.isCallback(callback))
            assertFalse(client.isCallback("myapp://settings"))
            client.completeSignIn(callback)
            assertEquals(SessionState.SignedIn, ai.sessionState(), "both share one session")
            client.resumed()

            val photo = File(ROOT, "sandbox/recorded/bookshop.jpg")
            assertEquals(BigDecimal("39.24"), client.scanReceipt(photo).amount)
            assertEquals("GBP", client.scanReceipt(photo.readBytes()).currency)
            assertEquals("39.24", "${client.scanReceipts(ReceiptScan(photo)).single().amount}")
            assertEquals(emptyList<PhotoHint>(), client.checkPhoto(Photo.File(photo)))
            assertTrue(client.chat("One tip for better focus?").toList().size > 1)
            assertTrue(client.chatEvents(ChatRequest("Hello")).toList().last() is ChatEvent.Usage)
            assertTrue(client.chat(ChatRequest("Hello")).text.isNotEmpty())
            assertEquals(PriceBasis.UNKNOWN, client.estimate(PaidRequest.Receipt(ReceiptScan(photo))).basis)
            assertTrue(client.spending().session.calls >= 6u)
            client.resetSpending(SpendingPeriod.SESSION)
            assertEquals(0uL, client.spending().session.calls)
            val known = client.balances(lowBelow = BigDecimal(1000)).first { it.balance != null }
            assertTrue(known.isLow, "$known")
            assertTrue(client.balance().totalCost >= BigDecimal.ZERO)
            assertTrue(client.refreshBalance().totalCost >= BigDecimal.ZERO)
            assertTrue(client.checkoutUrl(BigDecimal(5)).isAbsolute)
            assertEquals(Revocation.Accepted, client.signOut().refreshToken)
            assertEquals(SessionState.SignedOut, client.sessionStates().first())
        }

    // B6
    @Test
    fun `prepared requests are sent again once after a refusal`() =
        sandboxed { sandbox ->
            val client = sandbox.signedIn().asClient()
            val photo = File(ROOT, "sandbox/recorded/bookshop.jpg")
            val scan = client.preparedScan(ReceiptScan(photo))
            val chat = client.preparedChat(ChatRequest("Hello"))
            sandbox.ask("POST", "budget", """{"remaining": "0.00"}""")
            assertThrows<AiPassException.BudgetExceeded> { scan.send() }
            assertThrows<AiPassException.BudgetExceeded> { chat.events().collect {} }
            assertTrue(scan.canSend() && chat.canSend())
            sandbox.ask("POST", "budget", """{"remaining": "5.00"}""")
            assertEquals(BigDecimal("39.24"), scan.send().amount)
            assertTrue(chat.events().toList().any { it is ChatEvent.Text })
            assertFalse(scan.canSend() || chat.canSend())
            assertEquals("prepared", assertThrows<AiPassException.InvalidInput> { scan.send() }.input)
            assertEquals("prepared", assertThrows<AiPassException.InvalidInput> { chat.send() }.input)
            scan.close()
            chat.close()
        }

    private suspend inline fun <reified E : Throwable> assertThrows(call: suspend () -> Unit): E {
        try {
            call()
        } catch (error: Throwable) {
            return error as? E ?: throw error
        }
        throw AssertionError("nothing was thrown")
    }
}
