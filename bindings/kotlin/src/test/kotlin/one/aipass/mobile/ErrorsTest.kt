package one.aipass.mobile

import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import java.io.File
import java.math.BigDecimal
import java.net.URI
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

@Timeout(600)
class ErrorsTest {
    @Test
    fun `an error is a sentence with a code`() =
        sandboxed { sandbox ->
            val error = thrown<AiPassException.SignInRequired> { sandbox.client().balance() }
            assertEquals(SignInReason.NOT_SIGNED_IN, error.reason)
            assertEquals("not_signed_in", error.code)
            assertTrue(error.message.contains(' '), error.message)
            assertTrue(error.message in error.toString(), error.toString())
        }

    // P3
    @Test
    fun `a used-up budget has its figures`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.failChats(
                400,
                """{"error":{"message":"Budget exceeded! Current cost: 7.25, Max budget: 7.00","type":"budget_exceeded"}}""",
                "x-request-id" to "req_42",
            )
            val error = thrown<AiPassException.BudgetExceeded> { ai.chat(ChatRequest("Hello")) }
            assertEquals(BigDecimal("7.25"), error.spent)
            assertEquals(BigDecimal("7.00"), error.limit)
            assertEquals("budget_exceeded", error.code)
            assertEquals("req_42", error.requestId)
        }

    // P3
    @Test
    fun `a rate limit says how long to wait`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.failChats(
                429,
                """{"error":{"message":"Slow down","type":"rate_limit_error"}}""",
                "retry-after" to "3600",
                "x-request-id" to "req_42",
            )
            val error = thrown<AiPassException.RateLimited> { ai.chat(ChatRequest("Hello")) }
            assertEquals(1.hours, error.retryAfter)
            assertEquals("req_42", error.requestId)
            assertTrue("Slow down" in error.detail, error.detail)
        }

    // P3
    @Test
    fun `a provider's refusal has its status, code and kind`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.failChats(404, """{"error":{"message":"No such model","code":"model_not_found"}}""")
            val error = thrown<AiPassException.Provider> { ai.chat(ChatRequest("Hello").copy(model = "nobody/knows")) }
            assertEquals(ProviderErrorKind.NOT_FOUND, error.kind)
            assertEquals(404u.toUShort(), error.status)
            assertEquals("model_not_found", error.providerCode)
            assertTrue("No such model" in error.detail, error.detail)
        }

    // P5
    @Test
    fun `an answer that breaks off hands over what came`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.ask("POST", "faults", """{"endpoint": "chat", "fault": {"kind": "truncation", "bytes": 700}}""")
            val error = thrown<AiPassException.Truncated> { ai.chat("One tip for better focus?").toList() }
            assertTrue(error.text.isNotEmpty())
            assertEquals("truncated", error.code)
        }

    // P5
    @Test
    fun `nobody at home is offline, and nothing was sent`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.close()
            val error = thrown<AiPassException.Offline> { ai.chat(ChatRequest("Hello")) }
            assertFalse(error.maybeSent)
        }

    @Test
    fun `a time limit says which and how long`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn().with(CallOptions(timeout = 200.milliseconds))
            sandbox.stallChats(afterBytes = 0)
            val error = thrown<AiPassException.Timeout> { ai.chat(ChatRequest("Hello")) }
            assertEquals(TimeLimit.TOTAL, error.limit)
            assertEquals(200.milliseconds, error.after)
        }

    // A3
    @Test
    fun `a callback that belongs to no sign-in says so`() =
        sandboxed { sandbox ->
            val error =
                thrown<AiPassException.InvalidCallback> {
                    sandbox.client().completeSignIn(
                        "myapp://auth/callback?code=a&state=b",
                    )
                }
            assertEquals(CallbackErrorKind.UNKNOWN_STATE, error.kind)
        }

    // P7
    @Test
    fun `what is no photo is named`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            assertEquals("photo", thrown<AiPassException.InvalidInput> { ai.scanReceipt(byteArrayOf(1, 2, 3)) }.input)
            assertEquals(
                "photo",
                thrown<AiPassException.InvalidInput> { ai.scanReceipt(File("/no/such/photo.jpg")) }.input,
            )
            assertEquals(
                "photo",
                thrown<AiPassException.InvalidInput> { ai.describeImage(ByteArray(0), "What is it?") }.input,
            )
            assertEquals(0, sandbox.chats())
        }

    @Test
    fun `what a constructor or a factory refuses is named`() {
        assertEquals(
            "client_id",
            assertThrows<AiPassException.InvalidInput> { AiPass("", "myapp://auth/callback") }.input,
        )
        assertNotNull(assertThrows<AiPassException.InvalidInput> { Provider.aiPass(URI("ftp://example.com")) }.message)
        assertThrows<StoreException.Failed> { SealedFileStore(File("/proc/no"), ByteArray(32)) }
    }

    @Test
    fun `what no language but Kotlin could send is refused, not a crash`() =
        sandboxed { sandbox ->
            val unreadable = Provider.aiPass(sandbox.baseUrl).copy(tokenEndpoint = URI("relative/path"))
            val error =
                assertThrows<AiPassException.InvalidInput> {
                    AiPass(
                        "client_123",
                        "myapp://a/b",
                        provider = unreadable,
                    )
                }
            assertEquals("url", error.input)
        }

    // S3
    @Test
    fun `a closed object is refused as an argument`() {
        val cancellation = Cancellation()
        cancellation.close()
        AiPass("client_123", "myapp://auth/callback", store = MemoryStore()).use { ai ->
            assertThrows<IllegalStateException> { ai.with(CallOptions(cancellation = cancellation)) }
        }
    }

    private inline fun <reified T : AiPassException> thrown(crossinline call: suspend () -> Unit): T =
        assertThrows<T> { runBlocking { call() } }

    private fun Sandbox.failChats(
        status: Int,
        body: String,
        vararg headers: Pair<String, String>,
    ) {
        val fields = headers.joinToString("") { (name, value) -> "\"$name\": \"$value\", " }
        val quoted = body.replace("\"", "\\\"")
        ask(
            "POST",
            "faults",
            """{"endpoint": "chat", "fault": {"kind": "status", "status": $status,
                "headers": {$fields"content-type": "application/json"}, "body": "$quoted"}}""",
        )
    }
}
