//! `/oauth2/authorize`: asks the user, and sends the decision to the app.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use super::authorization_request::{AuthorizationRequest, InvalidRequest};
use super::state::SignIn;
use super::{consents, pages};
use crate::lock::lock;
use crate::random;
use crate::wire::bodies::is_form;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;

/// RFC 6749 §4.1.2 allows ten minutes at most. Apps of AI Pass use a code at once.
const CODE_LIFETIME: Duration = Duration::from_secs(60);

/// `GET`: shows the consent page.
pub(crate) async fn ask(State(sign_in): State<SignIn>, RawQuery(query): RawQuery) -> Response<Body> {
    let parsed = AuthorizationRequest::parse(query.as_deref().unwrap_or_default(), &lock(&sign_in.store.clients));
    match parsed {
        Ok(request) => {
            let expires = sign_in.store.clock.after(consents::LIFETIME);
            let token = lock(&sign_in.consents).issue(request.clone(), expires);
            pages::consent(&request, &token)
        }
        Err(InvalidRequest::ShowPage(error)) => pages::error(&error),
        Err(InvalidRequest::Redirect(location)) => see_other(&location),
    }
}

/// `POST`: the user's decision. Everything else comes from the page's request, so that the form cannot change what was shown.
pub(crate) async fn decide(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    match decision(&sign_in, &headers, &body) {
        Ok(location) => see_other(&location),
        Err(error) => pages::error(&error),
    }
}

fn decision(sign_in: &SignIn, headers: &HeaderMap, body: &[u8]) -> Result<String, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    if !is_form(headers) {
        return Err(invalid("This address takes the form of the consent page, nothing else."));
    }
    let form = Parameters::parse(body);
    let used = "This page was already answered or is too old. Go back to the app and start again.";
    let token = form.once("consent_token")?.ok_or_else(|| invalid(used))?;
    let request = lock(&sign_in.consents).take(token, sign_in.store.clock.now()).ok_or_else(|| invalid(used))?;
    match form.once("decision")? {
        Some("allow") => {
            let code = random::secret("sandbox_code_");
            let location = request.redirect(&[("code", &code)]);
            lock(&sign_in.store.grants).issue_code(
                code,
                request.code_request,
                sign_in.store.clock.after(CODE_LIFETIME),
            );
            Ok(location)
        }
        Some("deny") => {
            Ok(request.redirect(&[("error", "access_denied"), ("error_description", "The user did not allow it.")]))
        }
        _ => Err(invalid("Choose Allow or Deny. Go back to the app and start again.")),
    }
}

/// RFC 9700 §4.12: 303, so that no browser sends the form's body on to the app.
fn see_other(location: &str) -> Response<Body> {
    let Ok(location) = HeaderValue::from_str(location) else {
        return pages::error(&RequestError::bad_request("invalid_request", "The address to return to cannot be sent."));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
