package one.aipass.mobile.scenarios

import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.transformWhile
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.AiPassException
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.ROOT
import one.aipass.mobile.Sandbox
import one.aipass.mobile.SealedFileStore
import one.aipass.mobile.beginSignIn
import one.aipass.mobile.chatEvents
import one.aipass.mobile.scanReceipt
import java.io.File
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
    private var ai: AiPass = open("first")
    private var url = URI("")
    private var callback = ""

    /** Takes one step. What is thrown is a scenario that cannot be played. */
    suspend fun take(step: JsonObject): Outcome =
        try {
            Outcome.Result(play(step))
        } catch (error: AiPassException) {
            Outcome.Error(describe(error))
        }

    private suspend fun play(step: JsonObject): JsonElement =
        when (val name = step.text("do")) {
            "open" -> {
                ai.close()
                ai = open(step.text("key"))
                JsonNull
            }

            "begin_sign_in" -> {
                nothing { url = ai.beginSignIn().url }
            }

            "decide" -> {
                nothing { callback = sandbox.decide(url, step.text("decision")) }
            }

            "complete_sign_in" -> {
                nothing { ai.completeSignIn(step["callback"]?.jsonPrimitive?.content ?: callback) }
            }

            "sign_in" -> {
                nothing {
                    url = ai.beginSignIn().url
                    callback = sandbox.decide(url, "allow")
                    ai.completeSignIn(callback)
                }
            }

            "sign_out" -> {
                describe(ai.signOut())
            }

            "forget_session" -> {
                nothing { ai.forgetSession() }
            }

            "session_state" -> {
                describe(ai.sessionState())
            }

            "chat" -> {
                describe(ai.chat(ChatRequest(step.text("prompt"))))
            }

            "chat_stream" -> {
                chatStream(step.text("prompt"), step["cancel_after"]?.jsonPrimitive?.content?.toInt())
            }

            "cancelled_chat" -> {
                cancelledChat(step.text("prompt"))
            }

            "scan_receipt" -> {
                describe(ai.scanReceipt(File(ROOT, step.text("photo"))))
            }

            "balance" -> {
                describe(ai.balance())
            }

            "user_info" -> {
                describe(ai.userInfo())
            }

            "sandbox" -> {
                askSandbox(step)
            }

            "stop_sandbox" -> {
                nothing { sandbox.close() }
            }

            else -> {
                error("there is no step \"$name\"")
            }
        }

    private fun open(key: String): AiPass {
        val bytes = ByteArray(32) { if (key == "first") 1 else 2 }
        return sandbox.client(SealedFileStore(folder, bytes))
    }

    private suspend fun chatStream(
        prompt: String,
        cancelAfter: Int?,
    ): JsonElement {
        val said = StringBuilder()
        var pieces = 0
        var finished: String? = null
        ai
            .chatEvents(ChatRequest(prompt))
            .transformWhile { event ->
                emit(event)
                if (event is ChatEvent.Text) pieces++
                pieces != cancelAfter
            }.collect { event ->
                when (event) {
                    is ChatEvent.Text -> {
                        said.append(event.text)
                    }

                    is ChatEvent.Finished -> {
                        finished = describe(event.reason)
                    }

                    else -> {}
                }
            }
        return buildJsonObject {
            put("text", said.toString())
            finished?.let { put("finish_reason", it) }
        }
    }

    private suspend fun cancelledChat(prompt: String): JsonElement =
        coroutineScope {
            val call = async { ai.chat(ChatRequest(prompt)) }
            sandbox.untilChatting()
            call.cancel()
            call.join()
            buildJsonObject { put("cancelled", call.isCancelled) }
        }

    private suspend fun askSandbox(step: JsonObject): JsonElement {
        val patience = markNow() + 10.seconds
        while (true) {
            val answer = sandbox.ask(step.text("method"), step.text("path"), step["body"]?.toString().orEmpty())
            val isMet = runCatching { check(step["expect"] as JsonObject?, Outcome.Result(answer)) }.isSuccess
            if (isMet || "eventually" !in step || patience.hasPassedNow()) return answer
            delay(5)
        }
    }

    override fun close() {
        ai.close()
        sandbox.close()
        folder.deleteRecursively()
    }

    private fun JsonObject.text(name: String): String =
        checkNotNull(this[name]) { "the step has no $name" }.jsonPrimitive.content

    private inline fun nothing(play: () -> Unit): JsonElement {
        play()
        return JsonNull
    }
}
