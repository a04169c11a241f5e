//! The requests about clients. Registering one needs no session, as in the seeds: it is how an app begins. All other requests
//! need a signed-in user.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::registration::{ClientRequest, client_json, invalid};
use crate::lock::lock;
use crate::random;
use crate::store::Store;
use crate::store::client::Client;
use crate::store::ledger::as_number;
use crate::store::registry::Registered;
use crate::wire::bodies::{require_json, require_small_registration};
use crate::wire::errors::{EnvelopeError, RequestError};
use crate::wire::responses::json_response;
use crate::wire::scopes::API_ACCESS;

type ApiResult = Result<Response<Body>, EnvelopeError>;

/// `POST /clients`.
pub(crate) async fn register(State(store): State<Arc<Store>>, headers: HeaderMap, body: Bytes) -> ApiResult {
    let requested = read(&headers, &body)?;
    let secret = match requested.client_type.as_deref() {
        None | Some("PUBLIC") => None,
        Some("CONFIDENTIAL") => Some(random::secret("sandbox_secret_")),
        Some(_) => return Err(invalid("clientType is PUBLIC or CONFIDENTIAL.").into()),
    };
    let client_id = random::short("client_");
    let mut client = Client::public(client_id, "", "");
    client.redirect_uris.clear();
    client.secret.clone_from(&secret);
    let now = store.clock.now();
    let mut registered = Registered::new(random::short(""), client, now);
    requested.apply(&mut registered, now)?;
    let response = client_json(&registered, secret.as_deref());
    lock(&store.clients).add_new(registered)?;
    Ok(envelope(StatusCode::CREATED, &response))
}

/// `GET /clients`.
pub(crate) async fn list(State(store): State<Arc<Store>>, headers: HeaderMap) -> ApiResult {
    store.authorize(&headers, API_ACCESS)?;
    let all: Vec<Value> = lock(&store.clients).iter().map(|registered| client_json(registered, None)).collect();
    Ok(envelope(StatusCode::OK, &json!(all)))
}

/// `GET /clients/{id}`.
pub(crate) async fn one(State(store): State<Arc<Store>>, Path(id): Path<String>, headers: HeaderMap) -> ApiResult {
    change_client(&store, &headers, &id, |_| Ok(()))
}

/// `PUT /clients/{id}`.
pub(crate) async fn update(
    State(store): State<Arc<Store>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult {
    let requested = read(&headers, &body)?;
    let now = store.clock.now();
    change_client(&store, &headers, &id, |registered| {
        // All changes or none.
        let mut changed = registered.clone();
        requested.apply(&mut changed, now)?;
        *registered = changed;
        Ok(())
    })
}

/// `POST /clients/{id}/deactivate`: the client can no longer sign in, and its sessions end.
pub(crate) async fn deactivate(
    State(store): State<Arc<Store>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult {
    let now = store.clock.now();
    let mut client_id = String::new();
    let response = change_client(&store, &headers, &id, |registered| {
        registered.active = false;
        registered.updated = now;
        client_id.clone_from(&registered.client.id);
        Ok(())
    })?;
    lock(&store.grants).revoke_client(&client_id);
    Ok(response)
}

/// `DELETE /clients/{id}`.
pub(crate) async fn delete(State(store): State<Arc<Store>>, Path(id): Path<String>, headers: HeaderMap) -> ApiResult {
    let mut client_id = String::new();
    let response = change_client(&store, &headers, &id, |registered| {
        client_id.clone_from(&registered.client.id);
        Ok(())
    })?;
    lock(&store.clients).remove(&client_id);
    lock(&store.grants).revoke_client(&client_id);
    Ok(response)
}

/// `GET /clients/{clientId}/usage`.
pub(crate) async fn usage(State(store): State<Arc<Store>>, Path(id): Path<String>, headers: HeaderMap) -> ApiResult {
    store.authorize(&headers, API_ACCESS)?;
    let client_id =
        lock(&store.clients).find(&id).map(|registered| registered.client.id.clone()).ok_or_else(missing)?;
    let used = lock(&store.ledger).used_by(&client_id);
    let data = json!({ "clientId": client_id, "totalRequests": used.requests, "totalCost": as_number(used.cost) });
    Ok(envelope(StatusCode::OK, &data))
}

/// Changes a client for a signed-in user, and returns it.
fn change_client(
    store: &Store,
    headers: &HeaderMap,
    id: &str,
    change: impl FnOnce(&mut Registered) -> Result<(), RequestError>,
) -> ApiResult {
    store.authorize(headers, API_ACCESS)?;
    let mut clients = lock(&store.clients);
    let registered = clients.find(id).ok_or_else(missing)?;
    change(registered)?;
    Ok(envelope(StatusCode::OK, &client_json(registered, None)))
}

fn missing() -> RequestError {
    RequestError::new(StatusCode::NOT_FOUND, "not_found", "No client is registered under this id.")
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<ClientRequest, RequestError> {
    require_json(headers, "invalid_request", "A registration is JSON (Content-Type: application/json).")?;
    require_small_registration(body, "invalid_request")?;
    ClientRequest::read(body)
}

fn envelope(status: StatusCode, data: &Value) -> Response<Body> {
    json_response(status, &json!({ "success": true, "data": data }))
}
