import AIPassMobile
import Foundation
import Testing

/// What answers and the session tell besides what was asked for.
@Suite(.timeLimit(.minutes(10)))
struct FactTests {
    /// A package is compiled as the app is, so these tests, which are a debug build, are one to it. (G12)
    @Test func onlyADebugBuildMaySpeakToTheLocalNetworkInClear() async throws {
        var config = Config()
        config.insecureDevelopmentHosts = ["192.168.1.20"]
        let provider = try Provider.aiPass(at: #require(URL(string: "http://192.168.1.20:8414")))
        func client(_ config: Config?, debugBuild: Bool) throws -> AIPass {
            try AIPass(
                clientID: "a", redirectURI: "myapp://auth/callback", provider: provider, config: config,
                store: MemoryStore(), debugBuild: debugBuild)
        }
        _ = try client(config, debugBuild: true)
        _ = try AIPass(
            clientID: "a", redirectURI: "myapp://auth/callback", provider: provider, config: config,
            store: MemoryStore())
        let released = await expectError(AIPassError.self) { try client(config, debugBuild: false) }
        guard case .invalidInput("insecure_development_hosts", _) = released else {
            Issue.record("\(String(describing: released))")
            return
        }
        #expect(throws: AIPassError.self, "no host is named") { _ = try client(nil, debugBuild: true) }
    }

    @Test func aReleaseBuildSpeaksToLoopback() async throws {
        let sandbox = try Sandbox()
        let ai = try AIPass(
            clientID: sandbox.clientID, redirectURI: sandbox.redirectURI,
            provider: Provider.aiPass(at: sandbox.baseURL), store: MemoryStore(), debugBuild: false)
        try await ai.completeSignIn(sandbox.decide("allow", at: ai.beginSignIn().url))
        #expect(try await ai.sessionState() == .signedIn)
    }

    @Test func theSession() async throws {
        let sandbox = try Sandbox()
        let ai = try sandbox.client()
        #expect(try await ai.sessionInfo() == nil)
        for _ in 1...2 {
            try await ai.completeSignIn(sandbox.decide("allow", at: ai.beginSignIn().url))
        }
        // Nil while the provider is still asked to revoke the first one's tokens.
        try await eventually("it is told what became of the first sign-in") { ai.replacedSignIn() != nil }
        let info = try #require(try await ai.sessionInfo())
        #expect(info.accountLabel == "default" && info.hasRefreshToken)
        #expect(info.grantedScopes.contains("api:access") && info.missingScopes.isEmpty)
        #expect(try #require(info.accessTokenExpiresAt) > Date())
        let user = try await ai.userInfo()
        #expect(user.claimsJSON.contains(user.subject))
        #expect(try await ai.sessionInfo()?.subject == user.subject)
    }

    @Test func whatACallCost() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        #expect(try #require(try await ai.chat(.user("Hello")).cost) > 0)
        let stream = try await ai.chatStream(.user("Hello"))
        var text = ""
        for try await event in stream {
            if case .text(let piece, 0) = event { text += piece }
        }
        #expect(stream.receivedText() == text && !text.isEmpty)
    }

    @Test func aModelThatSees() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let choice = try await ai.chooseModel(capability: .vision, preferences: ["tts-1", "gpt-5-mini"])
        #expect(choice.model == "gpt-5-mini" && choice.unsuitable == ["tts-1"])
        #expect(try await ai.model(id: "gpt-5-mini").kinds == ["text"])
        #expect(Provider.aiPass.modelPreferences.contains { $0.capability == .vision })
    }
}
