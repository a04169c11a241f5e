package one.aipass.mobile.scenarios

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Texts with a name: `${NAME}` in a step stands for what the sandbox tells of itself, or for what a step before
 * captured.
 *
 * @param facts what the sandbox tells when it starts.
 */
class Names(
    facts: JsonObject,
) {
    private val texts = facts.mapNotNull { (name, fact) -> textOf(fact)?.let { name to it } }.toMap().toMutableMap()

    /** The step with the texts for their names. */
    fun fill(step: JsonObject): JsonObject = JsonObject(step.mapValues { (_, member) -> filled(member) })

    private fun filled(value: JsonElement): JsonElement =
        when (value) {
            is JsonObject -> fill(value)
            is JsonArray -> JsonArray(value.map { filled(it) })
            is JsonPrimitive -> textOf(value)?.let { JsonPrimitive(filledText(it)) } ?: value
        }

    private fun filledText(text: String): String =
        NAME.replace(text) { found ->
            val name = found.groupValues[1]
            checkNotNull(texts[name]) { "nothing has the name \"$name\"" }
        }

    /** Keeps what the step's `capture` names: its members are the new names, each with the member of the result. */
    fun capture(
        step: Step,
        outcome: Outcome,
    ) {
        if (outcome !is Outcome.Result) return
        (step["capture"] as? JsonObject).orEmpty().forEach { (name, member) ->
            val result = outcome.json as? JsonObject
            val text = textOf(member)?.let { result?.get(it) }?.let(::textOf)
            texts[name] = checkNotNull(text) { "the result has no text $member to capture: $result" }
        }
    }

    private companion object {
        val NAME = Regex("""\$\{([^}]*)\}""")

        fun textOf(value: JsonElement): String? = (value as? JsonPrimitive)?.takeIf { it.isString }?.content
    }
}
