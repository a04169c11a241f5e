// The bytes of a buffer in place, for as long as its address is neither passed on nor freed.
internal object UniffiBuffer {
    fun view(address: Long): ByteBuffer {
        val bytes = UniffiLib.bufferView(address)
        check(bytes != null || address == 0L) { "a value of more than 2 GB" }
        return (bytes ?: ByteBuffer.allocate(0)).order(ByteOrder.BIG_ENDIAN)
    }
}

// Rust calls Kotlin: whatever is thrown goes back to Rust.
internal inline fun uniffiUpcall(status: UniffiRustCallStatus, call: () -> Unit) {
    try {
        call()
    } catch (e: Throwable) {
        status.code = UNIFFI_CALL_UNEXPECTED_ERROR
        status.error_buf = FfiConverterString.lower(e.toString())
    }
}

// Finds the native library: the path in a system property, the VM's own folders, or a resource of the class path,
// `linux-x86-64/libNAME.so`. A library can be loaded by one class loader only. A resource is copied, so that others can too.
private object UniffiLoader {
    fun load(component: String, name: String) {
        val path = System.getProperty("uniffi.component.$component.libraryOverride")
        if (path != null && java.io.File(path).isAbsolute) return System.load(path)
        try {
            System.loadLibrary(path ?: name)
        } catch (e: UnsatisfiedLinkError) {
            System.load(copied(System.mapLibraryName(name)) ?: throw e)
        }
    }

    private fun copied(file: String): String? {
        val system = System.getProperty("os.name").lowercase()
        val family = if (system.startsWith("mac")) "darwin" else if (system.startsWith("windows")) "win32" else "linux"
        val processor = when (val arch = System.getProperty("os.arch")) {
            "amd64", "x86_64" -> "x86-64"
            "arm64" -> "aarch64"
            else -> arch
        }
        val resource = UniffiLib::class.java.getResourceAsStream("/$family-$processor/$file") ?: return null
        val copy = java.io.File.createTempFile("uniffi", file)
        copy.deleteOnExit()
        resource.use { from -> copy.outputStream().use { to -> from.copyTo(to) } }
        return copy.path
    }
}

// The native methods, and what the library calls. Its name, and those of its methods, must stay in a shrunk app.
internal object UniffiLib {
{{cleaner}}
    init {
        UniffiLoader.load("{{component}}", "{{library}}")
        if (!register({{fingerprint}}L)) {
            throw RuntimeException("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
        }
    }

    internal fun ensureInitialized() = Unit

    @JvmStatic private external fun register(fingerprint: Long): Boolean
    @JvmStatic external fun bufferAllocate(size: Int): Long
    @JvmStatic external fun bufferView(address: Long): ByteBuffer?
    @JvmStatic external fun bufferTruncate(address: Long, size: Int)
    @JvmStatic external fun bufferFree(address: Long)
    @JvmStatic external fun bufferOf(bytes: ByteArray): Long
    @JvmStatic external fun bufferTake(address: Long): ByteArray
{{functions}}

    @JvmStatic fun resume(waiting: Long, result: Byte) {
{{resume}}
    }
{{hosts}}
}

