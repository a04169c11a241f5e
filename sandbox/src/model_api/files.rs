//! What was made and is fetched by its link, without a token, as from the storage that providers link to.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use crate::random;
use crate::server::refusal::{ApiError, Refusal};
use crate::state::{Shared, lock};

/// Where links lead.
pub(crate) const FILES: &str = "/files";

/// Together no more than this is kept; the oldest goes first.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The latest files.
#[derive(Default)]
pub(crate) struct Files(VecDeque<File>);

struct File {
    /// Random, because whoever knows it may have the file.
    name: String,
    media_type: &'static str,
    content: Bytes,
}

impl Files {
    fn keep(&mut self, file: File) {
        self.0.push_back(file);
        let bytes = |files: &VecDeque<File>| files.iter().map(|file| file.content.len()).sum::<usize>();
        while self.0.len() > 1 && bytes(&self.0) > MAX_BYTES {
            self.0.pop_front();
        }
    }
}

/// Keeps `content`; its link, by the name that the client called this server by, which the guard has checked.
pub(super) fn link(
    shared: &Shared,
    headers: &HeaderMap,
    media_type: &'static str,
    extension: &str,
    content: Bytes,
) -> String {
    let name = format!("{}.{extension}", random::short(""));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let link = format!("http://{host}{FILES}/{name}");
    lock(&shared.files).keep(File { name, media_type, content });
    link
}

/// `GET /files/{name}`.
pub(crate) async fn fetch(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response<Body>, ApiError> {
    let files = lock(&shared.files);
    let missing =
        || Refusal::new(StatusCode::NOT_FOUND, "not_found", "There is no such file, or it is kept no longer.");
    let file = files.0.iter().find(|file| file.name == name).ok_or_else(missing)?;
    let mut response = Response::new(Body::from(file.content.clone()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_files_make_room() {
        let mut files = Files::default();
        for name in ["first", "second", "third"] {
            let content = Bytes::from(vec![0; MAX_BYTES / 2]);
            files.keep(File { name: name.to_owned(), media_type: "image/png", content });
        }
        let names: Vec<&str> = files.0.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["second", "third"]);
    }
}
