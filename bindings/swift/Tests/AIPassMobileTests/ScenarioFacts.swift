import AIPassMobile
import Foundation

// The library's values as the scenarios write them.

extension AIPassError {
    var facts: JSON {
        var facts: [String: JSON] = ["code": .string(code)]
        switch self {
        case .budgetExceeded(let spent, let limit, let requestID, _, let text):
            facts["text"] = JSON(text)
            facts["request_id"] = JSON(requestID)
            facts["spent"] = JSON(spent?.description)
            facts["limit"] = JSON(limit?.description)
        case .spendLimit(_, let limit, let spent, let reserved, let estimate, let text):
            facts["text"] = JSON(text)
            facts["limit"] = .string(limit.description)
            facts["spent"] = .string(spent.description)
            facts["reserved"] = .string(reserved.description)
            facts["estimate"] = JSON(estimate?.description)
        case .rateLimited(let retryAfter, let requestID, _, let text),
            .provider(_, _, _, _, let requestID, let retryAfter, _, let text):
            facts["text"] = JSON(text)
            facts["retry_after"] = retryAfter.map(JSON.number) ?? .null
            facts["request_id"] = JSON(requestID)
        case .offline(let maybeSent, _): facts["maybe_sent"] = .bool(maybeSent)
        case .truncated(let text, let requestID, _), .invalidOutput(let text, let requestID, _):
            facts["text"] = .string(text)
            facts["request_id"] = JSON(requestID)
        case .invalidInput(let input, _): facts["input"] = .string(input)
        default: break
        }
        return .object(facts)
    }
}

extension SessionState {
    var facts: JSON {
        switch self {
        case .signedOut: ["state": "signed_out"]
        case .signingIn: ["state": "signing_in"]
        case .signedIn: ["state": "signed_in"]
        case .endsSoon: ["state": "ends_soon"]
        case .refreshing: ["state": "refreshing"]
        case .needsSignIn(let reason):
            ["state": "needs_sign_in", "reason": .string(AIPassError.signInRequired(reason: reason, detail: nil).code)]
        }
    }
}

extension Receipt {
    var facts: JSON {
        let day = date.map { String(format: "%04d-%02d-%02d", $0.year ?? 0, $0.month ?? 0, $0.day ?? 0) }
        return [
            "merchant": JSON(merchant), "date": JSON(day), "amount": JSON(amount?.description),
            "currency": JSON(currency), "time": JSON(time), "subtotal": JSON(subtotal?.description),
            "items": .array(items.map(\.facts)), "taxes": .array(taxes.map { JSON($0.amount?.description) }),
            "paid": .array(payments.map { JSON($0.lastFour) }), "verdict": verdict.fact,
            "off_by": JSON(verdict.offBy?.description), "fingerprint": JSON(fingerprint),
        ]
    }
}

extension ReceiptItem {
    var facts: JSON {
        [
            "description": JSON(description), "quantity": JSON(quantity?.description),
            "unit_price": JSON(unitPrice?.description), "total": JSON(total?.description), "verdict": verdict.fact,
        ]
    }
}

extension ReceiptVerdict {
    var fact: JSON {
        switch self {
        case .agrees: "agrees"
        case .off: "off"
        case .cannotTell: "cannot_tell"
        }
    }

    var offBy: Decimal? {
        if case .off(let by, _) = self { by } else { nil }
    }
}

extension Balance {
    var facts: JSON {
        [
            "total_cost": .string(totalCost.description), "max_budget": JSON(maxBudget?.description),
            "remaining_budget": JSON(remainingBudget?.description),
        ]
    }
}

extension BalanceUpdate {
    var facts: JSON {
        [
            "balance": balance?.facts ?? .null, "is_estimate": .bool(isEstimate), "is_low": .bool(isLow),
            "error_code": JSON(errorCode),
        ]
    }
}

extension CostEstimate {
    var facts: JSON {
        ["model": .string(model), "low": JSON(low?.description), "high": JSON(high?.description)]
    }
}

extension Spending {
    var facts: JSON { ["session": session.facts, "day": day.facts] }
}

extension Spent {
    fileprivate var facts: JSON {
        [
            "known": .string(known.description), "reserved": .string(reserved.description),
            "calls": .number(Double(calls)), "calls_with_unknown_cost": .number(Double(callsWithUnknownCost)),
        ]
    }
}

extension SignOutReport {
    var facts: JSON {
        ["refresh_token": .string(refreshToken.fact), "access_token": .string(accessToken.fact)]
    }
}

extension UserInfo {
    var facts: JSON {
        ["subject": .string(subject), "email": JSON(email), "name": JSON(name)]
    }
}

extension Revocation {
    var fact: String {
        switch self {
        case .notNeeded: "not_needed"
        case .notOffered: "not_offered"
        case .unknown: "unknown"
        case .accepted: "accepted"
        case .refused: "refused"
        case .notReached: "not_reached"
        }
    }
}

extension FinishReason {
    var fact: JSON {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter: "content_filter"
        case .other(let name): .string(name)
        }
    }
}

extension ChatAnswer {
    var facts: JSON {
        [
            "text": .string(text), "finish_reason": finishReason.fact, "tool_calls": .array(toolCalls.map(\.facts)),
            "choices": .number(Double(otherChoices.count + 1)), "logprobs": .number(Double(logprobs.count)),
            "total_tokens": usage.map { .number(Double($0.totalTokens)) } ?? .null, "model": .string(model),
            "refused_models": .array(refusedModels.map(\.facts)),
            "cost": JSON(cost?.description),
        ]
    }
}

extension RefusedModel {
    fileprivate var facts: JSON {
        ["model": .string(model), "error_code": .string(errorCode), "parameter": JSON(parameter)]
    }
}

extension ToolCall {
    fileprivate var facts: JSON {
        let arguments = try? JSONDecoder().decode(JSON.self, from: Data(argumentsJSON.utf8))
        return ["name": .string(name), "arguments": arguments ?? .null]
    }
}
