//! The store that the handlers of one sandbox share.

use std::sync::{Arc, Mutex};

use axum::http::header::HeaderMap;

use super::devices::Devices;
use super::grants::{Grants, InvalidToken};
use super::keys::KeyRing;
use super::ledger::Ledger;
use super::registry::Registry;
use super::state_file::StateFile;
use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::lock::lock;
use crate::wire::bearer::{self, Access};
use crate::wire::errors::RequestError;

/// Clients, tokens and money of one sandbox. To hold several of the locks, take them in the order of the fields.
pub(crate) struct Store {
    pub(crate) clients: Mutex<Registry>,
    pub(crate) grants: Mutex<Grants>,
    pub(crate) ledger: Mutex<Ledger>,
    /// Devices that wait for the user. They wait for minutes and are not kept.
    pub(crate) devices: Mutex<Devices>,
    /// What JWTs are signed with: new keys at each start.
    pub(crate) keys: Mutex<KeyRing>,
    pub(crate) dialect: Dialect,
    pub(crate) clock: Arc<Clock>,
    /// Where it is kept beyond the process, if the builder was given a file.
    pub(crate) file: Option<StateFile>,
}

impl Store {
    /// Checks that the request carries a live access token with `scope`; returns what the token allows.
    pub(crate) fn authorize(&self, headers: &HeaderMap, scope: &str) -> Result<Access, RequestError> {
        let access = self.access(headers)?;
        access.require(scope, headers)?;
        Ok(access)
    }

    /// What the request's access token allows, whatever its scopes.
    pub(crate) fn access(&self, headers: &HeaderMap) -> Result<Access, RequestError> {
        let token = bearer::token(headers)?;
        lock(&self.grants).access(token, self.clock.now()).map_err(|why| self.invalid_token(why))
    }

    fn invalid_token(&self, why: InvalidToken) -> RequestError {
        let mut error = bearer::invalid_token();
        if self.dialect == Dialect::Phaseo {
            // The words of its list of errors: apps must be able to tell these apart.
            error.description = match why {
                InvalidToken::Unknown => "The token is invalid",
                InvalidToken::Expired => "Token has expired",
                InvalidToken::Revoked => "Authorization has been revoked",
            }
            .to_owned();
        }
        error
    }

    /// Writes what has changed to the state file, if there is one. A failure is reported: the file must not look up to date.
    pub(crate) fn save(&self) {
        let Some(file) = &self.file else { return };
        if let Err(error) = file.save(&self.clients, &self.grants, &self.ledger) {
            eprintln!("The sandbox's state could not be kept: {error}");
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not derived: the store consists of codes and tokens.
        f.write_str("Store")
    }
}
