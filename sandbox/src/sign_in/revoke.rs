//! `POST /oauth2/revoke`: RFC 7009's form, or the token in the query with a bearer header.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use crate::builder::Revocation;
use crate::server::bearer;
use crate::server::parameters::Parameters;
use crate::server::refusal::{OAuthError, Refusal};
use crate::sign_in::authorize::is_form;
use crate::state::{Shared, lock};

pub(crate) async fn revoke(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    if let Some(token) = query.once("token")? {
        revoke_with_bearer(&shared, &headers, token)?;
    } else if shared.settings.revocation == Revocation::QueryOnly {
        return Err(Refusal::bad_request("invalid_request", "Required parameter 'token' is missing").into());
    } else if is_form(&headers) {
        revoke_by_form(&shared, &Parameters::parse(&body))?;
    } else {
        let text = "Send the token as a form (application/x-www-form-urlencoded).";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text).into());
    }
    Ok(Response::new(Body::empty()))
}

/// The query form: whoever holds a live access token may revoke the tokens of its client.
fn revoke_with_bearer(shared: &Shared, headers: &HeaderMap, token: &str) -> Result<(), Refusal> {
    let access = bearer::access(shared, headers)?;
    revoke_for(shared, token, &access.client_id)
}

/// The form of a public client, which says who it is by its id alone.
fn revoke_by_form(shared: &Shared, form: &Parameters) -> Result<(), Refusal> {
    let missing = |name: &str| Refusal::bad_request("invalid_request", format!("{name} is missing"));
    let token = form.once("token")?.ok_or_else(|| missing("token"))?;
    let client_id = form.once("client_id")?.ok_or_else(|| missing("client_id"))?;
    if lock(&shared.clients).client(client_id).is_none() {
        let text = "No client is registered under this client_id.";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "invalid_client", text));
    }
    revoke_for(shared, token, client_id)
}

/// RFC 7009 §2.2: a token that is unknown is as good as revoked. §2.1: one of another client is not touched.
fn revoke_for(shared: &Shared, token: &str, client_id: &str) -> Result<(), Refusal> {
    let mut grants = lock(&shared.grants);
    if grants.client_of(token).is_some_and(|owner| owner != client_id) {
        return Err(Refusal::bad_request("invalid_grant", "The token was issued to another client."));
    }
    grants.revoke(token);
    Ok(())
}
