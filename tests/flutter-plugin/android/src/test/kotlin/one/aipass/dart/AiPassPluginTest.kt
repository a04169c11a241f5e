package one.aipass.dart

import android.app.Application
import android.content.Intent
import android.os.UserManager
import io.flutter.embedding.engine.plugins.FlutterPlugin
import io.flutter.plugin.common.BinaryMessenger
import io.flutter.plugin.common.MethodCall
import io.flutter.plugin.common.MethodChannel
import kotlinx.coroutines.CompletableDeferred
import one.aipass.dart.trust.ServerTrustBridge
import one.aipass.mobile.AndroidTest
import one.aipass.mobile.FakeKeystore
import one.aipass.mobile.SignInActivity
import one.aipass.mobile.awaited
import one.aipass.mobile.callBack
import one.aipass.mobile.installBrowser
import one.aipass.mobile.isCustomTab
import one.aipass.mobile.nextStarted
import one.aipass.mobile.openBrowser
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import java.io.File

/** An answer as Dart gets it. */
private sealed interface Answer {
    data class Success(
        val value: Any?,
    ) : Answer

    data class Error(
        val code: String,
    ) : Answer

    object NotImplemented : Answer
}

/** One engine, whose Dart this is. */
private class Engine(
    app: Application,
) {
    private val messenger = BinaryMessenger()
    private val binding = FlutterPlugin.FlutterPluginBinding(app, messenger)
    private val plugin = AiPassPlugin().apply { onAttachedToEngine(binding) }

    fun end() = plugin.onDetachedFromEngine(binding)

    fun begin(
        method: String,
        arguments: Any? = null,
    ): CompletableDeferred<Answer> {
        val answer = CompletableDeferred<Answer>()
        checkNotNull(messenger.handlers["one.aipass/platform"]).onMethodCall(
            MethodCall(method, arguments),
            object : MethodChannel.Result {
                override fun success(result: Any?) = give(Answer.Success(result))

                override fun error(
                    errorCode: String,
                    errorMessage: String?,
                    errorDetails: Any?,
                ) = give(Answer.Error(errorCode))

                override fun notImplemented() = give(Answer.NotImplemented)

                private fun give(given: Answer) = check(answer.complete(given)) { "a second answer: $given" }
            },
        )
        return answer
    }

    fun ask(
        method: String,
        arguments: Any? = null,
    ): Answer = begin(method, arguments).let { awaited { it.await() } }

    fun authorize(state: String) =
        begin(
            "authorize",
            mapOf("url" to "https://provider.invalid/authorize?state=$state", "redirectUri" to "myapp://auth/callback"),
        )

    fun key(name: String = "aipass-client") = (ask("storeKey", name) as Answer.Success).value as ByteArray
}

class AiPassPluginTest : AndroidTest() {
    private val engines = ArrayList<Engine>()

    private fun engine() = Engine(app).also(engines::add)

    /** As if the process ended. */
    @After
    fun end() {
        FakeKeystore.isSilent = false
        engines.forEach(Engine::end)
        engine().run {
            do {
                val answer = ask("takeCallback")
            } while (answer != Answer.Success(null))
        }
    }

    // S6: bindings/android's SystemServerTrustTest asks it through the library
    @Test
    fun `the library finds who judges servers`() {
        engine()
        assertTrue(ServerTrustBridge.install())
        val refusal = ServerTrustBridge.refusal(byteArrayOf(0, 0, 0, 1, 7), "localhost".toByteArray())
        assertTrue("$refusal", checkNotNull(refusal).decodeToString().startsWith("CertificateException"))
    }

    private fun callback(state: String) = "myapp://auth/callback?code=1&state=$state"

    @Test
    fun `a sign-in brings its callback, and the browser's tab is closed`() {
        app.installBrowser("browser.tabs")
        val signIn = engine().authorize("s1")
        val (below, url) = app.openBrowser()
        assertEquals("https://provider.invalid/authorize?state=s1", url.toString())
        val closing = checkNotNull(app.callBack(callback("s1")))
        below
            .newIntent(closing)
            .restart()
            .start()
            .resume()
        assertTrue(below.get().isFinishing)
        assertEquals(Answer.Success(callback("s1")), awaited { signIn.await() })
        assertEquals(Answer.Success(null), engine().ask("takeCallback"))
    }

    @Test
    fun `a user who comes back without a callback is told`() {
        app.installBrowser("browser.tabs")
        val signIn = engine().authorize("s1")
        val (below, _) = app.openBrowser()
        below.restart().resume()
        assertEquals(Answer.Success(null), awaited { signIn.await() })
    }

    @Test
    fun `no browser is told, for a sign-in and for a page`() {
        val signIn = engine().authorize("s1")
        val opening = app.nextStarted()
        Robolectric.buildActivity(SignInActivity::class.java, opening).setup()
        assertEquals(Answer.Error("no_browser"), awaited { signIn.await() })
        assertEquals(Answer.Error("no_browser"), engine().ask("openInBrowser", "https://pay.invalid"))
    }

    @Test
    fun `a page is opened in the browser`() {
        app.installBrowser("browser.tabs")
        assertEquals(Answer.Success(null), engine().ask("openInBrowser", "https://pay.invalid/?amount=10"))
        val opened = app.nextStarted()
        assertEquals("https://pay.invalid/?amount=10", opened.dataString)
        assertEquals("browser.tabs", opened.`package`)
        assertTrue(opened.isCustomTab())
    }

    // A3
    @Test
    fun `a forged callback ends no sign-in and closes no tab`() {
        app.installBrowser("browser.tabs")
        val signIn = engine().authorize("s1")
        app.openBrowser()
        assertNull(app.callBack(callback("forged")))
        assertNull(app.callBack("myapp://auth/callback"))
        assertFalse(signIn.isCompleted)
        assertNotNull(app.callBack(callback("s1")))
        assertEquals(Answer.Success(callback("s1")), awaited { signIn.await() })
    }

    @Test
    fun `a second sign-in ends the first`() {
        app.installBrowser("browser.tabs")
        val engine = engine()
        val first = engine.authorize("s1")
        app.openBrowser()
        val second = engine.authorize("s2")
        assertEquals(Answer.Success(null), awaited { first.await() })
        app.callBack(callback("s2"))
        assertEquals(Answer.Success(callback("s2")), awaited { second.await() })
    }

    @Test
    fun `the callback of an app that was killed is for its next start`() {
        val closing = checkNotNull(app.callBack(callback("s1")))
        assertEquals(SignInActivity::class.java.name, closing.component?.className)
        val engine = engine()
        assertEquals(Answer.Success(callback("s1")), engine.ask("takeCallback"))
        assertEquals(Answer.Success(null), engine.ask("takeCallback"))
    }

    @Test
    fun `a screen that is removed while the browser is open leaves the callback to the next`() {
        app.installBrowser("browser.tabs")
        val first = engine()
        val signIn = first.authorize("s1")
        app.openBrowser()
        first.end()
        assertNotNull(app.callBack(callback("s1")))
        assertFalse(signIn.isCompleted)
        assertEquals(Answer.Success(callback("s1")), engine().ask("takeCallback"))
    }

    @Test
    fun `only the newest few callbacks without a sign-in are kept, and none that is too long`() {
        for (i in 1..9) app.callBack(callback("s$i"))
        app.callBack(callback("x".repeat(9000)))
        val engine = engine()
        val kept = List(5) { (engine.ask("takeCallback") as Answer.Success).value }
        assertEquals(listOf(callback("s9"), callback("s8"), callback("s7"), callback("s6"), null), kept)
    }

    @Test
    fun `of an intent only the address is read`() {
        val started =
            checkNotNull(
                app.callBack(callback("s1")) {
                    putExtra("one.aipass.mobile.URL", "https://evil.invalid")
                    addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
                },
            )
        assertEquals(SignInActivity::class.java.name, started.component?.className)
        assertNull(started.extras)
        assertEquals(0, started.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    @Test
    fun `the folder is not in a backup`() {
        assertEquals(
            Answer.Success(File(app.noBackupFilesDir, "aipass/aipass-client").path),
            engine().ask("storeDirectory", "aipass-client"),
        )
    }

    // S5
    @Test
    fun `the key is random, the same each time, and nowhere in plain text`() {
        val key = engine().key()
        assertEquals(32, key.size)
        assertArrayEquals(key, engine().key())
        assertFalse(key.contentEquals(engine().key("aipass-other")))
        val files =
            app.noBackupFilesDir
                .walk()
                .filter(File::isFile)
                .map { it.readText(Charsets.ISO_8859_1) }
        assertEquals(2, files.count { it.startsWith("AIPASSK1") })
        assertTrue(files.none { String(key, Charsets.ISO_8859_1) in it })
    }

    @Test
    fun `a key that is lost or damaged is replaced`() {
        val key = engine().key()
        FakeKeystore.keys.clear()
        val second = engine().key()
        assertFalse(key.contentEquals(second))
        assertArrayEquals(second, engine().key())
        app.noBackupFilesDir
            .walk()
            .filter { it.name.endsWith(".sealed") }
            .forEach { it.writeText("damaged") }
        assertFalse(second.contentEquals(engine().key()))
    }

    @Test
    fun `callers that make the key at once all get the same one, also in place of a lost one`() {
        val engine = engine()
        repeat(20) {
            FakeKeystore.keys.clear()
            val keys = List(8) { engine.begin("storeKey", "aipass-client") }
            val made = keys.map { key -> (awaited { key.await() } as Answer.Success).value as ByteArray }
            made.forEach { assertArrayEquals(made.first(), it) }
        }
    }

    @Test
    fun `a device that is locked, and a Keystore that does not answer, are told`() {
        shadowOf(app.getSystemService(UserManager::class.java)).setUserUnlocked(false)
        assertEquals(Answer.Error("unavailable"), engine().ask("storeKey", "aipass-client"))
        shadowOf(app.getSystemService(UserManager::class.java)).setUserUnlocked(true)
        val key = engine().key()
        FakeKeystore.isSilent = true
        assertEquals(Answer.Error("unavailable"), engine().ask("storeKey", "aipass-client"))
        FakeKeystore.isSilent = false
        assertArrayEquals(key, engine().key())
    }

    @Test
    fun `the manifest declares what that of the package for Android does`() {
        fun declared(folder: String) =
            File("../../../bindings/$folder/src/main/AndroidManifest.xml").readText().substringAfter("<uses-permission")
        assertEquals(declared("android"), declared("dart/android"))
    }

    @Test
    fun `another method is not implemented`() {
        assertEquals(Answer.NotImplemented, engine().ask("resumed"))
    }
}
