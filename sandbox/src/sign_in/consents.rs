//! Consent pages that the user has not decided on yet.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::authorization_request::AuthorizationRequest;
use crate::random;

/// How long a page may be used.
pub(crate) const LIFETIME: Duration = Duration::from_secs(600);
/// More pages push out the oldest, so that a loop of requests uses no more memory.
const MAX_PAGES: usize = 1000;

/// Pages shown and not yet used, oldest first.
#[derive(Default)]
pub(crate) struct Consents(VecDeque<Consent>);

struct Consent {
    token: String,
    request: AuthorizationRequest,
    expires: DateTime<Utc>,
}

impl Consents {
    /// Remembers the request behind a page; returns the token that the page's form carries.
    pub(crate) fn issue(&mut self, request: AuthorizationRequest, expires: DateTime<Utc>) -> String {
        if self.0.len() == MAX_PAGES {
            self.0.pop_front();
        }
        let token = random::secret("consent_");
        self.0.push_back(Consent { token: token.clone(), request, expires });
        token
    }

    /// The request behind a token. Each token works once.
    pub(crate) fn take(&mut self, token: &str, now: DateTime<Utc>) -> Option<AuthorizationRequest> {
        let position = self.0.iter().position(|consent| consent.token == token)?;
        let consent = self.0.remove(position)?;
        (now < consent.expires).then_some(consent.request)
    }
}
