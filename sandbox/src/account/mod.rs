//! The user's money: the balance, and where to pay.

mod balance;
mod checkout;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::store::Store;
use crate::wire::paths;

pub(crate) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Store>: FromRef<S>,
{
    Router::new().route(paths::BALANCE, get(balance::summary)).route(paths::CHECKOUT, post(checkout::begin))
}
