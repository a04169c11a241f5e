//! Phaseo's registration of clients: by its management API with an API key. Dynamic registration is closed to apps.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use chrono::SecondsFormat;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::lock::lock;
use crate::loopback::is_loopback;
use crate::random;
use crate::sign_in::SignIn;
use crate::store::client::Client;
use crate::store::registry::Registered;
use crate::wire::bearer;
use crate::wire::bodies::{require_json, require_small_registration};
use crate::wire::errors::{ApiError, OAuthError, RequestError, in_gateway_shape};
use crate::wire::responses::json_response;
use crate::wire::scopes;

/// The API key with which clients are registered at a sandbox that plays Phaseo.
pub const API_KEY: &str = "phaseo_sandbox_key";

#[derive(Deserialize)]
struct NewClient {
    name: String,
    redirect_uris: Vec<String>,
    homepage_url: Option<String>,
    /// `confidential`, the default, or `public`.
    client_type: Option<String>,
}

/// `POST /oauth/register`.
pub(super) async fn registration_closed() -> OAuthError {
    let text = "Dynamic client registration is not enabled";
    RequestError::new(StatusCode::FORBIDDEN, "registration_not_supported", text).into()
}

/// `POST /v1/oauth-clients`. The secret is shown once.
pub(super) async fn create(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    create_client(&sign_in, &headers, &body)
        .unwrap_or_else(|error| in_gateway_shape(ApiError::from(error).into_response()))
}

fn create_client(sign_in: &SignIn, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, RequestError> {
    if bearer::token(headers)? != API_KEY {
        return Err(RequestError::new(StatusCode::UNAUTHORIZED, "invalid_token", "The API key is invalid"));
    }
    require_json(headers, "validation_error", "Send JSON (Content-Type: application/json).")?;
    require_small_registration(body, "validation_error")?;
    let invalid = |text: String| RequestError::bad_request("validation_error", text);
    let requested: NewClient = serde_json::from_slice(body).map_err(|error| invalid(error.to_string()))?;
    if !(3..=100).contains(&requested.name.chars().count()) {
        return Err(invalid("name must have 3 to 100 characters".to_owned()));
    }
    let may_return = |uri: &String| {
        Url::parse(uri).is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
    };
    if requested.redirect_uris.is_empty() || !requested.redirect_uris.iter().all(may_return) {
        let text = "redirect_uris must use HTTPS, except for loopback development callbacks";
        return Err(invalid(text.to_owned()));
    }
    let secret = match requested.client_type.as_deref() {
        None | Some("confidential") => Some(random::secret("sandbox_secret_")),
        Some("public") => None,
        Some(_) => return Err(invalid("client_type is public or confidential".to_owned())),
    };
    let client = Client {
        id: random::short("client_"),
        name: requested.name,
        redirect_uris: requested.redirect_uris,
        scopes: scopes::all(sign_in.settings.dialect).iter().map(|scope| (*scope).to_owned()).collect(),
        secret,
    };
    let now = sign_in.store.clock.now();
    let response = json!({
        "client_id": client.id,
        "client_secret": client.secret,
        "name": client.name,
        "client_type": if client.secret.is_some() { "confidential" } else { "public" },
        "redirect_uris": client.redirect_uris,
        "allowed_scopes": client.scopes,
        "homepage_url": requested.homepage_url,
        "status": "active",
        "created_at": now.to_rfc3339_opts(SecondsFormat::Secs, true),
    });
    lock(&sign_in.store.clients).add_new(Registered::new(client.id.clone(), client, now))?;
    Ok(json_response(StatusCode::CREATED, &response))
}
