package one.aipass.mobile

import android.net.http.X509TrustManagerExtensions
import java.io.ByteArrayInputStream
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/**
 * Judges servers' certificates as Android does for this app: with the system's and the user's authorities, and the
 * app's network security configuration, its pins included. The client for Android uses it.
 */
public class SystemServerTrust : ServerTrust {
    private val certificates by lazy { CertificateFactory.getInstance("X.509") }

    /** Made once. Android's own follows changes of the user's authorities. */
    private val trustManager by lazy {
        val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        factory.init(null as KeyStore?)
        X509TrustManagerExtensions(factory.trustManagers.filterIsInstance<X509TrustManager>().first())
    }

    override fun verify(
        chain: List<ByteArray>,
        host: String,
    ) {
        try {
            val parsed = chain.map { certificates.generateCertificate(ByteArrayInputStream(it)) as X509Certificate }
            // The host decides which part of the network security configuration counts.
            trustManager.checkServerTrusted(parsed.toTypedArray(), keyType(parsed), host)
        } catch (refused: CertificateException) {
            throw ServerTrustException.Rejected(detail(refused))
        } catch (error: GeneralSecurityException) {
            throw ServerTrustException.Unavailable(detail(error))
        } catch (error: RuntimeException) {
            // No trust manager, or one that does not know hosts.
            throw ServerTrustException.Unavailable(detail(error))
        }
    }

    /** What trust managers call the authentication type. It may not be empty. */
    private fun keyType(chain: List<X509Certificate>) =
        when (val algorithm = chain.firstOrNull()?.publicKey?.algorithm) {
            null -> throw CertificateException("the server sent no certificate")
            "EC" -> "ECDHE_ECDSA"
            "RSA" -> "ECDHE_RSA"
            else -> algorithm
        }

    private fun detail(error: Exception) = "${error.javaClass.simpleName}: ${error.message}"
}
