//! What each request of the control API does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::{Position, Url};

use crate::fault::{Alteration, Endpoint, Fault};
use crate::server::connection::Connection;
use crate::server::guard::{is_ours, with_port};
use crate::server::refusal::{OAuthError, Refusal, json_response};
use crate::server::request_log::RequestRecord;
use crate::state::{Shared, lock};
use crate::user_agent::{self, UserAgentError};

type Answer = Result<Response<Body>, OAuthError>;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Allow,
    Deny,
}

#[derive(Deserialize)]
struct Visit {
    url: Url,
    decision: Decision,
}

/// Plays the user in the browser, over a connection of its own, through the same pages.
pub(super) async fn user_agent(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    body: Bytes,
) -> Answer {
    let Visit { mut url, decision } = read(&body)?;
    // A phone may have reached this machine at another address than the test that plays its user.
    let port = shared.settings.port;
    let authority = with_port(&url[Position::BeforeHost..Position::AfterPort], port);
    let by_address = authority.parse::<SocketAddr>().is_ok_and(|address| address.port() == port);
    if url.scheme() != "http" || !(by_address || is_ours(&shared, &connection, &authority)) {
        return Err(invalid("url is not an address of this sandbox").into());
    }
    // Its own name for this machine means nothing here.
    url.set_host(Some("127.0.0.1")).map_err(|_| invalid("url is not an address of this sandbox"))?;
    let callback = match decision {
        Decision::Allow => user_agent::consent(&url).await,
        Decision::Deny => user_agent::deny(&url).await,
    };
    Ok(json_response(StatusCode::OK, &json!({ "callback": callback.map_err(no_callback)? })))
}

fn no_callback(error: UserAgentError) -> Refusal {
    let status = match error {
        UserAgentError::Refused { .. } | UserAgentError::NotLoopback => StatusCode::BAD_REQUEST,
        _ => StatusCode::BAD_GATEWAY,
    };
    Refusal::new(status, "no_callback", error.to_string())
}

pub(super) async fn expire_access_tokens(State(shared): State<Arc<Shared>>) -> Answer {
    lock(&shared.grants).expire_access_tokens();
    done()
}

pub(super) async fn revoke_grants(State(shared): State<Arc<Shared>>) -> Answer {
    lock(&shared.grants).revoke_all();
    done()
}

#[derive(Deserialize)]
struct Remaining {
    remaining: Decimal,
}

pub(super) async fn budget(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let Remaining { remaining } = read(&body)?;
    lock(&shared.ledger).set_remaining(remaining);
    done()
}

#[derive(Deserialize)]
struct By {
    seconds: u64,
}

pub(super) async fn advance_clock(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let By { seconds } = read(&body)?;
    shared.clock.advance(Duration::from_secs(seconds));
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFault {
    endpoint: Endpoint,
    fault: Fault,
    times: Option<u32>,
}

pub(super) async fn add_fault(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let NewFault { endpoint, fault, times } = read(&body)?;
    fault.check().map_err(|error| invalid(&error.to_string()))?;
    lock(&shared.faults).add(endpoint, fault, times);
    done()
}

/// What the faults are called that change an answer and take no values.
pub(super) async fn list_faults() -> Answer {
    let kinds: Vec<_> =
        Alteration::ALL.iter().map(|(kind, _, about)| json!({ "kind": kind, "about": about })).collect();
    Ok(json_response(StatusCode::OK, &json!({ "kinds": kinds })))
}

pub(super) async fn clear_faults(State(shared): State<Arc<Shared>>) -> Answer {
    lock(&shared.faults).clear();
    done()
}

pub(super) async fn requests(State(shared): State<Arc<Shared>>) -> Answer {
    let records: Vec<RequestRecord> = lock(&shared.log).records().cloned().collect();
    Ok(json_response(StatusCode::OK, &json!({ "requests": records })))
}

pub(super) async fn state(State(shared): State<Arc<Shared>>) -> Answer {
    Ok(json_response(StatusCode::OK, &shared.snapshot()))
}

pub(super) async fn stop(State(shared): State<Arc<Shared>>) -> Answer {
    shared.stopping.send_replace(true);
    done()
}

fn done() -> Answer {
    Ok(json_response(StatusCode::OK, &json!({})))
}

/// The body as JSON. What is wrong with it is said in full: it comes from a developer's own test.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| invalid(&error.to_string()))
}

fn invalid(text: &str) -> Refusal {
    Refusal::bad_request("invalid_request", text)
}
