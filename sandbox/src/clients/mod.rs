//! The account API that registers and manages the apps that may sign in.

mod api;
mod registration;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::store::Store;
use crate::wire::paths::CLIENTS;

pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Store>: FromRef<S>,
{
    Router::new()
        .route(CLIENTS, get(api::list).post(api::register))
        .route(&format!("{CLIENTS}/{{id}}"), get(api::one).put(api::update).delete(api::delete))
        .route(&format!("{CLIENTS}/{{id}}/deactivate"), post(api::deactivate))
        .route(&format!("{CLIENTS}/{{id}}/usage"), get(api::usage))
}
