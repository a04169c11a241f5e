//! `GET /.well-known/oauth-authorization-server`: RFC 8414.

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::wire::paths::{AUTHORIZE, CLIENTS, REVOKE, TOKEN, USERINFO};
use crate::wire::responses::json_response;
use crate::wire::scopes::{API_ACCESS, PROFILE_READ};

/// The metadata. The issuer is the host that the client used, which the guard has checked.
pub(crate) async fn metadata(headers: HeaderMap) -> Response<Body> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let issuer = format!("http://{host}");
    let at = |path: &str| format!("{issuer}{path}");
    let mut response = json_response(
        StatusCode::OK,
        &json!({
            "issuer": issuer,
            "authorization_endpoint": at(AUTHORIZE),
            "token_endpoint": at(TOKEN),
            "revocation_endpoint": at(REVOKE),
            "userinfo_endpoint": at(USERINFO),
            "registration_endpoint": at(CLIENTS),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "scopes_supported": [API_ACCESS, PROFILE_READ],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            // wire: AI Pass may list plain as well. A sandbox lists only what it accepts.
            "code_challenge_methods_supported": ["S256"],
        }),
    );
    // Metadata is public, and apps in a browser read it too.
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
