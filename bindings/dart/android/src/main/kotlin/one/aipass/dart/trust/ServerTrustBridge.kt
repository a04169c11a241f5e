package one.aipass.dart.trust

import one.aipass.mobile.ServerTrust
import one.aipass.mobile.ServerTrustException
import one.aipass.mobile.SystemServerTrust
import java.nio.ByteBuffer

/**
 * Lets Android judge servers for the library, whose clients are Dart's and can hand over no object of Java. The library
 * finds this class and its methods by their names: bindings/src/trust_of_java.rs.
 */
internal object ServerTrustBridge {
    private val trust: ServerTrust = SystemServerTrust()

    /**
     * Returns whether Android judges from now on. Not where the app lacks the library, which Dart says as soon as it is
     * opened.
     */
    fun install(): Boolean =
        try {
            System.loadLibrary("aipass_ffi")
            register()
        } catch (absent: UnsatisfiedLinkError) {
            false
        }

    @JvmStatic
    private external fun register(): Boolean

    /**
     * Returns why Android does not trust the server, or null if it does. Throws if that cannot be judged.
     *
     * @param chain the certificates, the server's own first, each behind its length in four bytes.
     * @param host the server's name.
     */
    @JvmStatic
    fun refusal(
        chain: ByteArray,
        host: ByteArray,
    ): ByteArray? =
        try {
            trust.verify(certificates(ByteBuffer.wrap(chain)), host.decodeToString())
            null
        } catch (refused: ServerTrustException.Rejected) {
            refused.message.encodeToByteArray()
        }

    private fun certificates(chain: ByteBuffer): List<ByteArray> =
        buildList { while (chain.hasRemaining()) add(ByteArray(chain.getInt()).also { chain.get(it) }) }
}
