package one.aipass.mobile.scenarios

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.ChatAnswer
import one.aipass.mobile.FinishReason
import one.aipass.mobile.Receipt
import one.aipass.mobile.Revocation
import one.aipass.mobile.SessionState
import one.aipass.mobile.SignOutReport
import one.aipass.mobile.UserInfo
import java.math.BigDecimal
import java.time.Duration

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

            is SessionState.Refreshing -> {
                put("state", "refreshing")
            }

            is SessionState.NeedsSignIn -> {
                put("state", "needs_sign_in")
                put("reason", AiPassException.SignInRequired(state.reason).code)
            }
        }
    }

fun describe(answer: ChatAnswer): JsonElement =
    buildJsonObject {
        put("text", answer.text)
        put("finish_reason", describe(answer.finishReason))
    }

fun describe(receipt: Receipt): JsonElement =
    buildJsonObject {
        put("merchant", receipt.merchant)
        put("date", receipt.date?.toString())
        put("amount", figure(receipt.amount))
        put("currency", receipt.currency)
    }

fun describe(balance: Balance): JsonElement =
    buildJsonObject {
        put("total_cost", figure(balance.totalCost))
        put("max_budget", figure(balance.maxBudget))
        put("remaining_budget", figure(balance.remainingBudget))
    }

fun describe(user: UserInfo): JsonElement =
    buildJsonObject {
        put("subject", user.subject)
        put("email", user.email)
        put("name", user.name)
    }

fun describe(error: AiPassException): JsonElement =
    buildJsonObject {
        put("code", error.code)
        when (error) {
            is AiPassException.SignInRequired -> {
                put("reason", error.code)
            }

            is AiPassException.BudgetExceeded -> {
                put("spent", figure(error.spent))
                put("limit", figure(error.limit))
            }

            is AiPassException.RateLimited -> {
                put("retry_after", seconds(error.retryAfter))
            }

            is AiPassException.Provider -> {
                put("retry_after", seconds(error.retryAfter))
            }

            is AiPassException.Offline -> {
                put("maybe_sent", error.maybeSent)
            }

            is AiPassException.Truncated -> {
                put("text", error.text)
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

private fun describe(revocation: Revocation): String =
    when (revocation) {
        is Revocation.NotNeeded -> "not_needed"
        is Revocation.Accepted -> "accepted"
        is Revocation.Refused -> "refused"
        is Revocation.NotReached -> "not_reached"
    }

/** As the scenarios write decimals: without trailing zeros. */
private fun figure(decimal: BigDecimal?) = decimal?.stripTrailingZeros()?.toPlainString()

private fun seconds(duration: Duration?) = duration?.let { it.toMillis() / 1000.0 }
