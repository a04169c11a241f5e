package example.receipts

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.content.pm.ApplicationInfo
import android.net.Uri
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import one.aipass.mobile.AiPass
import one.aipass.mobile.AiPassException
import one.aipass.mobile.SessionState
import one.aipass.mobile.beginSignIn
import one.aipass.mobile.chat
import one.aipass.mobile.scanReceipt
import one.aipass.mobile.sessionStates
import java.io.FileNotFoundException
import java.io.IOException

/** One for the app's whole life: a rotated screen must not forget who is signed in. */
private lateinit var ai: AiPass

/** Sign in, pick a photo of a receipt, see its fields and a word about them. */
class MainActivity : Activity() {
    private lateinit var text: TextView
    private lateinit var button: Button
    private lateinit var scope: CoroutineScope

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        if (!::ai.isInitialized) {
            // Only a debug build may be pointed at a sandbox in the local network: Config.insecureDevelopmentHosts.
            val debugBuild = applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0
            ai = AiPass(clientId = "client_123", redirectUri = "myapp://auth/callback", debugBuild = debugBuild)
        }
        scope = MainScope()
        text = TextView(this)
        button = Button(this)
        setContentView(
            LinearLayout(this).apply {
                orientation = LinearLayout.VERTICAL
                fitsSystemWindows = true
                addView(button)
                addView(text)
            },
        )
        work { ai.sessionStates().collect(::show) }
        // A rotated screen gets the same intent again, whose callback is used up.
        if (savedInstanceState == null) intent?.let(::complete)
    }

    /** The browser comes back: the manifest keeps one activity, which gets `myapp://auth/callback?…` here. */
    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        complete(intent)
    }

    override fun onResume() {
        super.onResume()
        ai.resumed()
    }

    override fun onDestroy() {
        scope.cancel() // with it every call, and its connection
        super.onDestroy()
    }

    override fun onActivityResult(
        requestCode: Int,
        resultCode: Int,
        data: Intent?,
    ) {
        data?.data?.let(::scan)
    }

    private fun show(state: SessionState) {
        val isSignedIn = state is SessionState.SignedIn || state is SessionState.Refreshing
        button.text = if (isSignedIn) "Scan a receipt" else "Sign in"
        button.setOnClickListener { if (isSignedIn) pick() else signIn() }
    }

    private fun signIn() =
        work {
            val request = ai.beginSignIn()
            startActivity(Intent(Intent.ACTION_VIEW, Uri.parse(request.url.toString())))
        }

    private fun complete(intent: Intent) {
        val url = intent.dataString ?: return
        if (ai.isCallback(url)) work { ai.completeSignIn(url) }
    }

    @Suppress("DEPRECATION") // its successor is not part of the framework
    private fun pick() = work { startActivityForResult(Intent(Intent.ACTION_GET_CONTENT).setType("image/*"), 0) }

    private fun scan(photo: Uri) =
        work {
            text.text = "Reading…"
            val bytes = withContext(Dispatchers.IO) { read(photo) }
            val receipt = ai.scanReceipt(bytes)
            text.text = "${receipt.amount} ${receipt.currency} at ${receipt.merchant}, ${receipt.date}\n\n"
            ai.chat("In one sentence: is ${receipt.amount} ${receipt.currency} much for ${receipt.category}?").collect {
                text.append(it)
            }
        }

    /** The photo may be gone by now, or not for this app to read. */
    private fun read(photo: Uri): ByteArray {
        val stream = contentResolver.openInputStream(photo) ?: throw FileNotFoundException("$photo")
        return stream.use { it.readBytes() }
    }

    /** Until the activity ends. What goes wrong is the app's to decide. */
    private fun work(block: suspend () -> Unit) {
        scope.launch {
            try {
                block()
            } catch (error: AiPassException) {
                text.text =
                    when (error) {
                        is AiPassException.SignInRequired -> "Please sign in."
                        is AiPassException.BudgetExceeded -> "Your budget is used up: top it up at aipass.one."
                        is AiPassException.Offline, is AiPassException.Timeout -> "No connection. Please try again."
                        else -> error.message
                    }
            } catch (missing: ActivityNotFoundException) {
                text.text = "There is no app for this on the phone."
            } catch (unreadable: IOException) {
                text.text = "The photo cannot be read."
            } catch (forbidden: SecurityException) {
                text.text = "The photo cannot be read."
            }
        }
    }
}
