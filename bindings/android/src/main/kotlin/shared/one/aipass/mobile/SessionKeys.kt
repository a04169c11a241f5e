package one.aipass.mobile

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import java.security.InvalidKeyException
import java.security.KeyStore
import java.security.UnrecoverableKeyException
import java.util.UUID
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

/**
 * The keys of Android's Keystore that seal sessions, under names of the library's own. Each name is used once, so that
 * a file that was sealed with a lost key is never taken for a damaged one.
 */
internal class SessionKeys {
    /** The key of this name; null if it is gone for good. */
    fun find(name: String): SecretKey? =
        try {
            keystore().getKey(name, null) as SecretKey?
        } catch (error: UnrecoverableKeyException) {
            // Without a cause, Android invalidated the key. Other causes are of a Keystore that may answer later.
            if (error.cause != null && error.cause !is KeyPermanentlyInvalidatedException) throw error
            null
        }

    /**
     * Seals with the key for what is written now, made if there is none that works. Two processes may make one each;
     * both serve. A key that cannot be used is left there: what it sealed may be read again.
     */
    fun <T> sealWith(seal: (name: String, key: SecretKey) -> T): T {
        val keystore = keystore()
        val names = keystore.aliases().toList().filter(::isName)
        for (name in names.sorted()) {
            try {
                val key = keystore.getKey(name, null) as SecretKey? ?: continue
                return seal(name, key)
            } catch (unusable: UnrecoverableKeyException) {
                continue
            } catch (unusable: InvalidKeyException) {
                continue
            }
        }
        val name = PREFIX + UUID.randomUUID()
        return seal(name, make(name))
    }

    private fun make(name: String): SecretKey {
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        generator.init(
            // Not bound to the user's presence: tokens are refreshed in the background.
            KeyGenParameterSpec
                .Builder(name, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(256)
                .build(),
        )
        return generator.generateKey()
    }

    private fun keystore() = KeyStore.getInstance(PROVIDER).apply { load(null) }

    companion object {
        private const val PROVIDER = "AndroidKeyStore"
        private const val PREFIX = "one.aipass.mobile.session."

        /** The app may have keys of its own in the Keystore. */
        fun isName(name: String) = name.startsWith(PREFIX)
    }
}
