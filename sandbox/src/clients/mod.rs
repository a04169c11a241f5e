//! The account API that registers and manages the apps that may sign in.

mod api;
mod registration;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::dialect::Dialect;
use crate::store::Store;
use crate::wire::paths;

pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Store>: FromRef<S>,
{
    let clients = paths::of(Dialect::AiPass).register;
    Router::new()
        .route(clients, get(api::list).post(api::register))
        .route(&format!("{clients}/{{id}}"), get(api::one).put(api::update).delete(api::delete))
        .route(&format!("{clients}/{{id}}/deactivate"), post(api::deactivate))
        .route(&format!("{clients}/{{id}}/usage"), get(api::usage))
}
