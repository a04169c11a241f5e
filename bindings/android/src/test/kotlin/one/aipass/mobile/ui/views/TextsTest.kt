package one.aipass.mobile.ui.views

import one.aipass.mobile.ROOT
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** The texts of the package and of the example are there in both languages, and are filled in alike. */
class TextsTest {
    private val folders = listOf("bindings/android/src/main/res", "examples/kotlin/app/src/main/res")

    private fun texts(file: File): Map<String, String> {
        val document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file)
        val strings = document.getElementsByTagName("string")
        return (0 until strings.length)
            .map { strings.item(it) as Element }
            .associate { it.getAttribute("name") to it.textContent }
    }

    private fun arguments(text: String) = Regex("%(\\d\\$)?[a-z]").findAll(text).map { it.value }.toSet()

    @Test
    fun `every text is translated`() {
        for (folder in folders) {
            val english = texts(File(ROOT, "$folder/values/strings.xml"))
            val german = texts(File(ROOT, "$folder/values-de/strings.xml"))
            assertTrue("${english.size} texts", english.size > 5)
            assertEquals(english.keys, german.keys)
            for ((name, text) in english) {
                assertTrue(name, text.isNotBlank() && german.getValue(name).isNotBlank())
                assertEquals(name, arguments(text), arguments(german.getValue(name)))
            }
        }
    }
}
