import AIPassMobile
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A program without a sign-in window: the browser comes back to a port of this machine.
@Suite(.timeLimit(.minutes(10)))
struct LoopbackTests {
    // A6
    @Test func aBrowserThatComesBackToThisMachineSignsIn() async throws {
        let listener = try await LoopbackListener.bind(path: "/callback", port: nil)
        let sandbox = try Sandbox(["--redirect-uri", listener.redirectURI()])
        let ai = try sandbox.client()
        let callback = try #require(
            try await URL(string: sandbox.decide("allow", at: ai.beginSignIn().url)))
        async let received = listener.receive(timeout: 180)
        let (page, _) = try await URLSession.shared.data(from: callback)
        #expect(String(decoding: page, as: UTF8.self).contains("Back to the app"))
        try await ai.completeSignIn(received)
        #expect(try await ai.sessionState() == .signedIn)
    }

    @Test func aWaitForTheBrowserCanBeEnded() async throws {
        let listener = try await LoopbackListener.bind(path: "/callback", port: nil)
        async let received = listener.receive(timeout: 600)
        listener.cancel()
        do {
            _ = try await received
            Issue.record("it received a callback")
        } catch {
            #expect(error as? AIPassError == .cancelled)
        }
    }
}
