package one.aipass.mobile

import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The repository's root: Maven runs tests in bindings/kotlin. */
val ROOT: File = File("../..").canonicalFile

/** A sandbox process of a test's own, driven through its control API. */
class Sandbox(
    vararg arguments: String,
) : AutoCloseable {
    private val process =
        ProcessBuilder(listOf(program(), "sandbox", "--port", "0", "--json", "--while-stdin-open") + arguments)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
    private val facts =
        Json.parseToJsonElement(checkNotNull(process.inputReader().readLine()) { "the sandbox ended at once" }).jsonObject
    private val browser = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()

    val baseUrl = URI(fact("base_url"))

    /** A client of this sandbox. */
    fun client(
        store: SessionStore? = null,
        config: Config? = null,
    ): AiPass =
        AiPass(
            clientId = fact("client_id"),
            redirectUri = fact("redirect_uri"),
            provider = Provider.aiPass(baseUrl),
            store = store,
            config = config,
        )

    /** A client of this sandbox that somebody is signed in to. */
    suspend fun signedIn(store: SessionStore? = null): AiPass =
        client(store).also { ai -> ai.completeSignIn(decide(ai.beginSignIn().url, "allow")) }

    /** The user allows or denies; returns the callback. */
    fun decide(
        url: URI,
        decision: String,
    ): String =
        ask("POST", "user-agent", """{"url": "$url", "decision": "$decision"}""")
            .jsonObject
            .getValue("callback")
            .jsonPrimitive
            .content

    /** Sends a request to the control API and returns its answer, which must not be a refusal. */
    fun ask(
        method: String,
        path: String,
        body: String = "",
    ): JsonElement {
        val request =
            HttpRequest
                .newBuilder(URI("${fact("control_url")}/$path"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build()
        val answer = browser.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() in 200..299) { "the sandbox's $path refused: ${answer.statusCode()} ${answer.body()}" }
        return Json.parseToJsonElement(answer.body())
    }

    /** Asks until the answer is as wanted. */
    suspend fun until(
        path: String,
        isWanted: (JsonObject) -> Boolean,
    ) = withTimeout(10.seconds) {
        while (!isWanted(ask("GET", path).jsonObject)) delay(POLL)
    }

    /** Waits until a chat has reached the sandbox and is not answered yet. */
    suspend fun untilChatting() =
        until("requests") { log ->
            val newest = log.getValue("requests").let { it as JsonArray }.lastOrNull()?.jsonObject
            val path = newest?.get("path")?.jsonPrimitive?.content.orEmpty()
            path.endsWith("/chat/completions") && newest?.get("finished").let { it == null || it == NULL }
        }

    /** Waits until every connection that streams an answer is closed. */
    suspend fun untilNothingStreams() = until("state") { it.getValue("streams_open").jsonPrimitive.content == "0" }

    override fun close() {
        process.destroyForcibly().waitFor()
        process.outputStream.close()
    }

    private fun fact(name: String) = facts.getValue(name).jsonPrimitive.content

    private companion object {
        const val POLL = 5L
        val NULL = Json.parseToJsonElement("null")

        fun program(): String =
            checkNotNull(System.getenv("AIPASS_PROGRAM")) { "AIPASS_PROGRAM must name the aipass program" }
    }
}
