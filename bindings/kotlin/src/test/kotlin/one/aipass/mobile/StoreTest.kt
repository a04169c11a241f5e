package one.aipass.mobile

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/** A host's own store, which keeps sessions until it is told to fail. */
private class HostStore : SessionStore {
    val entries = ConcurrentHashMap<String, StoredSession>()

    @Volatile
    var failure: (() -> Nothing)? = null
    private val versions = AtomicLong()

    override fun load(key: String): StoredSession? {
        failure?.invoke()
        return entries[key]
    }

    override fun compareAndSwap(
        key: String,
        expectedVersion: Long?,
        bytes: ByteArray,
    ): Long {
        failure?.invoke()
        val version = versions.incrementAndGet()
        entries.compute(key) { _, present ->
            if (present?.version != expectedVersion) throw StoreException.Conflict()
            StoredSession(bytes, version)
        }
        return version
    }

    override fun delete(key: String) {
        failure?.invoke()
        entries.remove(key)
    }
}

@Timeout(600)
class StoreTest {
    // L1
    @Test
    fun `a session lives in a host's store and outlives its client`() =
        sandboxed { sandbox ->
            val store = HostStore()
            sandbox.signedIn(store).close()
            assertEquals(1, store.entries.size)
            sandbox.client(store).use { ai ->
                assertEquals(SessionState.SignedIn, ai.sessionState())
                ai.signOut()
                assertEquals(SessionState.SignedOut, ai.sessionState())
            }
        }

    // L9
    @TestFactory
    fun `each failure of a host's store is an error with its kind`(): List<DynamicTest> =
        listOf(
            StorageErrorKind.UNAVAILABLE to StoreException.Unavailable("before the first unlock"),
            StorageErrorKind.KEY_LOST to StoreException.KeyLost("the key is gone"),
            StorageErrorKind.FULL to StoreException.Full("no room"),
            StorageErrorKind.CORRUPT to StoreException.Corrupt("damaged"),
            StorageErrorKind.FAILED to StoreException.Failed("anything"),
            // What it may not throw: an exception, and what is not even one.
            StorageErrorKind.FAILED to IllegalStateException("the database is closed"),
            StorageErrorKind.FAILED to NotImplementedError("the store is not written yet"),
        ).map { (kind, failure) -> dynamicTest(failure.toString()) { fails(kind, failure) } }

    private fun fails(
        kind: StorageErrorKind,
        failure: Throwable,
    ) = sandboxed { sandbox ->
        val store = HostStore()
        val ai = sandbox.client(store)
        val request = ai.beginSignIn()
        store.failure = { throw failure }
        // This session's state is in memory: the store is read for that of a session which is not known yet.
        val unknown = sandbox.client(HostStore().apply { this.failure = store.failure })
        val calls: List<suspend () -> Any> =
            listOf({ unknown.sessionState() }, { ai.beginSignIn() }, { ai.balance() }, { ai.forgetSession() })
        for (call in calls) {
            val error = assertThrows<AiPassException.Storage> { runBlocking { call() } }
            assertEquals(kind, error.kind)
            assertTrue(failure.message.orEmpty() in error.detail, error.detail)
            assertFalse('\n' in error.detail, "a stack trace is no detail")
        }
        // It recovers, and the sign-in that was stored before goes on.
        store.failure = null
        ai.completeSignIn(sandbox.decide(request.url, "allow"))
        assertEquals(SessionState.SignedIn, ai.sessionState())
    }

    @Test
    fun `a store that always was written by somebody else is an error, not a loop`() =
        sandboxed { sandbox ->
            val store = HostStore()
            store.failure = { throw StoreException.Conflict() }
            assertThrows<AiPassException.Storage> { runBlocking { sandbox.client(store).beginSignIn() } }
        }
}
