//! Where an access token may go (A11), and where a URL in a response may lead (S9).

use super::Provider;
use super::check::check_transport;
use crate::error::{Error, Result};
use crate::net::address::{self, FromResponse};
use url::Url;

impl Provider {
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
