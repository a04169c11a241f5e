package one.aipass.mobile

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.os.Bundle
import java.net.URI

/**
 * Opens the browser and lies below its tab. Where the callback comes, the system closes the tab by bringing this
 * activity to the front, which then finishes: the app's screen is below it. Where the user comes back without a
 * callback, the sign-in is cancelled.
 *
 * Not exported: only this app starts it. An app does not use it itself.
 */
public class SignInActivity : Activity() {
    private var isOpened = false
    private var isOver = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        isOpened = savedInstanceState?.getBoolean(OPENED) ?: false
        take(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        take(intent)
    }

    private fun take(intent: Intent) {
        if (intent.action == ACTION_CLOSE) {
            isOver = true
            return
        }
        if (intent !== this.intent) {
            // A second sign-in was begun while the first one's tab was open.
            SignIns.returned(this.intent.getStringExtra(ATTEMPT))
            setIntent(intent)
            isOpened = false
        }
    }

    override fun onResume() {
        super.onResume()
        val attempt = intent.getStringExtra(ATTEMPT)
        if (!isOver && !isOpened) {
            isOpened = true
            try {
                SignInLauncher.open(this, URI(intent.getStringExtra(URL).orEmpty()))
                return
            } catch (error: AiPassException) {
                SignIns.failed(attempt, error)
            }
        } else if (!isOver) {
            SignIns.returned(attempt)
        }
        leave()
    }

    /** To the app's screen. If the system removed that meanwhile, the app is started as from the launcher. */
    private fun leave() {
        if (isTaskRoot) packageManager.getLaunchIntentForPackage(packageName)?.let(::startActivity)
        finish()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putBoolean(OPENED, isOpened)
    }

    internal companion object {
        private const val ACTION_CLOSE = "one.aipass.mobile.CLOSE"
        private const val URL = "one.aipass.mobile.URL"
        private const val ATTEMPT = "one.aipass.mobile.ATTEMPT"
        private const val OPENED = "one.aipass.mobile.OPENED"

        fun opening(
            context: Context,
            url: URI,
            attempt: String,
        ): Intent =
            Intent(context, SignInActivity::class.java)
                .putExtra(URL, url.toString())
                .putExtra(ATTEMPT, attempt)

        /** Brings the activity to the front, and closes what is above it. */
        fun closing(context: Context): Intent =
            Intent(context, SignInActivity::class.java)
                .setAction(ACTION_CLOSE)
                .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP)
    }
}
