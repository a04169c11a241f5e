package uniffi.shapes

import kotlinx.coroutines.runBlocking
import java.io.File
import uniffi.shapes.jna.Gate as JnaGate
import uniffi.shapes.jna.Host as JnaHost
import uniffi.shapes.jna.askFlag as jnaAskFlag
import uniffi.shapes.jna.echoText as jnaEchoText
import uniffi.shapes.jna.laterText as jnaLaterText

private const val ROUNDS = 21
private const val CALLS_A_ROUND = 2_000

private fun processorTime(): Long = File("/proc/thread-self/schedstat").readText().substringBefore(' ').toLong()

private class Measured {
    val values = linkedMapOf<String, Long>()
    private var last = 0L

    fun begin() {
        last = processorTime()
    }

    fun part(name: String) {
        val now = processorTime()
        values[name] = (now - last) / 1_000
        last = processorTime()
    }
}

private inline fun perCall(call: () -> Unit): Long {
    val rounds = LongArray(ROUNDS) {
        val begun = System.nanoTime()
        repeat(CALLS_A_ROUND) { call() }
        (System.nanoTime() - begun) / CALLS_A_ROUND
    }
    return rounds.sorted()[ROUNDS / 2]
}

/**
 * One side's cold start in microseconds of the main thread's processor time, then its calls in nanoseconds, as one JSON object.
 * The argument is `jni` or `jna`. Coroutines are started before: an app has them.
 */
fun main(arguments: Array<String>) {
    runBlocking { kotlinx.coroutines.delay(1) }
    val measured = Measured()
    processorTime() // loads what it needs itself
    if (arguments.single() == "jni") jni(measured) else jna(measured)
    println(measured.values.entries.joinToString(",", "{", "}") { (name, value) -> "\"$name\":$value" })
}

private fun jni(measured: Measured) = runBlocking {
    measured.begin()
    val gate = Gate()
    measured.part("object")
    gate.name()
    measured.part("call")
    laterText("a")
    measured.part("future")
    val host = HostOf { it }
    askFlag(host, true)
    measured.part("callback")
    measured.values["sync"] = perCall { gates() }
    measured.values["text"] = perCall { echoText("a text of some words") }
    measured.values["upcall"] = perCall { askFlag(host, true) }
    measured.values["async"] = perCall { gate.open(); gate.pass() }
}

private fun jna(measured: Measured) = runBlocking {
    measured.begin()
    val gate = JnaGate()
    measured.part("object")
    gate.name()
    measured.part("call")
    jnaLaterText("a")
    measured.part("future")
    val host = JnaHostOf { it }
    jnaAskFlag(host, true)
    measured.part("callback")
    measured.values["sync"] = perCall { uniffi.shapes.jna.gates() }
    measured.values["text"] = perCall { jnaEchoText("a text of some words") }
    measured.values["upcall"] = perCall { jnaAskFlag(host, true) }
    measured.values["async"] = perCall { gate.open(); gate.pass() }
}

private class HostOf(private val answer: (Boolean) -> Boolean) : Host {
    override fun text(value: String) = value
    override fun bytes(value: ByteArray) = value
    override fun short(value: UByte) = value.toUShort()
    override fun number(value: Int) = value.toULong()
    override fun fraction(value: Float) = value.toDouble()
    override fun half(value: Double) = value.toFloat()
    override fun flag(value: Boolean) = answer(value)
    override fun maybe(value: Everything?) = value
    override fun gate(value: Gate) = value
    override fun host(value: Host) = value
    override fun nothing() = Unit
}

private class JnaHostOf(private val answer: (Boolean) -> Boolean) : JnaHost {
    override fun text(value: String) = value
    override fun bytes(value: ByteArray) = value
    override fun short(value: UByte) = value.toUShort()
    override fun number(value: Int) = value.toULong()
    override fun fraction(value: Float) = value.toDouble()
    override fun half(value: Double) = value.toFloat()
    override fun flag(value: Boolean) = answer(value)
    override fun maybe(value: uniffi.shapes.jna.Everything?) = value
    override fun gate(value: JnaGate) = value
    override fun host(value: JnaHost) = value
    override fun nothing() = Unit
}
