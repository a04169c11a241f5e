package one.aipass.mobile

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows

@Timeout(600)
class StreamsTest {
    @Test
    fun `a chat is a cold flow of pieces that add up`() =
        sandboxed("--pace", "1") { sandbox ->
            val ai = sandbox.signedIn()
            val answer = ai.chat("One tip for better focus?")
            assertEquals(0, sandbox.chats(), "nothing is sent before somebody collects")
            val pieces = answer.toList()
            assertTrue(pieces.size > 1, "$pieces")
            assertEquals(ai.chat(ChatRequest("One tip for better focus?")).text, pieces.joinToString(""))
        }

    @Test
    fun `events tell the model, the text, the end and the usage`() =
        sandboxed { sandbox ->
            val events = sandbox.signedIn().chatEvents(ChatRequest("One tip for better focus?")).toList()
            assertTrue(events.first() is ChatEvent.Started, "$events")
            assertTrue(ChatEvent.Finished(FinishReason.Stop, 0u) in events, "$events")
            assertTrue(events.last() is ChatEvent.Usage, "$events")
        }

    // P5
    @Test
    fun `a collector that has enough closes the connection`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stallChats(afterBytes = 700)
            assertTrue(ai.chat("One tip for better focus?").first().isNotEmpty())
            sandbox.untilNothingStreams()
            assertEquals(
                1,
                ai
                    .chat("One tip for better focus?")
                    .take(1)
                    .toList()
                    .size,
            )
            sandbox.untilNothingStreams()
        }

    // P5
    @Test
    fun `a collector that fails closes the connection, and its own exception comes out`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stallChats(afterBytes = 700)
            assertThrows<IllegalStateException> {
                runBlocking { ai.chat("One tip for better focus?").collect { error("the screen is gone") } }
            }
            sandbox.untilNothingStreams()
        }

    // P5
    @Test
    fun `a cancelled job closes the connection of its stream`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stallChats(afterBytes = 700)
            val begun = CompletableDeferred<Unit>()
            val job = launch { ai.chat("One tip?").onEach { begun.complete(Unit) }.collect() }
            begun.await()
            assertTrue(sandbox.streamsOpen() > 0)
            job.cancelAndJoin()
            sandbox.untilNothingStreams()
        }

    // P5
    @Test
    fun `a cancelled job closes the connection of its call`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stallChats(afterBytes = 0)
            var thrown: Throwable? = null
            val job =
                launch {
                    try {
                        ai.chat(ChatRequest("Hello"))
                    } catch (cancelled: CancellationException) {
                        thrown = cancelled
                        throw cancelled
                    }
                }
            sandbox.untilChatting()
            job.cancelAndJoin()
            assertTrue(thrown is CancellationException, "$thrown")
            sandbox.untilChatIsLeft()
        }

    @Test
    fun `a cancellation that is tripped by hand is an error of the call, not of the job`() =
        sandboxed { sandbox ->
            sandbox.stallChats(afterBytes = 0)
            val cancellation = Cancellation()
            val ai = sandbox.signedIn().with(CallOptions(cancellation = cancellation))
            val call = async { runCatching { ai.chat(ChatRequest("Hello")) } }
            sandbox.untilChatting()
            cancellation.cancel()
            val error = call.await().exceptionOrNull()
            assertTrue(error is AiPassException.Cancelled, "$error")
            sandbox.untilChatIsLeft()
        }

    // L1
    @Test
    fun `the session's states are told as they change`() =
        sandboxed { sandbox ->
            val ai = sandbox.client()
            val seen = Channel<SessionState>(Channel.UNLIMITED)
            val watching = launch { ai.sessionStates().collect { seen.send(it) } }
            assertEquals(SessionState.SignedOut, seen.receive())
            val request = ai.beginSignIn()
            assertEquals(SessionState.SigningIn, seen.receive())
            ai.completeSignIn(sandbox.decide(request.url, "allow"))
            assertEquals(SessionState.SignedIn, seen.receive())
            watching.cancelAndJoin()
            ai.signOut()
            assertTrue(seen.tryReceive().isFailure, "told after it was cancelled")
        }

    @Test
    fun `a stream that is used after its end says so`() =
        sandboxed { sandbox ->
            val stream = sandbox.signedIn().chatStream(ChatRequest("Hello"))
            stream.close()
            assertThrows<IllegalStateException> { runBlocking { stream.next() } }
        }
}
