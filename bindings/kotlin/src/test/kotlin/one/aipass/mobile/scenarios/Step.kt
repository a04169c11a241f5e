package one.aipass.mobile.scenarios

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonPrimitive
import one.aipass.mobile.Photo
import one.aipass.mobile.ROOT
import java.io.File

/** A step of a scenario, and what it takes. */
class Step(
    private val json: JsonObject,
) {
    val name = text("do")

    operator fun get(name: String): JsonElement? = json[name]

    fun text(name: String): String = checkNotNull(optional(name)) { "the step has no $name" }

    fun optional(name: String): String? = (json[name] as? JsonPrimitive)?.contentOrNull

    fun texts(name: String): List<String> = (json[name] as? JsonArray).orEmpty().map { it.jsonPrimitive.content }

    fun number(name: String): UInt? = optional(name)?.toUInt()

    fun photo(name: String): Photo? = optional(name)?.let(::photoAt)

    /** Of a step with `photo` or `photos`. */
    fun photos(): List<Photo> = listOfNotNull(photo("photo")) + texts("photos").map(::photoAt)

    private fun photoAt(path: String) = Photo.File(File(ROOT, path))
}
