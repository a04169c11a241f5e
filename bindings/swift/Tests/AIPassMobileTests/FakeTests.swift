import AIPassMobile
import AIPassTesting
import Foundation
import Testing

/// The fake behaves as the library does where it says so.
struct FakeTests {
    @Test func playsASession() async throws {
        let ai = FakeAIPass()
        var states = ai.sessionUpdates().makeAsyncIterator()
        #expect(try await states.next() == .signedOut)
        let request = try await ai.beginSignIn()
        #expect(request.url.absoluteString.contains("redirect_uri=myapp://auth/callback"))
        #expect(try await states.next() == .signingIn)
        #expect(try await !ai.completeSignIn(ifCallback: #require(URL(string: "myapp://settings"))))
        #expect(try await ai.completeSignIn(ifCallback: #require(URL(string: "myapp://auth/callback?code=1"))))
        #expect(try await states.next() == .signedIn)
        _ = try await ai.signOut()
        #expect(try await states.next() == .signedOut)
    }

    @Test func refusesPaidCallsWithoutASession() async {
        let ai = FakeAIPass()
        ai.script { $0.scanReceipt = { _ in .sample() } }
        let refused = AIPassError.signInRequired(reason: .notSignedIn, detail: nil)
        #expect(await expectError(AIPassError.self) { try await ai.scanReceipt(Data()) } == refused)
        #expect(await expectError(AIPassError.self) { for try await _ in ai.chat("?") {} } == refused)
        ai.move(to: .needsSignIn(reason: .grantEnded))
        let ended = AIPassError.signInRequired(reason: .grantEnded, detail: nil)
        #expect(await expectError(AIPassError.self) { try await ai.balance() } == ended)
    }

    @Test func answersAsScriptedAndSaysWhatIsNot() async throws {
        let ai = FakeAIPass(state: .signedIn)
        let thrown = await expectError(AIPassError.self) { try await ai.scanReceipt(Data()) }
        #expect(thrown?.code == "not_scripted")
        ai.script { script in
            script.scanReceipt = { scan in .sample(merchant: "\(scan.photos.count)") }
            script.chatText = { _ in
                ChatText(pieces: ["It ", "was"], failure: AIPassError.offline(maybeSent: true, detail: ""))
            }
        }
        #expect(try await ai.scanReceipt(Data([1])).merchant == "1")
        var answer = ""
        let broken = await expectError(AIPassError.self) {
            for try await text in ai.chat("What was it?") { answer += text }
        }
        #expect(broken == .offline(maybeSent: true, detail: ""))
        #expect(answer == "It was")
        #expect(ai.calls.last == .chatText(.user("What was it?")))
    }

    @Test func aScriptMayLookAtTheFake() {
        let ai = FakeAIPass(state: .signedIn)
        ai.resumed()
        ai.script { _ in #expect(ai.calls == [.resumed]) }
    }

    /// The protocol that the fake fulfils is the library's own.
    @Test func theLibraryFulfilsTheSameProtocol() async throws {
        let sandbox = try Sandbox()
        let ai: any AIPassClient = try await sandbox.signedIn()
        var states = ai.sessionUpdates().makeAsyncIterator()
        #expect(try await states.next() == .signedIn)
        #expect(try await ai.refreshBalance().totalCost >= 0)
        var answer = ""
        for try await text in ai.chat("Hello") { answer += text }
        #expect(!answer.isEmpty)
        _ = try await ai.signOut()
        while try await states.next() != .signedOut {}
    }
}
