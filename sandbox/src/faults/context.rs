//! The request that a fault applies to.

use axum::http::HeaderMap;

use crate::model_api::ModelApi;
use crate::store::Store;

/// The request, and what a fault may change or read.
#[derive(Clone, Copy)]
pub(crate) struct FaultContext<'a> {
    pub(crate) store: &'a Store,
    pub(crate) model_api: &'a ModelApi,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a HeaderMap,
}
