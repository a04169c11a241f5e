package one.aipass.mobile.scenarios

import kotlinx.coroutines.flow.first
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.ClientMetadata
import one.aipass.mobile.ClientRegistration
import one.aipass.mobile.DeviceSignIn
import one.aipass.mobile.Provider
import one.aipass.mobile.RawMethod
import one.aipass.mobile.RegisteredClient
import one.aipass.mobile.ResourceRequest
import one.aipass.mobile.Sandbox
import one.aipass.mobile.SessionInfo
import one.aipass.mobile.SignInOptions
import one.aipass.mobile.aiPass
import one.aipass.mobile.discover
import one.aipass.mobile.nativeApp
import one.aipass.mobile.phaseo
import one.aipass.mobile.sessionStates
import java.net.URI
import kotlin.time.DurationUnit

/** The steps about other providers and what only some of them offer, and what one step leaves for the next. */
class OtherProviders(
    private val sandbox: Sandbox,
) : AutoCloseable {
    private var registration: ClientRegistration? = null
    private var registered: RegisteredClient? = null
    private val client get() = checkNotNull(registered) { "no step before registered a client" }

    /** Takes the step; null if it is none of these. */
    suspend fun take(
        ai: AiPass,
        step: Step,
    ): JsonElement? =
        when (step.name) {
            "discover" -> describe(Provider.discover(step.text("issuer")))
            "begin_device_sign_in" -> describe(ai.beginDeviceSignIn(optionsOf(step)))
            "pending_device_sign_in" -> ai.pendingDeviceSignIn()?.let(::describe) ?: JsonNull
            "complete_device_sign_in" -> JsonNull.also { ai.completeDeviceSignIn() }
            "cancel_sign_in" -> JsonNull.also { ai.cancelSignIn() }
            "session_info" -> ai.sessionInfo()?.let(::describe) ?: JsonNull
            "await_session_state" -> awaitSessionState(ai, step.text("state"))
            "end_session_url" -> endSessionUrl(ai, step)
            "request" -> request(ai, step)
            else -> takeWithRegistration(step)
        }

    private suspend fun takeWithRegistration(step: Step): JsonElement? =
        when (step.name) {
            "register" -> register(step)
            "read_registration" -> remember(opened().read(client))
            "update_registration" -> remember(opened().update(renamed(step)))
            "delete_registration" -> JsonNull.also { opened().delete(client) }
            else -> null
        }

    /** The provider that a step names: AI Pass if it names none. */
    suspend fun provider(step: Step): Provider =
        when (step.optional("provider")) {
            "phaseo" -> {
                Provider.phaseo(sandbox.baseUrl)
            }

            "discovered" -> {
                val found = Provider.discover(step.text("issuer")).copy(defaultScopes = step.texts("scopes"))
                val modelApi = step.optional("model_api")?.let { URI(it) }
                if (modelApi == null) found else found.copy(modelApi = modelApi, resourceOrigins = listOf(modelApi))
            }

            else -> {
                Provider.aiPass(sandbox.baseUrl)
            }
        }

    private suspend fun register(step: Step): JsonElement {
        registration?.close()
        val opened = ClientRegistration(provider(step))
        registration = opened
        val metadata = ClientMetadata.nativeApp(step.text("client_name"), step.texts("redirect_uris"))
        return remember(opened.register(metadata))
    }

    private fun opened() = checkNotNull(registration) { "no step before registered a client" }

    private fun renamed(step: Step) =
        client.copy(metadata = client.metadata.copy(clientName = step.optional("client_name")))

    private fun remember(client: RegisteredClient): JsonElement {
        registered = client
        return describe(client)
    }

    /** Waits until the session's states have this one. */
    private suspend fun awaitSessionState(
        ai: AiPass,
        wanted: String,
    ): JsonElement = describe(ai.sessionStates().first { describe(it).jsonObject["state"] == JsonPrimitive(wanted) })

    private suspend fun endSessionUrl(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val url = ai.endSessionUrl(step.optional("post_logout_redirect_uri"), step.optional("state"))
        return buildJsonObject {
            put("url", url.toString())
            put("parameters", parametersOf(url))
        }
    }

    private suspend fun request(
        ai: AiPass,
        step: Step,
    ): JsonElement {
        val body = step["body"]?.toString()?.encodeToByteArray()
        val method = if (body == null) RawMethod.GET else RawMethod.POST
        val answer = ai.request(ResourceRequest(URI(step.text("url")), method, body = body))
        return buildJsonObject {
            put("status", answer.status.toInt())
            put("body", Json.parseToJsonElement(answer.body.decodeToString()))
        }
    }

    override fun close() {
        registration?.close()
    }
}

/** The options of a sign-in. */
fun optionsOf(step: Step) =
    SignInOptions(
        scopes = step.texts("scopes"),
        keepGrantedScopes = step["keep_granted_scopes"] == JsonPrimitive(true),
        pushParameters = step["push_parameters"] == JsonPrimitive(true),
    )

/** The names of the URL's parameters, sorted. */
fun parametersOf(url: URI): JsonElement {
    val names =
        url.rawQuery
            .orEmpty()
            .split('&')
            .map { it.substringBefore('=') }
    return strings(names.filter { it.isNotEmpty() }.sorted())
}

private fun describe(provider: Provider): JsonElement {
    val offers =
        listOf(
            "device_authorization" to provider.deviceAuthorizationEndpoint,
            "pushed_authorization_requests" to provider.pushedAuthorizationRequestEndpoint,
            "registration" to provider.registrationEndpoint,
            "revocation" to provider.revocationEndpoint,
            "userinfo" to provider.userinfoEndpoint,
            "end_session" to provider.endSessionEndpoint,
            "model_api" to provider.modelApi,
        )
    return buildJsonObject {
        put("issuer", provider.issuer)
        put("offers", strings(offers.filter { (_, endpoint) -> endpoint != null }.map { (name, _) -> name }))
        put("scopes", strings(provider.defaultScopes))
        put("requires_pushed_parameters", provider.requirePushedAuthorizationRequests)
    }
}

private fun describe(begun: DeviceSignIn): JsonElement =
    buildJsonObject {
        put("user_code", begun.userCode)
        put("verification_uri", begun.verificationUri.toString())
        put("verification_uri_complete", begun.verificationUriComplete?.toString())
        put("interval", begun.interval.toDouble(DurationUnit.SECONDS))
    }

private fun describe(info: SessionInfo): JsonElement =
    buildJsonObject {
        put("subject", info.subject)
        put("granted_scopes", strings(info.grantedScopes))
        put("missing_scopes", strings(info.missingScopes))
        put("has_refresh_token", info.hasRefreshToken)
        put("has_end", info.endsAt != null)
    }

private fun describe(client: RegisteredClient): JsonElement =
    buildJsonObject {
        put("client_id", client.clientId)
        put("client_name", client.metadata.clientName)
        put("redirect_uris", strings(client.metadata.redirectUris))
        put("grant_types", strings(client.metadata.grantTypes))
        put("has_secret", client.clientSecret != null)
        put("is_manageable", client.registrationAccessToken != null && client.registrationClientUri != null)
    }
