//! The settings that a host app may change. Every default is meant for production.

use std::time::Duration;

/// Settings of a client. The default suits an app in production; change single fields and leave the rest.
///
/// ```
/// let config = aipass::Config { app_name: Some("Receipts/2.1".into()), ..aipass::Config::default() };
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Config {
    /// How long connecting may take; then the call fails with [`Error::Timeout`](crate::Error::Timeout). Default 10 s.
    pub connect_timeout: Duration,
    /// The longest wait for the next byte of a response; then the call fails with [`Error::Timeout`](crate::Error::Timeout).
    /// Default 120 s, because models may think for long.
    pub idle_timeout: Duration,
    /// How long a call may take, with its retries and its whole response. Default 10 min.
    pub total_timeout: Duration,
    /// How long a token request, a revocation or a userinfo request may take. Default 20 s.
    pub credential_timeout: Duration,
    /// How long before it expires an access token is refreshed, at most a fifth of its lifetime. Default 60 s.
    pub refresh_ahead: Duration,
    /// Whether a paid call that was rate limited (429) is sent again, at most twice, as the server asks. Default true.
    pub retry_rate_limited: bool,
    /// How long a sign-in may take, from its URL to its callback. Default 10 min.
    pub sign_in_timeout: Duration,
    /// For how long [`AiPass::balance`](crate::AiPass::balance) returns the cached balance. Default 5 min.
    pub balance_max_age: Duration,
    /// For how long the cached model catalogue is used. Default 1 h.
    pub models_max_age: Duration,
    /// Hosts that may be called without TLS, for development only: the Android emulator's `10.0.2.2`, a LAN address.
    /// Loopback needs no entry. In a release build of the app an entry is
    /// [`Error::InvalidInput`](crate::Error::InvalidInput). Default none.
    pub insecure_development_hosts: Vec<String>,
    /// Name and version of the host app, such as `Receipts/2.1`, for the `User-Agent` header. Default none.
    pub app_name: Option<String>,
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
            balance_max_age: Duration::from_secs(300),
            models_max_age: Duration::from_secs(3600),
            insecure_development_hosts: Vec::new(),
            app_name: None,
        }
    }
}
