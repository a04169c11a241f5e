package one.aipass.mobile

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import java.net.HttpURLConnection
import java.net.URI
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
    /** What it tells of itself when it starts. */
    val facts: JsonObject =
        Json
            .parseToJsonElement(
                checkNotNull(process.inputReader().readLine()) { "the sandbox ended at once" },
            ).jsonObject

    val baseUrl = URI(fact("base_url"))

    /** A client of this sandbox: of AI Pass, or of another provider that it plays. */
    fun client(
        store: SessionStore? = null,
        provider: Provider? = null,
        clientId: String? = null,
        config: Config? = null,
    ): AiPass =
        AiPass(
            clientId = clientId ?: fact("client_id"),
            redirectUri = fact("redirect_uri"),
            provider = provider ?: Provider.aiPass(baseUrl),
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
        val connection = URI("${fact("control_url")}/$path").toURL().openConnection() as HttpURLConnection
        connection.requestMethod = method
        connection.connectTimeout = TIMEOUT
        connection.readTimeout = TIMEOUT
        connection.setRequestProperty("Content-Type", "application/json")
        // A connection of its own: one that is used again may have ended meanwhile, and then nobody knows what became of the request.
        connection.setRequestProperty("Connection", "close")
        // An empty object says nothing. The sandbox does not read it, and may have answered and closed before it was sent.
        if (body.isNotEmpty() && body != "{}") {
            connection.doOutput = true
            connection.outputStream.use { it.write(body.toByteArray()) }
        }
        val status = connection.responseCode
        val answer = (connection.errorStream ?: connection.inputStream).use { it.readBytes().decodeToString() }
        check(status in 200..299) { "the sandbox's $path refused: $status $answer" }
        return Json.parseToJsonElement(answer)
    }

    /** Asks until the answer is as wanted. */
    suspend fun until(
        path: String,
        isWanted: (JsonObject) -> Boolean,
    ) = withTimeout(120.seconds) {
        while (!isWanted(ask("GET", path).jsonObject)) delay(POLL)
    }

    /** Waits until a chat has reached the sandbox and is not answered yet. */
    suspend fun untilChatting() =
        until("requests") { log ->
            val newest =
                log
                    .getValue("requests")
                    .jsonArray
                    .lastOrNull()
                    ?.jsonObject
            val path =
                newest
                    ?.get("path")
                    ?.jsonPrimitive
                    ?.content
                    .orEmpty()
            path.endsWith("/chat/completions") && (newest?.get("finished") ?: JsonNull) == JsonNull
        }

    /** Waits until the client has gone away from its newest chat, whose answer was under way. */
    suspend fun untilChatIsLeft() = untilLeft("/chat/completions")

    /** Waits until the client has gone away from its newest request to this path, whose answer was under way. */
    suspend fun untilLeft(path: String) =
        until("requests") { log ->
            val newest =
                log.getValue("requests").jsonArray.map { it.jsonObject }.lastOrNull {
                    it
                        .getValue("path")
                        .jsonPrimitive.content
                        .endsWith(path)
                }
            newest?.get("ended")?.jsonPrimitive?.content == "client_disconnected"
        }

    /** Waits until every connection that streams an answer is closed. */
    suspend fun untilNothingStreams() = until("state") { it.getValue("streams_open").jsonPrimitive.int == 0 }

    /** How many answers are being streamed. */
    fun streamsOpen(): Int = state().getValue("streams_open").jsonPrimitive.int

    /** How many chats were asked for. */
    fun chats(): Int = requests("/chat/completions")

    /** How many requests there were to this path. */
    fun requests(path: String): Int =
        ask("GET", "requests").jsonObject.getValue("requests").jsonArray.count {
            it.jsonObject
                .getValue("path")
                .jsonPrimitive.content
                .endsWith(path)
        }

    fun state(): JsonObject = ask("GET", "state").jsonObject

    /** From now on chats are answered with so many bytes and then nothing. */
    fun stallChats(afterBytes: Int) = stall("chat", afterBytes)

    /** From now on this endpoint answers with so many bytes and then nothing. */
    fun stall(
        endpoint: String,
        afterBytes: Int,
    ) {
        ask("POST", "faults", """{"endpoint": "$endpoint", "fault": {"kind": "stall", "bytes": $afterBytes}}""")
    }

    override fun close() {
        process.destroyForcibly().waitFor()
        process.outputStream.close()
    }

    fun fact(name: String): String = facts.getValue(name).jsonPrimitive.content

    private companion object {
        const val POLL = 5L

        /** Only ends what hangs, in milliseconds. */
        const val TIMEOUT = 180_000

        fun program(): String =
            checkNotNull(System.getenv("AIPASS_PROGRAM")) { "AIPASS_PROGRAM must name the aipass program" }
    }
}

/** Runs a test against a sandbox of its own. */
fun sandboxed(
    vararg arguments: String,
    test: suspend CoroutineScope.(Sandbox) -> Unit,
) = Sandbox(*arguments).use { sandbox -> runBlocking { test(sandbox) } }
