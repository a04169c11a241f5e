import AIPassMobile
import AIPassTesting
import AIPassUI
import Testing

@MainActor
struct SignInModelTests {
    private let ai = FakeAIPass()

    @Test func signsIn() async throws {
        let model = SignInModel(ai)
        await model.signIn { ai in
            #expect(model.state == .signingIn)
            _ = try await ai.beginSignIn()
            try await ai.completeSignIn("myapp://auth/callback?code=1")
        }
        #expect(model.state == .signedIn)
        #expect(ai.calls == [.beginSignIn(SignInOptions()), .completeSignIn("myapp://auth/callback?code=1")])
    }

    @Test func oneSignInAtATime() async {
        let model = SignInModel(ai)
        var begun = 0
        await model.signIn { _ in
            begun += 1
            await model.signIn { _ in begun += 1 }
        }
        #expect(begun == 1)
    }

    // A9
    @Test(arguments: [AIPassError.cancelled as any Error, CancellationError()])
    func aUserWhoClosesThePageIsToldNothing(_ error: any Error) async {
        let model = SignInModel(ai)
        await model.signIn { _ in throw error }
        #expect(model.state == .signedOut(nil))
    }

    // A9
    @Test func aFailureIsShownAndTheButtonIsThereAgain() async {
        let model = SignInModel(ai)
        let offline = AIPassError.offline(maybeSent: false, detail: "")
        await model.signIn { _ in throw offline }
        #expect(model.state == .signedOut(Problem(offline).map(SignInNotice.failed)))
        await model.signIn { _ in throw AIPassError.signInRequired(reason: .denied, detail: nil) }
        #expect(model.state == .signedOut(.denied))
        await model.signIn { _ in }
        #expect(model.state == .signedIn)
    }

    @Test func followsTheSession() {
        let out = SignInState.signedOut(nil)
        let denied = SignInState.signedOut(.denied)
        let ended = SessionState.needsSignIn(reason: .grantEnded)
        let rules: [(SignInState, SessionState, SignInState)] = [
            (out, .signedIn, .signedIn), (.signingIn, .signedIn, .signedIn), (.signedIn, .refreshing, .signedIn),
            (out, .endsSoon, .signedIn), (.signingIn, .endsSoon, .signedIn),
            // The browser is open: the session of before does not end the waiting.
            (.signingIn, .signedOut, .signingIn), (.signingIn, .signingIn, .signingIn), (.signingIn, ended, .signingIn),
            // A sign-in that was begun before the app was killed is no open browser.
            (out, .signingIn, out), (.signedIn, .signingIn, out),
            (denied, .signedOut, denied), (.signedIn, .signedOut, out), (.signedIn, ended, .signedOut(.sessionEnded)),
            (out, .needsSignIn(reason: .denied), denied), (denied, .needsSignIn(reason: .notSignedIn), out),
        ]
        for (before, session, after) in rules {
            #expect(before.following(session) == after, "\(before) \(session)")
        }
        #expect(SignInState.signedOut(.sessionEnded).label == .signInAgain)
    }

    @Test func followsAClient() async {
        let model = SignInModel(ai)
        let following = Task { await model.follow() }
        ai.move(to: .signedIn)
        while model.state != .signedIn { await Task.yield() }
        ai.move(to: .needsSignIn(reason: .grantEnded))
        while model.state != .signedOut(.sessionEnded) { await Task.yield() }
        following.cancel()
        await following.value
        #expect(model.state == .signedOut(.sessionEnded))
    }
}
