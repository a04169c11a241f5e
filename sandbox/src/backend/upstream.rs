//! Forwards to an OpenAI-compatible server.

use axum::body::Body;
use axum::http::header;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use url::Url;

use crate::builder::StartError;
use crate::model_api::chat_request::ChatRequest;
use crate::server::refusal::Refusal;
use crate::state::Shared;

/// The server that answers in place of this one.
pub(crate) struct Upstream;

impl Upstream {
    pub(crate) fn new(_base: Url, _key: Option<String>) -> Result<Self, StartError> {
        Ok(Self)
    }
    pub(crate) async fn get(&self, _path: &str, _query: Option<&str>) -> Result<Response<Body>, Refusal> {
        Err(Refusal::new(StatusCode::BAD_GATEWAY, "upstream_error", header::ACCEPT.as_str()))
    }
    pub(crate) async fn chat(
        &self,
        _shared: &Shared,
        _request: &ChatRequest,
        _body: Bytes,
    ) -> Result<Response<Body>, Refusal> {
        Err(Refusal::new(StatusCode::BAD_GATEWAY, "upstream_error", "todo"))
    }
}
