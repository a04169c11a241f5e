import AIPassMobile
import Foundation
import Testing

/// Each error that the library throws arrives with its fields. (P3)
@Suite(.timeLimit(.minutes(10)))
struct ErrorTests {
    private func chatError(_ fault: JSON, config: Config? = nil) async throws -> AIPassError? {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn(config: config)
        try await sandbox.lay(fault, on: "chat")
        return await expectError(AIPassError.self) { try await ai.chat(ChatRequest.user("Hello")) }
    }

    private func answer(_ status: Int, headers: [String: JSON] = [:], _ error: JSON) -> JSON {
        let headers = headers.merging(["content-type": "application/json"]) { own, _ in own }
        let body = JSON.object(["error": error]).description
        return [
            "kind": "status", "status": .number(Double(status)), "headers": .object(headers), "body": .string(body),
        ]
    }

    @Test func signInRequired() async throws {
        let sandbox = try Sandbox()
        let ai = try sandbox.client()
        await #expect(throws: AIPassError.signInRequired(reason: .notSignedIn, detail: nil)) { try await ai.balance() }
        let request = try await ai.beginSignIn()
        let callback = try await sandbox.decide("deny", at: request.url)
        let denied = await expectError(AIPassError.self) { try await ai.completeSignIn(callback) }
        guard case .signInRequired(reason: .denied, _) = denied else {
            Issue.record("\(String(describing: denied))")
            return
        }
    }

    @Test func cancelled() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let cancellation = Cancellation()
        cancellation.cancel()
        await #expect(throws: AIPassError.cancelled) {
            try await ai.with(CallOptions(cancellation: cancellation)).chat(ChatRequest.user("Hello"))
        }
    }

    @Test func budgetExceeded() async throws {
        let message = "Budget has been exceeded! Current cost: 10.25, Max budget: 10.0"
        let error = try await chatError(
            answer(
                400, headers: ["x-request-id": "req_42"], ["message": .string(message), "type": "budget_exceeded"]))
        guard case .budgetExceeded(let spent, let limit, let requestID, let detail, text: nil) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(spent == Decimal(string: "10.25"))
        #expect(limit == 10)
        #expect(requestID == "req_42")
        #expect(detail.contains("exceeded"))
    }

    @Test func rateLimited() async throws {
        let config = Config()
        let fault = answer(
            429, headers: ["retry-after": "3600", "x-request-id": "req_42"],
            ["message": "Slow down", "type": "rate_limit_error"])
        let error = try await chatError(fault, config: config)
        #expect(error == .rateLimited(retryAfter: 3600, requestID: "req_42", detail: "Slow down", text: nil))
    }

    @Test func offline() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.stop()
        let error = await expectError(AIPassError.self) { try await ai.chat(ChatRequest.user("Hello")) }
        guard case .offline(maybeSent: false, let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!detail.isEmpty)
    }

    @Test func timeout() async throws {
        var config = Config()
        config.idleTimeout = 0.25
        let error = try await chatError(["kind": "stall"], config: config)
        #expect(error == .timeout(limit: .idle, after: 0.25, lastStatus: nil))
    }

    @Test func provider() async throws {
        let fault = answer(
            404, headers: ["x-request-id": "req_42"], ["message": "No such model", "code": "model_not_found"])
        let error = try await chatError(fault)
        guard
            case .provider(
                .notFound, status: 404, let code, parameter: nil, let requestID, retryAfter: nil, let detail,
                text: nil) = error
        else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(code == "model_not_found")
        #expect(requestID == "req_42")
        #expect(detail == "No such model")
    }

    @Test func truncated() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        try await sandbox.lay(["kind": "truncation", "bytes": 700], on: "chat")
        var received = ""
        let error = await expectError(AIPassError.self) {
            for try await text in ai.chat("One tip for better focus?") { received += text }
        }
        guard case .truncated(let text, _, let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!received.isEmpty)
        #expect(text == received)
        #expect(!detail.isEmpty)
    }

    @Test func invalidArguments() async throws {
        let ai = try AIPass(clientID: "client_123", redirectURI: "myapp://auth/callback", store: MemoryStore())
        await #expect(throws: AIPassError.invalidCallback(kind: .notAURL)) { try await ai.completeSignIn("not a URL") }
        let error = await expectError(AIPassError.self) {
            try AIPass(clientID: "", redirectURI: "myapp://auth/callback")
        }
        guard case .invalidInput(let input, let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(input == "client_id")
        #expect(!detail.isEmpty)
    }

    @Test func unsupported() async throws {
        let url = try #require(URL(string: "https://login.example.com/"))
        let provider = try Provider.custom(
            issuer: "https://login.example.com", authorizationEndpoint: url, tokenEndpoint: url)
        let ai = try AIPass(
            clientID: "a", redirectURI: "myapp://auth/callback", provider: provider, store: MemoryStore())
        let error = await expectError(AIPassError.self) { try await ai.userInfo() }
        guard case .unsupported(let what) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!what.isEmpty)
    }

    /// Every case has a code and a sentence, which come from Rust and so show that it understood the fields.
    @Test(arguments: [
        (AIPassError.signInRequired(reason: .grantEnded, detail: nil), "grant_ended", "ended"),
        (.cancelled, "cancelled", "cancelled"),
        (
            .budgetExceeded(spent: 10.5, limit: 10, requestID: nil, detail: "no more", text: nil),
            "budget_exceeded", "10.5 of 10"
        ),
        (
            .spendLimit(scope: .day, limit: 1, spent: 0.5, reserved: 0.25, estimate: nil, text: nil),
            "spend_limit_day", "0.25 reserved"
        ),
        (.rateLimited(retryAfter: 90, requestID: nil, detail: "slow", text: nil), "rate_limited", "90s"),
        (.offline(maybeSent: true, detail: "no route"), "offline", "no route"),
        (.timeout(limit: .connect, after: 0.25, lastStatus: nil), "timeout_connect", "250ms"),
        (
            .provider(
                kind: .forbidden, status: 403, providerCode: nil, parameter: nil, requestID: nil, retryAfter: nil,
                detail: "no", text: nil),
            "provider_forbidden", "403"
        ),
        (.invalidCallback(kind: .unknownState), "callback_unknown_state", "state"),
        (.invalidInput(input: "photo", detail: "empty"), "invalid_input", "photo"),
        (.storage(kind: .full, detail: "disk"), "storage_full", "disk"),
        (.truncated(text: "Half", requestID: nil, detail: "end of file"), "truncated", "end of file"),
        (.invalidOutput(text: "A poem", requestID: nil, detail: "no JSON"), "invalid_output", "no JSON"),
        (.unsupported(what: "userinfo"), "unsupported", "userinfo"),
        (.other(code: "new_thing", detail: "later"), "new_thing", "later"),
    ])
    func codesAndTexts(_ error: AIPassError, code: String, part: String) {
        #expect(error.code == code)
        #expect(error.text.contains(part), "\(error.text)")
        #expect(error.localizedDescription == error.text)
    }

    /// What an app built, and Rust cannot hold.
    @Test(arguments: [Decimal.nan, Decimal.greatestFiniteMagnitude])
    func amountsThatRustLacks(_ amount: Decimal) {
        let error = AIPassError.budgetExceeded(spent: amount, limit: nil, requestID: nil, detail: "", text: nil)
        #expect(error.code == "other")
        #expect(error.text.contains("cannot hold"), "\(error.text)")
        #expect(error.localizedDescription == error.text)
    }
}
