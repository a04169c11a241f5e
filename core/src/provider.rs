//! Whom to sign in with: endpoints, each endpoint's wire encoding, the origins a token may go to, and what is offered.
//!
//! The encoding belongs to each endpoint, not to the provider: AI Pass takes camelCase JSON at its token endpoint, answers
//! in snake_case, and takes a form at its revocation endpoint.

use crate::error::{Error, Result};
use crate::gateway::models::preferences::{self, ModelPreference};
use crate::net::address::{self, FromResponse};
use http::{HeaderName, header};
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
    /// The only origins that an access token is ever sent to (A11), and from which results may be fetched although they are in a
    /// local network (S9). Paths in these URLs do not matter.
    pub resource_origins: Vec<Url>,
    /// The header that tells the model API which app calls, if it wants one.
    pub client_id_header: Option<String>,
    /// The scopes asked for where the app names none.
    pub default_scopes: Vec<String>,
    /// Whether the provider promises an `iss` in every callback; one that is missing is then refused (A4).
    pub authorization_response_iss: bool,
    /// Whether a loopback redirect may come back on another port than the registered one.
    pub loopback_port: LoopbackPort,
    /// The models to take first where the app names none. For what stands in no list, the catalogue's first that is for it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model_preferences: Vec<ModelPreference>,
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
            model_preferences: preferences::common(),
        }
    }

    /// Refuses what cannot work or would send secrets in clear: plain http (A10, S7), also among the `resource_origins` (A11); a
    /// user name or a fragment in any URL; a query in a base, to which paths are added; a model or account API outside the token's
    /// origins; a header of the library's own as `client_id_header`.
    pub(crate) fn check(&self, insecure_development_hosts: &[String]) -> Result<()> {
        base_endpoint("issuer", &self.issuer)?;
        let required =
            [("authorization_endpoint", &self.authorization_endpoint), ("token_endpoint", &self.token_endpoint)];
        let bases = [("model_api", &self.model_api), ("account_api", &self.account_api)];
        let optional =
            [("revocation_endpoint", &self.revocation_endpoint), ("userinfo_endpoint", &self.userinfo_endpoint)];
        let optional = optional.iter().chain(&bases).filter_map(|(name, url)| url.as_ref().map(|url| (*name, url)));
        let origins = self.resource_origins.iter().map(|origin| ("resource_origins", origin));
        for (name, url) in required.into_iter().chain(optional).chain(origins) {
            check_transport(name, url, insecure_development_hosts)?;
            check_parts(name, url)?;
        }
        for (name, url) in bases.iter().filter_map(|(name, url)| url.as_ref().map(|url| (*name, url))) {
            check_base(name, url)?;
            if !self.may_receive_token(url) {
                return Err(Error::invalid_input(name, "its origin is not among the provider's resource_origins"));
            }
        }
        self.client_id_header.as_deref().map_or(Ok(()), check_header_name)
    }

    /// Whether an access token may go there (A11). The provider's own userinfo and revocation endpoints always may.
    pub(crate) fn may_receive_token(&self, url: &Url) -> bool {
        let own = [&self.userinfo_endpoint, &self.revocation_endpoint];
        let own = own.into_iter().flatten();
        self.resource_origins.iter().chain(own).any(|allowed| allowed.origin() == url.origin())
    }

    /// Whether this URL, out of a response, is a content of the model API, to which the token may go along (S9): a path below the
    /// API's base, or below its alias. No other path of the same origin is, such as the account API's.
    pub(crate) fn is_own_content(&self, url: &Url) -> bool {
        let Some(base) = self.model_api.as_ref().filter(|base| base.origin() == url.origin()) else { return false };
        let path = base.path().trim_end_matches('/');
        let alias = match path.strip_suffix("/oauth2/v1") {
            Some(prefix) => Some(format!("{prefix}/v1")),
            None => path.strip_suffix("/v1").map(|prefix| format!("{prefix}/oauth2/v1")),
        };
        let is_below = |base: &str| {
            url.path().strip_prefix(base).and_then(|rest| rest.strip_prefix('/')).is_some_and(|rest| {
                let rest = rest.to_ascii_lowercase();
                // A server may read these as further segments, and so leave the base.
                !rest.is_empty()
                    && !rest.starts_with('/')
                    && !["//", "%2f", "%5c", "%2e", ";"].iter().any(|hidden| rest.contains(hidden))
            })
        };
        let has_user = !url.username().is_empty() || url.password().is_some();
        !has_user && self.may_receive_token(url) && (is_below(path) || alias.is_some_and(|alias| is_below(&alias)))
    }

    /// Checks a URL out of a response before it is fetched, and each one that it redirects to (S9). A provider that is reached over
    /// TLS may send the app neither away from TLS nor to an address of the device's own network, unless the provider's settings
    /// name that origin. A provider on loopback or on a development host may.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `url`.
    pub(crate) fn check_result_url(&self, url: &Url, insecure_development_hosts: &[String]) -> Result<FromResponse> {
        check_transport("url", url, insecure_development_hosts)?;
        if self.resource_origins.iter().any(|named| named.origin() == url.origin()) {
            return Ok(FromResponse::AnyAddress);
        }
        if self.model_api.as_ref().unwrap_or(&self.token_endpoint).scheme() != "https" {
            return Ok(FromResponse::AnyAddress);
        }
        if url.scheme() != "https" {
            return Err(Error::invalid_input("url", "a response points to it, and it is not an https URL"));
        }
        if address::is_local(url) {
            return Err(Error::invalid_input("url", "a response points to it, and it is in a local network"));
        }
        Ok(FromResponse::PublicOnly)
    }
}

fn endpoint(name: &str, text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|error| Error::invalid_input(name, format!("not a URL: {error}")))?;
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Err(Error::invalid_input(name, "it must begin with https://"));
    }
    check_parts(name, &url)?;
    Ok(url)
}

/// A URL to which paths are added.
fn base_endpoint(name: &str, text: &str) -> Result<()> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(Error::invalid_input(name, "a URL has neither spaces nor backslashes"));
    }
    check_base(name, &endpoint(name, text)?)
}

fn check_base(name: &str, url: &Url) -> Result<()> {
    match url.query() {
        Some(_) => Err(Error::invalid_input(name, "it has a query; paths are added to it")),
        None => Ok(()),
    }
}

/// What no endpoint has.
fn check_parts(name: &str, url: &Url) -> Result<()> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid_input(name, "it must not carry a user name or password"));
    }
    if url.fragment().is_some() {
        return Err(Error::invalid_input(name, "it has a fragment"));
    }
    if url.port() == Some(0) {
        return Err(Error::invalid_input(name, "nothing listens on port 0"));
    }
    Ok(())
}

/// The header that names the app must not take the place of one that the library sets.
fn check_header_name(name: &str) -> Result<()> {
    let refuse = |why: &str| Err(Error::invalid_input("client_id_header", why));
    let Ok(name) = HeaderName::try_from(name) else { return refuse("it is no name of a header") };
    let own = [
        header::ACCEPT,
        header::AUTHORIZATION,
        header::CONNECTION,
        header::CONTENT_ENCODING,
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::COOKIE,
        header::HOST,
        header::TRANSFER_ENCODING,
        header::USER_AGENT,
    ];
    if own.contains(&name) { refuse("it is a header that has a meaning of its own") } else { Ok(()) }
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

    // G12
    #[test]
    fn settings_that_cannot_work_are_refused_by_name() {
        for base in [
            "https://aipass.one?x=1",
            "https://aipass.one/?",
            "https://aipass.one#top",
            "https://user@aipass.one",
            "https://aipass.one /x",
            "https:\\\\aipass.one",
            "https://aipass.one\n",
            "https://aipass.one:0",
            "ftp://aipass.one",
            "aipass.one",
            "",
        ] {
            let named = Provider::ai_pass_at(base)
                .map_err(|error| matches!(error, Error::InvalidInput { input, .. } if input == "base_url"));
            assert_eq!(named, Err(true), "{base:?}");
        }
        let url = |text: &str| Url::parse(text).unwrap();
        let refused = |change: &dyn Fn(&mut Provider)| {
            let mut provider = Provider::ai_pass();
            change(&mut provider);
            match provider.check(&[]) {
                Err(Error::InvalidInput { input, .. }) => input,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused(&|it| it.resource_origins.push(url("http://cdn.example"))), "resource_origins");
        assert_eq!(refused(&|it| it.resource_origins.push(url("https://a:b@cdn.example"))), "resource_origins");
        assert_eq!(refused(&|it| it.model_api = Some(url("https://aipass.one/v1?key=1"))), "model_api");
        assert_eq!(refused(&|it| it.account_api = Some(url("https://aipass.one/api/v1#x"))), "account_api");
        assert_eq!(refused(&|it| it.token_endpoint = url("https://user:pass@aipass.one/token")), "token_endpoint");
        assert_eq!(
            refused(&|it| it.revocation_endpoint = Some(url("https://aipass.one/revoke#x"))),
            "revocation_endpoint"
        );
        assert_eq!(refused(&|it| it.userinfo_endpoint = Some(url("data:text/plain,x"))), "userinfo_endpoint");
        assert_eq!(refused(&|it| it.issuer = "https://aipass.one?tenant=1".into()), "issuer");
        for header in ["Authorization", "host", "not a name", "", "content-length"] {
            assert_eq!(refused(&|it| it.client_id_header = Some(header.into())), "client_id_header", "{header}");
        }
        // RFC 6749 3.1 and 3.2 allow these endpoints a query.
        let mut provider = Provider::ai_pass();
        provider.token_endpoint = url("https://aipass.one/token?tenant=1");
        provider.resource_origins.push(url("http://127.0.0.1:4000"));
        assert_eq!(provider.check(&[]), Ok(()));
    }

    // S9
    #[test]
    fn the_token_goes_to_contents_below_the_model_api_and_its_alias_only() {
        let provider = Provider::ai_pass();
        let is_own = |url: &str| provider.is_own_content(&Url::parse(url).unwrap());
        for content in ["/oauth2/v1/videos/v1/content", "/v1/videos/v1/content?a=b", "/v1/files/f-1"] {
            assert!(is_own(&format!("https://aipass.one{content}")), "{content}");
        }
        for elsewhere in [
            "https://aipass.one/api/v1/usage/me/summary",
            "https://aipass.one/oauth2/token",
            "https://aipass.one/oauth2/v1",
            "https://aipass.one/oauth2/v1/",
            "https://aipass.one/oauth2/v12/x",
            "https://aipass.one/oauth2/v1/../../api/v1/x",
            "https://aipass.one/oauth2/v1/%2e%2e/%2e%2e/api/v1/x",
            "https://aipass.one/oauth2/v1/..%2f..%2fapi/v1/x",
            "https://aipass.one/oauth2/v1/..%5C..%5Capi/v1/x",
            "https://aipass.one/v1//api/v1/x",
            "https://aipass.one/v1/..;/api/v1/x",
            "https://user@aipass.one/v1/files/x",
            "https://aipass.one:8443/v1/files/x",
            "http://aipass.one/v1/files/x",
            "https://cdn.example/v1/files/x",
            "https://aipass.one/files/x",
        ] {
            assert!(!is_own(elsewhere), "{elsewhere}");
        }
        let canonical = Provider { model_api: Some(Url::parse("https://aipass.one/v1").unwrap()), ..provider };
        assert!(canonical.is_own_content(&Url::parse("https://aipass.one/oauth2/v1/videos/v/content").unwrap()));
    }

    // S9, S7
    #[test]
    fn a_url_out_of_a_response_leads_to_the_internet_or_to_a_named_origin() {
        let checked = |provider: &Provider, url: &str| provider.check_result_url(&Url::parse(url).unwrap(), &[]).ok();
        let mut provider = Provider::ai_pass();
        for refused in [
            "http://127.0.0.1:631/x",
            "https://127.0.0.1/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://0x7f.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://localhost/x",
            "https://nas/x",
            "http://cdn.example/x",
            "file:///etc/passwd",
        ] {
            assert_eq!(checked(&provider, refused), None, "{refused}");
        }
        assert_eq!(checked(&provider, "https://cdn.example/x"), Some(FromResponse::PublicOnly));
        assert_eq!(checked(&provider, "https://aipass.one/files/x"), Some(FromResponse::AnyAddress));
        provider.resource_origins.push(Url::parse("https://10.1.2.3:8443").unwrap());
        assert_eq!(checked(&provider, "https://10.1.2.3:8443/x"), Some(FromResponse::AnyAddress));
        assert_eq!(checked(&provider, "https://10.1.2.3/x"), None);
        let sandbox = Provider::ai_pass_at("http://127.0.0.1:4000").unwrap();
        assert_eq!(checked(&sandbox, "http://127.0.0.1:4001/x"), Some(FromResponse::AnyAddress));
        assert_eq!(checked(&sandbox, "http://cdn.example/x"), None);
    }
}
