package one.aipass.mobile

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import kotlin.random.Random

/** Objects and streams that are made and dropped leave no allocation of the native library behind. */
@Timeout(600)
class LeaksTest {
    private val store = MemoryStore()

    @Test
    fun `clients, their kin and cancellations that are closed`() =
        staysFlat {
            client().use { ai -> Cancellation().use { ai.with(CallOptions(cancellation = it)).close() } }
        }

    @Test
    fun `clients, their kin and cancellations that are forgotten`() =
        staysFlat { client().with(CallOptions(cancellation = Cancellation())) }

    @Test
    fun `streams of states that are ended, and those that are forgotten`() =
        client().use { ai ->
            staysFlat {
                ai.sessionStates().first()
                ai.openSessionStates().next()
            }
        }

    @Test
    fun `streamed chats that are cut short, and errors`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            staysFlat {
                ai.chat("Hello").first()
                assertTrue(
                    runCatching { ai.completeSignIn("myapp://elsewhere") }.exceptionOrNull()!!.message!!.isNotEmpty(),
                )
            }
            sandbox.untilNothingStreams()
        }

    @Test
    fun `streamed chats that are cancelled while they begin keep no connection`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            // Whoever is lost with a stream in hand would hold its connection for ever.
            sandbox.stallChats(afterBytes = 700)
            runBlocking {
                List(AT_ONCE) {
                    async {
                        repeat(200) {
                            val call = launch { ai.chatStream(ChatRequest("Hello")).close() }
                            delay(Random.nextLong(1, 12))
                            call.cancelAndJoin()
                        }
                    }
                }.awaitAll()
            }
            sandbox.untilNothingStreams()
        }

    private fun client() = AiPass("client_123", "myapp://auth/callback", store = store)

    private fun staysFlat(round: suspend () -> Unit) =
        runBlocking {
            suspend fun thousand() = List(AT_ONCE) { async { repeat(1000 / AT_ONCE) { round() } } }.awaitAll()
            thousand() // what is made once, such as threads and pools
            val before = settled()
            repeat(THOUSANDS) { thousand() }
            // One allocation left behind by every round would be twice as many.
            val tolerated = THOUSANDS * 1000 / 2
            var passes = 0
            while (Allocations.live() - before >= tolerated) {
                assertTrue(
                    passes++ < 1000,
                    "${Allocations.live() - before} allocations are left of ${THOUSANDS * 1000} rounds",
                )
                collectGarbage()
            }
            assertEquals(0, uniffiContinuationHandleMap.size, "a coroutine is still waiting")
            assertTrue(FfiConverterTypeSessionStore.handleMap.size <= 1, "stores are still held")
        }

    /** How many allocations live after the garbage collector freed what it could: until nothing more has gone for a while. */
    private suspend fun settled(): Long {
        var fewest = Allocations.live()
        var idle = 0
        while (idle++ < 10) {
            collectGarbage()
            val live = Allocations.live()
            if (live < fewest) {
                fewest = live
                idle = 0
            }
        }
        return fewest
    }

    private suspend fun collectGarbage() {
        System.gc()
        delay(20) // what is freed is freed by other threads
    }

    private companion object {
        const val AT_ONCE = 20
        const val THOUSANDS = 3
    }
}
