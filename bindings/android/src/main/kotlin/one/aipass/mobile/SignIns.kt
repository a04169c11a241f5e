package one.aipass.mobile

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import java.lang.ref.WeakReference
import java.net.URI
import java.util.UUID

/** A [signIn] that waits for the browser. */
internal class Attempt(
    client: AiPass,
    private val state: String?,
) {
    val id: String = UUID.randomUUID().toString()
    val outcome = CompletableDeferred<Unit>()
    private val client = WeakReference(client)

    /** Whether its callback has come. */
    @Volatile
    var isAnswered = false

    fun isOf(ai: AiPass) = client.get() === ai

    fun isOfSameClient(other: Attempt) = client.get() === other.client.get()

    /** Whether this callback says that it is this attempt's. */
    fun isMeant(callback: String) = state != null && state == stateIn(callback)
}

/**
 * The clients of this process, the sign-ins that wait for the browser, and the callbacks that no client has taken.
 *
 * A callback is completed in a scope of the library's own: no screen has to live until it is.
 */
internal object SignIns {
    private class Client(
        ai: AiPass,
    ) {
        val ai = WeakReference(ai)

        /** Whether callbacks that no attempt waited for were completed. */
        var recovery: Deferred<Boolean>? = null
    }

    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val clients = ArrayList<Client>()
    private val attempts = LinkedHashMap<String, Attempt>()

    /** Callbacks that may still be completed, the newest last. */
    private val callbacks = ArrayDeque<String>()

    /** A client was opened. Callbacks that came before may be its. */
    @Synchronized
    fun opened(ai: AiPass) {
        clients.removeAll { it.ai.get() == null }
        clients += Client(ai).also { recover(it, ai) }
    }

    @Synchronized
    fun begin(
        ai: AiPass,
        url: URI,
    ): Attempt = Attempt(ai, stateIn(url.toString())).also { attempts[it.id] = it }

    /** Whether no other sign-in of its client waits. */
    @Synchronized
    fun isOnly(attempt: Attempt) = attempts.values.none { it !== attempt && it.isOfSameClient(attempt) }

    @Synchronized
    fun end(attempt: Attempt) {
        attempts.remove(attempt.id)
    }

    /** The user came back, and no callback came. */
    @Synchronized
    fun returned(id: String?) {
        attempts[id]?.takeUnless { it.isAnswered }?.outcome?.completeExceptionally(AiPassException.Cancelled())
    }

    /** The browser could not be opened. */
    @Synchronized
    fun failed(
        id: String?,
        error: AiPassException,
    ) {
        attempts[id]?.outcome?.completeExceptionally(error)
    }

    /**
     * A callback came, from whomever. Returns whether the browser's tab can be closed: not if a sign-in waits for
     * another callback, because this one may be forged.
     */
    @Synchronized
    fun deliver(callback: String): Boolean {
        if (callback.length > MAX_CALLBACK_LENGTH) return false
        if (callbacks.size == MAX_CALLBACKS) callbacks.removeFirst()
        callbacks += callback
        val meant = attempts.values.filter { it.isMeant(callback) }
        meant.forEach { it.isAnswered = true }
        for (client in clients) {
            val ai = client.ai.get() ?: continue
            val attempt = meant.firstOrNull { it.isOf(ai) }
            if (attempt == null) recover(client, ai) else scope.launch { answer(attempt, ai, callback) }
        }
        return meant.isNotEmpty() || attempts.isEmpty()
    }

    /**
     * Whether a callback was completed that no attempt waited for. One that failed for want of a network is tried
     * again.
     */
    suspend fun recovered(ai: AiPass): Boolean {
        val client = synchronized(this) { clients.firstOrNull { it.ai.get() === ai } } ?: return false
        val recovery =
            synchronized(this) {
                if (client.recovery == null) recover(client, ai)
                client.recovery
            } ?: return false
        try {
            return recovery.await().also { client.forget(recovery) }
        } catch (cancelled: CancellationException) {
            throw cancelled // such as by a rotated screen: the outcome is for the next caller
        } catch (error: Throwable) {
            client.forget(recovery)
            throw error
        }
    }

    @Synchronized
    private fun Client.forget(read: Deferred<Boolean>) {
        if (recovery === read) recovery = null
    }

    private fun recover(
        client: Client,
        ai: AiPass,
    ) {
        val mine = callbacks.filter { isCallback(ai, it) }.asReversed()
        if (mine.isEmpty()) return
        // Anybody can send a callback: it must not hide the outcome of an earlier one that was not read yet.
        val earlier = client.recovery
        client.recovery =
            scope.async {
                val before = runCatching { earlier?.await() ?: false }
                mine.any { complete(ai, it) } || before.getOrThrow()
            }
    }

    /** A callback that belongs to no sign-in is no error: anybody can send one. */
    private suspend fun complete(
        ai: AiPass,
        callback: String,
    ): Boolean =
        try {
            take(ai, callback)
            true
        } catch (unknown: AiPassException.InvalidCallback) {
            false
        }

    private suspend fun answer(
        attempt: Attempt,
        ai: AiPass,
        callback: String,
    ) {
        try {
            take(ai, callback)
            attempt.outcome.complete(Unit)
        } catch (error: Throwable) {
            attempt.outcome.completeExceptionally(error)
        }
    }

    /** Completes the sign-in. The callback is kept if it can be tried again, or if it may be another client's. */
    private suspend fun take(
        ai: AiPass,
        callback: String,
    ) {
        var isKept = false
        try {
            ai.completeSignIn(callback)
        } catch (error: AiPassException) {
            isKept =
                when (error) {
                    is AiPassException.Offline, is AiPassException.Timeout -> true
                    is AiPassException.InvalidCallback -> error.kind == CallbackErrorKind.UNKNOWN_STATE
                    else -> false
                }
            throw error
        } finally {
            if (!isKept) synchronized(this) { callbacks.remove(callback) }
        }
    }

    /** A closed client takes none. */
    private fun isCallback(
        ai: AiPass,
        callback: String,
    ) = try {
        ai.isCallback(callback)
    } catch (closed: IllegalStateException) {
        false
    }
}
