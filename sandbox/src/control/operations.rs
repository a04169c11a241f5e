//! The operations of the control API.

use std::net::SocketAddr;
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

use super::state::Control;
use crate::user_agent::{self, UserAgentError};
use crate::wire::connection::Connection;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::fault::{Alteration, Endpoint, Fault};
use crate::wire::host::{is_own_host, with_port};
use crate::wire::responses::json_response;

type OperationResult = Result<Response<Body>, OAuthError>;

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

/// Plays the user in a browser: opens the same pages over a connection of its own.
pub(super) async fn user_agent(
    State(control): State<Control>,
    Extension(connection): Extension<Connection>,
    body: Bytes,
) -> OperationResult {
    let Visit { mut url, decision } = read(&body)?;
    // A phone may use another address of this machine than the test that plays its user.
    let port = control.settings.port;
    let authority = with_port(&url[Position::BeforeHost..Position::AfterPort], port);
    let by_address = authority.parse::<SocketAddr>().is_ok_and(|address| address.port() == port);
    if url.scheme() != "http" || !(by_address || is_own_host(&control.settings, &connection, &authority)) {
        return Err(invalid("url is not an address of this sandbox").into());
    }
    // A phone's address of this machine may not work from here.
    url.set_host(Some("127.0.0.1")).map_err(|_| invalid("url is not an address of this sandbox"))?;
    let callback = match decision {
        Decision::Allow => user_agent::consent(&url).await,
        Decision::Deny => user_agent::deny(&url).await,
    };
    Ok(json_response(StatusCode::OK, &json!({ "callback": callback.map_err(no_callback)? })))
}

fn no_callback(error: UserAgentError) -> RequestError {
    let status = match error {
        UserAgentError::Refused { .. } | UserAgentError::NotLoopback => StatusCode::BAD_REQUEST,
        _ => StatusCode::BAD_GATEWAY,
    };
    RequestError::new(status, "no_callback", error.to_string())
}

pub(super) async fn expire_access_tokens(State(control): State<Control>) -> OperationResult {
    control.expire_access_tokens();
    done()
}

pub(super) async fn revoke_grants(State(control): State<Control>) -> OperationResult {
    control.revoke_grants();
    done()
}

#[derive(Deserialize)]
struct Remaining {
    remaining: Decimal,
}

pub(super) async fn budget(State(control): State<Control>, body: Bytes) -> OperationResult {
    let Remaining { remaining } = read(&body)?;
    control.set_remaining_budget(remaining);
    done()
}

#[derive(Deserialize)]
struct By {
    seconds: u64,
}

pub(super) async fn advance_clock(State(control): State<Control>, body: Bytes) -> OperationResult {
    let By { seconds } = read(&body)?;
    control.advance_clock(Duration::from_secs(seconds));
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFault {
    endpoint: Endpoint,
    fault: Fault,
    times: Option<u32>,
}

pub(super) async fn add_fault(State(control): State<Control>, body: Bytes) -> OperationResult {
    let NewFault { endpoint, fault, times } = read(&body)?;
    control.add_fault(endpoint, fault, times).map_err(|error| invalid(&error.to_string()))?;
    done()
}

/// The names of the faults that change a response and take no values.
pub(super) async fn list_faults() -> OperationResult {
    let kinds: Vec<_> =
        Alteration::ALL.iter().map(|(kind, _, about)| json!({ "kind": kind, "about": about })).collect();
    Ok(json_response(StatusCode::OK, &json!({ "kinds": kinds })))
}

pub(super) async fn clear_faults(State(control): State<Control>) -> OperationResult {
    control.clear_faults();
    done()
}

pub(super) async fn requests(State(control): State<Control>) -> OperationResult {
    Ok(json_response(StatusCode::OK, &json!({ "requests": control.log.records() })))
}

pub(super) async fn state(State(control): State<Control>) -> OperationResult {
    Ok(json_response(StatusCode::OK, &control.state()))
}

pub(super) async fn stop(State(control): State<Control>) -> OperationResult {
    control.stop.send();
    done()
}

fn done() -> OperationResult {
    Ok(json_response(StatusCode::OK, &json!({})))
}

/// The body as JSON. The error is returned in full: the body comes from a developer's own test.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, RequestError> {
    serde_json::from_slice(body).map_err(|error| invalid(&error.to_string()))
}

fn invalid(text: &str) -> RequestError {
    RequestError::bad_request("invalid_request", text)
}
