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
            "currency": JSON(currency),
        ]
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
            "total_tokens": usage.map { .number(Double($0.totalTokens)) } ?? .null,
        ]
    }
}

extension ToolCall {
    fileprivate var facts: JSON {
        let arguments = try? JSONDecoder().decode(JSON.self, from: Data(argumentsJSON.utf8))
        return ["name": .string(name), "arguments": arguments ?? .null]
    }
}
