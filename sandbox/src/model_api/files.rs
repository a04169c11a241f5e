//! Generated files, which are fetched by a link and without a token, as from the storage that providers link to.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use super::file_store::File;
use super::state::ModelApi;
use crate::lock::lock;
use crate::random;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::FILES;

/// Keeps `content` and returns its link, with the host that the client used, which the guard has checked.
pub(super) fn link(
    api: &ModelApi,
    headers: &HeaderMap,
    media_type: &'static str,
    extension: &str,
    content: Bytes,
) -> String {
    let name = format!("{}.{extension}", random::short(""));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let link = format!("http://{host}{FILES}/{name}");
    lock(&api.files).add(File { name, media_type, content });
    link
}

/// `GET /files/{name}`.
pub(crate) async fn fetch(State(api): State<ModelApi>, Path(name): Path<String>) -> Result<Response<Body>, ApiError> {
    let files = lock(&api.files);
    let missing =
        || RequestError::new(StatusCode::NOT_FOUND, "not_found", "There is no such file, or it is kept no longer.");
    let file = files.find(&name).ok_or_else(missing)?;
    let mut response = Response::new(Body::from(file.content.clone()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    Ok(response)
}
