//! Clients that register themselves, and manage what they registered: RFC 7591 and 7592.

mod metadata;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::lock::lock;
use crate::random;
use crate::sign_in::SignIn;
use crate::sign_in::issuer::origin;
use crate::store::registry::Registered;
use crate::wire::bearer;
use crate::wire::bodies::{require_json, require_small_registration};
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::paths;
use crate::wire::responses::json_response;
use metadata::{Metadata, invalid};

type RegistrationResult = Result<Response<Body>, OAuthError>;

/// `POST /register`.
pub(super) async fn register(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> RegistrationResult {
    let requested = read_body(&headers, &body)?;
    let now = sign_in.store.clock.now();
    let token = random::secret("sandbox_registration_");
    let registered = requested.register(random::short("client_"), token, now, sign_in.settings.dialect)?;
    let response = client_json(&sign_in, &headers, &registered);
    lock(&sign_in.store.clients).add_new(registered)?;
    Ok(json_response(StatusCode::CREATED, &response))
}

/// `GET /register/{client_id}`.
pub(super) async fn read(
    State(sign_in): State<SignIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> RegistrationResult {
    let registered = authorized(&sign_in, &headers, &id)?;
    Ok(json_response(StatusCode::OK, &client_json(&sign_in, &headers, &registered)))
}

/// `PUT /register/{client_id}`. RFC 7592 §2.2: the whole metadata; what is left out is removed.
pub(super) async fn update(
    State(sign_in): State<SignIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> RegistrationResult {
    let known = authorized(&sign_in, &headers, &id)?;
    let requested = read_body(&headers, &body)?;
    if requested.client_id.as_deref() != Some(&id) {
        return Err(invalid("client_id must be the client's own.").into());
    }
    let secret = &known.client().secret;
    if requested.client_secret.is_some() && requested.client_secret != *secret {
        return Err(invalid("client_secret cannot be chosen by the client.").into());
    }
    let token = known.registration.as_ref().map(|own| own.access_token.clone()).unwrap_or_default();
    let mut changed = requested.register(id, token, known.created, sign_in.settings.dialect)?;
    changed.updated = sign_in.store.clock.now();
    if let (Some(new), Some(old)) = (&mut changed.client.secret, secret) {
        new.clone_from(old);
    }
    let response = client_json(&sign_in, &headers, &changed);
    lock(&sign_in.store.clients).replace(changed);
    Ok(json_response(StatusCode::OK, &response))
}

/// `DELETE /register/{client_id}`. RFC 7592 §2.3: its tokens stop working too.
pub(super) async fn delete(
    State(sign_in): State<SignIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> RegistrationResult {
    authorized(&sign_in, &headers, &id)?;
    lock(&sign_in.store.clients).remove(&id);
    lock(&sign_in.store.grants).revoke_client(&id);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The client whose registration access token was sent. RFC 7592 §2.1: an unknown client gets 401 as well.
fn authorized(sign_in: &SignIn, headers: &HeaderMap, id: &str) -> Result<Registered, RequestError> {
    let token = bearer::token(headers)?;
    let client = lock(&sign_in.store.clients).active(id).cloned();
    let own = client.filter(|client| client.registration.as_ref().is_some_and(|own| own.access_token == token));
    own.ok_or_else(bearer::invalid_token)
}

fn read_body(headers: &HeaderMap, body: &[u8]) -> Result<Metadata, RequestError> {
    require_json(headers, "invalid_client_metadata", "A registration is JSON (Content-Type: application/json).")?;
    require_small_registration(body, "invalid_client_metadata")?;
    Metadata::read(body)
}

/// RFC 7591 §3.2.1, RFC 7592 §3.
fn client_json(sign_in: &SignIn, headers: &HeaderMap, registered: &Registered) -> Value {
    let Registered { client, created, registration, .. } = registered;
    let mut body = json!({});
    if let Some(own) = registration {
        body = Value::Object(own.metadata.clone());
        body["token_endpoint_auth_method"] = json!(own.auth_method);
        body["grant_types"] = json!(own.grant_types);
        body["registration_access_token"] = json!(own.access_token);
        if !own.post_logout_redirect_uris.is_empty() {
            body["post_logout_redirect_uris"] = json!(own.post_logout_redirect_uris);
        }
    }
    let register = paths::of(sign_in.settings.dialect).register;
    body["registration_client_uri"] = json!(format!("{}{register}/{}", origin(headers), client.id));
    body["client_id"] = json!(client.id);
    body["client_id_issued_at"] = json!(created.timestamp());
    body["client_name"] = json!(client.name);
    body["redirect_uris"] = json!(client.redirect_uris);
    body["scope"] = json!(client.scopes.join(" "));
    body["response_types"] = json!(["code"]);
    if let Some(secret) = &client.secret {
        body["client_secret"] = json!(secret);
        // It does not expire.
        body["client_secret_expires_at"] = json!(0);
    }
    body
}
