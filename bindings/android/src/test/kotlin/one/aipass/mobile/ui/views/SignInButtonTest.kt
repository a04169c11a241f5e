package one.aipass.mobile.ui.views

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import one.aipass.mobile.AiPassException
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.R
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignInReason
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.ui.SignInModel
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

class SignInButtonTest : AndroidTest() {
    private val ai = FakeAiPass()
    private val model = SignInModel(ai, CoroutineScope(Dispatchers.Unconfined + SupervisorJob()))

    private fun shown(open: suspend () -> Unit = {}) = onScreen { SignInButton(it) }.also { it.bind(model, open) }

    private fun SignInButton.button() = part<Button>(R.id.aipass_sign_in_button)

    private fun SignInButton.notice() = textOf(R.id.aipass_sign_in_notice)

    @Test
    fun `a press signs in, and the button goes away`() {
        val page = CompletableDeferred<Unit>()
        val view = shown { page.await() }
        assertEquals("Sign in with AI Pass", view.button().text)
        assertNull(view.notice())
        view.button().performClick()
        assertEquals("Signing in…", view.button().text)
        assertFalse(view.button().isEnabled)
        page.complete(Unit)
        assertEquals(View.GONE, view.visibility)
        ai.moveTo(SessionState.NeedsSignIn(SignInReason.GRANT_ENDED))
        assertEquals(View.VISIBLE, view.visibility)
        assertEquals("Sign in again", view.button().text)
        assertEquals("AI Pass ended your session.", view.notice())
        assertTrue(view.button().isEnabled)
    }

    @Test
    fun `a failure is told, and read out by screen readers`() {
        val view = shown { throw AiPassException.Offline(false, "") }
        view.button().performClick()
        assertEquals("No connection. Try again when you are online.", view.notice())
        val notice = view.part<View>(R.id.aipass_sign_in_notice)
        assertEquals(View.ACCESSIBILITY_LIVE_REGION_POLITE, notice.accessibilityLiveRegion)
    }

    @Test
    @Config(qualifiers = "de")
    fun `it speaks the app's language`() {
        val view = shown { throw AiPassException.SignInRequired(SignInReason.DENIED, null) }
        assertEquals("Mit AI Pass anmelden", view.button().text)
        view.button().performClick()
        assertEquals("Du hast der App nicht erlaubt, AI Pass zu benutzen.", view.notice())
    }

    @Test
    fun `a view that was taken away shows nothing new, and one that is back shows the present`() {
        val view = shown()
        val screen = view.parent as ViewGroup
        screen.removeView(view)
        ai.moveTo(SessionState.SignedIn)
        assertEquals(View.VISIBLE, view.visibility)
        screen.addView(view)
        assertEquals(View.GONE, view.visibility)
    }

    @Test
    fun `text grows with the user's choice`() {
        fun sizes() = shown().run { listOf(button(), part<TextView>(R.id.aipass_sign_in_notice)).map { it.textSize } }
        val usual = sizes()
        RuntimeEnvironment.setFontScale(2f)
        for ((before, after) in usual.zip(sizes())) assertTrue("$before $after", after > before)
    }
}
