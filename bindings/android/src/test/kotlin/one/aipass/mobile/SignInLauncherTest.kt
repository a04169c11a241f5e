package one.aipass.mobile

import android.content.Intent
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import java.net.URI

class SignInLauncherTest : AndroidTest() {
    private val url = URI("https://aipass.one/oauth2/authorize?state=s%2B1&scope=a%20b")

    @Test
    fun `the address is opened in a Custom Tab of a browser that has them`() {
        app.installBrowser("browser.tabs")
        val intent = SignInLauncher.intent(app, url)
        assertEquals(Intent.ACTION_VIEW, intent.action)
        assertEquals(url.toString(), intent.dataString)
        assertEquals("browser.tabs", intent.`package`)
        assertTrue(intent.isCustomTab())
    }

    @Test
    fun `a browser without Custom Tabs is opened as it is`() {
        app.installBrowser("browser.plain", hasCustomTabs = false)
        val intent = SignInLauncher.intent(app, url)
        assertEquals("browser.plain", intent.`package`)
        assertFalse(intent.isCustomTab())
    }

    @Test
    fun `the default browser is taken even if another one has Custom Tabs`() {
        app.installBrowser("browser.plain", hasCustomTabs = false)
        app.installBrowser("browser.tabs")
        assertEquals("browser.plain", SignInLauncher.intent(app, url).`package`)
    }

    @Test
    fun `without a default browser one with Custom Tabs is taken`() {
        shadowOf(app.packageManager).setShouldShowActivityChooser(true)
        app.installBrowser("browser.plain", hasCustomTabs = false)
        app.installBrowser("browser.tabs")
        val intent = SignInLauncher.intent(app, url)
        assertEquals("browser.tabs", intent.`package`)
        assertTrue(intent.isCustomTab())
    }

    @Test
    fun `an app for the provider's addresses alone is no browser`() {
        app.installViewer("evil.app", "aipass.one")
        assertThrows(AiPassException.Unsupported::class.java) { SignInLauncher.intent(app, url) }
        app.installBrowser("browser.tabs")
        assertEquals("browser.tabs", SignInLauncher.intent(app, url).`package`)
    }

    @Test
    fun `no browser is a typed error that says what to do`() {
        val error = assertThrows(AiPassException.Unsupported::class.java) { SignInLauncher.intent(app, url) }
        assertEquals("unsupported", error.code)
        assertTrue(error.message, "install" in error.message)
    }
}
