package one.aipass.mobile

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
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
    fun find(name: String): SecretKey? = keystore().secret(name)

    /** The key for what is written now, made if there is none. Two processes may make one each; both serve. */
    fun current(): Pair<String, SecretKey> {
        val keystore = keystore()
        val names = keystore.aliases().toList().filter(::isName)
        for (name in names.sorted()) {
            keystore.secret(name)?.let { return name to it }
        }
        val name = PREFIX + UUID.randomUUID()
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
        return name to generator.generateKey()
    }

    private fun KeyStore.secret(name: String) =
        try {
            getKey(name, null) as SecretKey?
        } catch (error: UnrecoverableKeyException) {
            if (error.cause !is KeyPermanentlyInvalidatedException) throw error
            null
        }

    private fun keystore() = KeyStore.getInstance(PROVIDER).apply { load(null) }

    companion object {
        private const val PROVIDER = "AndroidKeyStore"
        private const val PREFIX = "one.aipass.mobile.session."

        /** The app may have keys of its own in the Keystore. */
        fun isName(name: String) = name.startsWith(PREFIX)
    }
}
