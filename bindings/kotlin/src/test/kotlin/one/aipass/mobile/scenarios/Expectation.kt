package one.aipass.mobile.scenarios

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull

/** What a step came to, as the scenarios write it. */
sealed interface Outcome {
    val json: JsonElement

    data class Result(
        override val json: JsonElement,
    ) : Outcome

    data class Error(
        override val json: JsonElement,
    ) : Outcome
}

/** Fails with [IllegalStateException] where [outcome] is not what a scenario expects. */
fun check(
    expectation: JsonObject?,
    outcome: Outcome,
) {
    val error = expectation?.get("error")
    when (outcome) {
        is Outcome.Error -> {
            match(checkNotNull(error) { "it failed: ${outcome.json}" }, outcome.json, "error")
        }

        is Outcome.Result -> {
            check(error == null) { "$error was expected, and it came to ${outcome.json}" }
            expectation?.get("result")?.let { match(it, outcome.json, "result") }
        }
    }
}

private fun match(
    wanted: JsonElement,
    came: JsonElement,
    path: String,
) {
    val isMet =
        when (wanted) {
            is JsonObject if "\$contains" in wanted -> {
                text(came)?.contains(text(wanted["\$contains"]).orEmpty()) == true
            }

            is JsonObject if "\$some" in wanted -> {
                (came as? JsonArray).orEmpty().any { item ->
                    runCatching { match(wanted.getValue("\$some"), item, path) }.isSuccess
                }
            }

            is JsonObject if "\$at_least" in wanted -> {
                number(came) >= number(wanted["\$at_least"])
            }

            is JsonObject -> {
                for ((name, value) in wanted) {
                    val field = (came as? JsonObject)?.get(name)
                    match(value, checkNotNull(field) { "$path has no $name: $came" }, "$path.$name")
                }
                true
            }

            is JsonArray -> {
                check(came is JsonArray && came.size == wanted.size) { "$path should be $wanted, and is $came" }
                wanted.forEachIndexed { index, value -> match(value, came[index], "$path[$index]") }
                true
            }

            // 1 and 1.0 are the same number.
            is JsonPrimitive -> {
                wanted == came || (!wanted.isString && number(wanted) == number(came))
            }
        }
    check(isMet) { "$path should be $wanted, and is $came" }
}

private fun text(json: JsonElement?) = (json as? JsonPrimitive)?.takeIf { it.isString }?.content

/** Not a number if it is none: that is less than nothing and equal to nothing. */
private fun number(json: JsonElement?) = (json as? JsonPrimitive)?.takeIf { !it.isString }?.doubleOrNull ?: Double.NaN
