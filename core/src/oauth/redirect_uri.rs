//! The redirect URI that the provider sends the browser back to, and whether a callback came to it (A5, A6):
//! [RFC 6749 3.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2) and [RFC 8252 7](https://www.rfc-editor.org/rfc/rfc8252#section-7).
//!
//! URIs are compared as text, part by part ([RFC 9700 2.1](https://www.rfc-editor.org/rfc/rfc9700#section-2.1)). A URL parser would normalise dot segments and percent-encoding,
//! and two URIs that differ for the provider would look the same.

use crate::error::{Error, Result};
use crate::provider::{LoopbackPort, is_loopback};
use url::Url;

/// Schemes that a browser would run or read instead of handing to the app.
const FORBIDDEN_SCHEMES: [&str; 7] = ["javascript", "data", "file", "blob", "about", "vbscript", "ftp"];

/// A redirect URI that can be registered: a custom scheme, an https app link, or http on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RedirectUri(String);

impl RedirectUri {
    /// # Errors
    /// [`Error::InvalidInput`] naming `redirect_uri`.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_named("redirect_uri", text)
    }

    /// The same for another URI that the browser comes back to. `name` is what the error calls it.
    pub fn parse_named(name: &str, text: &str) -> Result<Self> {
        let refuse = |why: &str| Error::invalid_input(name, format!("{why}; it is for example myapp://auth/callback"));
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(refuse("it has a space or a control character"));
        }
        let url = Url::parse(text).map_err(|error| refuse(&format!("not a URI ({error})")))?;
        if FORBIDDEN_SCHEMES.contains(&url.scheme()) {
            return Err(refuse("browsers do not hand this scheme to an app"));
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(refuse("plain http is only for loopback"));
        }
        if text.contains('#') {
            return Err(refuse("it has a fragment"));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this callback came to this redirect URI.
    pub fn is_destination_of(&self, callback: &str, loopback_port: LoopbackPort) -> bool {
        let (Some(expected), Some(actual)) = (Parts::of(&self.0), Parts::of(callback)) else { return false };
        let ports_may_differ = loopback_port == LoopbackPort::Any && expected.is_http_loopback();
        expected.scheme.eq_ignore_ascii_case(actual.scheme)
            && expected.path() == actual.path()
            && match (expected.authority, actual.authority) {
                (None, None) => true,
                (Some(expected), Some(actual)) if ports_may_differ => {
                    let host = |authority| Some(split_port(authority).0);
                    host(expected).zip(host(actual)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
                }
                (Some(expected), Some(actual)) => expected.eq_ignore_ascii_case(actual),
                _ => false,
            }
    }
}

/// A URI's text before its query, cut into its parts (RFC 3986).
struct Parts<'a> {
    scheme: &'a str,
    authority: Option<&'a str>,
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(uri: &'a str) -> Option<Self> {
        let (scheme, rest) = uri.split_once(':')?;
        let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find('/').unwrap_or(rest.len());
                (Some(&rest[..end]), &rest[end..])
            }
            None => (None, rest),
        };
        Some(Self { scheme, authority, path })
    }

    /// Browsers give http and https URLs without a path the path `/`.
    fn path(&self) -> &'a str {
        let web = self.scheme.eq_ignore_ascii_case("http") || self.scheme.eq_ignore_ascii_case("https");
        if web && self.path.is_empty() { "/" } else { self.path }
    }

    fn is_http_loopback(&self) -> bool {
        let host = self.authority.map(|authority| split_port(authority).0);
        self.scheme.eq_ignore_ascii_case("http") && matches!(host, Some("127.0.0.1" | "[::1]" | "localhost"))
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came_back(redirect_uri: &str, callback: &str) -> bool {
        RedirectUri::parse(redirect_uri).unwrap().is_destination_of(callback, LoopbackPort::Exact)
    }

    // A6
    #[test]
    fn custom_schemes_app_links_and_loopback_can_be_registered() {
        for uri in [
            "myapp://auth/callback",
            "com.example.app:/cb",
            "com.example.app:cb",
            "https://app.example/callback",
            "http://127.0.0.1:8080/callback",
            "http://[::1]:8080/callback",
            "http://localhost:3000/auth/callback",
        ] {
            assert!(RedirectUri::parse(uri).is_ok(), "{uri}");
            assert!(came_back(uri, &format!("{uri}?code=a&state=b")), "{uri}");
        }
    }

    #[test]
    fn what_would_leak_or_never_come_back_is_refused() {
        for uri in [
            "",
            "myapp",
            "http://app.example/callback",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///tmp/x",
            "myapp://auth/call back",
            "myapp://auth/callback#fragment",
            "myapp://auth/\ncallback",
        ] {
            assert!(matches!(RedirectUri::parse(uri), Err(Error::InvalidInput { .. })), "{uri}");
        }
    }

    // A5
    #[test]
    fn scheme_and_host_compare_without_case_and_the_path_with_case() {
        assert!(came_back("myapp://auth/callback", "MyApp://AUTH/callback?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://auth/Callback?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://auth/callback/?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://auth/x/../callback?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://auth/callback%2F?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://auth:80/callback?code=a"));
        assert!(!came_back("myapp://auth/callback", "myapp://user@auth/callback?code=a"));
        assert!(!came_back("myapp://auth/callback", "other://auth/callback?code=a"));
        assert!(!came_back("com.example.app:/cb", "com.example.app:///cb?code=a"));
        assert!(came_back("https://app.example", "https://app.example/?code=a"));
    }

    // A5
    #[test]
    fn a_loopback_port_may_differ_only_where_the_provider_says_so() {
        let redirect = RedirectUri::parse("http://127.0.0.1:8080/callback").unwrap();
        let other_port = "http://127.0.0.1:9090/callback?code=a";
        assert!(!redirect.is_destination_of(other_port, LoopbackPort::Exact));
        assert!(redirect.is_destination_of(other_port, LoopbackPort::Any));
        assert!(!redirect.is_destination_of("http://127.0.0.2:9090/callback", LoopbackPort::Any));
        let ipv6 = RedirectUri::parse("http://[::1]/callback").unwrap();
        assert!(ipv6.is_destination_of("http://[::1]:9090/callback", LoopbackPort::Any));
        let app_link = RedirectUri::parse("https://app.example/callback").unwrap();
        assert!(!app_link.is_destination_of("https://app.example:444/callback", LoopbackPort::Any));
    }
}
