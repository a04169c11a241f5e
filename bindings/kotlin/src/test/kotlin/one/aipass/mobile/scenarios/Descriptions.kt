package one.aipass.mobile.scenarios

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.ChoiceReason
import one.aipass.mobile.ClientUsage
import one.aipass.mobile.CostEstimate
import one.aipass.mobile.FinishReason
import one.aipass.mobile.Model
import one.aipass.mobile.ModelChoice
import one.aipass.mobile.OAuthClient
import one.aipass.mobile.Receipt
import one.aipass.mobile.ReceiptItem
import one.aipass.mobile.ReceiptVerdict
import one.aipass.mobile.RefusedModel
import one.aipass.mobile.Revocation
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignOutReport
import one.aipass.mobile.Spending
import one.aipass.mobile.Spent
import one.aipass.mobile.ToolCall
import one.aipass.mobile.Transcript
import one.aipass.mobile.UserInfo
import one.aipass.mobile.VideoJob
import one.aipass.mobile.VideoStatus
import java.math.BigDecimal
import java.nio.ByteBuffer
import kotlin.time.Duration
import kotlin.time.DurationUnit

// The library's answers as the scenarios write them.

fun describe(report: SignOutReport): JsonElement =
    buildJsonObject {
        put("refresh_token", describe(report.refreshToken))
        put("access_token", describe(report.accessToken))
    }

fun describe(state: SessionState): JsonElement =
    buildJsonObject {
        when (state) {
            is SessionState.SignedOut -> {
                put("state", "signed_out")
            }

            is SessionState.SigningIn -> {
                put("state", "signing_in")
            }

            is SessionState.SignedIn -> {
                put("state", "signed_in")
            }

            is SessionState.EndsSoon -> {
                put("state", "ends_soon")
            }

            is SessionState.Refreshing -> {
                put("state", "refreshing")
            }

            is SessionState.NeedsSignIn -> {
                put("state", "needs_sign_in")
                put("reason", AiPassException.SignInRequired(state.reason, detail = null).code)
            }
        }
    }

fun describe(answer: ChatAnswer): JsonElement =
    buildJsonObject {
        put("text", answer.text)
        put("finish_reason", describe(answer.finishReason))
        put("tool_calls", JsonArray(answer.toolCalls.map(::describe)))
        put("choices", answer.otherChoices.size + 1)
        put("logprobs", answer.logprobs.size)
        put("total_tokens", answer.usage?.totalTokens?.toLong())
        put("cost", figure(answer.cost))
        put("model", answer.model)
        put("refused_models", JsonArray(answer.refusedModels.map(::describe)))
    }

private fun describe(refused: RefusedModel): JsonElement =
    buildJsonObject {
        put("model", refused.model)
        put("error_code", refused.errorCode)
        put("parameter", refused.parameter)
    }

private fun describe(call: ToolCall): JsonElement =
    buildJsonObject {
        put("name", call.name)
        put("arguments", Json.parseToJsonElement(call.argumentsJson))
    }

fun describe(receipt: Receipt): JsonElement =
    buildJsonObject {
        put("merchant", receipt.merchant)
        put("date", receipt.date?.toString())
        put("amount", figure(receipt.amount))
        put("currency", receipt.currency)
        put("time", receipt.time)
        put("subtotal", figure(receipt.subtotal))
        put("items", JsonArray(receipt.items.map(::describe)))
        put("taxes", JsonArray(receipt.taxes.map { JsonPrimitive(figure(it.amount)) }))
        put("paid", JsonArray(receipt.payments.map { JsonPrimitive(it.lastFour) }))
        put("verdict", describe(receipt.verdict))
        put("off_by", figure((receipt.verdict as? ReceiptVerdict.Off)?.by))
        put("fingerprint", receipt.fingerprint)
    }

private fun describe(item: ReceiptItem): JsonElement =
    buildJsonObject {
        put("description", item.description)
        put("quantity", figure(item.quantity))
        put("unit_price", figure(item.unitPrice))
        put("total", figure(item.total))
        put("verdict", describe(item.verdict))
    }

private fun describe(verdict: ReceiptVerdict): String =
    when (verdict) {
        is ReceiptVerdict.Agrees -> "agrees"
        is ReceiptVerdict.Off -> "off"
        is ReceiptVerdict.CannotTell -> "cannot_tell"
    }

fun describe(balance: Balance): JsonElement =
    buildJsonObject {
        put("total_cost", figure(balance.totalCost))
        put("max_budget", figure(balance.maxBudget))
        put("remaining_budget", figure(balance.remainingBudget))
    }

fun describe(update: BalanceUpdate): JsonElement =
    buildJsonObject {
        put("balance", update.balance?.let(::describe) ?: JsonNull)
        put("is_estimate", update.isEstimate)
        put("is_low", update.isLow)
        put("error_code", update.errorCode)
    }

fun describe(estimate: CostEstimate): JsonElement =
    buildJsonObject {
        put("model", estimate.model)
        put("low", figure(estimate.low))
        put("high", figure(estimate.high))
    }

fun describe(spending: Spending): JsonElement =
    buildJsonObject {
        put("session", describe(spending.session))
        put("day", describe(spending.day))
    }

private fun describe(spent: Spent): JsonElement =
    buildJsonObject {
        put("known", figure(spent.known))
        put("reserved", figure(spent.reserved))
        put("calls", spent.calls.toLong())
        put("calls_with_unknown_cost", spent.callsWithUnknownCost.toLong())
    }

fun describe(user: UserInfo): JsonElement =
    buildJsonObject {
        put("subject", user.subject)
        put("email", user.email)
        put("name", user.name)
    }

fun describe(model: Model): JsonElement =
    buildJsonObject {
        put("id", model.id)
        put("capability", model.capability?.name?.lowercase())
    }

fun describe(choice: ModelChoice): JsonElement =
    buildJsonObject {
        put("model", choice.model)
        when (val reason = choice.reason) {
            is ChoiceReason.Preferred -> {
                put("reason", "preferred")
                put("missing", strings(reason.missing))
            }

            is ChoiceReason.FirstSuitable -> {
                put("reason", "first_suitable")
            }

            is ChoiceReason.NoCatalogue -> {
                put("reason", "no_catalogue")
            }
        }
    }

fun describe(transcript: Transcript): JsonElement =
    buildJsonObject {
        put("text", transcript.text)
        put("segments", JsonArray(transcript.segments.map { buildJsonObject { put("text", it.text) } }))
        put("words", strings(transcript.words.map { it.text }))
        put("model", transcript.model)
    }

fun describe(job: VideoJob): JsonElement =
    buildJsonObject {
        put("status", describe(job.status))
        put("progress", job.progress?.toInt())
        put("model", job.model)
    }

fun describe(client: OAuthClient): JsonElement =
    buildJsonObject {
        put("name", client.name)
        put("redirect_uris", strings(client.redirectUris))
        put("scopes", strings(client.scopes))
        put("is_active", client.isActive)
        put("has_secret", client.clientSecret != null)
    }

fun describe(usage: ClientUsage): JsonElement =
    buildJsonObject {
        put("requests", usage.requests?.toLong())
        put("cost", figure(usage.cost))
    }

/** What the first 24 bytes of a PNG tell. */
fun describePng(bytes: ByteArray): JsonElement =
    buildJsonObject {
        val head = ByteBuffer.wrap(bytes)
        put("is_png", bytes.size >= 24 && head.getInt(0) == PNG)
        put("width", if (bytes.size >= 24) head.getInt(16) else null)
        put("height", if (bytes.size >= 24) head.getInt(20) else null)
    }

private const val PNG = 0x89504E47.toInt()

fun describe(error: AiPassException): JsonElement =
    buildJsonObject {
        put("code", error.code)
        when (error) {
            is AiPassException.SignInRequired -> {
                put("reason", error.code)
            }

            is AiPassException.BudgetExceeded -> {
                put("text", error.text)
                put("spent", figure(error.spent))
                put("limit", figure(error.limit))
                put("request_id", error.requestId)
            }

            is AiPassException.SpendLimit -> {
                put("text", error.text)
                put("limit", figure(error.limit))
                put("spent", figure(error.spent))
                put("reserved", figure(error.reserved))
                put("estimate", figure(error.estimate))
            }

            is AiPassException.RateLimited -> {
                put("text", error.text)
                put("retry_after", seconds(error.retryAfter))
                put("request_id", error.requestId)
            }

            is AiPassException.Provider -> {
                put("text", error.text)
                put("retry_after", seconds(error.retryAfter))
                put("request_id", error.requestId)
            }

            is AiPassException.Offline -> {
                put("maybe_sent", error.maybeSent)
            }

            is AiPassException.Truncated -> {
                put("text", error.text)
                put("request_id", error.requestId)
            }

            is AiPassException.InvalidOutput -> {
                put("text", error.text)
                put("request_id", error.requestId)
            }

            is AiPassException.InvalidInput -> {
                put("input", error.input)
            }

            else -> {}
        }
    }

fun describe(reason: FinishReason): String =
    when (reason) {
        is FinishReason.Stop -> "stop"
        is FinishReason.Length -> "length"
        is FinishReason.ToolCalls -> "tool_calls"
        is FinishReason.ContentFilter -> "content_filter"
        is FinishReason.Other -> reason.name
    }

private fun describe(status: VideoStatus): String =
    when (status) {
        is VideoStatus.Queued -> "queued"
        is VideoStatus.InProgress -> "in_progress"
        is VideoStatus.Completed -> "completed"
        is VideoStatus.Failed -> "failed"
        is VideoStatus.Other -> status.name
    }

private fun describe(revocation: Revocation): String =
    when (revocation) {
        is Revocation.NotNeeded -> "not_needed"
        is Revocation.NotOffered -> "not_offered"
        is Revocation.Unknown -> "unknown"
        is Revocation.Accepted -> "accepted"
        is Revocation.Refused -> "refused"
        is Revocation.NotReached -> "not_reached"
    }

fun strings(texts: List<String>) = JsonArray(texts.map(::JsonPrimitive))

/** As the scenarios write decimals: without trailing zeros. */
private fun figure(decimal: BigDecimal?) = decimal?.stripTrailingZeros()?.toPlainString()

private fun seconds(duration: Duration?) = duration?.toDouble(DurationUnit.SECONDS)
