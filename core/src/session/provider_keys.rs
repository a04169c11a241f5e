//! The provider's signing keys: fetched when an id_token has to be checked, and kept in memory.
//!
//! They are fetched again when they are [`MAX_AGE`] old, so that a key which the provider withdrew is forgotten, and when an id_token
//! names a key that is not among them, because the provider may have a new one. The latter at most once in [`REST`]: a flood of
//! forged tokens must not become a flood of requests.

use super::Session;
use super::token_endpoint::send_credential;
use crate::environment::{Instant, Moment};
use crate::error::{Error, ProviderErrorKind, Result};
use crate::net::is_transient;
use crate::net::retry::CallClass;
use crate::oauth::jwks::KeySet;
use bytes::Bytes;
use http::{Request, header};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const MAX_AGE: Duration = Duration::from_secs(3600);
const REST: Duration = Duration::from_secs(60);

/// The keys of a client's provider.
#[derive(Default)]
pub(super) struct ProviderKeys(Mutex<Cache>);

#[derive(Default)]
struct Cache {
    fetched: Option<Fetched>,
    /// When newer keys were last asked for.
    asked_for_newer: Option<Instant>,
}

struct Fetched {
    keys: Arc<KeySet>,
    at: Moment,
}

impl ProviderKeys {
    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// The keys, from memory if they are not old.
    ///
    /// # Errors
    /// Those of [`Session::fetch_provider_keys`].
    pub(super) async fn provider_keys(&self) -> Result<Arc<KeySet>> {
        match self.provider_keys_in_memory() {
            Some(keys) => Ok(keys),
            None => self.fetch_provider_keys().await,
        }
    }

    /// The keys, if they were fetched and are not old.
    pub(super) fn provider_keys_in_memory(&self) -> Option<Arc<KeySet>> {
        let cache = self.keys.cache();
        let Fetched { keys, at } = cache.fetched.as_ref()?;
        (at.age(self.environment.now()) < MAX_AGE).then(|| Arc::clone(keys))
    }

    /// The keys as the provider has them now; `None` if it was asked for newer ones just before.
    ///
    /// # Errors
    /// Those of [`Session::fetch_provider_keys`].
    pub(super) async fn newer_provider_keys(&self) -> Result<Option<Arc<KeySet>>> {
        {
            let mut cache = self.keys.cache();
            let now = self.environment.instant();
            if cache.asked_for_newer.is_some_and(|at| now.saturating_duration_since(at) < REST) {
                return Ok(None);
            }
            cache.asked_for_newer = Some(now);
        }
        let fetched = self.fetch_provider_keys().await;
        if fetched.is_err() {
            self.keys.cache().asked_for_newer = None; // they were not had: the next id_token may ask
        }
        fetched.map(Some)
    }

    /// Fetches the keys, within the limits of a sign-in request and without following a redirect (A11).
    ///
    /// # Errors
    /// [`Error::Offline`] or [`Error::Timeout`]; [`Error::Provider`] if the response is not a key set.
    async fn fetch_provider_keys(&self) -> Result<Arc<KeySet>> {
        let uri = self.provider.jwks_uri.as_ref().ok_or_else(|| Error::internal("the provider has no jwks_uri"))?;
        let request = Request::builder().uri(uri.as_str()).header(header::ACCEPT, "application/json, */*;q=0.5");
        let request = request
            .body(Bytes::new())
            .map_err(|error| Error::internal(format!("a request cannot be built: {error}")))?;
        // Its date is not taken for the server's clock: keys may come out of a cache that is hours old.
        let limit = self.config.credential_timeout;
        let response = send_credential(&self.http, CallClass::Credential, limit, request).await?;
        if let Some(broken) = response.broken {
            return Err(broken.into());
        }
        let refuse = |kind, detail| Err(Error::of_response(kind, Some(response.status), detail));
        match response.status {
            200..300 => {}
            300..400 => return refuse(ProviderErrorKind::UnexpectedRedirect, "the provider's jwks_uri redirects"),
            status => {
                let unavailable = is_transient(status);
                let kind =
                    if unavailable { ProviderErrorKind::Unavailable } else { ProviderErrorKind::InvalidResponse };
                return refuse(kind, "the provider's keys cannot be fetched from its jwks_uri");
            }
        }
        let keys = KeySet::read(&response.body).map_err(|refusal| {
            let detail = format!("the provider's key set (jwks_uri): {refusal}");
            Error::of_response(ProviderErrorKind::MetadataRefused, Some(response.status), detail)
        })?;
        let keys = Arc::new(keys);
        let at = Moment::at(self.environment.now());
        self.keys.cache().fetched = Some(Fetched { keys: Arc::clone(&keys), at });
        Ok(keys)
    }
}
