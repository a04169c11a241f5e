package one.aipass.mobile.scenarios

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import one.aipass.mobile.ROOT
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File
import kotlin.time.Duration.Companion.seconds

/** Plays the scenarios of tests/scenarios, which every language plays; their README says what a step means. */
class ScenariosTest {
    @TestFactory
    fun scenarios(): List<DynamicTest> {
        val files = File(ROOT, "tests/scenarios").listFiles { file -> file.extension == "json" }.orEmpty().sorted()
        check(files.isNotEmpty()) { "tests/scenarios has no scenario" }
        return files.map { dynamicTest(it.nameWithoutExtension) { play(it) } }
    }

    private fun play(file: File) =
        runBlocking {
            val scenario = Json.parseToJsonElement(file.readText()).jsonObject
            val arguments = scenario["sandbox"]?.jsonArray.orEmpty().map { it.jsonPrimitive.content }
            Stage(arguments).use { stage ->
                val names = Names(stage.facts)
                scenario.getValue("steps").jsonArray.map { it.jsonObject }.forEachIndexed { index, json ->
                    try {
                        val step = Step(names.fill(json))
                        val outcome = withTimeout(300.seconds) { stage.take(step) }
                        check(step["expect"] as JsonObject?, outcome)
                        names.capture(step, outcome)
                    } catch (problem: IllegalStateException) {
                        throw AssertionError("step ${index + 1} (${json["do"]}): ${problem.message}", problem)
                    }
                }
            }
        }
}
