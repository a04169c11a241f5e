package one.aipass.dart

import one.aipass.mobile.SessionStore
import one.aipass.mobile.StoreException
import java.security.SecureRandom

private const val KEY_BYTES = 32

/** One caller at a time: the next one must not remove the key that this one makes in place of a lost one. */
private val turn = Any()

/**
 * The key that seals the sessions of the app with this name: random bytes, made once, which [store] seals with a key of
 * Android's Keystore.
 *
 * A key that is lost or damaged is replaced by a new one. The library then reports the sessions of the old one as lost,
 * and the app can forget them.
 */
internal fun storeKey(
    store: SessionStore,
    name: String,
): ByteArray =
    synchronized(turn) {
        load(store, name) ?: try {
            val key = ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes)
            store.compareAndSwap(name, null, key)
            key
        } catch (another: StoreException.Conflict) {
            // Made meanwhile by another process of the app.
            load(store, name) ?: throw another
        }
    }

private fun load(
    store: SessionStore,
    name: String,
): ByteArray? =
    try {
        store.load(name)?.bytes
    } catch (lost: StoreException.KeyLost) {
        store.delete(name)
        null
    } catch (damaged: StoreException.Corrupt) {
        store.delete(name)
        null
    }
