package one.aipass.mobile.scenarios

import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.Api
import one.aipass.mobile.Capability
import one.aipass.mobile.ClientSettings
import one.aipass.mobile.EmbeddingEncodingFormat
import one.aipass.mobile.EmbeddingRequest
import one.aipass.mobile.ModelFilter
import one.aipass.mobile.OAuthClient
import one.aipass.mobile.RawMethod
import one.aipass.mobile.RawRequest
import one.aipass.mobile.SpendingPeriod
import one.aipass.mobile.balances

/** The steps about models, embeddings, the account and its OAuth clients, and what one of them leaves for the next. */
class Endpoints {
    private var remembered: OAuthClient? = null
    private val client get() = checkNotNull(remembered) { "no step before made a client" }

    /** Takes the step; null if it is none of these. */
    suspend fun take(
        ai: AiPass,
        step: Step,
    ): JsonElement? =
        when (step.name) {
            "balance" -> describe(ai.balance())
            "refresh_balance" -> describe(ai.refreshBalance())
            "balances" -> balances(ai, step)
            "spending" -> describe(ai.spending())
            "reset_spending" -> JsonNull.also { ai.resetSpending(period(step)) }
            "user_info" -> describe(ai.userInfo())
            "models" -> models(ai, step)
            "model" -> describe(ai.model(step.text("id")))
            "choose_model" -> chooseModel(ai, step)
            "embed" -> embed(ai, step)
            "create_client" -> remember(ai.createClient(settings(step)))
            "clients" -> buildJsonObject { put("clients", JsonArray(ai.clients().map(::describe))) }
            "client" -> describe(ai.client(client.id))
            "update_client" -> remember(ai.updateClient(client.id, settings(step)))
            "deactivate_client" -> JsonNull.also { ai.deactivateClient(client.id) }
            "delete_client" -> JsonNull.also { ai.deleteClient(client.id) }
            "client_usage" -> describe(ai.clientUsage(client.clientId))
            "checkout_url" -> checkoutUrl(ai, step)
            "call_endpoint" -> callEndpoint(ai, step)
            else -> null
        }

    private fun period(step: Step) = SpendingPeriod.valueOf(step.text("period").uppercase())

    private suspend fun models(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val filter = ModelFilter(step.optional("kind"), step.optional("capability"), step.optional("method"))
        val models = if (filter == ModelFilter()) ai.models() else ai.modelsMatching(filter)
        return buildJsonObject { put("models", JsonArray(models.map(::describe))) }
    }

    private suspend fun chooseModel(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val capability = Capability.valueOf(step.text("capability").uppercase())
        return describe(ai.chooseModel(capability, step.texts("preferences")))
    }

    private suspend fun balances(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val balances = ai.balances(step.optional("low_below")?.toBigDecimal())
        val updates = balances.take(checkNotNull(step.number("take")).toInt()).map { describe(it) }.toList()
        return buildJsonObject { put("updates", JsonArray(updates)) }
    }

    private suspend fun embed(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val dimensions = step.number("dimensions")
        val format = step.optional("encoding_format")?.let { EmbeddingEncodingFormat.valueOf(it.uppercase()) }
        val request = EmbeddingRequest(step.texts("input"), dimensions = dimensions, encodingFormat = format)
        val vectors = ai.embed(request).vectors
        return buildJsonObject {
            put("lengths", JsonArray(vectors.map { JsonPrimitive(it.size) }))
            put("equal", vectors.distinct().size == 1)
        }
    }

    private fun remember(client: OAuthClient): JsonElement {
        remembered = client
        return describe(client)
    }

    private fun settings(step: Step) =
        ClientSettings(step.optional("name"), step.texts("redirect_uris"), step.texts("scopes"))

    private suspend fun checkoutUrl(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val url = ai.checkoutUrl(step.text("amount").toBigDecimal())
        return buildJsonObject { put("url", url.toString()) }
    }

    private suspend fun callEndpoint(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val api = if (step.optional("api") == "account") Api.ACCOUNT else Api.MODEL
        val query = (step["query"] as? JsonObject).orEmpty().mapValues { (_, value) -> value.jsonPrimitive.content }
        val method = RawMethod.valueOf(step.text("method"))
        val request = RawRequest(api, method, step.text("path"), query, step["body"]?.toString())
        val answer = ai.callEndpoint(request)
        return buildJsonObject {
            put("status", answer.status.toInt())
            put("media_type", answer.mediaType)
            put("body", Json.parseToJsonElement(answer.body.decodeToString()))
        }
    }
}
