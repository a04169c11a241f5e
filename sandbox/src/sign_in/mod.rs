//! Signing in: OAuth 2 authorization code with PKCE, as AI Pass implements it.

mod authorization_request;
mod authorize;
mod consents;
mod discovery;
pub(crate) mod pages;
mod revoke;
mod state;
pub(crate) mod token;
mod user;
mod userinfo;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::wire::paths;

pub(crate) use state::SignIn;

pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SignIn: FromRef<S>,
{
    Router::new()
        .route(paths::DISCOVERY, get(discovery::metadata))
        .route(paths::AUTHORIZE, get(authorize::ask).post(authorize::decide))
        .route(paths::TOKEN, post(token::issue).options(token::preflight))
        .route(paths::REVOKE, post(revoke::revoke))
        .route(paths::USERINFO, get(userinfo::userinfo))
}
