//! The clients that a sandbox knows.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Client;

/// Clients by their `client_id`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Registry(BTreeMap<String, Registered>);

/// A client, and what the account API knows of it beside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Registered {
    /// The account API's own id of it.
    pub(super) id: String,
    pub(super) client: Client,
    /// Asked for and given back. A sandbox asks the user every time.
    pub(super) require_consent: bool,
    pub(super) access_token_ttl_seconds: Option<u64>,
    pub(super) refresh_token_ttl_seconds: Option<u64>,
    pub(super) active: bool,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
}

impl Registered {
    pub(super) fn new(id: String, client: Client, now: DateTime<Utc>) -> Self {
        Self {
            id,
            client,
            require_consent: true,
            access_token_ttl_seconds: None,
            refresh_token_ttl_seconds: None,
            active: true,
            created: now,
            updated: now,
        }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// How long its access tokens work, where it was registered with a time of its own.
    pub(crate) fn access_token_lifetime(&self) -> Option<Duration> {
        self.access_token_ttl_seconds.map(Duration::from_secs)
    }

    /// How long its refresh tokens work, where it was registered with such a time.
    pub(crate) fn refresh_token_lifetime(&self) -> Option<Duration> {
        self.refresh_token_ttl_seconds.map(Duration::from_secs)
    }
}

impl Registry {
    /// Adds a client of the builder's, in place of one with the same `client_id`.
    pub(crate) fn know(&mut self, client: Client, now: DateTime<Utc>) {
        self.0.insert(client.id.clone(), Registered::new(client.id.clone(), client, now));
    }

    /// The client that may sign in under this `client_id`.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.active(client_id).map(|registered| &registered.client)
    }

    /// The same, with what is known of it beside.
    pub(crate) fn active(&self, client_id: &str) -> Option<&Registered> {
        self.0.get(client_id).filter(|registered| registered.active)
    }

    pub(super) fn add(&mut self, registered: Registered) {
        self.0.insert(registered.client.id.clone(), registered);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Registered> {
        self.0.values()
    }

    /// By the account API's id, or by `client_id`.
    pub(super) fn find(&mut self, id: &str) -> Option<&mut Registered> {
        self.0.values_mut().find(|registered| registered.id == id || registered.client.id == id)
    }

    pub(super) fn remove(&mut self, client_id: &str) {
        self.0.remove(client_id);
    }
}
