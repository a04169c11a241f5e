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
import one.aipass.mobile.CallOptions
import one.aipass.mobile.ChatEvent
import one.aipass.mobile.ChatRequest
import one.aipass.mobile.ContentPart
import one.aipass.mobile.Conversation
import one.aipass.mobile.ConversationBudget
import one.aipass.mobile.Fallback
import one.aipass.mobile.ImageQuestion
import one.aipass.mobile.Message
import one.aipass.mobile.PaidRequest
import one.aipass.mobile.ReceiptDetail
import one.aipass.mobile.ReceiptScan
import one.aipass.mobile.ResponseFormat
import one.aipass.mobile.Tool
import one.aipass.mobile.ToolChoice
import one.aipass.mobile.ask
import one.aipass.mobile.extract
import one.aipass.mobile.judged
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
            "chat" -> limited { describe(it.chat(request())) }
            "estimate" -> describe(ai.estimate(PaidRequest.Chat(request())))
            "chat_stream" -> limited { chatStream(it) }
            "conversation" -> conversation()
            "describe_image" -> describe(ai.describeImage(ImageQuestion(step.photos(), step.text("prompt"))))
            "extract_json" -> extractJson()
            "scan_receipt" -> scanReceipt()
            "scan_receipts" -> scanReceipts()
            else -> null
        }

    /** With the client, and with the limit of the step's `max_cost`. */
    private suspend fun limited(call: suspend (AiPass) -> JsonElement): JsonElement =
        ai.with(CallOptions(maxCost = step.optional("max_cost")?.toBigDecimal())).use { call(it) }

    private suspend fun chatStream(ai: AiPass): JsonElement =
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
        val receipt = ai.scanReceipt(receiptScan())
        val amount = step.optional("corrected_amount")?.toBigDecimal() ?: return describe(receipt)
        return describe(receipt.copy(amount = amount).judged(step.optional("locale")))
    }

    private suspend fun scanReceipts(): JsonElement {
        val receipts = ai.scanReceipts(receiptScan())
        return buildJsonObject { put("receipts", JsonArray(receipts.map(::describe))) }
    }

    private fun receiptScan(): ReceiptScan {
        val detail =
            when (step.optional("detail")) {
                "summary" -> ReceiptDetail.SUMMARY
                "full" -> ReceiptDetail.FULL
                else -> null
            }
        val expectedCurrency = step.optional("expected_currency")
        return ReceiptScan(step.photos(), step.optional("locale"), expectedCurrency, detail = detail)
    }

    fun request(): ChatRequest {
        val content = listOf(ContentPart.Text(step.text("prompt"))) + step.photos().map { ContentPart.Photo(it) }
        return ChatRequest(
            listOf(Message.user(*content.toTypedArray())),
            model = step.optional("model"),
            fallback = step["fallback"]?.let(::fallback),
            maxTokens = step.number("max_tokens"),
            seed = step.optional("seed")?.toLong(),
            n = step.number("n"),
            topLogprobs = step.number("top_logprobs"),
            tools = (step["tools"] as? JsonArray).orEmpty().map { tool(it.jsonObject) },
            toolChoice = step.optional("tool_choice")?.let(::toolChoice),
            responseFormat = step["schema"]?.let { ResponseFormat.JsonSchema("answer", it.toString(), strict = false) },
        )
    }

    private fun fallback(json: JsonElement) =
        if (json is JsonArray) Fallback.Models(step.texts("fallback")) else Fallback.AnySuitable

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
