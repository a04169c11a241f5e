//! Authorization requests that an app has pushed, and that the browser refers to (RFC 9126).

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::random;
use crate::wire::parameters::Parameters;

/// How long a pushed request may be used.
pub(crate) const LIFETIME: Duration = Duration::from_secs(60);
/// More requests push out the oldest, so that a loop of requests uses no more memory.
const MAX_REQUESTS: usize = 1000;

/// Requests pushed and not yet used, oldest first.
#[derive(Default)]
pub(crate) struct PushedRequests(VecDeque<Pushed>);

struct Pushed {
    uri: String,
    client_id: String,
    parameters: Parameters,
    expires: DateTime<Utc>,
}

impl PushedRequests {
    /// Keeps a request; returns its `request_uri`.
    pub(crate) fn push(&mut self, client_id: &str, parameters: Parameters, expires: DateTime<Utc>) -> String {
        if self.0.len() == MAX_REQUESTS {
            self.0.pop_front();
        }
        let uri = random::secret("urn:ietf:params:oauth:request_uri:");
        self.0.push_back(Pushed { uri: uri.clone(), client_id: client_id.to_owned(), parameters, expires });
        uri
    }

    /// The parameters of a client's request. RFC 9126 §7.3: each `request_uri` works once.
    pub(super) fn take(&mut self, uri: &str, client_id: &str, now: DateTime<Utc>) -> Option<Parameters> {
        let position = self.0.iter().position(|pushed| pushed.uri == uri && pushed.client_id == client_id)?;
        let pushed = self.0.remove(position)?;
        (now < pushed.expires).then_some(pushed.parameters)
    }
}
