//! `POST /oauth2/token`: codes and refresh tokens against token pairs. JSON in camelCase, and nothing else.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::clients::Registered;
use crate::server::refusal::{OAuthError, Refusal, json_response};
use crate::sign_in::authorize::is_media_type;
use crate::sign_in::grants::{CodeExchange, Expiry, RefreshRefused, TokenPair};
use crate::sign_in::pkce;
use crate::state::{Shared, lock};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenRequest {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    code: Option<String>,
    code_verifier: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
}

/// RFC 6749 §5.1, snake_case.
#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    refresh_token: String,
    scope: String,
}

/// `OPTIONS`: any page may ask. wire: CORS is open on the token endpoint
pub(crate) async fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST, OPTIONS"));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("content-type, x-aipass-oauth-client-id"),
    );
    open_to_all(response)
}

/// `POST`.
pub(crate) async fn issue(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open_to_all(grant(shared, &headers, &body).await.map_err(OAuthError::from).into_response())
}

/// Pages of every origin may read the answer.
pub(crate) fn open_to_all(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After, Date"));
    response
}

async fn grant(shared: Arc<Shared>, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, Refusal> {
    if !is_media_type(headers, "application/json") {
        let text = "The token endpoint takes JSON with camelCase names (Content-Type: application/json).";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    let request: TokenRequest = serde_json::from_slice(body)
        .map_err(|_| invalid("The body is not a JSON object with camelCase names and string values."))?;
    let grant_type = required(request.grant_type.as_deref(), "grantType")?;
    let client = authenticate(&shared, &request)?;
    match grant_type {
        "authorization_code" => exchange_code(&shared, &client, &request),
        "refresh_token" => {
            let token = required(request.refresh_token.as_deref(), "refreshToken")?.to_owned();
            refresh(shared, token, client).await
        }
        _ => {
            Err(Refusal::bad_request("unsupported_grant_type", "grantType must be authorization_code or refresh_token"))
        }
    }
}

fn invalid(text: &str) -> Refusal {
    Refusal::bad_request("invalid_request", text)
}

fn required<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, Refusal> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| invalid(&format!("{name} is missing")))
}

/// wire: `clientSecret` only for a confidential client
fn authenticate(shared: &Shared, request: &TokenRequest) -> Result<Registered, Refusal> {
    let id = required(request.client_id.as_deref(), "clientId")?;
    let refused = |text: &str| Refusal::new(StatusCode::UNAUTHORIZED, "invalid_client", text);
    let client = lock(&shared.clients).active(id).cloned();
    let client = client.ok_or_else(|| refused("No client is registered under this clientId."))?;
    match (&client.client().secret, &request.client_secret) {
        (None, None) => Ok(client),
        (Some(expected), Some(sent)) if expected == sent => Ok(client),
        (None, Some(_)) => Err(refused("A public client has no clientSecret.")),
        (Some(_), _) => Err(refused("clientSecret is missing or wrong.")),
    }
}

fn exchange_code(shared: &Shared, client: &Registered, request: &TokenRequest) -> Result<Response<Body>, Refusal> {
    let exchange = CodeExchange {
        code: required(request.code.as_deref(), "code")?,
        client_id: &client.client().id,
        redirect_uri: required(request.redirect_uri.as_deref(), "redirectUri")?,
        code_verifier: required(request.code_verifier.as_deref(), "codeVerifier")?,
    };
    if !pkce::is_verifier(exchange.code_verifier) {
        return Err(invalid("codeVerifier must have 43 to 128 characters: letters, digits, - . _ ~"));
    }
    let pair = lock(&shared.grants).redeem(&exchange, shared.clock.now(), expiry(shared, client))?;
    Ok(answer(shared, client, pair))
}

fn access_token_lifetime(shared: &Shared, client: &Registered) -> Duration {
    client.access_token_lifetime().unwrap_or(shared.settings.access_token_lifetime)
}

fn expiry(shared: &Shared, client: &Registered) -> Expiry {
    Expiry {
        access: shared.clock.after(access_token_lifetime(shared, client)),
        refresh: client.refresh_token_lifetime().map(|lifetime| shared.clock.after(lifetime)),
    }
}

async fn refresh(shared: Arc<Shared>, token: String, client: Registered) -> Result<Response<Body>, Refusal> {
    let takes = shared.settings.refresh_takes;
    let (now, until) = (shared.clock.now(), shared.clock.after(takes));
    let begun = lock(&shared.grants).begin_refresh(&token, &client.client().id, now, until);
    match begun {
        Ok(()) => {}
        Err(RefreshRefused::InvalidGrant(refusal)) => return Err(refusal),
        Err(RefreshRefused::InProgress(remaining)) => {
            let text = "This refresh token is being used by another request.";
            return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", text)
                .header(header::RETRY_AFTER, &retry_after(remaining)));
        }
    }
    // A task of its own: as on a real server, a client that hangs up does not undo what it began.
    let rotation = tokio::spawn(async move {
        if !takes.is_zero() {
            tokio::time::sleep(takes).await;
        }
        let pair = lock(&shared.grants).finish_refresh(&token, expiry(&shared, &client))?;
        // Whoever began it may be gone: what was rotated is kept all the same.
        shared.save();
        Ok(answer(&shared, &client, pair))
    });
    let failed = |_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The refresh did not finish.");
    rotation.await.map_err(failed)?
}

/// wire: the loser of a race gets `Retry-After` (0.25-1 s)
fn retry_after(remaining: TimeDelta) -> String {
    let seconds = remaining.to_std().unwrap_or_default().as_secs_f64().clamp(0.25, 1.0);
    format!("{seconds:.2}")
}

fn answer(shared: &Shared, client: &Registered, pair: TokenPair) -> Response<Body> {
    let body = TokenResponse {
        access_token: pair.access_token,
        token_type: "Bearer",
        expires_in: access_token_lifetime(shared, client).as_secs(),
        refresh_token: pair.refresh_token,
        scope: pair.scopes.join(" "),
    };
    json_response(StatusCode::OK, &body)
}
