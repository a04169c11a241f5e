import AIPassMobile
import Foundation
import Testing

/// Plays the scenarios of `tests/scenarios`, which every language plays; their README says what a step means.
struct ScenarioTests {
    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }()
    private static let folder = repository.appendingPathComponent("tests/scenarios")

    private struct Scenario: Decodable {
        let sandbox: [String]?
        let steps: [JSON]
    }

    @Test func thereAreScenarios() {
        #expect(!Self.names.isEmpty)
    }

    @Test func whatIsNotAsExpectedIsFound() {
        let came = Outcome.result(["text": "Hello", "list": .array([1]), "count": 2])
        let unmet: [JSON] = [
            ["text": "Hell"], ["text": ["$contains": "x"]], ["count": ["$at_least": 3]], ["list": .array([])],
            ["more": .null],
        ]
        for wanted in unmet {
            #expect(complaint(about: came, expecting: ["result": wanted]) != nil, "\(wanted)")
        }
        #expect(complaint(about: came, expecting: ["error": [:]]) != nil)
        #expect(complaint(about: .error(["code": "offline"]), expecting: nil) != nil)
        #expect(complaint(about: .error(["code": "offline"]), expecting: ["error": ["code": "timeout"]]) != nil)
        #expect(
            complaint(about: came, expecting: ["result": ["text": ["$contains": "ell"], "count": ["$at_least": 2]]])
                == nil)
    }

    @Test(.timeLimit(.minutes(2)), arguments: names)
    func scenario(_ name: String) async throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        let scenario = try JSONDecoder().decode(Scenario.self, from: data)
        let stage = try Stage(sandbox: Sandbox(scenario.sandbox ?? []))
        for (index, step) in scenario.steps.enumerated() {
            let problem = complaint(about: try await stage.take(step), expecting: step["expect"])
            try #require(problem == nil, "step \(index + 1), \(step["do"] ?? .null)")
        }
    }
}

/// Where a scenario is played.
private final class Stage {
    private let sandbox: Sandbox
    private let folder = try? TemporaryFolder()
    private var ai: AIPass
    private var url: URL?
    private var callback = ""

    init(sandbox: Sandbox) throws {
        self.sandbox = sandbox
        ai = try sandbox.client(store: Self.store(in: folder, key: "first"))
    }

    private static func store(in folder: TemporaryFolder?, key: String) throws -> SessionStore {
        guard let folder else { throw TestFailure("there is no temporary folder") }
        return try SealedFileStore(directory: folder.url, key: Data(repeating: key == "first" ? 1 : 2, count: 32))
    }

    /// Takes one step. What it throws is not the library's.
    func take(_ step: JSON) async throws -> Outcome {
        do {
            return .result(try await play(step))
        } catch let error as AIPassError {
            return .error(error.facts)
        }
    }

    private func play(_ step: JSON) async throws -> JSON {
        func text(_ name: String) throws -> String {
            guard let text = step[name]?.string else { throw TestFailure("the step has no \(name)") }
            return text
        }
        switch try text("do") {
        case "open": ai = try sandbox.client(store: Self.store(in: folder, key: text("key")))
        case "begin_sign_in": url = try await ai.beginSignIn().url
        case "decide": try await decide(text("decision"))
        case "complete_sign_in": try await ai.completeSignIn(step["callback"]?.string ?? callback)
        case "sign_in":
            url = try await ai.beginSignIn().url
            try await decide("allow")
            try await ai.completeSignIn(callback)
        case "sign_out": return try await ai.signOut().facts
        case "forget_session": try await ai.forgetSession()
        case "session_state": return try await ai.sessionState().facts
        case "chat":
            let answer = try await ai.chat(ChatRequest.user(text("prompt")))
            return ["text": .string(answer.text), "finish_reason": answer.finishReason.fact]
        case "chat_stream": return try await chatStream(text("prompt"), cancelAfter: step["cancel_after"]?.number)
        case "cancelled_chat": return try await cancelledChat(text("prompt"))
        case "scan_receipt":
            return try await ai.scanReceipt(contentsOf: repository.appendingPathComponent(text("photo"))).facts
        case "balance": return try await ai.balance().facts
        case "user_info": return try await ai.userInfo().facts
        case "sandbox": return try await askSandbox(step)
        case "stop_sandbox": try await sandbox.stop()
        case let unknown: throw TestFailure("there is no step \(unknown)")
        }
        return .null
    }

    private func decide(_ decision: String) async throws {
        guard let url else { throw TestFailure("no sign-in was begun") }
        callback = try await sandbox.decide(decision, at: url)
    }

    private func chatStream(_ prompt: String, cancelAfter: Double?) async throws -> JSON {
        var text = ""
        var pieces = 0.0
        var result: [String: JSON] = [:]
        reading: for try await event in try await ai.chatStream(.user(prompt)) {
            switch event {
            case .text(let piece, _):
                text += piece
                pieces += 1
                if pieces == cancelAfter { break reading }
            case .finished(let reason, _): result["finish_reason"] = reason.fact
            default: break
            }
        }
        result["text"] = .string(text)
        return .object(result)
    }

    private func cancelledChat(_ prompt: String) async throws -> JSON {
        let call = Task { [ai] in try await ai.chat(ChatRequest.user(prompt)) }
        try await sandbox.waitForChat()
        call.cancel()
        do {
            _ = try await call.value
            return ["cancelled": .bool(false)]
        } catch is CancellationError {
            return ["cancelled": .bool(true)]
        }
    }

    private func askSandbox(_ step: JSON) async throws -> JSON {
        let method = step["method"]?.string ?? "GET"
        let path = step["path"]?.string ?? ""
        let end = Date(timeIntervalSinceNow: 10)
        while true {
            let answer = try await sandbox.ask(method, path, step["body"])
            let isMet = complaint(about: .result(answer), expecting: step["expect"]) == nil
            if isMet || step["eventually"] != .bool(true) || Date() > end { return answer }
            try await Task.sleep(nanoseconds: 10_000_000)
        }
    }
}
