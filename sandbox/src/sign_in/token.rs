//! `POST /oauth2/token`: issues token sets for codes and refresh tokens. It accepts JSON in camelCase only.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::refresh::{access_token_lifetime, expiry, rotate};
use super::state::SignIn;
use crate::lock::lock;
use crate::store::code::{self, CodeExchange};
use crate::store::grants::TokenSet;
use crate::store::registry::Registered;
use crate::wire::bodies::require_json;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::responses::json_response;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
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
pub(crate) async fn issue(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open_to_all(grant(sign_in, &headers, &body).await.map_err(OAuthError::from).into_response())
}

/// Pages of every origin may read the response.
pub(crate) fn open_to_all(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After, Date"));
    response
}

async fn grant(sign_in: SignIn, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, RequestError> {
    let text = "The token endpoint takes JSON with camelCase names (Content-Type: application/json).";
    require_json(headers, "invalid_request", text)?;
    let request: TokenRequest = serde_json::from_slice(body)
        .map_err(|_| invalid("The body is not a JSON object with camelCase names and string values."))?;
    let grant_type = required(request.grant_type.as_deref(), "grantType")?;
    let client = authenticate(&sign_in, &request)?;
    match grant_type {
        "authorization_code" => exchange_code(&sign_in, &client, &request),
        "refresh_token" => {
            let token = required(request.refresh_token.as_deref(), "refreshToken")?.to_owned();
            refresh(sign_in, token, client).await
        }
        _ => Err(RequestError::bad_request(
            "unsupported_grant_type",
            "grantType must be authorization_code or refresh_token",
        )),
    }
}

fn invalid(text: &str) -> RequestError {
    RequestError::bad_request("invalid_request", text)
}

fn required<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, RequestError> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| invalid(&format!("{name} is missing")))
}

/// wire: `clientSecret` only for a confidential client
fn authenticate(sign_in: &SignIn, request: &TokenRequest) -> Result<Registered, RequestError> {
    let id = required(request.client_id.as_deref(), "clientId")?;
    let invalid_client = |text: &str| RequestError::new(StatusCode::UNAUTHORIZED, "invalid_client", text);
    let client = lock(&sign_in.store.clients).active(id).cloned();
    let client = client.ok_or_else(|| invalid_client("No client is registered under this clientId."))?;
    match (&client.client().secret, &request.client_secret) {
        (None, None) => Ok(client),
        (Some(expected), Some(sent)) if expected == sent => Ok(client),
        (None, Some(_)) => Err(invalid_client("A public client has no clientSecret.")),
        (Some(_), _) => Err(invalid_client("clientSecret is missing or wrong.")),
    }
}

fn exchange_code(
    sign_in: &SignIn,
    client: &Registered,
    request: &TokenRequest,
) -> Result<Response<Body>, RequestError> {
    let exchange = CodeExchange {
        code: required(request.code.as_deref(), "code")?,
        client_id: &client.client().id,
        redirect_uri: required(request.redirect_uri.as_deref(), "redirectUri")?,
        code_verifier: required(request.code_verifier.as_deref(), "codeVerifier")?,
    };
    if !code::is_verifier(exchange.code_verifier) {
        return Err(invalid("codeVerifier must have 43 to 128 characters: letters, digits, - . _ ~"));
    }
    let now = sign_in.store.clock.now();
    let tokens = lock(&sign_in.store.grants).exchange_code(&exchange, now, expiry(sign_in, client))?;
    Ok(token_response(sign_in, client, tokens))
}

async fn refresh(sign_in: SignIn, token: String, client: Registered) -> Result<Response<Body>, RequestError> {
    let tokens = rotate(sign_in.clone(), token, client.clone()).await?;
    Ok(token_response(&sign_in, &client, tokens))
}

fn token_response(sign_in: &SignIn, client: &Registered, tokens: TokenSet) -> Response<Body> {
    let body = TokenResponse {
        access_token: tokens.access_token,
        token_type: "Bearer",
        expires_in: access_token_lifetime(sign_in, client).as_secs(),
        refresh_token: tokens.refresh_token,
        scope: tokens.scopes.join(" "),
    };
    json_response(StatusCode::OK, &body)
}
