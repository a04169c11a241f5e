package one.aipass.mobile

import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import java.math.BigDecimal
import java.net.URI
import kotlin.time.Clock
import kotlin.time.Duration.Companion.seconds

/** What answers and the session tell besides what was asked for. */
@Timeout(600)
class FactsTest {
    // G12. Java knows no debug builds: the app says whether it is one.
    @Test
    fun `only a debug build may speak to the local network in clear`() {
        val lan = Provider.aiPass(URI("http://192.168.1.20:8414"))
        val named = Config().copy(insecureDevelopmentHosts = listOf("192.168.1.20"))
        AiPass("a", "myapp://a/b", provider = lan, config = named, debugBuild = true).close()
        val released =
            assertThrows<AiPassException.InvalidInput> { AiPass("a", "myapp://a/b", provider = lan, config = named) }
        assertEquals("insecure_development_hosts", released.input)
        assertThrows<AiPassException.InvalidInput>("no host is named") {
            AiPass("a", "myapp://a/b", provider = lan, debugBuild = true)
        }
    }

    @Test
    fun `only a debug build may name a proxy`() {
        val proxied = Config().copy(httpProxy = URI("http://10.0.2.2:8080"))
        AiPass("a", "myapp://a/b", config = proxied, debugBuild = true).close()
        val released = assertThrows<AiPassException.InvalidInput> { AiPass("a", "myapp://a/b", config = proxied) }
        assertEquals("http_proxy", released.input)
    }

    // G12: as in every other test, which say nothing of a debug build.
    @Test
    fun `a release build speaks to loopback`() =
        sandboxed { sandbox -> assertEquals(SessionState.SignedIn, sandbox.signedIn().sessionState()) }

    @Test
    fun `the session tells what was granted, and what became of the one before`() =
        sandboxed { sandbox ->
            val ai = sandbox.client()
            assertNull(ai.sessionInfo())
            repeat(2) { ai.completeSignIn(sandbox.decide(ai.beginSignIn().url, "allow")) }
            // Null while the provider is still asked to revoke the first one's tokens.
            withTimeout(120.seconds) { while (ai.replacedSignIn() == null) delay(5) }
            val info = checkNotNull(ai.sessionInfo())
            assertEquals("default", info.accountLabel)
            assertTrue("api:access" in info.grantedScopes && info.missingScopes.isEmpty() && info.hasRefreshToken)
            assertTrue(checkNotNull(info.accessTokenExpiresAt) > Clock.System.now())
            val user = ai.userInfo()
            assertTrue(user.subject in user.claimsJson)
            assertEquals(user.subject, ai.sessionInfo()?.subject)
        }

    @Test
    fun `an answer tells its cost, and a stream what came`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            assertTrue(checkNotNull(ai.chat(ChatRequest("Hello")).cost) > BigDecimal.ZERO)
            ai.chatStream(ChatRequest("Hello")).use { stream ->
                val answer = stream.answer()
                assertEquals(answer.text, stream.receivedText())
                assertTrue(answer.text.isNotEmpty())
            }
        }

    // M2
    @Test
    fun `a model that sees is chosen, and those that do not are named`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val choice = ai.chooseModel(Capability.VISION, listOf("tts-1", "gpt-5-mini"))
            assertEquals("gpt-5-mini" to listOf("tts-1"), choice.model to choice.unsuitable)
            assertEquals(listOf("text"), ai.model("gpt-5-mini").kinds)
            assertTrue(Provider.aiPass().modelPreferences.any { it.capability == Capability.VISION })
        }
}
