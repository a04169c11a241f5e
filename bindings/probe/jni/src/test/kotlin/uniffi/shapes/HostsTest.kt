package uniffi.shapes

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What it is asked, it returns, doubled where that shows a sign or a width that was lost. */
internal open class Doubling : Host {
    var calls = 0

    override fun text(value: String) = value + value

    override fun bytes(value: ByteArray) = value + value

    override fun short(value: UByte) = (value * 2u).toUShort()

    override fun number(value: Int) = (value.toLong() * 2).toULong()

    override fun fraction(value: Float) = value * 2.0

    override fun half(value: Double) = (value * 2).toFloat()

    override fun flag(value: Boolean) = !value

    override fun maybe(value: Everything?) = value

    override fun gate(value: Gate) = value

    override fun host(value: Host) = value

    override fun nothing() {
        calls += 1
    }
}

class HostsTest {
    @Test
    fun `a host is asked and answers with values of every kind`() {
        val host = Doubling()
        assertEquals("🙂\u0000🙂\u0000", askText(host, "🙂\u0000", false))
        assertEquals("", askText(host, "", true))
        assertArrayEquals(ByteArray(4_000_000) { 7 }, askBytes(host, ByteArray(2_000_000) { 7 }))
        assertEquals(510.toUShort(), askShort(host, 255u))
        assertEquals((-4L).toULong(), askNumber(host, -2))
        assertEquals(-3.0, askFraction(host, -1.5f))
        assertEquals(-3.0f, askHalf(host, -1.5))
        assertEquals(listOf(false, true), listOf(askFlag(host, true), askFlag(host, false)))
        assertEquals(null, askMaybe(host, null))
        assertEquals("text 🙂", askMaybe(host, everything())?.text)
        assertEquals("later later ", runBlocking { askLater(host, "later ") })
    }

    @Test
    fun `objects of both sides pass through a host`() {
        Gate("kept").use { gate -> askGate(Doubling(), gate).use { assertTrue(it.isSame(gate)) } }
        val value = Doubling()
        assertSame(value, askHost(Doubling(), value))
    }

    @Test
    fun `an error of the trait reaches Rust and comes back`() {
        val host = object : Doubling() {
            override fun text(value: String) = throw ShapeException.NotANumber(value, null)
        }
        for (elsewhere in listOf(false, true)) {
            val failed = assertThrows<ShapeException.NotANumber> { askText(host, "x🙂", elsewhere) }
            assertEquals("x🙂", failed.value)
        }
        assertThrows<ShapeException.NotANumber> { runBlocking { askLater(host, "y") } }
    }

    @Test
    fun `anything else that a host throws reaches Rust as its text`() {
        for (thrown in listOf(IllegalStateException("broken"), NotImplementedError("broken"), StackOverflowError("broken"))) {
            val host = object : Doubling() {
                override fun text(value: String) = throw thrown

                override fun nothing() = throw thrown
            }
            for (elsewhere in listOf(false, true)) {
                val failed = assertThrows<ShapeException.NotANumber> { askText(host, "x", elsewhere) }
                assertTrue("broken" in failed.reason.orEmpty(), failed.reason)
            }
            // The trait declares no error there, so that Rust panics.
            val failed = assertThrows<InternalException> { askNothing(host, 1u, false) }
            assertTrue("broken" in failed.message.orEmpty(), failed.message)
        }
    }

    @Test
    fun `a hundred thousand calls leave nothing behind`() {
        val host = Doubling()
        for (elsewhere in listOf(false, true)) askNothing(host, 50_000u, elsewhere)
        assertEquals(100_000, host.calls)
        assertEquals(0, FfiConverterTypeHost.handleMap.size)
    }

    @Test
    fun `a thread of Rust is gone for Java when it has ended`() {
        val host = Doubling()
        val threads = Thread.getAllStackTraces().size
        repeat(100) { askText(host, "a", true) }
        assertTrue(Thread.getAllStackTraces().size < threads + 50)
    }

    @Test
    fun `Rust asks the host that an object was made with`() {
        val notes = mutableListOf<String>()
        val watcher = object : Watcher {
            override fun note(text: String) {
                notes += text
            }
        }
        Gate("first", watcher).use { it.watch(watcher) }
        assertEquals(listOf("first", "first"), notes)
    }
}
