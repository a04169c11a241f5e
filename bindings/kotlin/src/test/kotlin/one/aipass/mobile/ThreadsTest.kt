package one.aipass.mobile

import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.awt.image.BufferedImage
import java.awt.image.DataBufferInt
import java.io.ByteArrayOutputStream
import java.util.concurrent.Executors
import javax.imageio.ImageIO
import kotlin.random.Random

@Timeout(600)
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
                    val (hereBefore, allBefore) = Allocations.bytesOfThisThread() to Allocations.bytes()
                    ai.scanReceipt(photo)
                    val here = Allocations.bytesOfThisThread() - hereBefore
                    val all = Allocations.bytes() - allBefore
                    println(
                        "of ${all / 1000} KB that the library allocated, ${here / 1000} KB were on the screen's thread",
                    )
                    // Its planes alone are 2000 × 1500 × 3/2 bytes.
                    assertTrue(all - here >= 4_500_000, "no photo was decoded on another thread: $here of $all bytes")
                    // What is handed over may be copied here; what is done with it is not done here.
                    assertTrue(here < 3L * photo.size, "the screen's thread allocated $here of $all bytes")
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
}
