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
