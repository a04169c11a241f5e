//! The endpoints of OAuth 2.0 and OpenID as the standards describe them, for the dialects `oauth` and `phaseo`.

mod client_authentication;
mod device;
mod introspect;
mod jwks;
mod logout;
mod metadata;
mod par;
mod phaseo_clients;
mod registration;
mod revoke;
mod token;
mod token_response;
mod userinfo;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{MethodRouter, get, post};

use crate::dialect::Dialect;
use crate::sign_in::{SignIn, token as ai_pass_token};
use crate::wire::paths;

pub use phaseo_clients::API_KEY as PHASEO_API_KEY;

/// Every endpoint of the dialect but the consent page.
pub(crate) fn routes<S>(dialect: Dialect) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SignIn: FromRef<S>,
{
    let paths = paths::of(dialect);
    let discovery =
        paths.discovery.iter().fold(Router::new(), |routes, path| routes.route(path, get(metadata::metadata)));
    let mut routes = discovery
        .route(paths.token, post(token::issue).options(ai_pass_token::preflight))
        .route(paths.revoke, post(revoke::revoke))
        .route(paths.userinfo, get(userinfo::userinfo).post(userinfo::userinfo));
    let optional: [(Option<&str>, MethodRouter<S>); 6] = [
        (paths.jwks, get(jwks::jwks)),
        (paths.introspect, post(introspect::introspect)),
        (paths.par, post(par::push)),
        (paths.device_authorization, post(device::begin)),
        (paths.device_page, get(device::page).post(device::decide)),
        (paths.logout, get(logout::by_query).post(logout::by_form)),
    ];
    for (path, handler) in optional {
        if let Some(path) = path {
            routes = routes.route(path, handler);
        }
    }
    if dialect == Dialect::Phaseo {
        return routes
            .route(paths::PHASEO_REGISTER, post(phaseo_clients::registration_closed))
            .route(paths.register, post(phaseo_clients::create));
    }
    let client = get(registration::read).put(registration::update).delete(registration::delete);
    routes
        .route(paths.register, post(registration::register))
        .route(&format!("{}/{{client_id}}", paths.register), client)
}
