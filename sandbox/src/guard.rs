//! What holds for every request to the provider: it is logged, it is for this server and from no foreign web page, its URL contains
//! no token, and faults apply to it.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{HeaderName, Method, Response, StatusCode, Uri};
use axum::middleware::Next;

use crate::control::Control;
use crate::dialect::Dialect;
use crate::faults::{self, Effect, FaultContext};
use crate::lock::lock;
use crate::model_api::ModelApi;
use crate::random;
use crate::settings::Settings;
use crate::sign_in::{pages, token};
use crate::store::Store;
use crate::wire::bearer::{self, ACCESS_TOKEN_PREFIX, REFRESH_TOKEN_PREFIX};
use crate::wire::connection::Connection;
use crate::wire::errors::{RequestError, response_for_path};
use crate::wire::fault::Endpoint;
use crate::wire::host::{check_host, is_own_host};
use crate::wire::parameters::Parameters;
use crate::wire::request_log::Ending;
use crate::wire::request_tracker::RequestTracker;

/// Names of URL parameters in which clients have sent credentials.
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

/// What the guard needs.
#[derive(Clone)]
pub(crate) struct Guard {
    pub(crate) control: Control,
    pub(crate) model_api: ModelApi,
}

pub(crate) async fn guard(
    State(Guard { control, model_api }): State<Guard>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (store, settings) = (&control.store, &control.settings);
    let endpoint = Endpoint::of(settings.dialect, &method, &path);
    let mut tracker = RequestTracker::begin(&control.log, &store.clock, method.as_str(), &path);
    if let Some(client_id) = client_of(store, request.headers()) {
        tracker.set_client(client_id);
    }
    let checked = check_host(settings, &connection, request.uri(), request.headers())
        .and_then(|()| check_origin(settings, &connection, endpoint, request.headers()))
        .and_then(|()| check_url(settings.dialect, endpoint, request.uri()));
    if let Err(error) = checked {
        let response = match endpoint {
            Some(Endpoint::Authorize | Endpoint::DevicePage | Endpoint::Logout) => {
                pages::error(settings.dialect, &error)
            }
            _ => response_for_path(settings.dialect, &path, error),
        };
        return tracker.track(with_headers(store, response), Ending::Answered);
    }
    let fault = lock(&control.faults).take(&method, endpoint);
    let Some(fault) = fault else {
        let response = run(store, next, request, &mut tracker).await;
        return tracker.track(response, Ending::Answered);
    };
    tracker.set_fault(fault.kind());
    let headers = request.headers().clone();
    let context = FaultContext { store, model_api: &model_api, path: &path, headers: &headers };
    let effect = faults::before_handling(&fault, context).await;
    // A fault may have changed the account, even for a GET.
    store.save();
    match effect {
        Effect::None => {
            let response = run(store, next, request, &mut tracker).await;
            tracker.track(response, Ending::Answered)
        }
        Effect::ChangedResponse => {
            let response = run(store, next, request, &mut tracker).await;
            tracker.track(faults::change(&fault, context, response, &connection).await, Ending::Fault)
        }
        Effect::Replaced(response) => {
            // A web page that may read the endpoint's responses may read the fault's response too.
            let response = if endpoint == Some(Endpoint::Token) { token::open_to_all(response) } else { response };
            tracker.track(with_headers(store, response), Ending::Fault)
        }
        Effect::Reset => {
            tracker.end_by_fault();
            connection.reset();
            std::future::pending().await
        }
        Effect::Stalled => {
            // Held, so that the end is logged when the client gives up.
            let _tracker = tracker;
            std::future::pending().await
        }
    }
}

/// The app that the request's access token was issued to.
fn client_of(store: &Store, headers: &HeaderMap) -> Option<String> {
    let token = bearer::token(headers).ok()?;
    lock(&store.grants).client_of(token).map(str::to_owned)
}

/// Runs the handler. What it changed is saved before the response is sent.
async fn run(store: &Store, next: Next, request: Request, tracker: &mut RequestTracker) -> Response<Body> {
    let changes = request.method() != Method::GET;
    let response = next.run(request).await;
    tracker.set_charge(&response);
    if changes {
        store.save();
    }
    with_headers(store, response)
}

/// Adds the headers that every response has. A fault may have set its own date and id.
fn with_headers(store: &Store, mut response: Response<Body>) -> Response<Body> {
    let date = store.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
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

/// Only the token endpoint, the metadata and the keys are open to pages of other origins. A form sends "null" under `no-referrer`; it
/// still needs the token of the consent page.
fn check_origin(
    settings: &Settings,
    connection: &Connection,
    endpoint: Option<Endpoint>,
    headers: &HeaderMap,
) -> Result<(), RequestError> {
    let foreign = |origin: &HeaderValue| {
        let own = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        origin.as_bytes() != b"null" && !own.is_some_and(|host| is_own_host(settings, connection, host))
    };
    let open = matches!(endpoint, Some(Endpoint::Token | Endpoint::Discovery | Endpoint::Jwks));
    if open || !headers.get_all(header::ORIGIN).iter().any(foreign) {
        return Ok(());
    }
    let text = "This endpoint does not answer web pages of other origins.";
    Err(RequestError::new(StatusCode::FORBIDDEN, "invalid_request", text))
}

/// URLs end up in logs and histories: RFC 6750 §2.3 and the wire keep tokens out of them. The one exception is the query form
/// of AI Pass's revocation endpoint.
fn check_url(dialect: Dialect, endpoint: Option<Endpoint>, uri: &Uri) -> Result<(), RequestError> {
    let Some(query) = uri.query() else { return Ok(()) };
    if dialect == Dialect::AiPass && endpoint == Some(Endpoint::Revoke) {
        return Ok(());
    }
    let looks_like_token = |value: &str| value.contains(ACCESS_TOKEN_PREFIX) || value.contains(REFRESH_TOKEN_PREFIX);
    let at_token_endpoint = endpoint == Some(Endpoint::Token);
    let parameters = Parameters::parse(query.as_bytes());
    let found = parameters.iter().any(|(name, value)| {
        CREDENTIALS.contains(&name) || looks_like_token(value) || (at_token_endpoint && name == "code")
    });
    if !found {
        return Ok(());
    }
    let text = "A token or secret was sent in the URL. Send it in the Authorization header or the body.";
    Err(RequestError::bad_request("invalid_request", text))
}
