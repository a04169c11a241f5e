package one.aipass.probe

import kotlinx.coroutines.runBlocking
import one.aipass.mobile.AiPass
import one.aipass.mobile.Cancellation
import one.aipass.mobile.MemoryStore
import one.aipass.mobile.SignInOptions

private const val ROUNDS = 21
private const val CALLS_A_ROUND = 2_000

private inline fun perCall(call: () -> Unit): Double {
    val begun = System.nanoTime()
    repeat(CALLS_A_ROUND) { call() }
    return (System.nanoTime() - begun).toDouble() / CALLS_A_ROUND
}

private fun median(values: List<Double>) = values.sorted()[values.size / 2]

// Cold start and the cost of a call for Kotlin, beside UniFFI's bare functions. Prints one JSON object of nanoseconds, medians of many rounds.
fun main() = runBlocking {
    // JNA's own start is the language's, and counted apart: the probe starts it.
    val jna = System.nanoTime()
    val bare = Bare()
    val jnaStart = (System.nanoTime() - jna).toDouble()

    val begun = System.nanoTime()
    val ai = AiPass("client_123", "myapp://auth/callback", store = MemoryStore())
    ai.beginSignIn(SignInOptions())
    val coldStart = (System.nanoTime() - begun).toDouble()
    ai.cancelSignIn()

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
    val report = measured.mapValues { median(it.value) } + ("cold_start" to coldStart) + ("jna_start" to jnaStart)
    println(report.entries.joinToString(",", "{", "}") { (name, value) -> "\"$name\":$value" })
}
