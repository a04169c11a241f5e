package one.aipass.mobile

import android.app.Activity
import android.app.Application
import android.os.Bundle
import java.lang.ref.WeakReference
import java.util.Collections
import java.util.WeakHashMap

/** Calls [AiPass.resumed] whenever the app comes back to the front, for as long as the client is open. */
internal fun Application.tellWhenResumed(ai: AiPass) {
    // Weak: a client that the app forgot can be collected.
    val client = WeakReference(ai)
    registerActivityLifecycleCallbacks(
        Foreground {
            try {
                client.get()?.resumed() != null
            } catch (closed: IllegalStateException) {
                false
            }
        },
    )
}

/** Says when the app comes to the front, until [onResumed] says that it need not be told again. */
internal class Foreground(
    private val onResumed: () -> Boolean,
) : Application.ActivityLifecycleCallbacks {
    /** Those that are started, and were started since the client was opened. */
    private val started: MutableSet<Activity> = Collections.newSetFromMap(WeakHashMap())
    private var isInFront = false

    override fun onActivityStarted(activity: Activity) {
        started += activity
        if (isInFront) return
        isInFront = true
        if (!onResumed()) activity.application.unregisterActivityLifecycleCallbacks(this)
    }

    override fun onActivityStopped(activity: Activity) {
        started -= activity
        // A rotated screen stops and starts, and was never away.
        if (started.isEmpty() && !activity.isChangingConfigurations) isInFront = false
    }

    override fun onActivityCreated(
        activity: Activity,
        savedInstanceState: Bundle?,
    ) = Unit

    override fun onActivityResumed(activity: Activity) = Unit

    override fun onActivityPaused(activity: Activity) = Unit

    override fun onActivitySaveInstanceState(
        activity: Activity,
        outState: Bundle,
    ) = Unit

    override fun onActivityDestroyed(activity: Activity) = Unit
}
