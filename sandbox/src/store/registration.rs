//! What a client registered itself with (RFC 7591).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The registration of a client that registered itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Registration {
    /// RFC 7592: what the client manages its registration with.
    pub(crate) access_token: String,
    /// `none`, `client_secret_basic` or `client_secret_post`.
    pub(crate) auth_method: String,
    pub(crate) grant_types: Vec<String>,
    pub(crate) post_logout_redirect_uris: Vec<String>,
    /// The other metadata, which is returned as it was sent.
    pub(crate) metadata: Map<String, Value>,
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not derived: it has a token.
        f.debug_struct("Registration").field("auth_method", &self.auth_method).finish_non_exhaustive()
    }
}
