// How a call ended, and the result of a call that Rust makes. Rust reads and writes the fields.
internal class UniffiRustCallStatus {
    @JvmField var code: Byte = UNIFFI_CALL_SUCCESS
    // The address of a buffer.
    @JvmField var error_buf: Long = 0L
    // The bits of a number, or the address of a buffer.
    @JvmField var result: Long = 0L

    fun isSuccess(): Boolean = code == UNIFFI_CALL_SUCCESS

    fun isError(): Boolean = code == UNIFFI_CALL_ERROR

    fun isPanic(): Boolean = code == UNIFFI_CALL_UNEXPECTED_ERROR

    fun setValue(value: Byte) { result = value.toLong() }
    fun setValue(value: Short) { result = value.toLong() }
    fun setValue(value: Int) { result = value.toLong() }
    fun setValue(value: Long) { result = value }
    fun setValue(value: Float) { result = value.toRawBits().toLong() }
    fun setValue(value: Double) { result = value.toRawBits() }
}

