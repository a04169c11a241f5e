package one.aipass.mobile.ui

import one.aipass.mobile.ROOT
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.io.File

/** The parts of a screen: rules that know no Android, and views that are thin. */
class PlainRulesTest {
    private val folder = File(ROOT, "bindings/android/src/main/kotlin/one/aipass/mobile/ui")

    @Test
    fun `states and rules do not know Android`() {
        val files = checkNotNull(folder.listFiles { file -> file.extension == "kt" })
        assertTrue("${files.size} files", files.size >= 5)
        val android = files.flatMap { file -> file.readLines().filter { "android" in it }.map { "${file.name}: $it" } }
        assertEquals(emptyList<String>(), android)
    }

    @Test
    fun `views are at most 120 lines long`() {
        val files = checkNotNull(File(folder, "views").listFiles())
        assertTrue("${files.size} files", files.size >= 5)
        assertEquals(emptyList<String>(), files.filter { it.readLines().size > 120 }.map { it.name })
    }
}
