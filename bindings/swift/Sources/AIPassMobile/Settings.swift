import Foundation

extension Config {
    /// The settings of an app in production, to be changed field by field.
    public init() {
        self = defaultConfig()
    }
}

extension Provider {
    /// AI Pass at `https://aipass.one`: the provider of a client for which none is named.
    public static var aiPass: Provider {
        aiPassProvider()
    }

    /// AI Pass at another base URL: a sandbox on loopback, or a private installation.
    ///
    /// - Throws: `AIPassError.invalidInput` if it is not an http or https URL.
    public static func aiPass(at baseURL: URL) throws -> Provider {
        try aiPassProviderAt(baseURL: baseURL.absoluteString)
    }

    /// Phaseo, called AI Stats until 2026, at `https://api.phaseo.app`.
    public static var phaseo: Provider {
        phaseoProvider()
    }

    /// The same as ``phaseo``, under the service's former name.
    public static var aiStats: Provider {
        aiStatsProvider()
    }

    /// Phaseo at another base URL, such as a sandbox on loopback.
    ///
    /// - Throws: `AIPassError.invalidInput` if it is not an http or https URL.
    public static func phaseo(at baseURL: URL) throws -> Provider {
        try phaseoProviderAt(baseURL: baseURL.absoluteString)
    }

    /// The provider with this issuer, as its server describes itself (RFC 8414, OpenID Connect Discovery). What was found
    /// is kept in memory for an hour.
    ///
    /// - Parameter issuer: The issuer identifier, byte for byte as the server spells it.
    /// - Throws: `AIPassError.provider` with the kind `notFound` or `metadataRefused`; `AIPassError.invalidInput` if the issuer
    ///   is no https URL; `AIPassError.offline` or `AIPassError.timeout` if the server could not be asked.
    public static func discover(issuer: String, config: Config? = nil) async throws -> Provider {
        try await discoverProvider(issuer: issuer, config: config)
    }

    /// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional: set the endpoints that it has
    /// besides, and the scopes to ask for.
    ///
    /// - Parameter issuer: The issuer identifier, byte for byte as the server spells it.
    /// - Throws: `AIPassError.invalidInput` if an endpoint is not an http or https URL.
    public static func custom(
        issuer: String, authorizationEndpoint: URL, tokenEndpoint: URL
    ) throws -> Provider {
        try customProvider(
            issuer: issuer,
            authorizationEndpoint: authorizationEndpoint.absoluteString,
            tokenEndpoint: tokenEndpoint.absoluteString
        )
    }
}

extension ClientMetadata {
    /// The metadata of an app on a phone or a desktop, which has no secret: `native`, `none`, and the grants
    /// `authorization_code` and `refresh_token` (RFC 8252). For ``ClientRegistration``.
    ///
    /// - Parameters:
    ///   - clientName: The app's name, as the consent page shows it.
    ///   - redirectURIs: Where callbacks may go to, compared byte for byte.
    public static func nativeApp(clientName: String, redirectURIs: [String]) -> ClientMetadata {
        nativeAppMetadata(clientName: clientName, redirectURIs: redirectURIs)
    }
}
