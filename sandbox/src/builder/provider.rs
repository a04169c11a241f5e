//! Which provider a sandbox plays, and what its tokens are.

use std::time::Duration;

use super::Builder;
use crate::dialect::{AccessTokens, Dialect};
use crate::store::client::Client;
use crate::wire::scopes;

const HOUR: Duration = Duration::from_secs(3600);
/// How long a token of today's Phaseo works.
const SEVEN_DAYS: Duration = Duration::from_secs(7 * 24 * 3600);

impl Builder {
    /// Which provider the sandbox plays. Default: [`Dialect::AiPass`].
    ///
    /// In the other dialects a client with the scopes of [`Client::public`] may ask for every scope of the dialect.
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// How long an access token works. Default: one hour; seven days where Phaseo issues opaque tokens.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.access_token_lifetime = Some(lifetime);
        self
    }

    /// What access tokens look like. AI Pass's are always opaque. Default: [`AccessTokens::Opaque`].
    pub fn access_tokens(mut self, form: AccessTokens) -> Self {
        self.access_tokens = form;
        self
    }

    /// Whether a sign-in gets a refresh token. Default: yes, but where Phaseo issues opaque tokens.
    pub fn refresh_tokens(mut self, issued: bool) -> Self {
        self.refresh_tokens = Some(issued);
        self
    }

    /// Whether the dialect `oauth` refuses authorization requests that were not pushed (RFC 9126). Default: no.
    pub fn require_pushed_requests(mut self, required: bool) -> Self {
        self.require_pushed_requests = required;
        self
    }

    /// The pause between two polls that a device is told. `None`: it is not told, and must wait 5 seconds (RFC 8628 §3.2).
    /// Default: 5 seconds.
    pub fn device_interval(mut self, interval: Option<Duration>) -> Self {
        self.device_interval = interval;
        self
    }

    fn is_phaseo_of_today(&self) -> bool {
        self.dialect == Dialect::Phaseo && self.access_tokens == AccessTokens::Opaque
    }

    pub(super) fn lifetime_of_access_tokens(&self) -> Duration {
        self.access_token_lifetime.unwrap_or(if self.is_phaseo_of_today() { SEVEN_DAYS } else { HOUR })
    }

    pub(super) fn has_refresh_tokens(&self) -> bool {
        self.refresh_tokens.unwrap_or(!self.is_phaseo_of_today())
    }
}

/// The client as it is registered in this dialect.
pub(super) fn with_scopes_of(dialect: Dialect, client: &Client) -> Client {
    let mut client = client.clone();
    if client.scopes == scopes::all(Dialect::AiPass) {
        client.scopes = scopes::all(dialect).iter().map(|scope| (*scope).to_owned()).collect();
    }
    client
}
