package uniffi.shapes

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import java.io.File
import java.util.zip.ZipFile

/** What ProGuard leaves with the rules in the generator's README. */
class ShrunkTest {
    private val shrunk = File("target/shrunk.jar")

    @Test
    fun `a shrunk app calls and is called`() {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val paths = System.getProperty("java.class.path").split(File.pathSeparator)
        // The native library, without the classes beside it.
        val library = System.mapLibraryName("jni_shapes")
        val libraries = paths.filter { it.endsWith(".jar") && "jna" !in it }
        val folder = File("target/classes").walk().first { it.name == library }.path
        val override = "-Duniffi.component.shapes.libraryOverride=${File(folder).absolutePath}"
        val classes = (listOf(shrunk.path) + libraries).joinToString(File.pathSeparator)
        val process = ProcessBuilder(java, override, "-cp", classes, "uniffi.shapes.Shrunk").redirectErrorStream(true).start()
        val printed = process.inputStream.bufferedReader().readText().trim()
        assertEquals("[a gate, later, true, Number(v1=7), no number]", printed)
        assertEquals(0, process.waitFor())
    }

    @Test
    fun `everything else has lost its name or is gone`() {
        val classes = ZipFile(shrunk).use { zip -> zip.entries().asSequence().map { it.name }.toSet() }
        assertEquals(true, "uniffi/shapes/UniffiLib.class" in classes)
        assertFalse("uniffi/shapes/Gate.class" in classes)
        assertFalse("uniffi/shapes/Presets.class" in classes)
    }
}
