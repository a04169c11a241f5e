package one.aipass.mobile

import android.app.Application
import android.content.Context
import android.content.pm.ApplicationInfo

/**
 * A client for an Android app: the one to use there. Make one for the app's whole life, such as in
 * `Application.onCreate`.
 *
 * The session is sealed with a key of Android's Keystore, servers are judged by Android, which includes authorities
 * that the user installed and the app's network security configuration, and [AiPass.resumed] is called whenever the app
 * comes back to the front. Whether the app is a debug build, it knows from its manifest.
 *
 * If the app was killed while the user signed in in the browser, this completes that sign-in: see [recoveredSignIn].
 *
 * @param clientId the app's id at the provider.
 * @param redirectUri the app's redirect URI, such as `myapp://auth/callback`. The app's manifest must give
 * [SignInCallbackActivity] an intent filter for it.
 * @param account keeps several accounts of one app apart.
 * @param store where the session is kept.
 * @param serverTrust judges servers' certificates.
 * @throws AiPassException.InvalidInput naming the setting that cannot work.
 */
public fun AiPass(
    context: Context,
    clientId: String,
    redirectUri: String,
    account: String = "default",
    provider: Provider? = null,
    config: Config? = null,
    store: SessionStore = KeystoreSessionStore(context),
    serverTrust: ServerTrust = SystemServerTrust(),
): AiPass {
    val ai =
        AiPass(
            clientId = clientId,
            redirectUri = redirectUri,
            account = account,
            provider = provider,
            config = config,
            store = store,
            serverTrust = serverTrust,
            debugBuild = context.applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0,
        )
    // A content provider may ask before there is an application.
    (context.applicationContext as? Application)?.tellWhenResumed(ai)
    SignIns.opened(ai)
    return ai
}
