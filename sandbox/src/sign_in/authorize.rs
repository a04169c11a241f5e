//! `/oauth2/authorize`: asks the user, and sends the answer to the app.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use crate::random;
use crate::server::parameters::Parameters;
use crate::server::refusal::Refusal;
use crate::sign_in::authorization_request::{AuthorizationRequest, InvalidRequest};
use crate::sign_in::{consents, pages};
use crate::state::{Shared, lock};

/// RFC 6749 §4.1.2 allows ten minutes at most; AI Pass's codes are spent at once or not at all.
const CODE_LIFETIME: Duration = Duration::from_secs(60);

/// `GET`: shows the consent page.
pub(crate) async fn ask(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response<Body> {
    let parsed = AuthorizationRequest::parse(query.as_deref().unwrap_or_default(), &lock(&shared.clients));
    match parsed {
        Ok(request) => {
            let expires = shared.clock.after(consents::LIFETIME);
            let token = lock(&shared.consents).issue(request.clone(), expires);
            pages::consent(&request, &token)
        }
        Err(InvalidRequest::TellUser(refusal)) => pages::refused(&refusal),
        Err(InvalidRequest::TellApp(location)) => see_other(&location),
    }
}

/// `POST`: the user's decision. All else is remembered from the page, so that the form cannot change what was shown.
pub(crate) async fn decide(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    match decision(&shared, &headers, &body) {
        Ok(location) => see_other(&location),
        Err(refusal) => pages::refused(&refusal),
    }
}

fn decision(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<String, Refusal> {
    let invalid = |text: &str| Refusal::bad_request("invalid_request", text);
    if !is_form(headers) {
        return Err(invalid("This address takes the form of the consent page, nothing else."));
    }
    let form = Parameters::parse(body);
    let used = "This page was already answered or is too old. Go back to the app and start again.";
    let token = form.once("consent_token")?.ok_or_else(|| invalid(used))?;
    let request = lock(&shared.consents).take(token, shared.clock.now()).ok_or_else(|| invalid(used))?;
    match form.once("decision")? {
        Some("allow") => {
            let code = random::secret("sandbox_code_");
            let location = request.answer(&[("code", &code)]);
            lock(&shared.grants).issue_code(code, request, shared.clock.after(CODE_LIFETIME));
            Ok(location)
        }
        Some("deny") => {
            Ok(request.answer(&[("error", "access_denied"), ("error_description", "The user did not allow it.")]))
        }
        _ => Err(invalid("Choose Allow or Deny. Go back to the app and start again.")),
    }
}

/// Whether the body is `application/x-www-form-urlencoded`.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    is_media_type(headers, "application/x-www-form-urlencoded")
}

/// Whether the body's media type is `expected`, whatever its parameters.
pub(crate) fn is_media_type(headers: &HeaderMap, expected: &str) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sent.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(expected)
}

/// RFC 9700 §4.12: 303, so that no browser sends the form's body on to the app.
fn see_other(location: &str) -> Response<Body> {
    let Ok(location) = HeaderValue::from_str(location) else {
        return pages::refused(&Refusal::bad_request("invalid_request", "The address to return to cannot be sent."));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
