package one.aipass.mobile

import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.awt.image.BufferedImage
import java.awt.image.DataBufferInt
import java.io.ByteArrayOutputStream
import java.lang.management.ManagementFactory
import java.util.concurrent.Executors
import javax.imageio.ImageIO
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.measureTime

@Timeout(120)
class ThreadsTest {
    @Test
    fun `a thousand coroutines call at once, and an expired token is refreshed once`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.ask("POST", "expire-access-tokens", "{}")
            val answers = List(1000) { async { ai.chat(ChatRequest("Hello")).finishReason } }.awaitAll()
            assertEquals(List(1000) { FinishReason.Stop }, answers)
            val tokens = sandbox.state().getValue("tokens")
            assertTrue("\"issued_for_refreshes\":1" in tokens.toString(), "$tokens")
            assertEquals(0, uniffiContinuationHandleMap.size, "a coroutine is still waiting")
        }

    // P7
    @Test
    fun `the screen's thread stays free while a photo of 12 megapixels is scanned`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val photo = photo()
            Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { screen ->
                withContext(screen) {
                    ai.scanReceipt(photo) // loads classes, compiles, opens the connection
                    val worked = threadTime { ai.scanReceipt(photo) }
                    val (stalled, scanned) = longestStall { ai.scanReceipt(photo) }
                    println(
                        "12 MP, ${photo.size / 1000} KB: of $scanned the screen's thread worked $worked, " +
                            "and stood still for $stalled at most",
                    )
                    assertTrue(worked < 8.milliseconds, "the screen's thread worked for $worked")
                    // On a busy machine any thread may have to wait for its turn, but not for the scan.
                    assertTrue(stalled < scanned / 5, "the screen stood still for $stalled of $scanned")
                }
            }
        }

    /** A photo's worth of pixels, with so much noise that its file is as large as a camera's. */
    private fun photo(): ByteArray {
        val image = BufferedImage(4000, 3000, BufferedImage.TYPE_INT_RGB)
        val random = Random(1)
        val pixels = (image.raster.dataBuffer as DataBufferInt).data
        for (index in pixels.indices) pixels[index] = (index / 40_000) * 0x010101 + (random.nextInt() and 0x3f3f3f)
        return ByteArrayOutputStream().also { ImageIO.write(image, "jpeg", it) }.toByteArray()
    }

    /** The processor time that the current thread spends. */
    private suspend fun threadTime(call: suspend () -> Unit) =
        ManagementFactory.getThreadMXBean().run {
            val before = currentThreadCpuTime
            call()
            (currentThreadCpuTime - before).nanoseconds
        }

    /** The longest time during which the current thread did nothing else, and how long it all took. */
    private suspend fun longestStall(call: suspend () -> Unit) =
        coroutineScope {
            var longest = 0L
            val heart =
                launch {
                    var last = System.nanoTime()
                    while (isActive) {
                        yield()
                        val now = System.nanoTime()
                        longest = maxOf(longest, now - last)
                        last = now
                    }
                }
            val took = measureTime { call() }
            heart.cancelAndJoin()
            longest.nanoseconds to took
        }
}
