package one.aipass.mobile.ui.views

import android.view.View
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.PhotoHint
import one.aipass.mobile.PhotoHintKind
import one.aipass.mobile.R
import one.aipass.mobile.testing.sample
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.annotation.Config

class PhotoWarningViewTest : AndroidTest() {
    private val chosen = mutableListOf<String>()

    private fun shown(vararg kinds: PhotoHintKind) =
        onScreen { PhotoWarningView(it) }.also { view ->
            val hints = kinds.map { PhotoHint.sample(it) }
            view.bind(hints, scanAnyway = { chosen += "scan" }, takeAnother = { chosen += "take" })
        }

    private fun PhotoWarningView.hints() = textOf(R.id.aipass_photo_hints)?.lines()

    private val costs = "Nothing was sent yet. A scan costs money, even if it finds nothing."

    @Test
    fun `it says what is wrong, each thing once, and that nothing was paid`() {
        val view = shown(PhotoHintKind.TOO_DARK, PhotoHintKind.TOO_BLURRED, PhotoHintKind.TOO_DARK)
        assertEquals(listOf("The photo is too dark.", "The photo is blurred.", costs), view.hints())
        val others = shown(PhotoHintKind.TOO_SMALL, PhotoHintKind.TOO_BRIGHT, PhotoHintKind.NO_PRINT)
        val sentences =
            listOf(
                "The photo is too small.",
                "The print hardly stands out: too much light, or blank paper.",
                "There is hardly anything on it that looks like print.",
                costs,
            )
        assertEquals(sentences, others.hints())
    }

    @Test
    fun `the user chooses`() {
        val view = shown(PhotoHintKind.NO_PRINT)
        view.part<View>(R.id.aipass_photo_take_another).performClick()
        view.part<View>(R.id.aipass_photo_scan_anyway).performClick()
        assertEquals(listOf("take", "scan"), chosen)
    }

    @Test
    @Config(qualifiers = "de")
    fun `it speaks German`() {
        val view = shown(PhotoHintKind.TOO_BLURRED)
        assertEquals("Das Foto ist unscharf.", view.hints()?.first())
        assertEquals("Trotzdem einlesen", view.textOf(R.id.aipass_photo_scan_anyway))
    }
}
