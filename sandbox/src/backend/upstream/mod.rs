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

use crate::backend::upstream::metering::MeteredStream;
use crate::builder::StartError;
use crate::model_api::admission;
use crate::model_api::chat::request::ChatRequest;
use crate::server::refusal::Refusal;
use crate::state::{Shared, lock};

/// What of an answer's headers is passed on. The rest speaks of the upstream's connection or account.
const PASSED_ON: [header::HeaderName; 2] = [header::CONTENT_TYPE, header::RETRY_AFTER];
/// Longer answers that are not streamed are refused.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// The server that answers in place of this one.
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
        // The provider is named here because a process may have none installed, which would be a panic.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_platform_verifier())
            .map_err(|error| failed(&error))?
            .with_no_client_auth();
        let http = Client::builder()
            .tls_backend_preconfigured(tls)
            // A redirect would carry the key to a server that nobody named.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(120))
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Self { base, key, http })
    }

    /// Passes on `GET path?query`.
    pub(crate) async fn get(&self, path: &str, query: Option<&str>) -> Result<Response<Body>, Refusal> {
        let mut url = self.url(path)?;
        url.set_query(query);
        let answer = self.send(self.http.get(url)).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(response(status, &headers, Body::from(read(answer).await?)))
    }

    /// Passes on a chat, and charges what the answer says it used; where it does not say, by the rule of `chat::usage`.
    pub(crate) async fn chat(
        &self,
        shared: &Arc<Shared>,
        client_id: &str,
        body: Bytes,
    ) -> Result<Response<Body>, Refusal> {
        // Whether the request is right is for the upstream to say: it may understand more than this server does.
        let conversation = ChatRequest::parse(&body).and_then(|request| request.conversation());
        let prompt_tokens = conversation.map_or(0, |conversation| conversation.prompt_tokens);
        let post = self.http.post(self.url("chat/completions")?);
        let answer = self.send(post.header(header::CONTENT_TYPE, "application/json").body(body)).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let events =
            headers.get(header::CONTENT_TYPE).is_some_and(|sent| sent.as_bytes().starts_with(b"text/event-stream"));
        if events {
            let stream =
                MeteredStream::new(answer.bytes_stream().map_err(unreachable_server), shared, client_id, prompt_tokens);
            return Ok(response(status, &headers, Body::from_stream(stream.into_bytes())));
        }
        let answer = read(answer).await?;
        let cost = status.is_success().then(|| metering::usage_of_whole(&answer, prompt_tokens).cost());
        let response = response(status, &headers, Body::from(answer));
        let Some(cost) = cost else { return Ok(response) };
        lock(&shared.ledger).charge(client_id, cost);
        Ok(admission::with_cost(response, cost))
    }

    fn url(&self, path: &str) -> Result<Url, Refusal> {
        let url = self.base.join(path).ok().filter(|url| url.as_str().starts_with(self.base.as_str()));
        url.ok_or_else(|| {
            Refusal::bad_request("invalid_request_error", "The path leads out of the upstream's base URL.")
        })
    }

    async fn send(&self, request: RequestBuilder) -> Result<reqwest::Response, Refusal> {
        let request = match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        };
        request.send().await.map_err(|error| {
            Refusal::new(StatusCode::BAD_GATEWAY, "upstream_error", unreachable_server(error).to_string())
        })
    }
}

/// An upstream failure, without the URL: it may have been given with a key in it.
fn unreachable_server(error: reqwest::Error) -> std::io::Error {
    std::io::Error::other(format!("The upstream server did not answer: {}", error.without_url()))
}

async fn read(mut answer: reqwest::Response) -> Result<Bytes, Refusal> {
    let failed = |text: String| Refusal::new(StatusCode::BAD_GATEWAY, "upstream_error", text);
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| failed(unreachable_server(error).to_string()))? {
        body.extend_from_slice(&piece);
        if body.len() > MAX_ANSWER {
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
