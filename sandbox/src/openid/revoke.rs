//! Revokes a token: RFC 7009.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use bytes::Bytes;

use super::client_authentication::{authenticate, form};
use super::token::required;
use crate::dialect::Dialect;
use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::sign_in::revoke::revoke_for;
use crate::wire::errors::OAuthError;

/// `POST`. Phaseo asks for no client: whoever has a token may revoke it, and it never says that there is none.
pub(super) async fn revoke(
    State(sign_in): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let form = form(&headers, &body)?;
    if sign_in.settings.dialect == Dialect::Phaseo {
        if let Some(token) = form.once("token")? {
            lock(&sign_in.store.grants).revoke(token);
        }
    } else {
        let client = authenticate(&sign_in, &headers, &form)?;
        revoke_for(&sign_in.store, required(&form, "token")?, &client.client().id)?;
    }
    Ok(Response::new(Body::empty()))
}
