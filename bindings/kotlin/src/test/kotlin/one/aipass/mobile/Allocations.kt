package one.aipass.mobile

import com.sun.jna.Function
import com.sun.jna.NativeLibrary

/**
 * What the native library has allocated. The suite builds it with the feature `allocation-counts`, which counts exactly: memory
 * in use and processor time depend on the garbage collector and on what else the machine does.
 */
object Allocations {
    private val live = function("aipass_test_live_allocations")
    private val allBytes = function("aipass_test_allocated_bytes")
    private val bytesHere = function("aipass_test_allocated_bytes_of_this_thread")

    /** How many allocations were made and not freed. */
    fun live(): Long = live.invokeLong(emptyArray())

    /** How many bytes were ever allocated. */
    fun bytes(): Long = allBytes.invokeLong(emptyArray())

    /** How many bytes of them on the present thread. */
    fun bytesOfThisThread(): Long = bytesHere.invokeLong(emptyArray())

    private fun function(name: String): Function = NativeLibrary.getInstance("aipass_ffi").getFunction(name)
}
