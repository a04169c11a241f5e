package one.aipass.mobile

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.net.URI

/** A screen of an app. */
class HostActivity : Activity()

class SignInTest : AndroidTest() {
    private lateinit var sandbox: Sandbox
    private lateinit var host: Activity
    private val background = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    @Before
    fun open() {
        sandbox = Sandbox()
        app.installBrowser("browser.tabs")
        host = Robolectric.buildActivity(HostActivity::class.java).setup().get()
    }

    @After
    fun close() {
        killProcess()
        sandbox.close()
    }

    private fun client() =
        AiPass(
            app,
            sandbox.fact("client_id"),
            sandbox.fact("redirect_uri"),
            provider = Provider.aiPass(sandbox.baseUrl),
        )

    /** What a process forgets that is killed. */
    private fun killProcess() {
        for (name in listOf("clients", "attempts", "callbacks")) {
            val field = SignIns::class.java.getDeclaredField(name).apply { isAccessible = true }
            when (val state = field.get(SignIns)) {
                is MutableMap<*, *> -> state.clear()
                is MutableCollection<*> -> state.clear()
            }
        }
    }

    private fun begin(ai: AiPass): Deferred<Unit> = background.async { ai.signIn(host) }

    @Test
    fun `a user signs in, and the browser's tab is closed`() {
        val ai = client()
        val signIn = begin(ai)
        val (below, url) = app.openBrowser()
        val closing = checkNotNull(app.callBack(sandbox.decide(url, "allow")))
        assertEquals(SignInActivity::class.java.name, closing.component?.className)
        val toFront = Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP
        assertEquals(toFront, closing.flags and toFront)
        below
            .newIntent(closing)
            .restart()
            .start()
            .resume()
        assertTrue(below.get().isFinishing)
        awaited { signIn.await() }
        assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
        assertFalse(awaited { ai.recoveredSignIn() })
    }

    @Test
    fun `a user who comes back without a callback has cancelled`() {
        val ai = client()
        val signIn = begin(ai)
        val (below, url) = app.openBrowser()
        below.restart().resume()
        assertTrue(below.get().isFinishing)
        assertThrows(AiPassException.Cancelled::class.java) { awaited { signIn.await() } }
        assertEquals(SessionState.SignedOut, awaited { ai.sessionState() })
        // It comes after all.
        assertNotNull(app.callBack(sandbox.decide(url, "allow")))
        assertFalse(awaited { ai.recoveredSignIn() })
        assertEquals(SessionState.SignedOut, awaited { ai.sessionState() })
    }

    @Test
    fun `a second sign-in replaces the first one's page`() {
        val ai = client()
        val first = begin(ai)
        val (below, _) = app.openBrowser()
        val second = begin(ai)
        below.newIntent(app.nextStarted()).restart().resume()
        assertThrows(AiPassException.Cancelled::class.java) { awaited { first.await() } }
        val url = URI(app.nextStarted().dataString)
        app.callBack(sandbox.decide(url, "allow"))
        awaited { second.await() }
        assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
    }

    @Test
    fun `a user who refuses is told apart`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        app.callBack(sandbox.decide(url, "deny"))
        val error = assertThrows(AiPassException.SignInRequired::class.java) { awaited { signIn.await() } }
        assertEquals(SignInReason.DENIED, error.reason)
    }

    @Test
    fun `the process is killed while the browser is open`() {
        val below: ActivityController<SignInActivity>
        val url: URI
        client().let { ai ->
            val signIn = begin(ai)
            app.openBrowser().let { (activity, address) ->
                below = activity
                url = address
            }
            signIn.cancel()
            ai.close()
        }
        val saved = Bundle().also { below.saveInstanceState(it) }
        below.destroy()
        killProcess()

        // Android starts the process for the callback, makes the activity below the tab again, and then the app's
        // screen.
        val closing = checkNotNull(app.callBack(sandbox.decide(url, "allow")))
        val again = Robolectric.buildActivity(SignInActivity::class.java, below.intent)
        again
            .create(saved)
            .start()
            .restoreInstanceState(saved)
            .newIntent(closing)
            .resume()
        assertTrue(again.get().isFinishing)
        assertFalse("no browser is opened again", shadowOf(app).nextStartedActivity?.isCustomTab() == true)
        client().use { ai ->
            assertTrue(awaited { ai.recoveredSignIn() })
            assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
            assertFalse(awaited { ai.recoveredSignIn() })
        }
    }

    @Test
    fun `the process is killed, and the user comes back without a callback`() {
        val ai = client()
        val signIn = begin(ai)
        val (below, _) = app.openBrowser()
        signIn.cancel()
        val saved = Bundle().also { below.saveInstanceState(it) }
        below.destroy()
        killProcess()
        val again =
            Robolectric
                .buildActivity(SignInActivity::class.java, below.intent)
                .create(saved)
                .start()
                .resume()
        assertTrue(again.get().isFinishing)
        assertFalse(shadowOf(app).nextStartedActivity?.isCustomTab() == true)
        client().use { assertFalse(awaited { it.recoveredSignIn() }) }
    }

    @Test
    fun `a rotated screen ends the wait and not the sign-in`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        signIn.cancel()
        awaited { signIn.join() }
        app.callBack(sandbox.decide(url, "allow"))
        assertTrue(awaited { ai.recoveredSignIn() })
        assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
    }

    @Test
    fun `the outcome of a recovery waits for a caller that lives to read it`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        signIn.cancel()
        awaited { signIn.join() }
        app.callBack(sandbox.decide(url, "allow"))
        var read = false
        val reader =
            background.launch(start = CoroutineStart.UNDISPATCHED) {
                cancel()
                read = ai.recoveredSignIn()
            }
        awaited { reader.join() }
        assertTrue(read || awaited { ai.recoveredSignIn() })
    }

    // A3
    @Test
    fun `a forged callback does not hide the outcome of a recovery`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        signIn.cancel()
        awaited { signIn.join() }
        app.callBack(sandbox.decide(url, "allow"))
        awaited { ai.sessionStates().first { it == SessionState.SignedIn } }
        app.callBack("${sandbox.fact("redirect_uri")}?code=1&state=guessed")
        assertTrue(awaited { ai.recoveredSignIn() })
        assertFalse(awaited { ai.recoveredSignIn() })
    }

    @Test
    fun `a callback that failed for want of a network is tried again`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        val callback = sandbox.decide(url, "allow")
        sandbox.ask("POST", "faults", """{"endpoint": "token", "fault": {"kind": "reset"}}""")
        assertNotNull(app.callBack(callback))
        assertThrows(AiPassException.Offline::class.java) { awaited { signIn.await() } }
        assertThrows(AiPassException.Offline::class.java) { awaited { ai.recoveredSignIn() } }
        sandbox.ask("DELETE", "faults")
        assertTrue(awaited { ai.recoveredSignIn() })
        assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
    }

    @Test
    fun `no browser is a typed error, and nothing waits`() {
        shadowOf(app.packageManager).removePackage("browser.tabs")
        shadowOf(app.packageManager).deletePackage("browser.tabs")
        val ai = client()
        val signIn = begin(ai)
        val below = Robolectric.buildActivity(SignInActivity::class.java, app.nextStarted()).setup()
        assertTrue(below.get().isFinishing)
        assertThrows(AiPassException.Unsupported::class.java) { awaited { signIn.await() } }
        assertNull(shadowOf(app).nextStartedActivity)
    }

    // A3
    @Test
    fun `a forged callback changes nothing and leaves the tab open`() {
        val ai = client()
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        val redirect = sandbox.fact("redirect_uri")
        for (forged in listOf(
            "$redirect?code=1&state=guessed",
            redirect,
            "$redirect?error=access_denied",
            "other://x",
        )) {
            assertNull(forged, app.callBack(forged))
        }
        assertFalse(signIn.isCompleted)
        assertNotNull(app.callBack(sandbox.decide(url, "allow")))
        awaited { signIn.await() }
        assertEquals(SessionState.SignedIn, awaited { ai.sessionState() })
    }

    @Test
    fun `nothing that an intent names is started or read`() {
        val redirect = sandbox.fact("redirect_uri")
        val target = Intent().setClassName(app.packageName, "app.Private").setAction("app.WIPE")
        val started =
            app.callBack("$redirect?code=1&state=guessed") {
                putExtra(Intent.EXTRA_INTENT, target)
                putExtra("one.aipass.mobile.URL", "https://evil.example")
                putExtra("one.aipass.mobile.ATTEMPT", "1")
                selector = target
                addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
            }
        checkNotNull(started)
        assertEquals(SignInActivity::class.java.name, started.component?.className)
        assertNull(started.extras)
        assertNull(started.selector)
        assertNull(started.data)
        assertEquals(0, started.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION)
        val closing = Robolectric.buildActivity(SignInActivity::class.java, started).setup()
        assertTrue(closing.get().isFinishing)
        val next = shadowOf(app).nextStartedActivity
        assertTrue("$next", next == null || next.dataString == null)
        for (action in listOf(Intent.ACTION_SEND, null, "one.aipass.mobile.CLOSE")) {
            assertNull(app.callBack("$redirect?code=1&state=guessed") { this.action = action })
        }
        assertNull(app.callBack("$redirect?code=1&state=" + "x".repeat(20_000)))
    }

    @Test
    fun `an App Link is a callback too`() {
        val redirect = "https://app.example/signed-in"
        val ai = AiPass(app, sandbox.fact("client_id"), redirect, provider = Provider.aiPass(sandbox.baseUrl))
        val signIn = begin(ai)
        val (_, url) = app.openBrowser()
        val state = checkNotNull(Uri.parse(url.toString()).getQueryParameter("state"))
        assertNotNull(app.callBack("$redirect?error=access_denied&state=${Uri.encode(state)}"))
        assertThrows(AiPassException.SignInRequired::class.java) { awaited { signIn.await() } }
    }

    @Test
    fun `two accounts of one app sign in with callbacks of the same form`() {
        val first = client()
        val second =
            AiPass(
                app,
                sandbox.fact("client_id"),
                sandbox.fact("redirect_uri"),
                account = "second",
                provider = Provider.aiPass(sandbox.baseUrl),
            )
        val signIn = begin(second)
        val (_, url) = app.openBrowser()
        app.callBack(sandbox.decide(url, "allow"))
        awaited { signIn.await() }
        assertEquals(SessionState.SignedIn, awaited { second.sessionState() })
        assertEquals(SessionState.SignedOut, awaited { first.sessionState() })
        assertFalse(awaited { first.recoveredSignIn() })
    }
}
