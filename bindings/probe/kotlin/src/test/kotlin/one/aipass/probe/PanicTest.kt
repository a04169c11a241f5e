package one.aipass.probe

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

// S3: a bug in Rust is an exception in the app, not its end.
class PanicTest {
    @Test
    fun `a panic in a call's work is an exception of the library`() {
        val failed = assertThrows<ProbeException.Failed> { runBlocking { panicInACall() } }
        assertEquals("storage_failed", failed.code)
    }

    @Test
    fun `a panic on the caller's thread arrives as an exception`() {
        assertThrows<InternalException> { panicHere() }
    }
}
