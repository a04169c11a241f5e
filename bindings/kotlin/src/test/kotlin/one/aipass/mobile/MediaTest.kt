package one.aipass.mobile

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import kotlin.io.path.createTempFile

/** Recordings and videos as flows. */
@Timeout(600)
class MediaTest {
    private val request = SpeechRequest("Two coffees please", responseFormat = AudioFormat.WAV)

    @Test
    fun `streamed speech is a cold flow of pieces that add up to the recording`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val speech = ai.speakStreamed(request)
            assertEquals(0, sandbox.requests("/audio/speech"), "nothing is sent before somebody collects")
            val pieces = speech.toList().fold(ByteArray(0), ByteArray::plus)
            assertArrayEquals(ai.speak(request).bytes, pieces)
        }

    // P5
    @Test
    fun `a cancelled job closes the connection of its speech`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stall("speech", afterBytes = 700)
            val begun = CompletableDeferred<Unit>()
            val job = launch { ai.speakStreamed(request).onEach { begun.complete(Unit) }.collect() }
            begun.await()
            job.cancelAndJoin()
            sandbox.untilLeft("/audio/speech")
        }

    // P5
    @Test
    fun `a listener that has enough closes the connection`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            sandbox.stall("speech", afterBytes = 700)
            assertTrue(ai.speakStreamed(request).first().isNotEmpty())
            sandbox.untilLeft("/audio/speech")
        }

    @Test
    fun `what is spoken is written down again`() =
        sandboxed { sandbox ->
            val ai = sandbox.signedIn()
            val recording = ai.speak(request).bytes
            assertEquals("Two coffees please", ai.transcribe(recording).text)
            val file = createTempFile("speech", ".wav").toFile()
            try {
                file.writeBytes(recording)
                assertEquals("Two coffees please", ai.transcribe(file).text)
            } finally {
                file.delete()
            }
            assertTrue(ai.speak("Good morning").bytes.isNotEmpty())
        }

    @Test
    fun `a video's changes end with the video`() =
        sandboxed("--video-takes", "3000") { sandbox ->
            val ai = sandbox.signedIn()
            val job = ai.createVideo(VideoRequest("A cup of coffee", seconds = 4u))
            assertEquals(VideoStatus.Queued, ai.videoUpdates(job.id).first().status)
            sandbox.ask("POST", "advance-clock", """{"seconds": 3600}""")
            assertEquals(listOf(VideoStatus.Completed), ai.videoUpdates(job.id).map { it.status }.toList())
        }
}
