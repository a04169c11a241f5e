import AIPassMobile
import Foundation

/// Where a scenario is played.
final class Stage {
    private let sandbox: Sandbox
    private let folder: TemporaryFolder
    private let media: Media
    private let endpoints = Endpoints()
    private let providers: Providers
    private var ai: AIPass
    private var prepared: PreparedChat?
    private var url: URL?
    private var callback = ""

    init(sandbox: Sandbox) throws {
        self.sandbox = sandbox
        folder = try TemporaryFolder()
        media = Media(folder: folder.url)
        providers = Providers(sandbox: sandbox)
        ai = try sandbox.client(store: Self.store(in: folder, key: "first"))
    }

    private static func store(in folder: TemporaryFolder, key: String) throws -> SessionStore {
        try SealedFileStore(directory: folder.url, key: Data(repeating: key == "first" ? 1 : 2, count: 32))
    }

    /// Takes one step. What it throws is not the library's.
    func take(_ step: Step) async throws -> Outcome {
        do {
            return .result(try await play(step))
        } catch let error as AIPassError {
            return .error(error.facts)
        }
    }

    private func play(_ step: Step) async throws -> JSON {
        switch try step.name {
        case "open": ai = try await reopened(step)
        case "begin_sign_in": return ["parameters": try await begin(step).parameterNames]
        case "decide": try await decide(step.text("decision"))
        case "complete_sign_in": try await ai.completeSignIn(step.optional("callback") ?? callback)
        case "sign_in":
            _ = try await begin(step)
            try await decide("allow")
            try await ai.completeSignIn(callback)
        case "sign_out": return try await ai.signOut().facts
        case "forget_session": try await ai.forgetSession()
        case "session_state": return try await ai.sessionState().facts
        case "resumed": ai.resumed()
        case "cancelled_chat": return try await cancelledChat(step.text("prompt"))
        case "sandbox": return try await askSandbox(step)
        case "stop_sandbox": try await sandbox.stop()
        case let other: return try await playElsewhere(step, other)
        }
        return .null
    }

    private func playElsewhere(_ step: Step, _ name: String) async throws -> JSON {
        if name == "prepare_chat" {
            prepared = try await ai.preparedChat(Talk(ai: ai, step: step).request())
            return .null
        }
        if name == "send_prepared" {
            guard let prepared else { throw TestFailure("no step before prepared a chat") }
            return try await prepared.send().facts
        }
        if let result = try await Talk(ai: ai, step: step).take() { return result }
        if let result = try await media.take(step, with: ai) { return result }
        if let result = try await endpoints.take(step, with: ai) { return result }
        if let result = try await providers.take(step, with: ai) { return result }
        throw TestFailure("there is no step \(name)")
    }

    private func reopened(_ step: Step) async throws -> AIPass {
        let store = try Self.store(in: folder, key: step.optional("key") ?? "first")
        let provider = try await providers.provider(step)
        return try sandbox.client(store: store, provider: provider, clientID: step.optional("client_id"))
    }

    private func begin(_ step: Step) async throws -> URL {
        let begun = try await ai.beginSignIn(SignInOptions(step: step)).url
        url = begun
        return begun
    }

    private func decide(_ decision: String) async throws {
        guard let url else { throw TestFailure("no sign-in was begun") }
        callback = try await sandbox.decide(decision, at: url)
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

    private func askSandbox(_ step: Step) async throws -> JSON {
        let method = step.optional("method") ?? "GET"
        let path = step.optional("path") ?? ""
        let end = Date(timeIntervalSinceNow: 120)
        while true {
            let answer = try await sandbox.ask(method, path, step["body"])
            let isMet = mismatch(about: .result(answer), expecting: step["expect"]) == nil
            if isMet || step["eventually"] != .bool(true) || Date() > end { return answer }
            try await Task.sleep(nanoseconds: 10_000_000)
        }
    }
}
