package uniffi.shapes

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotSame
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.File
import java.net.URLClassLoader
import java.util.concurrent.atomic.AtomicInteger

class ObjectsTest {
    @Test
    fun `objects keep their identity in values`() {
        Gate("a").use { gate ->
            Gate("b").use { other ->
                assertEquals(listOf("a", "b"), gate.all(other).map { each -> each.use { it.name() } })
                val echo = echoHolder(Holder(gate, other))
                assertEquals(listOf(true, true), listOf(echo.gate.isSame(gate), echo.other!!.isSame(other)))
                echo.destroy()
            }
            gate.itself().use { assertEquals(true, it.isSame(gate)) }
        }
    }

    @Test
    fun `close frees at once and a use after it is an exception`() = runBlocking {
        until("earlier objects are freed") { collected() == 0uL }
        val gate = Gate()
        assertEquals(1uL, gates())
        gate.close()
        assertEquals(0uL, gates())
        gate.close()
        assertThrows<IllegalStateException> { gate.name() }
        assertThrows<IllegalStateException> { runBlocking { gate.pass() } }
        assertThrows<IllegalStateException> { runBlocking { laterGate(gate) } }
        Unit
    }

    @Test
    fun `an object that is garbage is freed`() = runBlocking {
        repeat(100) { Gate() }
        until("all are freed") { collected() == 0uL }
    }

    @Test
    fun `the queue of references frees garbage and once`() = runBlocking {
        val freed = AtomicInteger()
        val cleaner = UniffiQueueCleaner()
        repeat(10) { cleaner.register(Any()) { freed.incrementAndGet() } }
        // One that fails does not end the thread.
        cleaner.register(Any()) { error("broken") }
        until("all are freed") {
            System.gc()
            freed.get() == 10
        }
        val value = Any()
        val cleanable = cleaner.register(value) { freed.incrementAndGet() }
        repeat(2) { cleanable.clean() }
        assertEquals(11, freed.get())
        cleaner.register(Any()) { freed.incrementAndGet() }
        until("garbage after a failure is freed") {
            System.gc()
            freed.get() == 12
        }
    }

    /** As Robolectric has them, one for each version of Android. */
    @Test
    fun `another class loader has a library of its own`() {
        val paths = System.getProperty("java.class.path").split(File.pathSeparator).map { File(it).toURI().toURL() }
        URLClassLoader(paths.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
            val shapes = loader.loadClass("uniffi.shapes.ShapesKt")
            assertNotSame(Class.forName("uniffi.shapes.ShapesKt"), shapes)
            assertEquals("🙂", shapes.getMethod("echoText", String::class.java).invoke(null, "🙂"))
        }
    }

    private fun collected(): ULong {
        System.gc()
        return gates()
    }
}
