    fun toUtf8(value: String): ByteBuffer {
        // Half of a surrogate pair cannot be written in UTF-8. It becomes U+FFFD.
        return Charsets.UTF_8.newEncoder().run {
            onMalformedInput(CodingErrorAction.REPLACE)
            replaceWith(byteArrayOf(0xEF.toByte(), 0xBF.toByte(), 0xBD.toByte()))
            encode(CharBuffer.wrap(value))
        }
    }

    override fun lower(value: String): Long {
        val utf8 = toUtf8(value)
        return UniffiLib.bufferOf(utf8.array().copyOf(utf8.limit()))
    }

