//! Refuses settings that cannot work, or that would send secrets in clear.

use super::Provider;
use crate::error::{Error, Result};
use http::{HeaderName, header};
use url::{Host, Url};

impl Provider {
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

/// Checks the text of a URL to which paths are added.
pub(super) fn base_endpoint(name: &str, text: &str) -> Result<()> {
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
