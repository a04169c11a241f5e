//! Forwards to an OpenAI-compatible server.

mod metering;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{self, HeaderMap};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use reqwest::{Client, RequestBuilder};
use rustls_platform_verifier::BuilderVerifierExt as _;
use url::Url;

use super::usage::Usage;
use crate::start_error::StartError;
use crate::wire::errors::RequestError;
use crate::wire::open_count::OpenCount;

/// The headers of a response that are passed on. The others are about the upstream's connection or account.
const PASSED_ON: [header::HeaderName; 2] = [header::CONTENT_TYPE, header::RETRY_AFTER];
/// A longer response that is not streamed is an error.
const MAX_RESPONSE: usize = 16 * 1024 * 1024;

/// The server that requests are forwarded to.
pub(crate) struct Upstream {
    base: Url,
    key: Option<String>,
    http: Client,
}

impl Upstream {
    pub(crate) fn new(mut base: Url, key: Option<String>) -> Result<Self, StartError> {
        // Without it, joining a path would replace the last segment: `/v1` would be lost.
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let failed = |error: &dyn std::error::Error| StartError::Upstream(error.to_string());
        // The provider is named here: without one installed in the process, rustls would panic.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_platform_verifier())
            .map_err(|error| failed(&error))?
            .with_no_client_auth();
        let http = Client::builder()
            .tls_backend_preconfigured(tls)
            // A redirect would send the key to another server.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(120))
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Self { base, key, http })
    }

    /// Forwards `GET path?query`.
    pub(crate) async fn get(&self, path: &str, query: Option<&str>) -> Result<Response<Body>, RequestError> {
        let mut url = self.url(path)?;
        url.set_query(query);
        let received = self.send(self.http.get(url)).await?;
        let (status, headers) = (received.status(), received.headers().clone());
        Ok(response(status, &headers, Body::from(read(received).await?)))
    }

    /// Forwards a chat. Returns what a response that is not streamed used; a stream calls `at_stream_end` with it. What the
    /// upstream does not report is counted by the rule of [`super::usage`].
    pub(crate) async fn chat(
        &self,
        body: Bytes,
        prompt_tokens: u64,
        streams: &OpenCount,
        at_stream_end: impl FnOnce(Usage) + Send + 'static,
    ) -> Result<(Response<Body>, Option<Usage>), RequestError> {
        let post = self.http.post(self.url("chat/completions")?);
        let received = self.send(post.header(header::CONTENT_TYPE, "application/json").body(body)).await?;
        let (status, headers) = (received.status(), received.headers().clone());
        let events =
            headers.get(header::CONTENT_TYPE).is_some_and(|sent| sent.as_bytes().starts_with(b"text/event-stream"));
        if events {
            let bytes = received.bytes_stream().map_err(unreachable_server);
            let stream = metering::metered(bytes, prompt_tokens, streams.enter(), at_stream_end);
            return Ok((response(status, &headers, Body::from_stream(stream)), None));
        }
        let received = read(received).await?;
        let usage = status.is_success().then(|| metering::usage_of(&received, prompt_tokens));
        Ok((response(status, &headers, Body::from(received)), usage))
    }

    fn url(&self, path: &str) -> Result<Url, RequestError> {
        let url = self.base.join(path).ok().filter(|url| url.as_str().starts_with(self.base.as_str()));
        url.ok_or_else(|| {
            RequestError::bad_request("invalid_request_error", "The path leads out of the upstream's base URL.")
        })
    }

    async fn send(&self, request: RequestBuilder) -> Result<reqwest::Response, RequestError> {
        let request = match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        request.send().await.map_err(|error| {
            RequestError::new(StatusCode::BAD_GATEWAY, "upstream_error", unreachable_server(error).to_string())
        })
    }
}

/// An upstream failure, without the URL, which may contain a key.
fn unreachable_server(error: reqwest::Error) -> std::io::Error {
    std::io::Error::other(format!("The upstream server did not answer: {}", error.without_url()))
}

async fn read(mut received: reqwest::Response) -> Result<Bytes, RequestError> {
    let failed = |text: String| RequestError::new(StatusCode::BAD_GATEWAY, "upstream_error", text);
    let mut body = Vec::new();
    while let Some(piece) = received.chunk().await.map_err(|error| failed(unreachable_server(error).to_string()))? {
        body.extend_from_slice(&piece);
        if body.len() > MAX_RESPONSE {
            return Err(failed("The upstream server's answer is too long.".to_owned()));
        }
    }
    Ok(Bytes::from(body))
}

fn response(status: StatusCode, headers: &HeaderMap, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for name in PASSED_ON {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
