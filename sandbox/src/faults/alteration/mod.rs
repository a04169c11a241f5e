//! What each [`Alteration`] does: one file for each group.

mod calls;
mod chat;
mod errors;
mod events;
mod links;
mod model_text;
mod openid;
mod token;
mod transport;

use axum::body::{Body, to_bytes};
use axum::http::header;
use axum::http::{Response, response};
use bytes::Bytes;
use serde_json::Value;

use super::context::FaultContext;
use crate::wire::fault::Alteration;

pub(super) use errors::replacement;

/// No response of a sandbox is longer.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Changes the response.
pub(super) async fn apply(
    alteration: Alteration,
    context: FaultContext<'_>,
    response: Response<Body>,
) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    // Reading a body of the sandbox's own fails only if the client left.
    let Ok(mut body) = to_bytes(body, MAX_BODY).await else { return Response::from_parts(parts, Body::empty()) };
    parts.headers.remove(header::CONTENT_LENGTH);
    openid::in_callback(alteration, &mut parts.headers);
    if parts.status.is_success() {
        body = changed_content(alteration, context, &parts, body);
    }
    let body = transport::encode(alteration, &mut parts.headers, body);
    Response::from_parts(parts, Body::from(body))
}

fn changed_content(alteration: Alteration, context: FaultContext<'_>, parts: &response::Parts, body: Bytes) -> Bytes {
    let media_type = parts.headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes()).unwrap_or_default();
    if matches!(alteration, Alteration::DuplicateMember) && !media_type.starts_with(b"image/") {
        return token::with_duplicates(&body);
    }
    if media_type.starts_with(b"text/event-stream") {
        let mut events = events::read(&body);
        events = model_text::in_stream(alteration, events);
        events = calls::in_stream(alteration, events);
        events = chat::in_stream(alteration, events);
        return events::write(&events);
    }
    let Ok(sent) = serde_json::from_slice::<Value>(&body) else { return body };
    let mut json = sent.clone();
    model_text::in_whole(alteration, &mut json);
    calls::in_whole(alteration, &mut json);
    token::in_response(alteration, context, &mut json);
    links::in_response(alteration, context, &mut json);
    openid::in_response(alteration, context, &mut json);
    match chat::in_whole(alteration, &mut json) {
        Some(bytes) => bytes,
        // Writing the JSON again could lose digits of a number.
        None if json == sent => body,
        None => Bytes::from(json.to_string()),
    }
}
