//! `GET /.well-known/oauth-authorization-server`: RFC 8414.

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::issuer::issuer;
use crate::dialect::Dialect;
use crate::wire::paths;
use crate::wire::responses::json_response;
use crate::wire::scopes::{API_ACCESS, PROFILE_READ};

/// The metadata. The issuer is the host that the client used, which the guard has checked.
pub(crate) async fn metadata(headers: HeaderMap) -> Response<Body> {
    let issuer = issuer(Dialect::AiPass, &headers);
    let paths = paths::of(Dialect::AiPass);
    let at = |path: &str| format!("{issuer}{path}");
    let mut response = json_response(
        StatusCode::OK,
        &json!({
            "issuer": issuer,
            "authorization_endpoint": at(paths.authorize),
            "token_endpoint": at(paths.token),
            "revocation_endpoint": at(paths.revoke),
            "userinfo_endpoint": at(paths.userinfo),
            "registration_endpoint": at(paths.register),
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
