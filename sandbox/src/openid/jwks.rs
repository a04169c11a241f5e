//! The keys that verify JWTs: RFC 7517.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::http::{Response, StatusCode};

use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::wire::responses::json_response;

/// `GET`.
pub(super) async fn jwks(State(sign_in): State<SignIn>) -> Response<Body> {
    let mut response = json_response(StatusCode::OK, &lock(&sign_in.store.keys).jwks());
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
