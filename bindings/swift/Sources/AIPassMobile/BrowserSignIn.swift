#if canImport(AuthenticationServices) && (os(iOS) || os(macOS) || os(visionOS))
    import AuthenticationServices

    // This file is not compiled in the project's CI, which runs on Linux.

    extension AIPass {
        /// Signs a user in: shows the provider's page in the system's sign-in browser over `window`, and completes the
        /// sign-in with what comes back.
        ///
        /// The client's redirect URI must have a scheme of the app's own, such as `myapp://auth/callback`. With an
        /// https one, open the URL of `beginSignIn(_:)` and hand the universal link to `completeSignIn(_:)`.
        ///
        /// - Parameters:
        ///   - window: The window that the page is shown over.
        ///   - options: What to ask of the provider.
        ///   - isPrivate: Whether the browser forgets the user when it closes, so that the next sign-in asks again.
        /// - Throws: `AIPassError.cancelled` if the user closed the page; `CancellationError` if the task was cancelled,
        ///   which closes it; those of `beginSignIn(_:)` and `completeSignIn(_:)`.
        @MainActor
        public func signIn(
            presenting window: ASPresentationAnchor,
            options: SignInOptions = SignInOptions(),
            isPrivate: Bool = false
        ) async throws {
            let request = try await beginSignIn(options)
            let browser = BrowserSignIn(window: window)
            let callback: URL
            do {
                callback = try await browser.callback(of: request.url, isPrivate: isPrivate)
            } catch {
                // No callback will come. In a task of its own: this one may be cancelled, and so would be its calls.
                _ = try? await Task { try await cancelSignIn() }.value
                throw error
            }
            try await completeSignIn(callback)
        }
    }

    @MainActor
    private final class BrowserSignIn: NSObject, ASWebAuthenticationPresentationContextProviding {
        private let window: ASPresentationAnchor

        init(window: ASPresentationAnchor) {
            self.window = window
        }

        func callback(of url: URL, isPrivate: Bool) async throws -> URL {
            guard let scheme = Self.scheme(of: url), !["http", "https"].contains(scheme) else {
                throw AIPassError.unsupported(what: "the system's sign-in browser without a scheme of the app's own")
            }
            // A stream, because it bears being finished twice, or never: a continuation does not.
            let (callbacks, continuation) = AsyncThrowingStream.makeStream(of: URL.self)
            // Sendable, so that it does not belong to the main actor: the system may call it on another thread.
            let session = ASWebAuthenticationSession(url: url, callbackURLScheme: scheme) {
                @Sendable callback, error in
                if let callback { continuation.yield(callback) }
                continuation.finish(throwing: error)
            }
            session.presentationContextProvider = self
            session.prefersEphemeralWebBrowserSession = isPrivate
            guard session.start() else {
                throw AIPassError.unsupported(what: "a sign-in browser over this window")
            }
            defer { session.cancel() }
            do {
                for try await callback in callbacks { return callback }
            } catch ASWebAuthenticationSessionError.canceledLogin {
                throw AIPassError.cancelled
            }
            try Task.checkCancellation()
            throw AIPassError.cancelled
        }

        func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
            window
        }

        /// The scheme of the redirect URI, which the authorization request names.
        private static func scheme(of url: URL) -> String? {
            let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems
            let redirectURI = items?.first { $0.name == "redirect_uri" }?.value
            return redirectURI.flatMap { URL(string: $0)?.scheme }
        }
    }
#endif
