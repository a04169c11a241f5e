//! What holds for every request: it is meant for this server, it comes from no foreign web page, and its URL holds no token.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{HeaderName, Response, StatusCode, Uri};
use axum::middleware::Next;

use crate::server::parameters::Parameters;
use crate::server::refusal::{Refusal, in_shape_of};
use crate::sign_in::grants::{ACCESS_TOKEN_PREFIX, REFRESH_TOKEN_PREFIX};
use crate::sign_in::{AUTHORIZE, REVOKE, TOKEN, pages};
use crate::state::{Shared, lock};

/// Names under which clients have put credentials in URLs.
const CREDENTIALS: [&str; 10] = [
    "access_token",
    "accessToken",
    "refresh_token",
    "refreshToken",
    "token",
    "api_key",
    "client_secret",
    "clientSecret",
    "code_verifier",
    "codeVerifier",
];

pub(crate) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let number = lock(&shared.log).arrived(request.method().as_str(), &path, shared.clock.now());
    let checked = check_host(&shared, request.uri(), request.headers())
        .and_then(|()| check_origin(&shared, &path, request.headers()))
        .and_then(|()| check_url(request.uri()));
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(refusal) if path == AUTHORIZE => pages::refused(&refusal),
        Err(refusal) => in_shape_of(&path, refusal),
    };
    let date = shared.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    lock(&shared.log).answered(number, response.status().as_u16());
    response
}

/// A web page whose host name was rebound to 127.0.0.1 still sends its own name: it is turned away here.
fn check_host(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let ours = |host: &str| shared.settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    let target_is_ours = uri.authority().is_none_or(|authority| ours(authority.as_str()));
    if host.is_some_and(ours) && hosts.next().is_none() && target_is_ours {
        return Ok(());
    }
    let text = "The Host header must name this sandbox by a loopback address and its port.";
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "invalid_request", text))
}

/// Only the token endpoint is open to pages of other origins. "null" is what a form sends under `no-referrer`; such a form
/// still needs the token that came with the consent page.
fn check_origin(shared: &Shared, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let foreign = |origin: &HeaderValue| {
        let own = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        origin.as_bytes() != b"null" && !own.is_some_and(|host| shared.settings.hosts.iter().any(|own| own == host))
    };
    if path == TOKEN || !headers.get_all(header::ORIGIN).iter().any(foreign) {
        return Ok(());
    }
    let text = "This endpoint does not answer web pages of other origins.";
    Err(Refusal::new(StatusCode::FORBIDDEN, "invalid_request", text))
}

/// URLs end up in logs and histories: RFC 6750 §2.3 and the wire keep tokens out of them. The one exception is the
/// revocation endpoint's query form.
fn check_url(uri: &Uri) -> Result<(), Refusal> {
    let Some(query) = uri.query() else { return Ok(()) };
    if uri.path() == REVOKE {
        return Ok(());
    }
    let looks_like_token = |value: &str| value.contains(ACCESS_TOKEN_PREFIX) || value.contains(REFRESH_TOKEN_PREFIX);
    let at_token_endpoint = uri.path() == TOKEN;
    let parameters = Parameters::parse(query.as_bytes());
    let found = parameters.iter().any(|(name, value)| {
        CREDENTIALS.contains(&name) || looks_like_token(value) || (at_token_endpoint && name == "code")
    });
    if !found {
        return Ok(());
    }
    let text = "A token or secret was sent in the URL. Send it in the Authorization header or the body.";
    Err(Refusal::bad_request("invalid_request", text))
}
