package one.aipass.mobile.scenarios

import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.AiPassException
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.PreparedChat
import one.aipass.mobile.Sandbox
import one.aipass.mobile.SealedFileStore
import java.net.URI
import kotlin.io.path.createTempDirectory
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource.Monotonic.markNow

/** Where a scenario is played: a sandbox, an empty folder for the session, and a client. */
class Stage(
    arguments: List<String>,
) : AutoCloseable {
    private val sandbox = Sandbox(*arguments.toTypedArray())
    private val folder = createTempDirectory("aipass-scenario").toFile()
    private var ai: AiPass = sandbox.client(storeFor("first"))
    private var prepared: PreparedChat? = null
    private var url = URI("")
    private var callback = ""
    private val media = Media(folder)
    private val endpoints = Endpoints()
    private val otherProviders = OtherProviders(sandbox)

    /** What the sandbox tells of itself. */
    val facts get() = sandbox.facts

    /** Takes one step. What is thrown is a scenario that cannot be played. */
    suspend fun take(step: Step): Outcome =
        try {
            Outcome.Result(play(step))
        } catch (error: AiPassException) {
            Outcome.Error(describe(error))
        }

    private suspend fun play(step: Step): JsonElement =
        when (step.name) {
            "open" -> nothing { reopen(step) }
            "begin_sign_in" -> beginSignIn(step)
            "decide" -> nothing { callback = sandbox.decide(url, step.text("decision")) }
            "complete_sign_in" -> nothing { ai.completeSignIn(step.optional("callback") ?: callback) }
            "sign_in" -> nothing { signIn(step) }
            "sign_out" -> describe(ai.signOut())
            "forget_session" -> nothing { ai.forgetSession() }
            "session_state" -> describe(ai.sessionState())
            "resumed" -> nothing { ai.resumed() }
            "cancelled_chat" -> cancelledChat(step.text("prompt"))
            "sandbox" -> askSandbox(step)
            "stop_sandbox" -> nothing { sandbox.close() }
            else -> playElsewhere(step)
        }

    private suspend fun playElsewhere(step: Step): JsonElement =
        Talk(ai, step).take()
            ?: playPrepared(step)
            ?: media.take(ai, step)
            ?: endpoints.take(ai, step)
            ?: otherProviders.take(ai, step)
            ?: error("there is no step \"${step.name}\"")

    private suspend fun playPrepared(step: Step): JsonElement? =
        when (step.name) {
            "prepare_chat" -> nothing { prepared = ai.preparedChat(Talk(ai, step).request()) }
            "send_prepared" -> describe(checkNotNull(prepared) { "no step before prepared a chat" }.send())
            else -> null
        }

    private suspend fun reopen(step: Step) {
        val store = storeFor(step.optional("key") ?: "first")
        val opened = sandbox.client(store, otherProviders.provider(step), step.optional("client_id"))
        ai.close()
        ai = opened
    }

    private suspend fun beginSignIn(step: Step): JsonElement {
        url = ai.beginSignIn(optionsOf(step)).url
        return buildJsonObject { put("parameters", parametersOf(url)) }
    }

    private suspend fun signIn(step: Step) {
        beginSignIn(step)
        callback = sandbox.decide(url, "allow")
        ai.completeSignIn(callback)
    }

    private fun storeFor(key: String) = SealedFileStore(folder, ByteArray(32) { if (key == "first") 1 else 2 })

    private suspend fun cancelledChat(prompt: String): JsonElement =
        coroutineScope {
            val call = async { ai.chat(ChatRequest(prompt)) }
            sandbox.untilChatting()
            call.cancel()
            call.join()
            buildJsonObject { put("cancelled", call.isCancelled) }
        }

    private suspend fun askSandbox(step: Step): JsonElement {
        val deadline = markNow() + 120.seconds
        while (true) {
            val answer = sandbox.ask(step.text("method"), step.text("path"), step["body"]?.toString().orEmpty())
            val isMet = runCatching { check(step["expect"] as JsonObject?, Outcome.Result(answer)) }.isSuccess
            if (isMet || step["eventually"] == null || deadline.hasPassedNow()) return answer
            delay(5)
        }
    }

    override fun close() {
        otherProviders.close()
        prepared?.close()
        ai.close()
        sandbox.close()
        folder.deleteRecursively()
    }

    private inline fun nothing(play: () -> Unit): JsonElement {
        play()
        return JsonNull
    }
}
