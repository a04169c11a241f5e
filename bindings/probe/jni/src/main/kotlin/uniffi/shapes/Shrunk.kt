package uniffi.shapes

import kotlinx.coroutines.runBlocking

/** A call of each kind, for a shrunk app. Prints what they return. */
object Shrunk {
    @JvmStatic
    fun main(arguments: Array<String>) = runBlocking {
        val host = object : Host {
            override fun text(value: String) = throw ShapeException.NotANumber(value, null)
            override fun bytes(value: ByteArray) = value
            override fun short(value: UByte) = value.toUShort()
            override fun number(value: Int) = value.toULong()
            override fun fraction(value: Float) = value.toDouble()
            override fun half(value: Double) = value.toFloat()
            override fun flag(value: Boolean) = !value
            override fun maybe(value: Everything?) = value
            override fun gate(value: Gate) = value
            override fun host(value: Host) = value
            override fun nothing() = Unit
        }
        val failure = runCatching { askLater(host, "no number") }.exceptionOrNull() as ShapeException.NotANumber
        val name = Gate("a gate").use { it.name() }
        println(listOf(name, laterText("later"), askFlag(host, false), echoShape(Shape.Number(7)), failure.value))
    }
}
