package one.aipass.mobile

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import java.io.File
import java.net.URI

/** Values of the app's own types, and the shorter forms of other calls. */
@Timeout(600)
class ExtractionTest {
    private data class Bill(
        val merchant: String,
        val amount: Double,
    )

    private val photos = listOf(Photo.File(File(ROOT, "sandbox/recorded/cafe.jpg")))
    private val schema =
        """{"type": "object", "required": ["merchant", "amount"],
            "properties": {"merchant": {"type": "string"}, "amount": {"type": "number"}}}"""

    private fun read(json: String): Bill {
        val fields = Json.parseToJsonElement(json).jsonObject
        val amount = fields.getValue("amount").jsonPrimitive
        return Bill(fields.getValue("merchant").jsonPrimitive.content, amount.content.toDouble())
    }

    @Test
    fun `photos become a value of the app's own type`() =
        sandboxed { sandbox ->
            val bill = sandbox.signedIn().extract(photos, schema, ::read)
            assertTrue(bill.merchant.isNotEmpty(), "$bill")
            assertEquals(1, sandbox.chats(), "one paid call")
        }

    // P6
    @Test
    fun `JSON that is none of the app's type says so, once, with the reason`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val reason = IllegalArgumentException("no bill: canary")
            val error =
                assertThrows<AiPassException.InvalidOutput> {
                    runBlocking { ai.extract(photos, schema) { throw reason } }
                }
            assertTrue("merchant" in error.text, "what was paid for is not lost")
            assertSame(reason, error.cause)
            assertFalse("canary" in error.detail, "what was read is not for logs")
            assertEquals(1, sandbox.chats(), "a paid call is not repeated")
        }

    @Test
    fun `a text becomes a vector`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            assertEquals(ai.embed(EmbeddingRequest(listOf("coffee"))).vectors, listOf(ai.embed("coffee")))
        }

    @Test
    fun `a conversation's events add up, and it remembers them`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            Conversation(ChatRequest(listOf(Message.system("Be brief."))), ConversationBudget()).use { conversation ->
                val said = StringBuilder()
                conversation.events(ai, listOf(Message.user("Hello"))).texts().collect { said.append(it) }
                assertEquals(Message.assistant(said.toString()), conversation.messages().last())
                conversation.ask(ai, "And now?")
                assertEquals(4, conversation.messages().size)
            }
        }

    // S1
    @Test
    fun `what is printed shows no secret, no signature and no photo`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val client = ai.createClient(ClientSettings("Receipts", listOf("receipts://auth")))
            assertTrue("Receipts" in "$client", "$client")
            assertFalse("canary" in "${client.copy(clientSecret = "canary")}")
            assertFalse("canary" in "${Photo.Url("https://example.com/a.jpg?signature=canary")}")
            assertFalse("canary" in "${Photo.Url("data:image/png;base64,canary")}")
            val image = GeneratedImage(null, URI("https://example.com/a.png?signature=canary"), null)
            assertFalse("canary" in "$image")
        }
}
