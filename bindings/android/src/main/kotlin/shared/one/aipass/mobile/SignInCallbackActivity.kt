package one.aipass.mobile

import android.app.Activity
import android.content.Intent
import android.os.Bundle

/**
 * Takes the callback of a sign-in. The app's manifest gives it an intent filter for the redirect URI:
 *
 * ```xml
 * <activity android:name="one.aipass.mobile.SignInCallbackActivity" android:exported="true">
 *     <intent-filter>
 *         <action android:name="android.intent.action.VIEW" />
 *         <category android:name="android.intent.category.DEFAULT" />
 *         <category android:name="android.intent.category.BROWSABLE" />
 *         <data android:scheme="myapp" android:host="auth" android:path="/callback" />
 *     </intent-filter>
 * </activity>
 * ```
 *
 * For an App Link, the scheme is `https` and the filter has `android:autoVerify="true"`.
 *
 * Any app and any web page can start it. Of the intent it reads the address alone, as text; it starts nothing but this
 * library's own activity, and the library then checks whether the callback is genuine.
 */
public class SignInCallbackActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val callback = if (intent.action == Intent.ACTION_VIEW) intent.dataString else null
        if (callback != null && SignIns.deliver(callback)) startActivity(SignInActivity.closing(this))
        finish()
    }
}
