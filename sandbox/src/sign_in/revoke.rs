//! `POST /oauth2/revoke`: RFC 7009's form, or the token in the query with a bearer header.

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use super::state::SignIn;
use crate::lock::lock;
use crate::settings::Revocation;
use crate::store::Store;
use crate::wire::bodies::is_form;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::parameters::Parameters;

pub(crate) async fn revoke(
    State(SignIn { store, settings, .. }): State<SignIn>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    if let Some(token) = query.once("token")? {
        revoke_with_bearer(&store, &headers, token)?;
    } else if settings.revocation == Revocation::QueryOnly {
        return Err(RequestError::bad_request("invalid_request", "Required parameter 'token' is missing").into());
    } else if is_form(&headers) {
        revoke_by_form(&store, &Parameters::parse(&body))?;
    } else {
        let text = "Send the token as a form (application/x-www-form-urlencoded).";
        return Err(RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text).into());
    }
    Ok(Response::new(Body::empty()))
}

/// The token in the query: a live access token may revoke the tokens of its client.
fn revoke_with_bearer(store: &Store, headers: &HeaderMap, token: &str) -> Result<(), RequestError> {
    let access = store.access(headers)?;
    revoke_for(store, token, &access.client_id)
}

/// The form of a public client, which identifies itself by its id alone.
fn revoke_by_form(store: &Store, form: &Parameters) -> Result<(), RequestError> {
    let missing = |name: &str| RequestError::bad_request("invalid_request", format!("{name} is missing"));
    let token = form.once("token")?.ok_or_else(|| missing("token"))?;
    let client_id = form.once("client_id")?.ok_or_else(|| missing("client_id"))?;
    if lock(&store.clients).client(client_id).is_none() {
        let text = "No client is registered under this client_id.";
        return Err(RequestError::new(StatusCode::UNAUTHORIZED, "invalid_client", text));
    }
    revoke_for(store, token, client_id)
}

/// RFC 7009 §2.2: an unknown token counts as revoked. §2.1: a token of another client is not revoked.
pub(crate) fn revoke_for(store: &Store, token: &str, client_id: &str) -> Result<(), RequestError> {
    let mut grants = lock(&store.grants);
    if grants.client_of(token).is_some_and(|owner| owner != client_id) {
        return Err(RequestError::bad_request("invalid_grant", "The token was issued to another client."));
    }
    grants.revoke(token);
    Ok(())
}
