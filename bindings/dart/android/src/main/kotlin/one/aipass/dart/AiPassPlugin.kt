package one.aipass.dart

import android.content.Context
import android.content.Intent
import android.os.Handler
import android.os.Looper
import android.util.Log
import io.flutter.embedding.engine.plugins.FlutterPlugin
import io.flutter.plugin.common.MethodCall
import io.flutter.plugin.common.MethodChannel
import one.aipass.dart.trust.ServerTrustBridge
import one.aipass.mobile.AiPassException
import one.aipass.mobile.KeystoreSessionStore
import one.aipass.mobile.SignInActivity
import one.aipass.mobile.SignInLauncher
import one.aipass.mobile.SignIns
import one.aipass.mobile.StoreException
import java.io.File
import java.net.URI
import kotlin.concurrent.thread

/**
 * What Dart asks of Android, in lib/src/platform/phone.dart: a folder, a key, the browser, and the callback that comes
 * back from it. And what the library asks: whether to trust a server.
 */
public class AiPassPlugin :
    FlutterPlugin,
    MethodChannel.MethodCallHandler {
    private val screen = Handler(Looper.getMainLooper())
    private lateinit var context: Context
    private lateinit var channel: MethodChannel

    /** The sign-in that was begun last by this engine. */
    private var attempt: String? = null

    override fun onAttachedToEngine(binding: FlutterPlugin.FlutterPluginBinding) {
        if (!ServerTrustBridge.install()) {
            Log.w("aipass", "Android does not judge servers: the app has no library, or one of another version.")
        }
        context = binding.applicationContext
        channel = MethodChannel(binding.binaryMessenger, "one.aipass/platform")
        channel.setMethodCallHandler(this)
    }

    override fun onDetachedFromEngine(binding: FlutterPlugin.FlutterPluginBinding) {
        channel.setMethodCallHandler(null)
        // The screen was removed while its user is in the browser: the callback is for the next one.
        SignIns.abandon(attempt)
    }

    override fun onMethodCall(
        call: MethodCall,
        result: MethodChannel.Result,
    ) {
        when (call.method) {
            "storeDirectory" -> inBackground(result) { File(context.noBackupFilesDir, "aipass/${call.name}").path }
            "storeKey" -> inBackground(result) { storeKey(KeystoreSessionStore(context), call.name) }
            "openInBrowser" -> openInBrowser(URI(call.arguments as String), result)
            "authorize" -> authorize(call.argument<String>("url").orEmpty(), result)
            "takeCallback" -> result.success(SignIns.take())
            else -> result.notImplemented()
        }
    }

    /** That of the app, as Dart makes it of the client id: fit for a file. */
    private val MethodCall.name get() = arguments as String

    private fun authorize(
        url: String,
        result: MethodChannel.Result,
    ) {
        val begun = SignIns.begin(url) { answer(result, it) }
        attempt = begun
        // From outside of a screen: the activity chooses its own task, whatever the app's screen is in.
        context.startActivity(SignInActivity.opening(context, URI(url), begun).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    private fun openInBrowser(
        url: URI,
        result: MethodChannel.Result,
    ) = answer(
        result,
        runCatching {
            SignInLauncher.open(context, url, Intent.FLAG_ACTIVITY_NEW_TASK)
            null
        },
    )

    /** The disk and the Keystore may be slow. */
    private fun inBackground(
        result: MethodChannel.Result,
        work: () -> Any,
    ) {
        thread(name = "aipass") {
            val done = runCatching(work)
            screen.post { answer(result, done) }
        }
    }

    private fun answer(
        result: MethodChannel.Result,
        outcome: Result<Any?>,
    ) = outcome.fold(result::success) { result.error(code(it), it.message, null) }

    /** As phone.dart knows them. */
    private fun code(error: Throwable) =
        when (error) {
            is AiPassException -> "no_browser"
            is StoreException.Unavailable -> "unavailable"
            is StoreException.Full -> "full"
            else -> "failed"
        }
}
