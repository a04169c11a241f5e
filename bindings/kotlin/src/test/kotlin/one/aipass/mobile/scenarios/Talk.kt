package one.aipass.mobile.scenarios

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPass
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.ContentPart
import one.aipass.mobile.Conversation
import one.aipass.mobile.ConversationBudget
import one.aipass.mobile.ImageQuestion
import one.aipass.mobile.Message
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.ResponseFormat
import one.aipass.mobile.Tool
import one.aipass.mobile.ToolChoice
import one.aipass.mobile.ask
import one.aipass.mobile.extract
import one.aipass.mobile.system
import one.aipass.mobile.user

/** The steps that talk to a chat model. */
class Talk(
    private val ai: AiPass,
    private val step: Step,
) {
    /** Takes the step; null if it is none of these. */
    suspend fun take(): JsonElement? =
        when (step.name) {
            "chat" -> describe(ai.chat(request()))
            "chat_stream" -> chatStream()
            "conversation" -> conversation()
            "describe_image" -> describe(ai.describeImage(ImageQuestion(step.photos(), step.text("prompt"))))
            "extract_json" -> extractJson()
            "scan_receipt" -> scanReceipt()
            else -> null
        }

    private suspend fun chatStream(): JsonElement =
        ai.chatStream(request()).use { stream ->
            val cancelAfter = step.number("cancel_after")
            val said = StringBuilder()
            var pieces = 0u
            while (true) {
                val event = stream.next() ?: break
                if (event !is ChatEvent.Text || event.choice != 0u) continue
                said.append(event.text)
                if (++pieces == cancelAfter) stream.cancel()
            }
            if (cancelAfter != null) return buildJsonObject { put("text", said.toString()) }
            val answer = stream.answer()
            check(answer.text == said.toString()) { "the pieces make \"$said\", the answer is \"${answer.text}\"" }
            describe(answer)
        }

    private suspend fun conversation(): JsonElement {
        val budget = ConversationBudget(maxMessages = step.number("max_messages"))
        val start = ChatRequest(listOf(Message.system("You answer briefly.")))
        return Conversation(start, budget).use { conversation ->
            val texts = step.texts("prompts").map { conversation.ask(ai, it).text }
            // As after the app was started again.
            Conversation.resume(start, budget, conversation.save()).use { resumed ->
                buildJsonObject {
                    put("texts", JsonArray(texts.map(::JsonPrimitive)))
                    put("messages", resumed.messages().size)
                }
            }
        }
    }

    private suspend fun extractJson(): JsonElement {
        val json = ai.extract(step.photos(), step["schema"].toString(), Json::parseToJsonElement)
        return buildJsonObject { put("json", json) }
    }

    private suspend fun scanReceipt(): JsonElement {
        val locale = step.optional("locale")
        val expectedCurrency = step.optional("expected_currency")
        return describe(ai.scanReceipt(ReceiptScan(step.photos(), locale, expectedCurrency)))
    }

    private fun request(): ChatRequest {
        val content = listOf(ContentPart.Text(step.text("prompt"))) + step.photos().map { ContentPart.Photo(it) }
        return ChatRequest(
            listOf(Message.user(*content.toTypedArray())),
            seed = step.optional("seed")?.toLong(),
            n = step.number("n"),
            topLogprobs = step.number("top_logprobs"),
            tools = (step["tools"] as? JsonArray).orEmpty().map { tool(it.jsonObject) },
            toolChoice = step.optional("tool_choice")?.let(::toolChoice),
            responseFormat = step["schema"]?.let { ResponseFormat.JsonSchema("answer", it.toString(), strict = false) },
        )
    }

    private fun tool(json: JsonObject) =
        Tool(
            json.getValue("name").jsonPrimitive.content,
            json.getValue("description").jsonPrimitive.content,
            json.getValue("parameters").toString(),
        )

    private fun toolChoice(word: String) =
        when (word) {
            "auto" -> ToolChoice.Auto
            "never" -> ToolChoice.Never
            "required" -> ToolChoice.Required
            else -> ToolChoice.Tool(word)
        }
}
