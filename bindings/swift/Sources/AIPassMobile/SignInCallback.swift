import Foundation

/// How the system's sign-in browser recognises the page that ends a sign-in: by the redirect URI's own scheme, or by an
/// https address of a domain that the app is associated with.
enum SignInCallback: Equatable, Sendable {
    case scheme(String)
    case https(host: String, path: String)

    /// Reads it from the redirect URI that the authorization request names.
    ///
    /// - Throws: `AIPassError.unsupported` for a redirect to http, which this browser cannot hand to an app.
    init(authorizationURL url: URL) throws {
        let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems
        let value = items?.first { $0.name == "redirect_uri" }?.value
        guard let parts = value.flatMap({ URLComponents(string: $0) }), let scheme = parts.scheme?.lowercased() else {
            throw AIPassError.unsupported(what: "the system's sign-in browser without a redirect URI")
        }
        switch scheme {
        case "https":
            guard let host = parts.host, !host.isEmpty, parts.port == nil || parts.port == 443 else {
                throw AIPassError.unsupported(what: "the system's sign-in browser with the redirect URI \(parts.path)")
            }
            self = .https(host: host, path: parts.path.isEmpty ? "/" : parts.path)
        case "http":
            throw AIPassError.unsupported(
                what: "the system's sign-in browser with an http redirect URI: use one with a scheme of the app's own")
        default:
            self = .scheme(scheme)
        }
    }
}

/// How the system's sign-in browser ended without a callback.
enum SignInEnd {
    /// The error for an `ASWebAuthenticationSessionError`.
    ///
    /// The system reports a refused https callback with the code of a user who closed the page. Only the reason that
    /// it adds tells them apart.
    static func error(isCanceledLogin: Bool, reason: String?, detail: String) -> AIPassError {
        if let reason { return .unsupported(what: "this sign-in browser: \(reason)") }
        if isCanceledLogin { return .cancelled }
        return .unsupported(what: "a sign-in browser over this window: \(detail)")
    }
}
