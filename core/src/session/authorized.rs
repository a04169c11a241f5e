//! A request with the access token of a grant.

use super::Session;
use super::record::Grant;
use crate::secret;
use http::{Request, header};
use std::sync::Arc;

impl Session {
    /// Adds the access token: as Bearer ([RFC 6750 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)), or with proofs of the key that it is bound to
    /// ([RFC 9449 7.1](https://www.rfc-editor.org/rfc/rfc9449#section-7.1)).
    ///
    /// # Errors
    /// If the token cannot stand in a header.
    pub fn authorized<B>(self: &Arc<Self>, mut request: Request<B>, grant: &Grant) -> http::Result<Request<B>> {
        let authorization = secret::authorization(grant.token_type().name(), grant.access_token.expose())?;
        request.headers_mut().insert(header::AUTHORIZATION, authorization);
        Ok(self.proven(request, grant.dpop.as_ref(), Some(&grant.access_token)))
    }
}
