//! The account API's requests about clients. Registering one needs no session, as in the seeds: it is how an app begins. All
//! else is for a user who is signed in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::registration::{Requested, invalid, shown};
use super::registry::Registered;
use super::{API_ACCESS, Client};
use crate::account::ledger::as_number;
use crate::random;
use crate::server::bearer;
use crate::server::refusal::{EnvelopeError, Refusal, json_response};
use crate::sign_in::authorize::is_media_type;
use crate::state::{Shared, lock};

type Answer = Result<Response<Body>, EnvelopeError>;

/// `POST /clients`.
pub(crate) async fn register(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Answer {
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
    let now = shared.clock.now();
    let mut registered = Registered::new(random::short(""), client, now);
    requested.apply(&mut registered, now)?;
    let answer = shown(&registered, secret.as_deref());
    lock(&shared.clients).add(registered);
    Ok(envelope(StatusCode::CREATED, &answer))
}

/// `GET /clients`.
pub(crate) async fn list(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answer {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    let all: Vec<Value> = lock(&shared.clients).iter().map(|registered| shown(registered, None)).collect();
    Ok(envelope(StatusCode::OK, &json!(all)))
}

/// `GET /clients/{id}`.
pub(crate) async fn one(State(shared): State<Arc<Shared>>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    with(&shared, &headers, &id, |_| Ok(()))
}

/// `PUT /clients/{id}`.
pub(crate) async fn update(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let requested = read(&headers, &body)?;
    let now = shared.clock.now();
    with(&shared, &headers, &id, |registered| {
        // Changed as a whole or not at all.
        let mut changed = registered.clone();
        requested.apply(&mut changed, now)?;
        *registered = changed;
        Ok(())
    })
}

/// `POST /clients/{id}/deactivate`: nobody signs in with it any more, and its sessions end.
pub(crate) async fn deactivate(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let now = shared.clock.now();
    let mut client_id = String::new();
    let answer = with(&shared, &headers, &id, |registered| {
        registered.active = false;
        registered.updated = now;
        client_id.clone_from(&registered.client.id);
        Ok(())
    })?;
    lock(&shared.grants).revoke_client(&client_id);
    Ok(answer)
}

/// `DELETE /clients/{id}`.
pub(crate) async fn delete(State(shared): State<Arc<Shared>>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let mut client_id = String::new();
    let answer = with(&shared, &headers, &id, |registered| {
        client_id.clone_from(&registered.client.id);
        Ok(())
    })?;
    lock(&shared.clients).remove(&client_id);
    lock(&shared.grants).revoke_client(&client_id);
    Ok(answer)
}

/// `GET /clients/{clientId}/usage`.
pub(crate) async fn usage(State(shared): State<Arc<Shared>>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    let client_id =
        lock(&shared.clients).find(&id).map(|registered| registered.client.id.clone()).ok_or_else(missing)?;
    let used = lock(&shared.ledger).used_by(&client_id);
    let data = json!({ "clientId": client_id, "totalRequests": used.requests, "totalCost": as_number(used.cost) });
    Ok(envelope(StatusCode::OK, &data))
}

/// Changes a client for a user who is signed in, and shows it.
fn with(
    shared: &Shared,
    headers: &HeaderMap,
    id: &str,
    change: impl FnOnce(&mut Registered) -> Result<(), Refusal>,
) -> Answer {
    bearer::authorize(shared, headers, API_ACCESS)?;
    let mut clients = lock(&shared.clients);
    let registered = clients.find(id).ok_or_else(missing)?;
    change(registered)?;
    Ok(envelope(StatusCode::OK, &shown(registered, None)))
}

fn missing() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "not_found", "No client is registered under this id.")
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<Requested, Refusal> {
    if !is_media_type(headers, "application/json") {
        let text = "A registration is JSON (Content-Type: application/json).";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    Requested::read(body)
}

fn envelope(status: StatusCode, data: &Value) -> Response<Body> {
    json_response(status, &json!({ "success": true, "data": data }))
}
