    fun lowerIntoRustBuffer(value: KotlinType): Long {
        val buffer = UniffiLib.bufferAllocate(Math.toIntExact(allocationSize(value).toLong()))
        try {
            val bytes = UniffiBuffer.view(buffer)
            write(value, bytes)
            UniffiLib.bufferTruncate(buffer, bytes.position())
            return buffer
        } catch (e: Throwable) {
            UniffiLib.bufferFree(buffer)
            throw e
        }
    }

    // Lift a value from a `RustBuffer`.
    fun liftFromRustBuffer(rbuf: Long): KotlinType {
        try {
           val bytes = UniffiBuffer.view(rbuf)
           val item = read(bytes)
           if (bytes.hasRemaining()) {
               throw RuntimeException("junk remaining in buffer after lifting, something is very wrong!!")
           }
           return item
        } finally {
            UniffiLib.bufferFree(rbuf)
        }
    }
}

