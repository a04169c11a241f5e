import AIPassMobile
import Foundation
import Testing

/// Streams as Swift's loops read them. (P4)
@Suite(.timeLimit(.minutes(10)))
struct StreamTests {
    @Test func textIsWhatTheEventsSay() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        var text = ""
        for try await piece in ai.chat("One tip for better focus?") {
            #expect(!piece.isEmpty)
            text += piece
        }
        #expect(try await ai.chat(.user("One tip for better focus?")).text == text)
    }

    @Test func aLoopOverTextIsOnePaidCallAndNoneBeforeItBegins() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        let answer = ai.chat("Hello")
        #expect(try await sandbox.chats == 0)
        for try await _ in answer {}
        #expect(try await sandbox.chats == 1)
        for try await _ in answer {}
        #expect(try await sandbox.chats == 2)
    }

    @Test func anErrorComesOnceAndThenNothing() async throws {
        let sandbox = try Sandbox()
        let ai = try sandbox.client()
        var iterator = ai.chat("Hello").makeAsyncIterator()
        let error = await expectError(AIPassError.self) { try await iterator.next() }
        #expect(error == .signInRequired(reason: .notSignedIn, detail: nil))
        #expect(try await iterator.next() == nil)
    }

    @Test func statesFollowTheSession() async throws {
        let sandbox = try Sandbox()
        let ai = try sandbox.client()
        var seen: [SessionState] = []
        for try await state in ai.sessionStates() {
            seen.append(state)
            switch state {
            case .signedOut:
                let request = try await ai.beginSignIn()
                try await ai.completeSignIn(sandbox.decide("allow", at: request.url))
            case .signedIn:
                try await sandbox.ask("POST", "revoke-grants", [:])
                await #expect(throws: AIPassError.self) { try await ai.balance() }
            default: break
            }
            if case .needsSignIn = state { break }
        }
        #expect(seen.first == .signedOut)
        #expect(seen.contains(.signedIn))
        #expect(seen.last == .needsSignIn(reason: .grantEnded))
    }

    /// As a screen does it: on the main actor, under the compiler's eyes.
    @MainActor
    @Test func onTheMainActor() async throws {
        let sandbox = try Sandbox()
        let ai = try await sandbox.signedIn()
        var answer = ""
        for try await text in ai.chat("One tip for better focus?") { answer += text }
        #expect(!answer.isEmpty)
        var finished: FinishReason?
        for try await event in try await ai.chatStream(.user("Another?")) {
            if case .finished(let reason, _) = event { finished = reason }
        }
        #expect(finished == .stop)
        for try await state in ai.sessionStates() {
            #expect(state == .signedIn)
            break
        }
    }
}
