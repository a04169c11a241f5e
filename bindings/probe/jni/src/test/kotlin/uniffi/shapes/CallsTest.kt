package uniffi.shapes

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class CallsTest {
    @Test
    fun `errors are typed and have their fields`() {
        assertThrows<ShapeException.Empty> { Gate.numbered("") }
        val failed = assertThrows<ShapeException.NotANumber> { Gate.numbered("seven") }
        assertEquals("seven", failed.value)
        assertEquals("invalid digit found in string", failed.reason)
        Gate.numbered("8").use { assertEquals("gate 8", it.name()) }
        Gate().use { assertThrows<FlatException.Closed> { it.hurry() } }
    }

    @Test
    fun `a panic is an exception`() {
        assertEquals("a bug 🙂", assertThrows<InternalException> { panicNow("a bug 🙂") }.message)
        assertEquals("a bug", assertThrows<InternalException> { runBlocking { panicLater("a bug") } }.message)
    }

    @Test
    fun `arguments that are not given have their defaults`() {
        assertEquals("one 2 three None", withDefaults("one"))
        assertEquals("one 255 3 Some(true)", withDefaults("one", 255u, "3", true))
    }

    @Test
    fun `asynchronous calls return what synchronous ones do`() = runBlocking {
        assertEquals(200.toUByte(), laterUint8(200u))
        assertEquals((-100).toByte(), laterInt8(-100))
        assertEquals(UShort.MAX_VALUE, laterUint16(UShort.MAX_VALUE))
        assertEquals(Short.MIN_VALUE, laterInt16(Short.MIN_VALUE))
        assertEquals(UInt.MAX_VALUE, laterUint32(UInt.MAX_VALUE))
        assertEquals(Int.MIN_VALUE, laterInt32(Int.MIN_VALUE))
        assertEquals(ULong.MAX_VALUE, laterUint64(ULong.MAX_VALUE))
        assertEquals(Long.MIN_VALUE, laterInt64(Long.MIN_VALUE))
        assertEquals(1.5f, laterFloat32(1.5f))
        assertEquals(-2.5, laterFloat64(-2.5))
        assertEquals(true, laterBoolean(true))
        assertEquals("🙂", laterText("🙂"))
        assertEquals(3, laterBytes(byteArrayOf(1, 2, 3)).size)
        assertEquals(listOf("a", null), laterList(listOf("a", null)))
        Gate("there").use { gate -> laterGate(gate).use { assertEquals("there", it.name()) } }
        Gate.later("5").use { assertEquals("gate 5", it.name()) }
    }

    @Test
    fun `an asynchronous call throws what it fails with`() {
        runBlocking { laterNothing(false) }
        assertThrows<ShapeException.Empty> { runBlocking { laterNothing(true) } }
        assertThrows<ShapeException.NotANumber> { runBlocking { Gate.later("x") } }
    }

    @Test
    fun `a thousand calls wait at once`() = runBlocking {
        val texts = List(1_000) { "text $it" }
        assertEquals(texts, texts.map { async(Dispatchers.Default) { laterText(it) } }.awaitAll())
    }

    @Test
    fun `a cancelled job ends its call`() = runBlocking {
        Gate().use { gate ->
            val job = launch(Dispatchers.Default) { gate.pass() }
            until("the call waits") { waits() == 1uL }
            job.cancelAndJoin()
            assertEquals(0uL, waits())
            val passing = async(Dispatchers.Default) { gate.carry(ByteArray(1_000) { 1 }) }
            until("the next call waits") { waits() == 1uL }
            gate.open()
            assertEquals(1_000uL, passing.await())
        }
        until("nothing waits to be resumed") { uniffiContinuationHandleMap.size == 0 }
    }

    @Test
    fun `code of another library is refused`() {
        UniffiLib.ensureInitialized()
        val register = UniffiLib::class.java.getDeclaredMethod("register", Long::class.java).apply { isAccessible = true }
        assertFalse(register.invoke(null, 0L) as Boolean)
    }
}

/** Lets other threads work until something is so. Surefire ends what waits for ever. */
internal suspend fun until(what: String, isSo: () -> Boolean) {
    for (round in 0..Int.MAX_VALUE) {
        if (isSo()) return
        if (round > 1_000) Thread.sleep(1)
        check(round < 10_000) { "not so: $what" }
        yield()
    }
}
