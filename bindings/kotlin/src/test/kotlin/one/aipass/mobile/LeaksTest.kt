package one.aipass.mobile

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import java.io.File
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

/** Objects and streams that are made and dropped leave nothing behind: ten thousand more need no more memory. */
@Timeout(180)
@EnabledOnOs(OS.LINUX) // reads /proc
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
            // What a call goes through is compiled only after thousands of them.
            staysFlat(warmUp = 12) {
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

    private fun staysFlat(
        warmUp: Int = 3,
        round: suspend () -> Unit,
    ) = runBlocking {
        suspend fun thousand() {
            List(AT_ONCE) { async { repeat(1000 / AT_ONCE) { round() } } }.awaitAll()
            collectGarbage()
        }
        repeat(warmUp) { thousand() }
        // What leaks grows with every thousand. The compiler's memory comes and goes in jumps, above all at first.
        val steps =
            List(10) {
                val before = residentBytes()
                thousand()
                residentBytes() - before
            }
        println("resident memory, by thousands: ${steps.map { it / 1000 }} KB more")
        assertTrue(steps.sorted()[3] < TOLERATED, "it grows with most thousands: $steps")
        assertEquals(0, uniffiContinuationHandleMap.size, "a coroutine is still waiting")
    }

    /** Until objects that nobody refers to are freed in Rust too, of which stores' handles tell. */
    private suspend fun collectGarbage() =
        withTimeout(30.seconds) {
            do {
                System.gc()
                delay(20)
            } while (FfiConverterTypeSessionStore.handleMap.size > 1)
        }

    private fun residentBytes() = File("/proc/self/statm").readText().split(' ')[1].toLong() * 4096

    private companion object {
        const val AT_ONCE = 20

        /** Bytes a thousand: the smallest object that could leak takes more than 300. */
        const val TOLERATED = 300_000L
    }
}
