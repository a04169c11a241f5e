//! Whom to sign in with: endpoints, each endpoint's wire encoding, the origins a token may go to, and what is offered.
//!
//! The encoding belongs to each endpoint, not to the provider: AI Pass takes camelCase JSON at its token endpoint, answers
//! in snake_case, and takes a form at its revocation endpoint.

mod check;
mod destinations;
pub(crate) mod preferences;

#[cfg(feature = "device-authorization")]
pub(crate) use check::check_parts;
pub use preferences::{Capability, ModelPreference};

use crate::error::{Error, Result};
use check::endpoint;
pub(crate) use check::{base_endpoint, check_transport, is_loopback, strict_endpoint};
use url::Url;

/// An identity provider and the model API behind it.
///
/// [`Provider::ai_pass`] is the default, and [`Provider::phaseo`] is built in too. [`Provider::discover`] asks any other OAuth
/// 2.0 or OpenID server for its metadata. [`Provider::custom`] describes a server that publishes none, with the standard
/// form encoding; set the optional endpoints that it has.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Provider {
    /// The issuer identifier, compared byte for byte with a callback's `iss` (RFC 9207). Sessions are kept per issuer.
    pub issuer: String,
    /// The URL that the browser opens (RFC 6749 3.1).
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged for tokens (RFC 6749 3.2).
    pub token_endpoint: Url,
    /// The encoding of requests to the token endpoint.
    pub token_encoding: TokenEncoding,
    /// How a client with a secret names itself at the token, revocation, introspection and pushed request endpoints. A
    /// client without a secret, as every app is, sends its `client_id` in the form.
    pub client_authentication: ClientAuthentication,
    /// Where tokens are revoked (RFC 7009), if it is offered.
    pub revocation_endpoint: Option<Url>,
    /// The encoding of requests to the revocation endpoint.
    pub revocation_encoding: RevocationEncoding,
    /// Whether a revocation ends the one token set that it names, and no other of the same user. At many servers it
    /// ends all of them, so set it to `true` only if the provider's documentation says so. If `true`, a sign-in that
    /// replaces another one revokes the old tokens. If `false`, it does so only if the two are known to be different
    /// accounts.
    pub revocation_ends_one_token_set: bool,
    /// Where the signed-in user's claims are (OpenID Connect Core 5.3), if it is offered.
    pub userinfo_endpoint: Option<Url>,
    /// Base of the OpenAI-compatible model API, such as `https://aipass.one/oauth2/v1`, if there is one.
    pub model_api: Option<Url>,
    /// Base of AI Pass's account API, such as `https://aipass.one/api/v1`, if there is one.
    pub account_api: Option<Url>,
    /// The only origins that an access token is ever sent to, beside those of the userinfo, revocation and
    /// introspection endpoints.
    /// Results may be fetched from them even if they are in a local network. Paths in these URLs are ignored.
    pub resource_origins: Vec<Url>,
    /// The name of the header that carries the client id to the model API, if it requires one.
    pub client_id_header: Option<String>,
    /// The scopes to ask for if the app names none.
    pub default_scopes: Vec<String>,
    /// Whether the provider sends `iss` in every callback (RFC 9207). If `true`, a callback without it is refused.
    pub authorization_response_iss: bool,
    /// Which port a loopback redirect may come back on.
    pub loopback_port: LoopbackPort,
    /// The models to prefer if the app names none. For a capability without an entry, the first model of the catalogue
    /// that has it is used.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model_preferences: Vec<ModelPreference>,
    /// Where a sign-in without a callback begins, with a code that the user enters on another device (RFC 8628), if it
    /// is offered.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub device_authorization_endpoint: Option<Url>,
    /// Where the parameters of an authorization request are sent ahead (RFC 9126), if it is offered.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pushed_authorization_request_endpoint: Option<Url>,
    /// Whether the provider takes no authorization request that was not sent ahead (RFC 9126). If `false`, it is sent
    /// ahead only if [`SignInOptions`](crate::SignInOptions) ask for it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub require_pushed_authorization_requests: bool,
    /// Where a token's state is asked for (RFC 7662), if it is offered.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub introspection_endpoint: Option<Url>,
    /// Where a client registers itself (RFC 7591), if it is offered.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub registration_endpoint: Option<Url>,
    /// The keys that sign the provider's id_tokens (RFC 7517), if it issues any. With them, and with the scope `openid`, a
    /// sign-in knows its user at once (OpenID Connect Core 3.1.3.7); without them id_tokens are ignored.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub jwks_uri: Option<Url>,
    /// The algorithms that may sign an id_token, such as `RS256` (OpenID Connect Discovery 3). Empty means `RS256`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub id_token_signing_algorithms: Vec<String>,
    /// Where the browser goes to end the user's session at the provider (OpenID Connect RP-Initiated Logout 1.0), if it
    /// is offered.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub end_session_endpoint: Option<Url>,
    /// The algorithms that may sign a DPoP proof, such as `ES256` (RFC 9449). Empty means that the provider does not
    /// offer DPoP.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub dpop_signing_algorithms: Vec<String>,
}

/// An endpoint or API that a provider may leave out, before anything is sent to it. `what` is its name in the error.
///
/// # Errors
/// [`Error::Unsupported`] if the provider does not offer it.
pub(crate) fn offered<'a>(endpoint: Option<&'a Url>, what: &str) -> Result<&'a Url> {
    endpoint.ok_or_else(|| Error::Unsupported { what: what.to_owned() })
}

/// The encoding of requests to a token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TokenEncoding {
    /// `application/x-www-form-urlencoded` with snake_case names (RFC 6749).
    Form,
    /// A JSON object with camelCase names, as AI Pass requires.
    CamelCaseJson,
}

/// How a client with a secret names itself (RFC 6749 2.3.1, OpenID Connect Core 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ClientAuthentication {
    /// HTTP Basic (`client_secret_basic`). Every OAuth 2.0 server has to take it.
    Basic,
    /// In the form (`client_secret_post`).
    Post,
}

/// The encoding of requests to a revocation endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RevocationEncoding {
    /// A form (RFC 7009).
    Form,
    /// A form first, because a query leaks the token into logs. A query if the server cannot read the form.
    FormThenQuery,
    /// Only the query: `?token=…`, with the access token as Bearer.
    Query,
}

/// Which port a loopback redirect may come back on (RFC 8252, 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum LoopbackPort {
    /// The registered one.
    Exact,
    /// Any.
    Any,
}

const AI_PASS: &str = "https://aipass.one";
const PHASEO: &str = "https://api.phaseo.app";

impl Provider {
    /// AI Pass at `https://aipass.one`. Needs no network.
    pub fn ai_pass() -> Self {
        #[allow(clippy::expect_used, reason = "a constant, read by a test")]
        Self::ai_pass_at(AI_PASS).expect("the built-in base URL is valid")
    }

    /// AI Pass at another base URL: a sandbox on loopback, or a private installation.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if it is not an http or https URL, or has a query, a fragment or a user name.
    pub fn ai_pass_at(base_url: &str) -> Result<Self> {
        let base = base_url.trim_end_matches('/');
        base_endpoint("base_url", base)?;
        let at = |path: &str| endpoint("base_url", &format!("{base}{path}"));
        Ok(Self {
            revocation_endpoint: Some(at("/oauth2/revoke")?),
            revocation_encoding: RevocationEncoding::FormThenQuery,
            userinfo_endpoint: Some(at("/oauth2/userinfo")?),
            model_api: Some(at("/oauth2/v1")?),
            account_api: Some(at("/api/v1")?),
            resource_origins: vec![at("/")?],
            token_encoding: TokenEncoding::CamelCaseJson,
            client_id_header: Some("X-AIPass-OAuth-Client-Id".to_owned()),
            default_scopes: vec!["api:access".to_owned(), "profile:read".to_owned()],
            ..Self::standard(base, at("/oauth2/authorize")?, at("/oauth2/token")?)
        })
    }

    /// Phaseo, called AI Stats until 2026, at `https://api.phaseo.app`. Needs no network.
    ///
    /// Its device authorization and its registration are closed to apps, so neither is set. An app gets no refresh token
    /// there: the user signs in again when the access token has expired.
    pub fn phaseo() -> Self {
        #[allow(clippy::expect_used, reason = "a constant, read by a test")]
        Self::phaseo_at(PHASEO).expect("the built-in base URL is valid")
    }

    /// The same as [`phaseo`](Self::phaseo), under the service's former name.
    pub fn ai_stats() -> Self {
        Self::phaseo()
    }

    /// Phaseo at another base URL, such as a sandbox on loopback.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if it is not an http or https URL, or has a query, a fragment or a user name.
    pub fn phaseo_at(base_url: &str) -> Result<Self> {
        let base = base_url.trim_end_matches('/');
        base_endpoint("base_url", base)?;
        let at = |path: &str| endpoint("base_url", &format!("{base}{path}"));
        Ok(Self {
            revocation_endpoint: Some(at("/oauth/revoke")?),
            userinfo_endpoint: Some(at("/oauth/userinfo")?),
            jwks_uri: Some(at("/oauth/.well-known/jwks.json")?),
            // It does not say which it uses.
            id_token_signing_algorithms: ["RS256", "PS256", "ES256", "EdDSA"].map(str::to_owned).to_vec(),
            model_api: Some(at("/v1")?),
            resource_origins: vec![at("/")?],
            // Every sign-in needs `openid`.
            default_scopes: ["openid", "email", "profile", "gateway:access"].map(str::to_owned).to_vec(),
            authorization_response_iss: true,
            model_preferences: preferences::of_any_maker(),
            ..Self::standard(&format!("{base}/oauth"), at("/oauth/authorize")?, at("/oauth/token")?)
        })
    }

    /// The provider with this issuer whose settings are built in. Its metadata names neither its model API nor an encoding of
    /// its own.
    pub(crate) fn built_in(issuer: &str) -> Option<Self> {
        [Self::ai_pass(), Self::phaseo()].into_iter().find(|provider| provider.issuer == issuer)
    }

    /// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if an endpoint is not an http or https URL.
    pub fn custom(issuer: &str, authorization_endpoint: &str, token_endpoint: &str) -> Result<Self> {
        base_endpoint("issuer", issuer)?;
        Ok(Self::standard(
            issuer,
            endpoint("authorization_endpoint", authorization_endpoint)?,
            endpoint("token_endpoint", token_endpoint)?,
        ))
    }

    pub(crate) fn standard(issuer: &str, authorization_endpoint: Url, token_endpoint: Url) -> Self {
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint,
            token_endpoint,
            token_encoding: TokenEncoding::Form,
            client_authentication: ClientAuthentication::Basic,
            revocation_endpoint: None,
            revocation_encoding: RevocationEncoding::Form,
            revocation_ends_one_token_set: false,
            userinfo_endpoint: None,
            model_api: None,
            account_api: None,
            resource_origins: Vec::new(),
            client_id_header: None,
            default_scopes: Vec::new(),
            authorization_response_iss: false,
            loopback_port: LoopbackPort::Exact,
            model_preferences: preferences::common(),
            device_authorization_endpoint: None,
            pushed_authorization_request_endpoint: None,
            require_pushed_authorization_requests: false,
            introspection_endpoint: None,
            registration_endpoint: None,
            jwks_uri: None,
            id_token_signing_algorithms: Vec::new(),
            end_session_endpoint: None,
            dpop_signing_algorithms: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
