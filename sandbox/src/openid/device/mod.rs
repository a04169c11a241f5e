//! Device authorization: RFC 8628. The device shows a code, and the user enters it on a page in a browser.

mod pages;

use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::json;

use super::client_authentication::{authenticate, form};
use super::token::{DEVICE_CODE, words};
use crate::dialect::Dialect;
use crate::lock::lock;
use crate::sign_in::authorization_request::requested_resource;
use crate::sign_in::issuer::origin;
use crate::sign_in::{SignIn, pages::error};
use crate::store::devices::DeviceRequest;
use crate::wire::bodies::is_form;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::parameters::Parameters;
use crate::wire::paths;
use crate::wire::responses::json_response;

/// How long the user may take.
const LIFETIME: Duration = Duration::from_secs(600);
/// RFC 8628 §3.5: the pause between two polls, where the device was not told another.
const DEFAULT_INTERVAL: TimeDelta = TimeDelta::seconds(5);

/// `POST /device/code`: issues the codes.
pub(super) async fn begin(
    State(sign_in): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let form = form(&headers, &body)?;
    let client = authenticate(&sign_in, &headers, &form)?;
    let refused = |code: &'static str, text: &str| RequestError::bad_request(code, text);
    let settings = &sign_in.settings;
    let Some(page) = paths::of(settings.dialect).device_page else {
        // Phaseo lists the endpoint, for its own program.
        let text = "Device authorization is only available to the provider's own program.";
        return Err(RequestError::new(StatusCode::UNAUTHORIZED, "invalid_client", text).into());
    };
    if !client.may_use(DEVICE_CODE) {
        return Err(refused("unauthorized_client", "The client did not register this grant_type.").into());
    }
    let known = client.client();
    let scopes: Vec<String> = words(form.once("scope")?).map(str::to_owned).collect();
    if scopes.is_empty() || !scopes.iter().all(|scope| known.scopes.contains(scope)) {
        let text = "scope is missing, or a scope is unknown or not allowed for this client";
        return Err(refused("invalid_scope", text).into());
    }
    let request = DeviceRequest {
        client_id: known.id.clone(),
        client_name: known.name.clone(),
        scopes,
        resource: requested_resource(&form)?,
    };
    let interval =
        settings.device_interval.map_or(DEFAULT_INTERVAL, |told| TimeDelta::from_std(told).unwrap_or(TimeDelta::MAX));
    let expires = sign_in.store.clock.after(LIFETIME);
    let (device_code, user_code) = lock(&sign_in.store.devices).issue(request, expires, interval);
    let verification_uri = format!("{}{page}", origin(&headers));
    let mut response = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": verification_uri,
        "verification_uri_complete": format!("{verification_uri}?user_code={user_code}"),
        "expires_in": LIFETIME.as_secs(),
    });
    if let Some(told) = settings.device_interval {
        response["interval"] = json!(told.as_secs());
    }
    Ok(json_response(StatusCode::OK, &response))
}

/// `GET /device`: asks for the code, or whether to allow the device whose code is in the link (§3.3.1).
pub(super) async fn page(State(sign_in): State<SignIn>, RawQuery(query): RawQuery) -> Response<Body> {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    match query.once("user_code") {
        Ok(None) => pages::enter(sign_in.settings.dialect, None),
        Ok(Some(code)) => ask(&sign_in, code),
        Err(refused) => error(sign_in.settings.dialect, &refused),
    }
}

/// `POST /device`: the code, then the decision. What is decided on comes from the page's token, so that the form cannot
/// change what was shown.
pub(super) async fn decide(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    respond(&sign_in, &headers, &body).unwrap_or_else(|refused| error(sign_in.settings.dialect, &refused))
}

fn respond(sign_in: &SignIn, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    if !is_form(headers) {
        return Err(invalid("This address takes the forms of its own pages, nothing else."));
    }
    let form = Parameters::parse(body);
    if let Some(code) = form.once("user_code")? {
        return Ok(ask(sign_in, code));
    }
    let used = "This page was already answered or is too old. Look at your device.";
    let token = form.once("consent_token")?.ok_or_else(|| invalid(used))?;
    let allow = match form.once("decision")? {
        Some("allow") => true,
        Some("deny") => false,
        _ => return Err(invalid("Choose Allow or Deny.")),
    };
    let decided = lock(&sign_in.store.devices).decide_on_page(token, allow, sign_in.store.clock.now());
    let request = decided.ok_or_else(|| invalid(used))?;
    Ok(pages::done(sign_in.settings.dialect, &request, allow))
}

fn ask(sign_in: &SignIn, user_code: &str) -> Response<Body> {
    let dialect: Dialect = sign_in.settings.dialect;
    match lock(&sign_in.store.devices).ask(user_code, sign_in.store.clock.now()) {
        Some((token, request)) => pages::consent(dialect, &request, user_code, &token),
        None => pages::enter(dialect, Some(user_code)),
    }
}
