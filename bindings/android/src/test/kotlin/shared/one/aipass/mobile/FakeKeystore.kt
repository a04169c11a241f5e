package one.aipass.mobile

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.ProviderException
import java.security.SecureRandom
import java.security.UnrecoverableKeyException
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** Stands in for the Keystore, which Robolectric lacks: keys in memory, for the calls that the library makes. */
class FakeKeystore : Provider(NAME, "1", "a Keystore of the tests") {
    init {
        putService(FakeService(this, "KeyStore", NAME) { Store() })
        putService(FakeService(this, "KeyGenerator", "AES") { Generator() })
    }

    private class FakeService(
        provider: Provider,
        type: String,
        algorithm: String,
        private val make: () -> Any,
    ) : Service(provider, type, algorithm, "one.aipass.mobile.Fake", null, null) {
        override fun newInstance(constructorParameter: Any?): Any = make()
    }

    class Generator : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(
            spec: AlgorithmParameterSpec,
            random: SecureRandom?,
        ) {
            this.spec = spec as KeyGenParameterSpec
        }

        override fun engineInit(random: SecureRandom?) = error("not called")

        override fun engineInit(
            size: Int,
            random: SecureRandom?,
        ) = error("not called")

        override fun engineGenerateKey(): SecretKey {
            check(spec.keySize == 256 && spec.isRandomizedEncryptionRequired)
            check(spec.blockModes.contentEquals(arrayOf("GCM")))
            val key = SecretKeySpec(SecureRandom().generateSeed(spec.keySize / 8), "AES")
            keys[spec.keystoreAlias] = key
            return key
        }
    }

    class Store : KeyStoreSpi() {
        override fun engineGetKey(
            alias: String,
            password: CharArray?,
        ): Key? {
            if (isSilent) throw ProviderException("the Keystore does not answer")
            invalidated[alias]?.let { throw it }
            return keys[alias]
        }

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(keys.keys.toList())

        override fun engineContainsAlias(alias: String) = keys.containsKey(alias)

        override fun engineLoad(
            stream: InputStream?,
            password: CharArray?,
        ) = Unit

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineSetKeyEntry(
            alias: String,
            key: Key,
            password: CharArray?,
            chain: Array<Certificate>?,
        ) = error("not called")

        override fun engineSetKeyEntry(
            alias: String,
            key: ByteArray,
            chain: Array<Certificate>?,
        ) = error("not called")

        override fun engineSetCertificateEntry(
            alias: String,
            certificate: Certificate?,
        ) = error("not called")

        override fun engineDeleteEntry(alias: String) {
            keys.remove(alias)
        }

        override fun engineSize() = keys.size

        override fun engineIsKeyEntry(alias: String) = keys.containsKey(alias)

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificateAlias(certificate: Certificate?): String? = null

        override fun engineStore(
            stream: OutputStream?,
            password: CharArray?,
        ) = error("not called")
    }

    companion object {
        const val NAME = "AndroidKeyStore"
        val keys = ConcurrentHashMap<String, SecretKey>()

        /** Keys that are still listed and cannot be used, with what the Keystore says then. */
        val invalidated = ConcurrentHashMap<String, UnrecoverableKeyException>()

        @Volatile
        var isSilent = false
    }
}
