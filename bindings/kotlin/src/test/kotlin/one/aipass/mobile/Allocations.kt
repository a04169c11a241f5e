package one.aipass.mobile

/**
 * What the native library has allocated. The suite builds it with the feature `allocation-counts`, which counts exactly: memory
 * in use and processor time depend on the garbage collector and on what else the machine does.
 */
object Allocations {
    init {
        uniffiEnsureInitialized() // loads the library, whose native methods these are
    }

    /** How many allocations were made and not freed. */
    external fun live(): Long

    /** How many bytes were ever allocated. */
    external fun bytes(): Long

    /** How many bytes of them on the present thread. */
    external fun bytesOfThisThread(): Long
}
