package one.aipass.mobile.scenarios

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ExpectationTest {
    private fun expect(
        expectation: String,
        outcome: Outcome,
    ) = check(Json.parseToJsonElement(expectation).jsonObject, outcome)

    private fun result(json: String) = Outcome.Result(Json.parseToJsonElement(json))

    private fun error(json: String) = Outcome.Error(Json.parseToJsonElement(json))

    @Test
    fun `what is as expected is accepted`() {
        check(null, result("1"))
        expect("""{"result": {"a": 1}}""", result("""{"a": 1.0, "b": 2}"""))
        expect("""{"result": {"${'$'}contains": "el"}}""", result(""""Hello""""))
        expect("""{"result": {"${'$'}at_least": 2}}""", result("2"))
        expect("""{"result": {"${'$'}some": {"a": 2}}}""", result("""[{"a": 1}, {"a": 2}]"""))
        expect("""{"error": {"code": "x"}}""", error("""{"code": "x"}"""))
    }

    @Test
    fun `what is not as expected is found`() {
        val mismatches =
            listOf(
                """{"result": 1}""" to result("2"),
                """{"result": {"a": 1}}""" to result("{}"),
                """{"result": [1]}""" to result("[1, 2]"),
                """{"result": {"${'$'}contains": "no"}}""" to result(""""Hello""""),
                """{"result": {"${'$'}contains": ""}}""" to result("2"),
                """{"result": {"${'$'}at_least": 3}}""" to result("2"),
                """{"result": {"${'$'}some": {"a": 3}}}""" to result("""[{"a": 1}, {"a": 2}]"""),
                """{"result": 1}""" to error("{}"),
                """{"error": {"code": "x"}}""" to result("1"),
                """{"error": {"code": "x"}}""" to error("""{"code": "y"}"""),
            )
        for ((expectation, outcome) in mismatches) {
            assertThrows<IllegalStateException>(expectation) { expect(expectation, outcome) }
        }
    }
}
