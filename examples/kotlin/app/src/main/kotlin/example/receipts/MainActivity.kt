package example.receipts

import android.app.Activity
import android.app.Application
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPass
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Provider
import one.aipass.mobile.SessionState
import one.aipass.mobile.chat
import one.aipass.mobile.recoveredSignIn
import one.aipass.mobile.scanReceipt
import one.aipass.mobile.sessionStates
import one.aipass.mobile.signIn

/** One client for the app's whole life: a rotated screen must not forget who is signed in. */
open class ReceiptsApp : Application() {
    val ai by lazy { AiPass(this, clientId = "client_123", redirectUri = "myapp://auth/callback", provider = provider) }

    /** AI Pass, if nothing is said. A sandbox: `Provider.aiPass(URI("http://127.0.0.1:8414"))`. */
    protected open val provider: Provider? get() = null
}

/** Sign in, pick a photo of a receipt, see its fields and a word about them. */
class MainActivity : Activity() {
    private val ai get() = (application as ReceiptsApp).ai
    private lateinit var text: TextView
    private lateinit var button: Button
    private lateinit var scope: CoroutineScope

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
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
        // The app may have been killed while the browser was open.
        work { ai.recoveredSignIn() }
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

    private fun signIn() = work { ai.signIn(this) }

    @Suppress("DEPRECATION") // its successor is not part of the framework
    private fun pick() = work { startActivityForResult(Intent(Intent.ACTION_GET_CONTENT).setType("image/*"), 0) }

    private fun scan(photo: Uri) =
        work {
            text.text = "Reading…"
            val receipt = ai.scanReceipt(this, photo)
            text.text = "${receipt.amount} ${receipt.currency} at ${receipt.merchant}, ${receipt.date}\n\n"
            ai.chat("In one sentence: is ${receipt.amount} ${receipt.currency} much for ${receipt.category}?").collect {
                text.append(it)
            }
        }

    /** Until the activity ends. What goes wrong is the app's to decide. */
    private fun work(block: suspend () -> Unit) {
        scope.launch {
            try {
                block()
            } catch (error: AiPassException) {
                text.text =
                    when (error) {
                        is AiPassException.Cancelled -> ""
                        is AiPassException.SignInRequired -> "Please sign in."
                        is AiPassException.BudgetExceeded -> "Your budget is used up: top it up at aipass.one."
                        is AiPassException.Offline, is AiPassException.Timeout -> "No connection. Please try again."
                        else -> error.message
                    }
            } catch (missing: ActivityNotFoundException) {
                text.text = "There is no app for this on the phone."
            }
        }
    }
}
