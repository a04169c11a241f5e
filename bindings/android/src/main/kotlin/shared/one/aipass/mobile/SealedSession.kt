package one.aipass.mobile

import java.io.File
import java.io.FileNotFoundException
import java.nio.ByteBuffer
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * A session's file: `AIPASSK1`, the entry's version (8 bytes), a length and the name of the key, the nonce (12 bytes),
 * then the record under AES-GCM. What stands before the nonce, and the session's key, are authenticated with it.
 *
 * The version is random, so that it never comes again, also after a delete.
 */
internal class SealedSession private constructor(
    val bytes: ByteArray,
    val version: Long,
    val keyName: String,
    private val header: ByteArray,
    private val nonce: ByteArray,
    private val sealed: ByteArray,
) {
    /** The record. Throws `AEADBadTagException` if it was changed. */
    fun open(
        secret: SecretKey,
        session: String,
    ): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, secret, GCMParameterSpec(TAG_BITS, nonce))
        cipher.updateAAD(header + session.toByteArray())
        return cipher.doFinal(sealed)
    }

    companion object {
        private const val CIPHER = "AES/GCM/NoPadding"
        private const val TAG_BITS = 128
        private const val NONCE_BYTES = 12
        private val MAGIC = "AIPASSK1".toByteArray()

        /** A record is a few kilobytes; a larger file is not one of ours. */
        private const val MAX_FILE_BYTES = 1024 * 1024L

        /** So often a file is read again that is there and was not found. */
        private const val READS = 3

        fun seal(
            record: ByteArray,
            version: Long,
            keyName: String,
            secret: SecretKey,
            session: String,
        ): SealedSession {
            val cipher = Cipher.getInstance(CIPHER)
            // The Keystore chooses the nonce, and refuses one of the caller's.
            cipher.init(Cipher.ENCRYPT_MODE, secret)
            val name = keyName.toByteArray()
            val header =
                ByteBuffer
                    .allocate(MAGIC.size + Long.SIZE_BYTES + 1 + name.size)
                    .put(MAGIC)
                    .putLong(version)
                    .put(name.size.toByte())
                    .put(name)
                    .array()
            cipher.updateAAD(header + session.toByteArray())
            val sealed = cipher.doFinal(record)
            check(cipher.iv.size == NONCE_BYTES) { "a nonce of ${cipher.iv.size} bytes" }
            val bytes = header + cipher.iv + sealed
            return SealedSession(bytes, version, keyName, header, cipher.iv, sealed)
        }

        /**
         * What the file holds, still sealed; null if there is none. Throws [StoreException.Corrupt] if it is not one of
         * ours.
         */
        fun read(file: File): SealedSession? {
            if (file.length() > MAX_FILE_BYTES) throw StoreException.Corrupt("the file has ${file.length()} bytes")
            val bytes = contents(file) ?: return null
            return parse(bytes) ?: throw StoreException.Corrupt("the file is not a sealed session")
        }

        /** Null if there is no such file. */
        private fun contents(file: File): ByteArray? {
            repeat(READS) {
                try {
                    return file.readBytes()
                } catch (unread: FileNotFoundException) {
                    if (!file.exists()) return null
                    // It may not be opened, or it was made after it was looked for: only the latter can be read now.
                }
            }
            return file.readBytes()
        }

        private fun parse(bytes: ByteArray): SealedSession? {
            val rest = ByteBuffer.wrap(bytes)
            if (!MAGIC.contentEquals(rest.next(MAGIC.size)) || rest.remaining() <= Long.SIZE_BYTES) return null
            val version = rest.getLong()
            val keyName = String(rest.next(rest.get().toInt()) ?: return null)
            val header = bytes.copyOf(rest.position())
            val nonce = rest.next(NONCE_BYTES) ?: return null
            val sealed = rest.next(rest.remaining()) ?: return null
            val isOurs = SessionKeys.isName(keyName) && sealed.size >= TAG_BITS / 8
            return if (isOurs) SealedSession(bytes, version, keyName, header, nonce, sealed) else null
        }

        /** The next bytes, if there are so many. */
        private fun ByteBuffer.next(count: Int) = if (count in 0..remaining()) ByteArray(count).also(::get) else null
    }
}
