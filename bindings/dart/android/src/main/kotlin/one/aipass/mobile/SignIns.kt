package one.aipass.mobile

import java.util.UUID

/**
 * The sign-in that waits for the browser, and the callbacks for which none waited. The activities report to it, and the
 * plugin asks it, all on the screen's thread.
 */
internal object SignIns {
    private class Attempt(
        val state: String?,
        val end: (Result<String?>) -> Unit,
    ) {
        val id: String = UUID.randomUUID().toString()
    }

    private var waiting: Attempt? = null

    /** The newest last. */
    private val callbacks = ArrayDeque<String>()

    /**
     * Begins a sign-in and returns its id. The one before ends. [end] is called once: with the callback, with null if the
     * user came back without one, or with why there is no browser.
     */
    fun begin(
        url: String,
        end: (Result<String?>) -> Unit,
    ): String {
        waiting?.let { finish(it.id, Result.success(null)) }
        return Attempt(stateIn(url), end).also { waiting = it }.id
    }

    /** The user came back, and no callback came. */
    fun returned(id: String?): Unit = finish(id, Result.success(null))

    /** The browser could not be opened. */
    fun failed(
        id: String?,
        error: AiPassException,
    ): Unit = finish(id, Result.failure(error))

    /** The engine that began it is gone. A callback that comes later is kept for the next one. */
    fun abandon(id: String?) {
        if (waiting?.id == id) waiting = null
    }

    /**
     * A callback came; any app can send one. Returns whether the browser's tab can be closed: not if a sign-in waits
     * for another callback, because this one may be forged.
     */
    fun deliver(callback: String): Boolean {
        if (callback.length > MAX_CALLBACK_LENGTH) return false
        val attempt = waiting
        if (attempt?.state != null && attempt.state == stateIn(callback)) {
            finish(attempt.id, Result.success(callback))
            return true
        }
        if (callbacks.size == MAX_CALLBACKS) callbacks.removeFirst()
        callbacks.addLast(callback)
        return attempt == null
    }

    /** The newest callback for which no sign-in waited. Each is given once. */
    fun take(): String? = callbacks.removeLastOrNull()

    private fun finish(
        id: String?,
        result: Result<String?>,
    ) {
        val attempt = waiting ?: return
        if (attempt.id != id) return
        waiting = null
        attempt.end(result)
    }
}
