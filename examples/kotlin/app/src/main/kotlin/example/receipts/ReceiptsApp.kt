package example.receipts

import android.app.Application
import kotlinx.coroutines.MainScope
import one.aipass.mobile.AiPass
import one.aipass.mobile.Config
import one.aipass.mobile.Provider
import one.aipass.mobile.aiPass
import one.aipass.mobile.asClient
import java.net.URI

/** One client for the app's whole life: a rotated screen must not forget who is signed in, or what is being read. */
open class ReceiptsApp : Application() {
    val ai by lazy {
        AiPass(
            this,
            clientId = "client_123",
            redirectUri = "myapp://auth/callback",
            provider = provider,
            config = config,
        )
    }
    val scope = MainScope()
    val receipts by lazy { Receipts(ai.asClient(), scope) }

    /** The address of a sandbox, or nothing: `res/values/settings.xml` has it. */
    protected open val sandbox: String get() = getString(R.string.sandbox)

    private val provider: Provider get() = if (sandbox.isEmpty()) Provider.aiPass() else Provider.aiPass(URI(sandbox))

    /** A debug build may reach a sandbox in the local network without TLS, any build one on the phone itself. */
    private val config: Config
        get() = Config().copy(insecureDevelopmentHosts = listOfNotNull(URI(sandbox).host) - "127.0.0.1")
}
