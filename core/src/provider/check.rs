//! Refuses settings that cannot work, or that would send secrets in clear.

use super::Provider;
use crate::error::{Error, Result};
use crate::net::address::is_local;
use http::{HeaderName, header};
use url::{Host, Url};

impl Provider {
    /// Refuses what cannot work or would send secrets in clear: plain http (A10, S7), also among the `resource_origins` (A11); a
    /// user name or a fragment in any URL; a query in a base, to which paths are added; a model or account API outside the token's
    /// origins; a header of the library's own as `client_id_header`.
    pub(crate) fn check(&self, insecure_development_hosts: &[String]) -> Result<()> {
        base_endpoint("issuer", &self.issuer)?;
        let origins = self.resource_origins.iter().map(|origin| ("resource_origins", origin));
        for (name, url) in self.endpoints().chain(origins) {
            check_transport(name, url, insecure_development_hosts)?;
            check_parts(name, url)?;
        }
        let bases = [("model_api", &self.model_api), ("account_api", &self.account_api)];
        for (name, url) in bases.iter().filter_map(|(name, url)| url.as_ref().map(|url| (*name, url))) {
            check_base(name, url)?;
            if !self.may_receive_token(url) {
                return Err(Error::invalid_input(name, "its origin is not among the provider's resource_origins"));
            }
        }
        if self.require_pushed_authorization_requests && self.pushed_authorization_request_endpoint.is_none() {
            let detail = "the provider requires pushed authorization requests, and has no endpoint for them";
            return Err(Error::invalid_input("pushed_authorization_request_endpoint", detail));
        }
        self.client_id_header.as_deref().map_or(Ok(()), check_header_name)
    }

    /// Refuses endpoints out of a document that lead from the internet into a local network, or away from TLS (S9): the app
    /// named the issuer only, and an answer must not send its secrets to another program on the device.
    pub(crate) fn check_discovered(&self) -> Result<()> {
        let issuer = endpoint("issuer", &self.issuer)?;
        for (name, url) in self.endpoints() {
            if issuer.scheme() == "https" && url.scheme() != "https" {
                return Err(Error::invalid_input(name, "the issuer is reached over TLS, and this endpoint is not"));
            }
            if !is_local(&issuer) && is_local(url) {
                return Err(Error::invalid_input(name, "it is in a local network, and the issuer is not"));
            }
        }
        Ok(())
    }

    /// Every endpoint and API base that is set, with the name of its field.
    fn endpoints(&self) -> impl Iterator<Item = (&'static str, &Url)> {
        let required =
            [("authorization_endpoint", &self.authorization_endpoint), ("token_endpoint", &self.token_endpoint)];
        let optional = [
            ("revocation_endpoint", &self.revocation_endpoint),
            ("userinfo_endpoint", &self.userinfo_endpoint),
            ("device_authorization_endpoint", &self.device_authorization_endpoint),
            ("pushed_authorization_request_endpoint", &self.pushed_authorization_request_endpoint),
            ("introspection_endpoint", &self.introspection_endpoint),
            ("registration_endpoint", &self.registration_endpoint),
            ("jwks_uri", &self.jwks_uri),
            ("end_session_endpoint", &self.end_session_endpoint),
            ("model_api", &self.model_api),
            ("account_api", &self.account_api),
        ];
        required.into_iter().chain(optional.into_iter().filter_map(|(name, url)| url.as_ref().map(|url| (name, url))))
    }
}

/// An endpoint from its text. `name` is what the error calls it.
pub(super) fn endpoint(name: &str, text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|error| Error::invalid_input(name, format!("not a URL: {error}")))?;
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Err(Error::invalid_input(name, "it must begin with https://"));
    }
    check_parts(name, &url)?;
    Ok(url)
}

/// A URL to which paths are added, from its text.
pub(crate) fn base_endpoint(name: &str, text: &str) -> Result<Url> {
    let url = strict_endpoint(name, text)?;
    check_base(name, &url).map(|()| url)
}

/// An endpoint from a text that is taken as it stands: what a URL parser would drop or replace is refused.
pub(crate) fn strict_endpoint(name: &str, text: &str) -> Result<Url> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(Error::invalid_input(name, "a URL has neither spaces nor backslashes"));
    }
    endpoint(name, text)
}

fn check_base(name: &str, url: &Url) -> Result<()> {
    match url.query() {
        Some(_) => Err(Error::invalid_input(name, "it has a query; paths are added to it")),
        None => Ok(()),
    }
}

/// What no endpoint has.
pub(crate) fn check_parts(name: &str, url: &Url) -> Result<()> {
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
