#if canImport(AuthenticationServices) && !os(tvOS) && !os(watchOS)
    import AuthenticationServices
    import Foundation

    // Never compiled with Apple's SDK yet: Linux compiles it against declarations of our own, bindings/swift/Stubs.

    extension AIPassClient {
        /// Signs a user in: shows the provider's page in the system's sign-in browser over `window`, and completes the
        /// sign-in with what comes back.
        ///
        /// The client's redirect URI has a scheme of the app's own, such as `myapp://auth/callback`, which needs no
        /// entry in `Info.plist`. From iOS 17.4 and macOS 14.4 on it may be https, if the app has the Associated
        /// Domains entitlement `webcredentials:` for its host. On older systems open the URL of `beginSignIn(_:)` for
        /// an https one, and hand the universal link to `completeSignIn(ifCallback:)`.
        ///
        /// - Parameters:
        ///   - window: The window that the page is shown over.
        ///   - options: What to ask of the provider.
        ///   - isPrivate: Whether the browser shares no cookies with Safari: the user is asked again each time, and the
        ///     system does not ask whether the app may use the website to sign in.
        /// - Throws: `AIPassError.cancelled` if the user closed the page; `CancellationError` if the task was
        ///   cancelled, which closes it; `AIPassError.unsupported` if the system cannot show it, with the system's
        ///   reason; those of `beginSignIn(_:)` and `completeSignIn(_:)`.
        @MainActor
        public func signIn(
            presenting window: ASPresentationAnchor,
            options: SignInOptions = SignInOptions(),
            isPrivate: Bool = false
        ) async throws {
            let request = try await beginSignIn(options)
            let browser = SignInBrowser(window: window)
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
    private final class SignInBrowser: NSObject, ASWebAuthenticationPresentationContextProviding {
        private let window: ASPresentationAnchor

        init(window: ASPresentationAnchor) {
            self.window = window
        }

        func callback(of url: URL, isPrivate: Bool) async throws -> URL {
            // A stream, because it may be finished twice, or never. A continuation must be resumed exactly once.
            let (callbacks, continuation) = AsyncThrowingStream.makeStream(of: URL.self)
            let session = try session(for: url) { callback, error in
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
            } catch let error as ASWebAuthenticationSessionError {
                throw SignInEnd.error(
                    isCanceledLogin: error.code == .canceledLogin,
                    reason: error.errorUserInfo[NSLocalizedFailureReasonErrorKey] as? String,
                    detail: error.localizedDescription)
            }
            try Task.checkCancellation()
            throw AIPassError.cancelled
        }

        // The handler is Sendable, so that it does not belong to the main actor: the system may call it on another
        // thread.
        private func session(
            for url: URL, handler: @escaping @Sendable (URL?, (any Error)?) -> Void
        ) throws -> ASWebAuthenticationSession {
            switch try SignInCallback(authorizationURL: url) {
            case .scheme(let scheme):
                return ASWebAuthenticationSession(url: url, callbackURLScheme: scheme, completionHandler: handler)
            case .https(let host, let path):
                guard #available(iOS 17.4, macCatalyst 17.4, macOS 14.4, visionOS 1.1, *) else {
                    throw AIPassError.unsupported(
                        what: "an https redirect URI in this system's sign-in browser: open the URL of beginSignIn, "
                            + "and hand the universal link to completeSignIn(ifCallback:)")
                }
                return ASWebAuthenticationSession(
                    url: url, callback: .https(host: host, path: path), completionHandler: handler)
            }
        }

        func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
            window
        }
    }
#endif
