package one.aipass.mobile

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import example.receipts.MainActivity
import example.receipts.ReceiptsApp
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.io.File
import java.util.Collections

/** The example app, with a sandbox for AI Pass. */
class SandboxedReceipts : ReceiptsApp() {
    val sandbox by lazy { Sandbox() }
    override val provider get() = Provider.aiPass(sandbox.baseUrl)
}

/** Drives examples/kotlin as its user does. */
@Config(application = SandboxedReceipts::class)
class ExampleTest : AndroidTest() {
    private val receipts get() = app as SandboxedReceipts
    private val screen by lazy { Robolectric.buildActivity(MainActivity::class.java).setup() }

    @Before
    fun install() {
        app.installBrowser("browser.tabs")
        Robolectric.buildContentProvider(PhotoProvider::class.java).create("photos.app")
    }

    @After
    fun close() {
        screen.pause().stop().destroy()
        receipts.ai.close()
        receipts.sandbox.close()
    }

    private fun views(view: View = screen.get().window.decorView): List<View> =
        if (view is ViewGroup) (0 until view.childCount).flatMap { views(view.getChildAt(it)) } else listOf(view)

    private fun button() = views().filterIsInstance<Button>().single()

    private fun text() =
        views()
            .filterIsInstance<TextView>()
            .single { it !is Button && it.parent == button().parent }
            .text
            .toString()

    @Test
    fun `a user signs in, picks a photo, and reads what it cost`() {
        until("the button to sign in") { button().text == "Sign in" }
        button().performClick()
        val (_, url) = app.openBrowser()
        app.callBack(receipts.sandbox.decide(url, "allow"))
        until("the button to scan") { button().text == "Scan a receipt" }
        button().performClick()
        val picking = app.nextStarted()
        assertEquals(Intent.ACTION_GET_CONTENT, picking.action)
        val photo = Intent().setData(Uri.parse("content://photos.app/bookshop"))
        shadowOf(screen.get()).receiveResult(picking, Activity.RESULT_OK, photo)
        // The answer to the question about it follows, piece by piece.
        until("an answer") { text().substringAfter("\n\n", "").split(' ').size > 3 }
        assertTrue(text(), text().startsWith("39.24 GBP at Foxglove Books, "))
    }

    @Test
    fun `the documentation shows parts of the app`() {
        fun lines(text: String) = text.lines().map { it.trim() }.filter { it.isNotEmpty() }
        val example = File(ROOT, "examples/kotlin/app/src/main")
        val sources =
            mapOf("kotlin" to "kotlin/example/receipts/MainActivity.kt", "xml" to "AndroidManifest.xml")
                .mapValues { (_, path) -> lines(File(example, path).readText()) }
        val blocks =
            Regex("```(kotlin|xml)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                .findAll(File(ROOT, "docs/android.md").readText())
                .toList()
        assertTrue("${blocks.size} blocks", blocks.size >= 4)
        for (block in blocks) {
            val (language, text) = block.destructured
            assertTrue("not in the example:\n$text", Collections.indexOfSubList(sources[language], lines(text)) >= 0)
        }
    }
}
