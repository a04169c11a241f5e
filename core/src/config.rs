//! The settings that a host app may change. Every default is meant for production.

use crate::error::{Error, Result};
use crate::money::{ModelPrices, SpendLimits};
use std::time::Duration;
use url::Url;

/// Settings of a client. The default suits an app in production; change single fields and leave the rest.
///
/// ```
/// let config = aipass::Config { app_name: Some("Receipts/2.1".into()), ..aipass::Config::default() };
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Config {
    /// How long connecting may take; then the call fails with [`Error::Timeout`]. Default 10 s.
    pub connect_timeout: Duration,
    /// The longest wait for the next byte of a response; then the call fails with [`Error::Timeout`].
    /// Default 120 s, because models may think for long.
    pub idle_timeout: Duration,
    /// How long a call may take, with its retries and its whole response. Default 10 min.
    pub total_timeout: Duration,
    /// How long a request of a sign-in may take (for tokens, codes, keys or userinfo), a revocation, a registration, the
    /// discovery of a provider. Default 20 s.
    pub credential_timeout: Duration,
    /// How long before it expires an access token is refreshed, at most a fifth of its lifetime. Default 60 s.
    pub refresh_ahead: Duration,
    /// Whether a paid call that was rate limited (429) is sent again, at most twice, as the server asks. Default true.
    pub retry_rate_limited: bool,
    /// How long a sign-in may take, from its URL to its callback. Default 10 min.
    pub sign_in_timeout: Duration,
    /// How long before it ends a session without a refresh token becomes
    /// [`SessionState::EndsSoon`](crate::SessionState), at most half of its life. Default 24 h.
    pub sign_in_again_before: Duration,
    /// For how long [`AiPass::balance`](crate::AiPass::balance) returns the cached balance. Default 5 min.
    pub balance_max_age: Duration,
    /// For how long the cached model catalogue is used. Default 1 h.
    pub models_max_age: Duration,
    /// Hosts that may be called without TLS, for development only: the Android emulator's `10.0.2.2`, a LAN address.
    /// Loopback needs no entry. In a release build of the app an entry is
    /// [`Error::InvalidInput`]. Default none.
    pub insecure_development_hosts: Vec<String>,
    /// An HTTP proxy that shows a developer the app's traffic, such as `http://10.0.2.2:8080`: scheme `http`, a host and
    /// a port, nothing else. Every request goes through it. Servers' certificates are checked as without it, so the
    /// device must trust the proxy's own authority. A proxy that cannot be reached is [`Error::Offline`]. In a release
    /// build of the app it is [`Error::InvalidInput`]. Default none; settings of the environment are never read.
    pub http_proxy: Option<Url>,
    /// Name and version of the host app, such as `Receipts/2.1`, for the `User-Agent` header. Default none.
    pub app_name: Option<String>,
    /// What models cost, where the catalogue does not say. [`AiPass::estimate`](crate::AiPass::estimate) and the limits
    /// below read it. Default none.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prices: Vec<ModelPrices>,
    /// What calls may cost. Default: no limit.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub spend_limits: Option<SpendLimits>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(120),
            total_timeout: Duration::from_secs(600),
            credential_timeout: Duration::from_secs(20),
            refresh_ahead: Duration::from_secs(60),
            retry_rate_limited: true,
            sign_in_timeout: Duration::from_secs(600),
            sign_in_again_before: Duration::from_secs(24 * 3600),
            balance_max_age: Duration::from_secs(300),
            models_max_age: Duration::from_secs(3600),
            insecure_development_hosts: Vec::new(),
            http_proxy: None,
            app_name: None,
            prices: Vec::new(),
            spend_limits: None,
        }
    }
}

impl Config {
    /// Refuses what cannot work. Only a debug build of the app may name hosts that are called without TLS, or a proxy (S7).
    pub(crate) fn check(&self, debug_build: bool) -> Result<()> {
        if let Some(name) = &self.app_name {
            check_header_text("app_name", name)?;
        }
        self.prices.iter().try_for_each(ModelPrices::check)?;
        self.spend_limits.as_ref().map_or(Ok(()), SpendLimits::check)?;
        if !debug_build && !self.insecure_development_hosts.is_empty() {
            let detail = "only a debug build of the app may name hosts that are spoken to without TLS";
            return Err(Error::invalid_input("insecure_development_hosts", detail));
        }
        match &self.http_proxy {
            Some(_) if !debug_build => {
                Err(Error::invalid_input("http_proxy", "only a debug build of the app may name a proxy"))
            }
            Some(proxy) => check_proxy(proxy),
            None => Ok(()),
        }
    }
}

/// Refuses what cannot stand in a header. `input` is what the error calls it.
pub(crate) fn check_header_text(input: &str, text: &str) -> Result<()> {
    if text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(Error::invalid_input(input, "only printable ASCII characters can stand in a header"))
    }
}

/// Refuses an address that is more than `http://host:port`. A user name is refused because no debugging proxy needs one,
/// and it would be one more secret to keep out of texts.
///
/// # Errors
/// [`Error::InvalidInput`] naming `http_proxy`.
fn check_proxy(proxy: &Url) -> Result<()> {
    let refuse = |why: &str| Err(Error::invalid_input("http_proxy", format!("{why}; it is like http://10.0.2.2:8080")));
    if proxy.scheme() != "http" || !proxy.has_host() {
        return refuse("it must begin with http://");
    }
    if !proxy.username().is_empty() || proxy.password().is_some() {
        return refuse("it must not carry a user name or password");
    }
    if proxy.path() != "/" || proxy.query().is_some() || proxy.fragment().is_some() {
        return refuse("it has more than a host and a port");
    }
    if proxy.port() == Some(0) {
        return refuse("nothing listens on port 0");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_more_than_a_host_and_a_port_is_refused() {
        for (address, why) in [
            ("https://127.0.0.1:8080", "begin with http://"),
            ("socks5://127.0.0.1:1080", "begin with http://"),
            ("localhost:8080", "begin with http://"),
            ("mailto:proxy@example.com", "begin with http://"),
            ("http://user@127.0.0.1:8080", "user name"),
            ("http://user:canary@127.0.0.1:8080", "user name"),
            ("http://:canary@127.0.0.1:8080", "user name"),
            ("http://127.0.0.1:8080/path", "more than"),
            ("http://127.0.0.1:8080/?query", "more than"),
            ("http://127.0.0.1:8080/#fragment", "more than"),
            ("http://127.0.0.1:0", "port 0"),
        ] {
            let refused = check_proxy(&Url::parse(address).unwrap()).unwrap_err();
            assert!(matches!(&refused, Error::InvalidInput { input, .. } if input == "http_proxy"), "{refused}");
            let text = refused.to_string();
            assert!(text.contains(why) && !text.contains("canary"), "{address}: {text}"); // S1
        }
    }

    #[test]
    fn a_host_and_a_port_are_accepted() {
        for address in ["http://127.0.0.1:8080", "http://localhost:8888/", "http://[::1]:9090", "http://mac.local:80"] {
            assert_eq!(check_proxy(&Url::parse(address).unwrap()), Ok(()), "{address}");
        }
    }
}
