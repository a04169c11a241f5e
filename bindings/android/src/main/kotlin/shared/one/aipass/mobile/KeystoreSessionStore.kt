package one.aipass.mobile

import android.content.Context
import android.os.UserManager
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.MessageDigest
import java.security.ProviderException
import java.security.SecureRandom
import javax.crypto.AEADBadTagException

/**
 * Keeps sessions in files, sealed with a key that never leaves Android's Keystore: AES-256-GCM, with a fresh nonce for
 * each write. The files are left out of backups, because another device has no such key.
 *
 * Several processes of an app may use it. A session that cannot be read is never removed: it is an error that says why.
 *
 * | what happened | the error |
 * |---|---|
 * | the device was not unlocked since it started; the Keystore does not answer | [StoreException.Unavailable] |
 * | the key is gone from the Keystore | [StoreException.KeyLost] |
 * | the file was changed or cut off | [StoreException.Corrupt] |
 * | no room is left | [StoreException.Full] |
 */
public class KeystoreSessionStore(
    context: Context,
) : SessionStore {
    // The app's own, because a screen's would keep the screen in memory. A content provider may come before there is one.
    private val context = context.applicationContext ?: context
    private val keys = SessionKeys()

    // Looked up when it is needed first: to find it reads the disk, and the app may be starting on the screen's thread.
    private val folder by lazy { File(this.context.noBackupFilesDir, "aipass") }

    override fun load(key: String): StoredSession? =
        explained {
            // Without a lock: a file is replaced as a whole.
            val sealed = SealedSession.read(file(key)) ?: return null
            val secret = keys.find(sealed.keyName)
            if (secret == null) throw StoreException.KeyLost("the Keystore has no ${sealed.keyName}")
            StoredSession(sealed.open(secret, key), sealed.version)
        }

    override fun compareAndSwap(
        key: String,
        expectedVersion: Long?,
        bytes: ByteArray,
    ): Long =
        explained {
            // Sealed before the lock is taken: the Keystore may be slow.
            val sealed =
                keys.sealWith { keyName, secret -> SealedSession.seal(bytes, RANDOM.nextLong(), keyName, secret, key) }
            val file = file(key)
            file.locked {
                if (SealedSession.read(file)?.version != expectedVersion) throw StoreException.Conflict()
                file.replace(sealed.bytes)
            }
            sealed.version
        }

    override fun delete(key: String): Unit =
        explained {
            val file = file(key)
            file.locked { file.remove() }
        }

    private fun file(key: String): File {
        val digest = MessageDigest.getInstance("SHA-256").digest(key.toByteArray())
        val name = digest.take(16).joinToString("") { it.toUByte().toString(16).padStart(2, '0') }
        return File(folder, "session-$name.sealed")
    }

    private inline fun <T> explained(work: () -> T): T {
        val users = context.getSystemService(UserManager::class.java)
        if (users?.isUserUnlocked == false) {
            throw StoreException.Unavailable("the device was not unlocked since it started")
        }
        try {
            return work()
        } catch (error: IOException) {
            throw storeException(error)
        } catch (broken: AEADBadTagException) {
            throw StoreException.Corrupt("the seal is broken")
        } catch (error: GeneralSecurityException) {
            throw storeException(error)
        } catch (error: ProviderException) {
            throw storeException(error)
        }
    }

    private companion object {
        val RANDOM = SecureRandom()
    }
}
