package one.aipass.probe

import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import one.aipass.mobile.AiPass
import one.aipass.mobile.Cancellation
import one.aipass.mobile.MemoryStore
import one.aipass.mobile.SignInOptions
import java.lang.management.ManagementFactory

private const val ROUNDS = 21
private const val CALLS_A_ROUND = 2_000

private inline fun perCall(call: () -> Unit): Double {
    val begun = System.nanoTime()
    repeat(CALLS_A_ROUND) { call() }
    return (System.nanoTime() - begun).toDouble() / CALLS_A_ROUND
}

private fun median(values: List<Double>) = values.sorted()[values.size / 2]

private val threads = ManagementFactory.getThreadMXBean()

/** Adds how long the work takes under this name, and this thread's processor time with `_processor` at its end. */
private suspend fun MutableMap<String, Double>.part(
    name: String,
    work: suspend () -> Unit,
) {
    val begun = System.nanoTime()
    val processor = threads.currentThreadCpuTime
    work()
    this["${name}_processor"] = (threads.currentThreadCpuTime - processor).toDouble()
    this[name] = (System.nanoTime() - begun).toDouble()
}

private suspend fun client(): AiPass {
    val ai = AiPass("client_123", "myapp://auth/callback", store = MemoryStore())
    ai.beginSignIn(SignInOptions())
    return ai
}

// Cold start and the cost of a call for Kotlin, beside UniFFI's own code, which uses JNA. Prints one JSON object of nanoseconds. Those
// of calls are medians of many rounds.
fun main() = runBlocking {
    delay(1) // Coroutines have started: an app has them.
    val starts = mutableMapOf<String, Double>()
    starts.part("measuring") {} // loads what it needs itself
    lateinit var ai: AiPass
    starts.part("cold_start") { ai = client() }
    starts.part("warm_start") { client().close() }
    ai.cancelSignIn()
    lateinit var bare: Bare
    starts.part("jna_start") { bare = Bare() }

    val cancellation = Cancellation()
    val measured = mutableMapOf<String, MutableList<Double>>()
    fun add(name: String, nanoseconds: Double) = measured.getOrPut(name) { mutableListOf() }.add(nanoseconds)
    repeat(ROUNDS) {
        // Side by side, so that whatever else the machine does falls on all of them.
        add("sync_bare", perCall { bare.call() })
        add("sync", perCall { cancellation.isCancelled() })
        add("async_bare", perCall { bare.callAsync() })
        add("async_elsewhere", perCall { bare.callAsyncElsewhere() })
        add("async", perCall { ai.sessionState() })
    }
    val report = measured.mapValues { median(it.value) } + starts
    println(report.entries.joinToString(",", "{", "}") { (name, value) -> "\"$name\":$value" })
}
