package uniffi.shapes

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.net.URI
import java.time.Duration
import java.time.Instant

class ValuesTest {
    @Test
    fun `numbers keep their extremes`() {
        for (value in listOf(UByte.MIN_VALUE, 200u, UByte.MAX_VALUE)) assertEquals(value, echoUint8(value))
        for (value in listOf(UShort.MIN_VALUE, 50_000u, UShort.MAX_VALUE)) assertEquals(value, echoUint16(value))
        for (value in listOf(UInt.MIN_VALUE, UInt.MAX_VALUE)) assertEquals(value, echoUint32(value))
        for (value in listOf(ULong.MIN_VALUE, ULong.MAX_VALUE)) assertEquals(value, echoUint64(value))
        for (value in listOf(Byte.MIN_VALUE, -1, Byte.MAX_VALUE)) assertEquals(value, echoInt8(value))
        for (value in listOf(Short.MIN_VALUE, -1, Short.MAX_VALUE)) assertEquals(value, echoInt16(value))
        for (value in listOf(Int.MIN_VALUE, -1, Int.MAX_VALUE)) assertEquals(value, echoInt32(value))
        for (value in listOf(Long.MIN_VALUE, -1, Long.MAX_VALUE)) assertEquals(value, echoInt64(value))
        for (value in listOf(0.1f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY)) assertEquals(value, echoFloat32(value))
        for (value in listOf(0.1, Double.MIN_VALUE, Double.NEGATIVE_INFINITY)) assertEquals(value, echoFloat64(value))
        assertEquals(true, echoFloat64(Double.NaN).isNaN())
        assertEquals(listOf(true, false), listOf(echoBoolean(true), echoBoolean(false)))
        assertEquals(ULong.MAX_VALUE, largest())
    }

    @Test
    fun `texts keep every character`() {
        val short = listOf("", "a", "ä€", "👩‍👩‍👧 🇨🇭", "nul \u0000 within", "\u0000", "\uFEFF")
        for (value in short + "𝄞".repeat(100_000)) assertEquals(value, echoText(value))
        assertEquals(listOf("", "\u0000", "🙂"), echoList(listOf("", "\u0000", "🙂")))
    }

    @Test
    fun `half of a surrogate pair becomes the replacement character`() {
        assertEquals("a\uFFFDb", echoText("a\uD83Db"))
        assertEquals("\uFFFD", echoText("\uDE42"))
        assertEquals(listOf("\uFFFD🙂"), echoList(listOf("\uDE42🙂")))
    }

    @Test
    fun `bytes of megabytes come back unchanged`() {
        for (size in listOf(0, 1, 5_000_000)) {
            val bytes = ByteArray(size) { (it % 251).toByte() }
            assertArrayEquals(bytes, echoBytes(bytes))
        }
    }

    @Test
    fun `times before 1970 and long durations come back unchanged`() {
        for (text in listOf("1970-01-01T00:00:00Z", "1969-12-31T23:59:58.5Z", "2026-11-30T01:02:03.000000004Z")) {
            assertEquals(Instant.parse(text), echoTime(Instant.parse(text)))
        }
        for (duration in listOf(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(400_000))) {
            assertEquals(duration, echoDuration(duration))
        }
    }

    @Test
    fun `custom types are their native types`() {
        assertEquals(URI("https://example.com/a?b=%20"), echoUrl(URI("https://example.com/a?b=%20")))
        assertEquals(7u, echoDistance(7u))
    }

    @Test
    fun `collections and optionals come back unchanged`() {
        assertEquals(null, echoOptional(null))
        assertEquals(-5, echoOptional(-5))
        assertEquals(mapOf(1 to listOf(1.5), -2 to emptyList()), echoTable(mapOf(1 to listOf(1.5), -2 to emptyList())))
        assertEquals(emptyMap<Int, List<Double>>(), echoTable(emptyMap()))
        assertEquals(setOf(1.toUShort(), UShort.MAX_VALUE), echoNames(setOf(1.toUShort(), UShort.MAX_VALUE)))
    }

    @Test
    fun `enums come back unchanged`() {
        for (value in Plain.entries) assertEquals(value, echoPlain(value))
        val shapes = listOf(Shape.Nothing, Shape.Number(-1), Shape.Pair("a", true), Shape.Named("b", null))
        for (value in shapes + Shape.Several(shapes)) assertEquals(value, echoShape(value))
    }

    @Test
    fun `a record with a field of every type comes back unchanged`() {
        val value = everything()
        val echo = echoEverything(value)
        assertArrayEquals(value.bytes, echo.bytes)
        assertArrayEquals(value.table["b"], echo.table["b"])
        // Arrays are equal only to themselves.
        assertEquals(value.copy(bytes = echo.bytes, table = echo.table), echo)
    }

    @Test
    fun `fields that are not given have their defaults`() {
        assertEquals(Presets(true, -7, 2.5, "a text", null, "something", emptyList()), echoPresets(Presets()))
    }
}

internal fun everything() = Everything(
    uint8 = 200u,
    int8 = -100,
    uint16 = 60_000u,
    int16 = -30_000,
    uint32 = UInt.MAX_VALUE,
    int32 = Int.MIN_VALUE,
    uint64 = ULong.MAX_VALUE,
    int64 = Long.MIN_VALUE,
    float32 = 1.5f,
    float64 = -2.5,
    boolean = true,
    text = "text 🙂",
    bytes = byteArrayOf(1, 2, 3),
    time = Instant.parse("2026-11-30T01:02:03.000000004Z"),
    duration = Duration.ofMillis(1_500),
    url = URI("https://example.com/"),
    distance = 9u,
    optional = null,
    nested = listOf(emptyList(), listOf(1, null)),
    table = mapOf("b" to byteArrayOf(9)),
    names = setOf("x", ""),
    plain = Plain.SEVERAL_WORDS,
    shape = Shape.Named("c", 5u),
)
