package one.aipass.mobile

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import java.net.URI
import kotlin.time.Duration.Companion.minutes

/** A program on a desktop: the browser comes back to a port of this machine. */
@Timeout(600)
class LoopbackTest {
    // A6
    @Test
    fun `a browser that comes back to this machine signs in`() =
        runBlocking {
            LoopbackListener.bind("/callback", null).use { listener ->
                Sandbox("--redirect-uri", listener.redirectUri()).use { sandbox ->
                    val ai = sandbox.client()
                    val callback = URI(sandbox.decide(ai.beginSignIn().url, "allow"))
                    val received = async { listener.receive(3.minutes) }
                    val page = async(Dispatchers.IO) { callback.toURL().readText() }
                    assertTrue("Back to the app" in page.await())
                    ai.completeSignIn(received.await())
                    assertEquals(SessionState.SignedIn, ai.sessionState())
                }
            }
        }

    @Test
    fun `a wait for the browser can be ended`() {
        runBlocking {
            LoopbackListener.bind("/callback", null).use { listener ->
                listener.cancel()
                assertThrows<AiPassException.Cancelled> { runBlocking { listener.receive(10.minutes) } }
            }
        }
    }
}
