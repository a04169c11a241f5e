import AIPassTesting
import AppleStubs
import Foundation
import Testing

@testable import AIPassMobile

extension AppleTests {
    /// `signIn(presenting:)` over a browser that a test plays. (A9)
    @Suite(.serialized)
    @MainActor
    struct SignInBrowserTests {
        private let window = UIWindow()
        private let callback = URL(string: "myapp://auth/callback?code=1&state=2")!

        @Test func completesWithWhatTheBrowserBringsBack() async throws {
            let ai = FakeAIPass()
            SignInBrowserStub.shared.reset { [callback] _ in .success(callback) }
            try await ai.signIn(presenting: window, options: SignInOptions(loginHint: "a@b.c"), isPrivate: true)
            #expect(ai.calls.last == .completeSignIn(callback.absoluteString))
            #expect(ai.calls.first == .beginSignIn(SignInOptions(loginHint: "a@b.c")))
            let page = try #require(SignInBrowserStub.shared.pages.first)
            #expect(page.callback == "myapp" && page.isEphemeral)
        }

        @Test func anHTTPSCallbackIsToldByHostAndPath() async throws {
            let ai = FakeAIPass(redirectURI: "https://app.example/auth/callback")
            let callback = URL(string: "https://app.example/auth/callback?code=1")!
            SignInBrowserStub.shared.reset { _ in .success(callback) }
            try await ai.signIn(presenting: window)
            #expect(SignInBrowserStub.shared.pages.map(\.callback) == ["https://app.example/auth/callback"])
            #expect(SignInBrowserStub.shared.pages.first?.isEphemeral == false)
        }

        @Test func aUserWhoClosesThePageCancels() async {
            let ai = FakeAIPass()
            SignInBrowserStub.shared.reset { _ in .failure(ASWebAuthenticationSessionError(.canceledLogin)) }
            #expect(await signInError(ai) == .cancelled)
            #expect(ai.calls.last == .cancelSignIn)
        }

        @Test func aRefusalByTheSystemIsToldApartFromTheUser() async {
            let ai = FakeAIPass(redirectURI: "https://app.example/auth/callback")
            let reason = "The app is not associated with domain app.example."
            for error in [
                ASWebAuthenticationSessionError(.canceledLogin, reason: reason),
                ASWebAuthenticationSessionError(.presentationContextInvalid, reason: reason),
                ASWebAuthenticationSessionError(.presentationContextNotProvided),
            ] {
                SignInBrowserStub.shared.reset { _ in .failure(error) }
                let thrown = await signInError(ai)
                guard case .unsupported(let what)? = thrown else {
                    Issue.record("\(String(describing: thrown))")
                    continue
                }
                #expect(what.contains(error.errorUserInfo.isEmpty ? "error 2" : reason))
                #expect(ai.calls.last == .cancelSignIn)
            }
        }

        @Test func anotherErrorIsHandedOn() async {
            let ai = FakeAIPass()
            SignInBrowserStub.shared.reset { _ in .failure(URLError(.unknown)) }
            do {
                try await ai.signIn(presenting: window)
                Issue.record("nothing was thrown")
            } catch let error {
                #expect((error as? URLError)?.code == .unknown)
            }
        }

        @Test func aWindowThatCannotShowAPageIsUnsupported() async {
            let ai = FakeAIPass()
            SignInBrowserStub.shared.reset(user: nil)
            guard case .unsupported? = await signInError(ai) else {
                Issue.record("not unsupported")
                return
            }
        }

        @Test func cancellingTheTaskClosesThePage() async throws {
            let ai = FakeAIPass()
            SignInBrowserStub.shared.reset { _ in nil }
            let signingIn = Task { try await ai.signIn(presenting: window) }
            while !SignInBrowserStub.shared.isOpen { await Task.yield() }
            signingIn.cancel()
            do {
                try await signingIn.value
                Issue.record("nothing was thrown")
            } catch {
                #expect(error is CancellationError)
            }
            #expect(!SignInBrowserStub.shared.isOpen)
            #expect(ai.calls.last == .cancelSignIn)
        }

        @Test func aRefusedCallbackIsTheCallsError() async {
            let ai = FakeAIPass()
            ai.script { $0.completeSignIn = { _ in throw AIPassError.invalidCallback(kind: .unknownState) } }
            SignInBrowserStub.shared.reset { [callback] _ in .success(callback) }
            #expect(await signInError(ai) == .invalidCallback(kind: .unknownState))
        }

        @Test func theAppsReturnResumesTheClient() async {
            let ai = FakeAIPass()
            var observer: ForegroundObserver? = ForegroundObserver(ai)
            NotificationCenter.default.post(name: UIApplication.willEnterForegroundNotification, object: nil)
            #expect(ai.calls == [.resumed] && observer != nil)
            observer = nil
            NotificationCenter.default.post(name: UIApplication.willEnterForegroundNotification, object: nil)
            #expect(ai.calls == [.resumed])
        }

        private func signInError(_ ai: FakeAIPass) async -> AIPassError? {
            do {
                try await ai.signIn(presenting: window)
                return nil
            } catch {
                return error as? AIPassError
            }
        }
    }
}
