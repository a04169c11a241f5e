//! The operations of the control API.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::{Position, Url};

use super::state::Control;
use crate::store::devices::DeviceDecision;
use crate::user_agent::{self, UserAgentError};
use crate::wire::connection::Connection;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::fault::{Alteration, Endpoint, Fault, KINDS};
use crate::wire::host::{is_own_host, with_port};
use crate::wire::responses::json_response;

pub(super) type OperationResult = Result<Response<Body>, OAuthError>;

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
    let asked = origin(&url);
    // A phone's address of this machine may not work from here.
    url.set_host(Some("127.0.0.1")).map_err(|_| invalid("url is not an address of this sandbox"))?;
    let callback = match decision {
        Decision::Allow => user_agent::consent(&url).await,
        Decision::Deny => user_agent::deny(&url).await,
    };
    let callback = with_issuer_at(&asked, &origin(&url), callback.map_err(no_callback)?);
    Ok(json_response(StatusCode::OK, &json!({ "callback": callback })))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// RFC 9207: the phone's browser would have used the phone's address, and the issuer in the callback would have it too.
fn with_issuer_at(asked: &str, used: &str, mut callback: Url) -> Url {
    let own = |name: &str, value: &str| name == "iss" && value.starts_with(used);
    if asked != used && callback.query_pairs().any(|(name, value)| own(&name, &value)) {
        let pairs: Vec<_> = callback.query_pairs().into_owned().collect();
        let renamed = pairs.into_iter().map(|(name, value)| {
            let value = if own(&name, &value) { value.replacen(used, asked, 1) } else { value };
            (name, value)
        });
        callback.query_pairs_mut().clear().extend_pairs(renamed);
    }
    callback
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

pub(super) async fn rotate_keys(State(control): State<Control>) -> OperationResult {
    control.rotate_keys();
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceAnswer {
    /// `None`: the newest device that waits.
    user_code: Option<String>,
    decision: DeviceDecision,
}

pub(super) async fn device(State(control): State<Control>, body: Bytes) -> OperationResult {
    let DeviceAnswer { user_code, decision } = read(&body)?;
    if control.decide_device(user_code.as_deref(), decision) {
        return done();
    }
    let text = "No device waits for this user_code, or for any.";
    Err(RequestError::new(StatusCode::NOT_FOUND, "not_found", text).into())
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

/// Which faults there are, for which endpoints, and which are active.
pub(super) async fn list_faults(State(control): State<Control>) -> OperationResult {
    let altered = |(kind, alteration, about): &(&str, Alteration, &str)| {
        let group = alteration.group();
        json!({ "kind": kind, "group": group, "about": about, "value": null })
    };
    let kinds: Vec<Value> = KINDS.iter().map(|kind| json!(kind)).chain(Alteration::ALL.iter().map(altered)).collect();
    let endpoints: Vec<&str> = Endpoint::ALL.iter().map(|(name, _)| *name).collect();
    let faults = json!({ "kinds": kinds, "endpoints": endpoints, "active": control.active_faults() });
    Ok(json_response(StatusCode::OK, &faults))
}

pub(super) async fn remove_fault(State(control): State<Control>, Path(id): Path<u64>) -> OperationResult {
    if control.remove_fault(id) {
        return done();
    }
    let text = format!("No active fault has the id {id}.");
    Err(RequestError::new(StatusCode::NOT_FOUND, "not_found", text).into())
}

pub(super) async fn clear_faults(State(control): State<Control>) -> OperationResult {
    control.clear_faults();
    done()
}

pub(super) async fn requests(State(control): State<Control>) -> OperationResult {
    Ok(json_response(StatusCode::OK, &json!({ "requests": control.log.records() })))
}

pub(super) async fn overview(State(control): State<Control>) -> OperationResult {
    Ok(json_response(StatusCode::OK, &control.overview()))
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
