package one.aipass.mobile

import android.app.Application
import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import android.net.Uri
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.net.URI

private const val CUSTOM_TABS_EXTRA = "android.support.customtabs.extra.SESSION"

/** Installs an app that opens every address. */
fun Application.installBrowser(
    name: String,
    hasCustomTabs: Boolean = true,
) {
    installViewer(name, null)
    if (!hasCustomTabs) return
    val service = ComponentName(name, "$name.CustomTabs")
    shadowOf(packageManager).addServiceIfNotPresent(service)
    shadowOf(packageManager).addIntentFilterForService(
        service,
        IntentFilter("android.support.customtabs.action.CustomTabsService"),
    )
}

/** Installs an app that opens the addresses of one host, or of all. */
fun Application.installViewer(
    name: String,
    host: String?,
) {
    val activity = ComponentName(name, "$name.Main")
    shadowOf(packageManager).addActivityIfNotPresent(activity)
    val filter =
        IntentFilter(Intent.ACTION_VIEW).apply {
            addCategory(Intent.CATEGORY_DEFAULT)
            addCategory(Intent.CATEGORY_BROWSABLE)
            addDataScheme("https")
            addDataScheme("http")
            if (host != null) addDataAuthority(host, null)
        }
    shadowOf(packageManager).addIntentFilterForActivity(activity, filter)
}

fun Intent.isCustomTab() = extras?.containsKey(CUSTOM_TABS_EXTRA) == true

/** The intent of the next activity that is started. */
fun Application.nextStarted(): Intent {
    var intent: Intent? = null
    until("an activity is started") {
        intent = shadowOf(this).nextStartedActivity
        intent != null
    }
    return checkNotNull(intent)
}

/**
 * Does what Android does with the intent that opens the browser. Returns what lies below its tab, and the address in
 * it.
 */
fun Application.openBrowser(): Pair<ActivityController<SignInActivity>, URI> {
    val opening = nextStarted()
    assertEquals(SignInActivity::class.java.name, opening.component?.className)
    val below = Robolectric.buildActivity(SignInActivity::class.java, opening).setup()
    val browser = nextStarted()
    assertTrue(browser.isCustomTab())
    return below.pause().stop() to URI(browser.dataString)
}

/** Does what Android does with a callback; what the activity started, if anything. */
fun Application.callBack(
    url: String,
    change: Intent.() -> Unit = {},
): Intent? {
    val intent = Intent(Intent.ACTION_VIEW, Uri.parse(url)).apply(change)
    val activity = Robolectric.buildActivity(SignInCallbackActivity::class.java, intent).create().get()
    assertTrue(activity.isFinishing)
    return shadowOf(this).nextStartedActivity
}
