//! Without the feature `dpop` no token is bound to a key. A session whose tokens are bound to one cannot be used.

use super::Session;
use super::record::{BoundKey, Grant};
use crate::error::Result;
use crate::secret::Secret;
use http::Request;
use std::sync::Arc;

impl Session {
    pub(super) async fn new_key(&self) -> Result<Option<BoundKey>> {
        Ok(None)
    }

    pub(super) fn may_hold_key_of(&self, grant: &Grant) -> bool {
        grant.dpop.is_none()
    }

    pub(super) fn proven<B>(
        self: &Arc<Self>,
        request: Request<B>,
        _: Option<&BoundKey>,
        _: Option<&Secret>,
    ) -> Request<B> {
        request
    }
}
