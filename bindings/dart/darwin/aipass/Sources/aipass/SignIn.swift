import AuthenticationServices
import Foundation

#if os(macOS)
    import AppKit
    import FlutterMacOS
#else
    import Flutter
    import UIKit
#endif

/// One sign-in in the system's sign-in browser.
@MainActor
final class SignIn: NSObject, ASWebAuthenticationPresentationContextProviding {
    private var session: ASWebAuthenticationSession?
    private var end: FlutterResult?

    /// - Parameter end: Is called once: with the callback; with `nil` if the user closed the page or another sign-in
    ///   was begun; with a `FlutterError` if the system cannot show it.
    init(end: @escaping FlutterResult) {
        self.end = end
    }

    func begin(_ url: URL, redirectURI: URLComponents) {
        // The system may call it on another thread.
        let handler: @Sendable (URL?, (any Error)?) -> Void = { callback, error in
            Task { @MainActor in self.finish(callback, error) }
        }
        guard let session = session(url, redirectURI, handler) else {
            finish(unsupported("this system's sign-in browser with the redirect URI \(redirectURI.string ?? "")"))
            return
        }
        self.session = session
        session.presentationContextProvider = self
        if !session.start() { finish(unsupported("a sign-in browser over this window")) }
    }

    func cancel() {
        session?.cancel()
        finish(nil)
    }

    private func session(
        _ url: URL, _ redirectURI: URLComponents, _ handler: @escaping @Sendable (URL?, (any Error)?) -> Void
    ) -> ASWebAuthenticationSession? {
        switch redirectURI.scheme?.lowercased() {
        case nil, "http":
            return nil
        case "https":
            guard #available(iOS 17.4, macOS 14.4, *), let host = redirectURI.host else { return nil }
            let path = redirectURI.path.isEmpty ? "/" : redirectURI.path
            return ASWebAuthenticationSession(
                url: url, callback: .https(host: host, path: path), completionHandler: handler)
        case let scheme:
            return ASWebAuthenticationSession(url: url, callbackURLScheme: scheme, completionHandler: handler)
        }
    }

    private func finish(_ callback: URL?, _ error: (any Error)?) {
        guard let error else {
            finish(callback?.absoluteString)
            return
        }
        let ended = error as? ASWebAuthenticationSessionError
        // The system reports a refused https callback with the code of a user who closed the page. Only the reason that
        // it adds tells them apart.
        let reason = ended?.errorUserInfo[NSLocalizedFailureReasonErrorKey] as? String
        if reason == nil, ended?.code == .canceledLogin {
            finish(nil)
        } else {
            finish(unsupported("this sign-in browser: \(reason ?? error.localizedDescription)"))
        }
    }

    private func finish(_ answer: Any?) {
        let end = end
        self.end = nil
        session = nil
        end?(answer)
    }

    private func unsupported(_ what: String) -> FlutterError {
        FlutterError(code: "unsupported", message: what, details: nil)
    }

    func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
        #if os(macOS)
            return NSApplication.shared.keyWindow ?? NSApplication.shared.windows.first ?? ASPresentationAnchor()
        #else
            let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
            return scenes.flatMap { $0.windows }.first { $0.isKeyWindow } ?? ASPresentationAnchor()
        #endif
    }
}
