//! What holds for every request: it is meant for this server, it comes from no foreign web page, and its URL holds no token.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{HeaderName, Method, Response, StatusCode, Uri};
use axum::middleware::Next;

use crate::fault::{Asked, Effect};
use crate::random;
use crate::server::connection::Connection;
use crate::server::logged_body::Follow;
use crate::server::parameters::Parameters;
use crate::server::refusal::{Refusal, in_shape_of};
use crate::server::request_log::Ending;
use crate::sign_in::grants::{ACCESS_TOKEN_PREFIX, REFRESH_TOKEN_PREFIX};
use crate::sign_in::{AUTHORIZE, DISCOVERY, REVOKE, TOKEN, pages, token};
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

pub(crate) async fn guard(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let follow = Follow::begin(&shared, method.as_str(), &path);
    let checked = check_host(&shared, &connection, request.uri(), request.headers())
        .and_then(|()| check_origin(&shared, &connection, &path, request.headers()))
        .and_then(|()| check_url(request.uri()));
    if let Err(refusal) = checked {
        let refused = if path == AUTHORIZE { pages::refused(&refusal) } else { in_shape_of(&path, refusal) };
        return follow.answer(finish(&shared, refused), Ending::Answered);
    }
    let fault = lock(&shared.faults).take(&method, &path);
    let Some(fault) = fault else {
        let response = run(&shared, next, request).await;
        return follow.answer(response, Ending::Answered);
    };
    follow.met(fault.kind());
    let headers = request.headers().clone();
    let asked = Asked { shared: &shared, path: &path, headers: &headers };
    let effect = fault.begin(asked).await;
    // A fault may have changed the account, which no method of the request tells.
    shared.save();
    match effect {
        Effect::None => follow.answer(run(&shared, next, request).await, Ending::Answered),
        Effect::ChangedAnswer => {
            let response = run(&shared, next, request).await;
            follow.answer(fault.change(asked, response, &connection).await, Ending::Fault)
        }
        Effect::Replaced(response) => {
            // A page sees a fault as what it is, too, where it may see answers.
            let response = if path == TOKEN { token::open_to_all(response) } else { response };
            follow.answer(finish(&shared, response), Ending::Fault)
        }
        Effect::Reset => {
            follow.broken();
            connection.reset();
            std::future::pending().await
        }
        Effect::Stalled => {
            // Held, so that its end is noted when the client gives up.
            let _follow = follow;
            std::future::pending().await
        }
    }
}

/// Lets the request through. What it changed is kept before anyone hears of it.
async fn run(shared: &Shared, next: Next, request: Request) -> Response<Body> {
    let changes = request.method() != Method::GET;
    let response = next.run(request).await;
    if changes {
        shared.save();
    }
    finish(shared, response)
}

/// What every answer carries. A fault may have set a date and an id of its own.
fn finish(shared: &Shared, mut response: Response<Body>) -> Response<Body> {
    let date = shared.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = response.headers_mut();
    if let (Ok(date), false) = (HeaderValue::from_str(&date), headers.contains_key(header::DATE)) {
        headers.insert(header::DATE, date);
    }
    let id = HeaderName::from_static("x-request-id");
    if let (Ok(named), false) = (HeaderValue::try_from(random::short("req_")), headers.contains_key(&id)) {
        headers.insert(id, named);
    }
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    response
}

/// A web page whose host name was rebound to this machine still sends its own name: it is turned away here.
pub(crate) fn check_host(
    shared: &Shared,
    connection: &Connection,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let ours = |host: &str| is_ours(shared, connection, host);
    let target_is_ours = uri.authority().is_none_or(|authority| ours(authority.as_str()));
    if host.is_some_and(ours) && hosts.next().is_none() && target_is_ours {
        return Ok(());
    }
    let text = "The Host header must name this sandbox by an address of this machine and its port.";
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "invalid_request", text))
}

/// Whether `host` is a name of this machine, or the very address that the client reached it at. An address cannot be
/// rebound, as a name can.
pub(crate) fn is_ours(shared: &Shared, connection: &Connection, host: &str) -> bool {
    let host = with_port(host, shared.settings.port);
    let named = shared.settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(&host));
    named || host.parse::<SocketAddr>().is_ok_and(|address| address == connection.local)
}

/// A host as it was sent, with its port. RFC 9110 §7.2: that of the scheme may be left out, and browsers leave it out.
pub(crate) fn with_port(host: &str, port: u16) -> Cow<'_, str> {
    let bare = host.ends_with(']') || !host.contains(':');
    if port == 80 && bare { Cow::Owned(format!("{host}:{port}")) } else { Cow::Borrowed(host) }
}

/// Only the token endpoint and the metadata are open to pages of other origins. "null" is what a form sends under
/// `no-referrer`; such a form still needs the token that came with the consent page.
fn check_origin(shared: &Shared, connection: &Connection, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let foreign = |origin: &HeaderValue| {
        let own = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        origin.as_bytes() != b"null" && !own.is_some_and(|host| is_ours(shared, connection, host))
    };
    if matches!(path, TOKEN | DISCOVERY) || !headers.get_all(header::ORIGIN).iter().any(foreign) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_plain_http_may_be_left_out() {
        for (host, full) in [("localhost", "localhost:80"), ("[::1]", "[::1]:80"), ("127.0.0.1:80", "127.0.0.1:80")] {
            assert_eq!(with_port(host, 80), full);
        }
        for host in ["localhost", "[::1]", "127.0.0.1:80"] {
            assert_eq!(with_port(host, 8414), host);
        }
    }
}
