import AIPassMobile
import Foundation

/// The app's registration with AI Pass, and the one switch between AI Pass and a sandbox.
public enum Settings {
    public static let clientID = "client_123"
    public static let redirectURI = "myapp://auth/callback"

    /// The client. In the Keychain by default: `store` is for tests.
    ///
    /// - Parameter sandbox: The address that `aipass sandbox` prints; `nil` is AI Pass. In Xcode, set `AIPASS_SANDBOX`
    ///   in the scheme's environment.
    public static func client(
        sandbox: String? = ProcessInfo.processInfo.environment["AIPASS_SANDBOX"], store: SessionStore? = nil
    ) throws -> AIPass {
        var provider = Provider.aiPass
        var config = Config()
        if let sandbox {
            guard let url = URL(string: sandbox), let host = url.host else {
                throw AIPassError.invalidInput(input: "sandbox", detail: "AIPASS_SANDBOX is no URL: \(sandbox)")
            }
            provider = try .aiPass(at: url)
            // A phone reaches the sandbox of a Mac in the local network without TLS, in debug builds only.
            if !["127.0.0.1", "localhost"].contains(host) { config.insecureDevelopmentHosts = [host] }
        }
        if let store {
            return try AIPass(
                clientID: clientID, redirectURI: redirectURI, provider: provider, config: config, store: store)
        }
        return try AIPass(clientID: clientID, redirectURI: redirectURI, provider: provider, config: config)
    }
}
