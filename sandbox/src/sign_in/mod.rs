//! Signing in: OAuth 2 authorization code with PKCE, as AI Pass implements it. The consent page serves all dialects.

pub(crate) mod authorization_request;
pub(crate) mod authorize;
mod consents;
mod discovery;
pub(crate) mod issuer;
pub(crate) mod pages;
pub(crate) mod pushed;
pub(crate) mod refresh;
pub(crate) mod revoke;
mod state;
pub(crate) mod token;
pub(crate) mod user;
mod userinfo;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::dialect::Dialect;
use crate::wire::paths;

pub(crate) use state::SignIn;

/// The consent page.
pub(crate) fn consent_routes<S>(dialect: Dialect) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SignIn: FromRef<S>,
{
    Router::new().route(paths::of(dialect).authorize, get(authorize::ask).post(authorize::decide))
}

/// AI Pass's other endpoints.
pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SignIn: FromRef<S>,
{
    let paths = paths::of(Dialect::AiPass);
    let discovery =
        paths.discovery.iter().fold(Router::new(), |routes, path| routes.route(path, get(discovery::metadata)));
    discovery
        .route(paths.token, post(token::issue).options(token::preflight))
        .route(paths.revoke, post(revoke::revoke))
        .route(paths.userinfo, get(userinfo::userinfo))
}
