//! npm's oidc-provider as `tests/interop/npm/oidc-provider.mjs` sets it up: whom it knows, and where its endpoints are.

use aipass::{LoopbackPort, Provider, Result};
use url::Url;

/// The app with a custom scheme.
pub const APP: &str = "app";
/// Its redirect URI.
pub const APP_REDIRECT_URI: &str = "one.aipass.test://auth/callback";
/// An app whose tokens the provider binds to a key, or refuses. Same redirect URI.
pub const BOUND_APP: &str = "app-dpop";
/// The program with a loopback redirect, at `/callback` and any port. Its id_tokens are signed by ES256.
pub const PROGRAM: &str = "program";
/// The server, which names itself by HTTP Basic, and its secret.
pub const SERVER: (&str, &str) = ("server", "a secret: of+a%server");
/// The same by form fields.
pub const SERVER_BY_POST: (&str, &str) = ("server-post", "another secret: of+a%server");
/// The redirect URI of both.
pub const SERVER_REDIRECT_URI: &str = "https://server.example/callback";
/// The resource that it issues tokens for, beside itself.
pub const RESOURCE: &str = "https://api.example.com/";

/// Without discovery. `issuer` is what the server printed.
///
/// # Errors
/// [`aipass::Error::InvalidInput`] if it is no issuer.
pub fn provider(issuer: &str) -> Result<Provider> {
    let at = |path: &str| format!("{issuer}{path}");
    let some = |path: &str| Url::parse(&at(path)).ok();
    Ok(Provider {
        userinfo_endpoint: some("/me"),
        revocation_endpoint: some("/token/revocation"),
        introspection_endpoint: some("/token/introspection"),
        device_authorization_endpoint: some("/device/auth"),
        pushed_authorization_request_endpoint: some("/request"),
        registration_endpoint: some("/reg"),
        end_session_endpoint: some("/session/end"),
        jwks_uri: some("/jwks"),
        id_token_signing_algorithms: ["RS256", "ES256"].map(str::to_owned).to_vec(),
        dpop_signing_algorithms: ["ES256", "Ed25519", "EdDSA"].map(str::to_owned).to_vec(),
        authorization_response_iss: true,
        loopback_port: LoopbackPort::Any,
        default_scopes: ["openid", "profile", "email"].map(str::to_owned).to_vec(),
        ..Provider::custom(issuer, &at("/auth"), &at("/token"))?
    })
}
