//! The registered clients.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::registration::Registration;
use crate::wire::errors::RequestError;

/// More clients are refused, so that a loop of requests uses no more memory.
const MAX_CLIENTS: usize = 1000;

/// Clients by their `client_id`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Registry(BTreeMap<String, Registered>);

/// A client, and what the account API keeps with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Registered {
    /// The id that the account API gave it.
    pub(crate) id: String,
    pub(crate) client: Client,
    /// Stored and returned. A sandbox asks the user every time.
    pub(crate) require_consent: bool,
    pub(crate) access_token_ttl_seconds: Option<u64>,
    pub(crate) refresh_token_ttl_seconds: Option<u64>,
    pub(crate) active: bool,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    /// What it registered itself with (RFC 7591).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) registration: Option<Registration>,
}

impl Registered {
    pub(crate) fn new(id: String, client: Client, now: DateTime<Utc>) -> Self {
        Self {
            id,
            client,
            require_consent: true,
            access_token_ttl_seconds: None,
            refresh_token_ttl_seconds: None,
            active: true,
            created: now,
            updated: now,
            registration: None,
        }
    }

    /// Whether it may use a `grant_type`. A client that did not register itself may use all.
    pub(crate) fn may_use(&self, grant_type: &str) -> bool {
        self.registration.as_ref().is_none_or(|own| own.grant_types.iter().any(|allowed| allowed == grant_type))
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// How long its access tokens live, if it was registered with a lifetime of its own.
    pub(crate) fn access_token_lifetime(&self) -> Option<Duration> {
        self.access_token_ttl_seconds.map(Duration::from_secs)
    }

    /// How long its refresh tokens live, if it was registered with such a lifetime.
    pub(crate) fn refresh_token_lifetime(&self) -> Option<Duration> {
        self.refresh_token_ttl_seconds.map(Duration::from_secs)
    }
}

impl Registry {
    /// Registers a client of the builder's, in place of one with the same `client_id`.
    pub(crate) fn register(&mut self, client: Client, now: DateTime<Utc>) {
        self.replace(Registered::new(client.id.clone(), client, now));
    }

    /// The client that may sign in under this `client_id`.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.active(client_id).map(|registered| &registered.client)
    }

    /// The same, with what the account API keeps with it.
    pub(crate) fn active(&self, client_id: &str) -> Option<&Registered> {
        self.0.get(client_id).filter(|registered| registered.active)
    }

    /// Adds a client that was registered by a request.
    pub(crate) fn add_new(&mut self, registered: Registered) -> Result<(), RequestError> {
        if self.0.len() >= MAX_CLIENTS {
            let text = format!("{MAX_CLIENTS} clients are registered already. Remove one, or start the sandbox again.");
            return Err(RequestError::new(StatusCode::FORBIDDEN, "too_many_clients", text));
        }
        self.replace(registered);
        Ok(())
    }

    /// Puts a client in place of the one with the same `client_id`.
    pub(crate) fn replace(&mut self, registered: Registered) {
        self.0.insert(registered.client.id.clone(), registered);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Registered> {
        self.0.values()
    }

    /// By the account API's id, or by `client_id`.
    pub(crate) fn find(&mut self, id: &str) -> Option<&mut Registered> {
        self.0.values_mut().find(|registered| registered.id == id || registered.client.id == id)
    }

    pub(crate) fn remove(&mut self, client_id: &str) {
        self.0.remove(client_id);
    }
}
