//! The authorization server's metadata: RFC 8414 and OpenID Connect Discovery.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::token::{AUTHORIZATION_CODE, CLIENT_CREDENTIALS, DEVICE_CODE, REFRESH_TOKEN};
use crate::dialect::Dialect;
use crate::settings::Settings;
use crate::sign_in::SignIn;
use crate::sign_in::issuer::{issuer, origin};
use crate::store::keys::ALGORITHM;
use crate::wire::responses::json_response;
use crate::wire::{paths, scopes};

/// The methods by which a client authenticates itself at the token endpoint.
pub(super) const AUTH_METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "none"];

/// `GET`: the same document at each of the dialect's addresses.
pub(super) async fn metadata(State(sign_in): State<SignIn>, headers: HeaderMap) -> Response<Body> {
    let mut response = json_response(StatusCode::OK, &document(&sign_in.settings, &headers));
    // Metadata is public, and apps in a browser read it too.
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn document(settings: &Settings, headers: &HeaderMap) -> Value {
    let dialect = settings.dialect;
    let paths = paths::of(dialect);
    let at = |path: &str| format!("{}{path}", origin(headers));
    let mut grants = vec![AUTHORIZATION_CODE, DEVICE_CODE];
    if settings.refresh_tokens || dialect == Dialect::Phaseo {
        grants.push(REFRESH_TOKEN);
    }
    let mut document = json!({
        "issuer": issuer(dialect, headers),
        "authorization_endpoint": at(paths.authorize),
        "token_endpoint": at(paths.token),
        "revocation_endpoint": at(paths.revoke),
        "userinfo_endpoint": at(paths.userinfo),
        "scopes_supported": scopes::all(dialect),
        "response_types_supported": ["code"],
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    let optional = [
        ("jwks_uri", paths.jwks),
        ("introspection_endpoint", paths.introspect),
        ("pushed_authorization_request_endpoint", paths.par),
        ("device_authorization_endpoint", paths.device_authorization),
        ("end_session_endpoint", paths.logout),
    ];
    for (name, path) in optional {
        if let Some(path) = path {
            document[name] = json!(at(path));
        }
    }
    if dialect == Dialect::OAuth {
        grants.push(CLIENT_CREDENTIALS);
        document["registration_endpoint"] = json!(at(paths.register));
        document["require_pushed_authorization_requests"] = json!(settings.require_pushed_requests);
        document["response_modes_supported"] = json!(["query"]);
        document["introspection_endpoint_auth_methods_supported"] = json!(AUTH_METHODS);
        document["revocation_endpoint_auth_methods_supported"] = json!(AUTH_METHODS);
        document["claims_supported"] = json!(["sub", "name", "email", "email_verified"]);
        document["request_uri_parameter_supported"] = json!(false);
    }
    if settings.issues_id_tokens() {
        document["subject_types_supported"] = json!(["public"]);
        document["id_token_signing_alg_values_supported"] = json!([ALGORITHM]);
    }
    document["grant_types_supported"] = json!(grants);
    document
}
