package one.aipass.mobile

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.os.Bundle
import java.net.URI

/**
 * Chooses the browser for a sign-in: the user's default one, in a Custom Tab if it has them. If no browser is the
 * default, one that has Custom Tabs, else any. An app that can open the address but no other address is never chosen.
 *
 * [signIn] uses it. An app needs it only if it opens the browser itself.
 */
public object SignInLauncher {
    /**
     * The intent that opens [url], which [AiPass.beginSignIn] returned. Start it from an activity.
     *
     * @throws AiPassException.Unsupported if no browser is installed.
     */
    public fun intent(
        context: Context,
        url: URI,
    ): Intent {
        val packages = context.packageManager
        val browser = browser(packages) ?: throw noBrowser()
        val intent = Intent(Intent.ACTION_VIEW, Uri.parse(url.toString())).setPackage(browser)
        if (hasCustomTabs(packages, browser)) {
            // What makes it a Custom Tab: an extra of this name, whose value may be null.
            intent.putExtras(Bundle().apply { putBinder(EXTRA_SESSION, null) })
        }
        return intent
    }

    /**
     * Opens [url]. [flags] are added to the intent's.
     *
     * @throws AiPassException.Unsupported if no browser is installed.
     */
    internal fun open(
        context: Context,
        url: URI,
        flags: Int = 0,
    ) {
        val intent = intent(context, url).addFlags(flags)
        try {
            context.startActivity(intent)
        } catch (gone: ActivityNotFoundException) {
            throw noBrowser()
        } catch (forbidden: SecurityException) {
            throw noBrowser()
        }
    }

    private fun noBrowser() =
        AiPassException.Unsupported("to sign in without a browser: ask the user to install or enable one")

    private fun browser(packages: PackageManager): String? {
        // Without a host: only what opens every address is a browser.
        val anyPage = Intent(Intent.ACTION_VIEW, Uri.parse("https://")).addCategory(Intent.CATEGORY_BROWSABLE)
        val browsers =
            packages
                .queryIntentActivities(anyPage, PackageManager.MATCH_ALL)
                .mapNotNull { it.activityInfo?.packageName }
                .distinct()
        val default = packages.resolveActivity(anyPage, PackageManager.MATCH_DEFAULT_ONLY)?.activityInfo?.packageName
        // Where there is no default, the system's chooser is resolved, which is no browser.
        return default?.takeIf { it in browsers }
            ?: browsers.firstOrNull { hasCustomTabs(packages, it) }
            ?: browsers.firstOrNull()
    }

    private fun hasCustomTabs(
        packages: PackageManager,
        browser: String,
    ) = packages.queryIntentServices(Intent(CUSTOM_TABS_SERVICE).setPackage(browser), 0).isNotEmpty()

    private const val CUSTOM_TABS_SERVICE = "android.support.customtabs.action.CustomTabsService"
    private const val EXTRA_SESSION = "android.support.customtabs.extra.SESSION"
}
