//! The authorization endpoint: asks the user, and sends the decision to the app.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use super::authorization_request::{AuthorizationRequest, InvalidRequest, Rules};
use super::issuer::issuer;
use super::state::SignIn;
use super::{consents, pages};
use crate::dialect::Dialect;
use crate::lock::lock;
use crate::random;
use crate::wire::bodies::is_form;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;

/// RFC 6749 §4.1.2 allows ten minutes at most. Apps of AI Pass use a code at once.
const CODE_LIFETIME: Duration = Duration::from_secs(60);

/// `GET`: shows the consent page.
pub(crate) async fn ask(
    State(sign_in): State<SignIn>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let dialect = sign_in.settings.dialect;
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes());
    match requested(&sign_in, &headers, parameters) {
        Ok(request) => {
            let expires = sign_in.store.clock.after(consents::LIFETIME);
            let token = lock(&sign_in.consents).issue(request.clone(), expires);
            pages::consent(dialect, &request, &token)
        }
        Err(InvalidRequest::ShowPage(error)) => pages::error(dialect, &error),
        Err(InvalidRequest::Redirect { location, .. }) => see_other(dialect, &location),
    }
}

/// The request in the query, or the pushed request that it refers to.
fn requested(
    sign_in: &SignIn,
    headers: &HeaderMap,
    parameters: Parameters,
) -> Result<AuthorizationRequest, InvalidRequest> {
    let settings = &sign_in.settings;
    let says_issuer = settings.dialect != Dialect::AiPass;
    let rules = Rules { dialect: settings.dialect, issuer: says_issuer.then(|| issuer(settings.dialect, headers)) };
    let parse = |parameters: &Parameters| AuthorizationRequest::parse(parameters, &lock(&sign_in.store.clients), rules);
    if settings.dialect != Dialect::OAuth {
        return parse(&parameters);
    }
    if let Some(pushed) = take_pushed(sign_in, &parameters).map_err(InvalidRequest::ShowPage)? {
        return parse(&pushed);
    }
    let request = parse(&parameters)?;
    if settings.require_pushed_requests {
        // RFC 9126 §5: require_pushed_authorization_requests
        let error = RequestError::bad_request("invalid_request", "The authorization request must be pushed");
        let location = request.redirect(&[("error", error.code), ("error_description", &error.description)]);
        return Err(InvalidRequest::Redirect { location, error });
    }
    Ok(request)
}

/// RFC 9126 §4: the pushed request of this client. An unknown one leads to no app: its redirect URI is unknown too.
fn take_pushed(sign_in: &SignIn, parameters: &Parameters) -> Result<Option<Parameters>, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request_uri", text);
    let Some(uri) = parameters.once("request_uri")? else { return Ok(None) };
    let client_id = parameters.once("client_id")?.ok_or_else(|| invalid("client_id is missing beside request_uri."))?;
    let pushed = lock(&sign_in.pushed).take(uri, client_id, sign_in.store.clock.now());
    pushed.map(Some).ok_or_else(|| invalid("The pushed request is unknown, was used, or is too old."))
}

/// `POST`: the user's decision. Everything else comes from the page's request, so that the form cannot change what was shown.
pub(crate) async fn decide(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let dialect = sign_in.settings.dialect;
    match decision(&sign_in, &headers, &body) {
        Ok(location) => see_other(dialect, &location),
        Err(error) => pages::error(dialect, &error),
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
pub(crate) fn see_other(dialect: Dialect, location: &str) -> Response<Body> {
    let Ok(location) = HeaderValue::from_str(location) else {
        let text = "The address to return to cannot be sent.";
        return pages::error(dialect, &RequestError::bad_request("invalid_request", text));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
