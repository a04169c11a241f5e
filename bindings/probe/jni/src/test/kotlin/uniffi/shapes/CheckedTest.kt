package uniffi.shapes

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.File
import java.lang.reflect.Method

/** All other tests, in a Java VM that checks each use of its native interface and prints what is wrong. */
class CheckedTest {
    @Test
    fun `the native interface is used as its documentation asks`() {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val classes = System.getProperty("java.class.path")
        val builder = ProcessBuilder(java, "-Xcheck:jni", "-Xmx512m", "-cp", classes, "uniffi.shapes.CheckedTestKt")
        builder.redirectErrorStream(true)
        builder.environment()["RUST_BACKTRACE"] = "0"
        val process = builder.start()
        val lines = process.inputStream.bufferedReader().readLines()
        val printed = lines.filterNot { line -> line.isEmpty() || EXPECTED.any { it in line } }
        assertEquals(listOf("${tests().size} tests"), printed)
        assertEquals(0, process.waitFor())
    }
}

/** What Rust prints of the panics that the tests cause. */
private val EXPECTED = listOf("panicked at", "a bug", "Callback interface failure", "note: run with")

private fun tests(): List<Method> = listOf(ValuesTest::class, CallsTest::class, HostsTest::class, ObjectsTest::class)
    .flatMap { type -> type.java.declaredMethods.filter { it.isAnnotationPresent(Test::class.java) } }

fun main() {
    val tests = tests()
    for (test in tests) test.invoke(test.declaringClass.getDeclaredConstructor().newInstance())
    println("${tests.size} tests")
}
