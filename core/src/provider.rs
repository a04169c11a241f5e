//! Whom to sign in with: endpoints, each endpoint's wire encoding, the origins a token may go to, and what is offered.
//!
//! The encoding belongs to each endpoint, not to the provider: AI Pass takes camelCase JSON at its token endpoint, answers
//! in snake_case, and takes a form at its revocation endpoint.

use crate::error::{Error, Result};
use url::{Host, Url};

/// An identity provider and the model API behind it.
///
/// [`Provider::ai_pass`] is the default. [`Provider::custom`] describes any OAuth 2.0 server with the standard form
/// encoding; set the optional endpoints that it has.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Provider {
    /// The issuer identifier, compared byte for byte with a callback's `iss` (RFC 9207). Sessions are kept per issuer.
    pub issuer: String,
    /// Where the browser is sent.
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token_endpoint: Url,
    /// How the token endpoint wants its requests.
    pub token_encoding: TokenEncoding,
    /// Where tokens are revoked (RFC 7009), if it is offered.
    pub revocation_endpoint: Option<Url>,
    /// How the revocation endpoint wants its requests.
    pub revocation_encoding: RevocationEncoding,
    /// Whether a revocation ends the one token set that it names, and no other of the same user. At many servers it ends all
    /// of them, so it is `false` unless the provider's documentation says otherwise. If `true`, a sign-in that replaces
    /// another one revokes the old tokens; if `false` it does so only when the two are known to be different accounts.
    pub revocation_ends_one_token_set: bool,
    /// Where the signed-in user's claims are (OpenID Connect Core 5.3), if it is offered.
    pub userinfo_endpoint: Option<Url>,
    /// Base of the OpenAI-compatible model API, such as `https://aipass.one/oauth2/v1`, if there is one.
    pub model_api: Option<Url>,
    /// Base of AI Pass's account API, such as `https://aipass.one/api/v1`, if there is one.
    pub account_api: Option<Url>,
    /// The only origins that an access token is ever sent to (A11). Paths in these URLs do not matter.
    pub resource_origins: Vec<Url>,
    /// The header that tells the model API which app calls, if it wants one.
    pub client_id_header: Option<String>,
    /// The scopes asked for where the app names none.
    pub default_scopes: Vec<String>,
    /// Whether the provider promises an `iss` in every callback; one that is missing is then refused (A4).
    pub authorization_response_iss: bool,
    /// Whether a loopback redirect may come back on another port than the registered one.
    pub loopback_port: LoopbackPort,
}

/// How a token endpoint wants its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TokenEncoding {
    /// `application/x-www-form-urlencoded` with snake_case names (RFC 6749).
    Form,
    /// A JSON object with camelCase names, as AI Pass takes it.
    CamelCaseJson,
}

/// How a revocation endpoint wants its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RevocationEncoding {
    /// A form (RFC 7009).
    Form,
    /// A form first, because a query leaks the token into logs; the query where the server cannot read the form.
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

impl Provider {
    /// AI Pass at `https://aipass.one`. Needs no network.
    pub fn ai_pass() -> Self {
        #[allow(clippy::expect_used, reason = "a constant, read by a test")]
        Self::ai_pass_at(AI_PASS).expect("the built-in base URL is valid")
    }

    /// AI Pass at another base URL: a sandbox on loopback, or a private installation.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if it is not an http or https URL.
    pub fn ai_pass_at(base_url: &str) -> Result<Self> {
        let base = base_url.trim_end_matches('/');
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

    /// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if an endpoint is not an http or https URL.
    pub fn custom(issuer: &str, authorization_endpoint: &str, token_endpoint: &str) -> Result<Self> {
        endpoint("issuer", issuer)?;
        Ok(Self::standard(
            issuer,
            endpoint("authorization_endpoint", authorization_endpoint)?,
            endpoint("token_endpoint", token_endpoint)?,
        ))
    }

    fn standard(issuer: &str, authorization_endpoint: Url, token_endpoint: Url) -> Self {
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint,
            token_endpoint,
            token_encoding: TokenEncoding::Form,
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
        }
    }

    /// Refuses an endpoint that would send secrets in clear (A10, S7), a model API outside the token's origins (A11), and
    /// an authorization endpoint with a fragment.
    pub(crate) fn check(&self, insecure_development_hosts: &[String]) -> Result<()> {
        let required =
            [("authorization_endpoint", &self.authorization_endpoint), ("token_endpoint", &self.token_endpoint)];
        let optional = [
            ("revocation_endpoint", &self.revocation_endpoint),
            ("userinfo_endpoint", &self.userinfo_endpoint),
            ("model_api", &self.model_api),
            ("account_api", &self.account_api),
        ];
        let optional = optional.iter().filter_map(|(name, url)| url.as_ref().map(|url| (*name, url)));
        for (name, url) in required.into_iter().chain(optional) {
            check_transport(name, url, insecure_development_hosts)?;
        }
        for (name, url) in [("model_api", &self.model_api), ("account_api", &self.account_api)] {
            if url.as_ref().is_some_and(|url| !self.may_receive_token(url)) {
                return Err(Error::invalid_input(name, "its origin is not among the provider's resource_origins"));
            }
        }
        if self.authorization_endpoint.fragment().is_some() {
            return Err(Error::invalid_input("authorization_endpoint", "it has a fragment"));
        }
        Ok(())
    }

    /// Whether an access token may go there (A11). The provider's own userinfo and revocation endpoints always may.
    pub(crate) fn may_receive_token(&self, url: &Url) -> bool {
        let own = [&self.userinfo_endpoint, &self.revocation_endpoint];
        let own = own.into_iter().flatten();
        self.resource_origins.iter().chain(own).any(|allowed| allowed.origin() == url.origin())
    }
}

fn endpoint(name: &str, text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|error| Error::invalid_input(name, format!("not a URL: {error}")))?;
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Err(Error::invalid_input(name, "it must begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid_input(name, "it must not carry a user name or password"));
    }
    Ok(url)
}

/// S7: TLS, or loopback, or a host that a debug build names. `name` is what the error calls the URL.
pub(crate) fn check_transport(name: &str, url: &Url, insecure_development_hosts: &[String]) -> Result<()> {
    let named = || {
        url.host_str()
            .is_some_and(|host| insecure_development_hosts.iter().any(|named| named.eq_ignore_ascii_case(host)))
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) || named() => Ok(()),
        "http" => Err(Error::invalid_input(
            name,
            "plain http is only for loopback; a debug build may name its host in insecure_development_hosts",
        )),
        _ => Err(Error::invalid_input(name, "it must be an https URL")),
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ai_pass_is_built_in() {
        let provider = Provider::ai_pass();
        assert_eq!(provider.issuer, "https://aipass.one");
        assert_eq!(provider.authorization_endpoint.as_str(), "https://aipass.one/oauth2/authorize");
        assert_eq!(provider.model_api.as_ref().unwrap().as_str(), "https://aipass.one/oauth2/v1");
        assert_eq!(provider.check(&[]), Ok(()));
    }

    // A10, S7
    #[test]
    fn plain_http_is_for_loopback_and_named_development_hosts() {
        for base in ["http://127.0.0.1:4000", "http://[::1]:4000", "http://localhost:4000/"] {
            assert_eq!(Provider::ai_pass_at(base).unwrap().check(&[]), Ok(()), "{base}");
        }
        let emulator = Provider::ai_pass_at("http://10.0.2.2:4000").unwrap();
        assert!(
            matches!(emulator.check(&[]), Err(Error::InvalidInput { input, .. }) if input == "authorization_endpoint")
        );
        assert_eq!(emulator.check(&["10.0.2.2".to_owned()]), Ok(()));
        let lookalike = Provider::ai_pass_at("http://localhost.evil.example").unwrap();
        assert!(lookalike.check(&[]).is_err());
    }

    // A11
    #[test]
    fn a_token_goes_only_to_the_providers_origins() {
        let provider = Provider::ai_pass();
        let may = |url: &str| provider.may_receive_token(&Url::parse(url).unwrap());
        assert!(may("https://aipass.one/oauth2/v1/models"));
        assert!(!may("http://aipass.one/oauth2/v1/models"));
        assert!(!may("https://aipass.one:8443/oauth2/v1/models"));
        assert!(!may("https://aipass.one.evil.example/"));
    }

    #[test]
    fn an_endpoint_that_is_no_web_address_is_named() {
        let error =
            Provider::custom("https://id.example", "myapp://authorize", "https://id.example/token").unwrap_err();
        assert!(matches!(error, Error::InvalidInput { input, .. } if input == "authorization_endpoint"));
        assert!(Provider::custom("id.example", "https://id.example/a", "https://id.example/t").is_err());
        assert!(Provider::ai_pass_at("https://user:password@aipass.one").is_err());
    }
}
