//! How anything is sent: TLS, limits, retries, redaction, server-sent events, cancellation.
//!
//! This module knows nothing of sign-in, sessions or models. It never follows a redirect, because nearly every call of this
//! library carries a secret or spends money (A11): the code that fetches a result decides where to go on
//! (`core/src/gateway/download.rs`).
//! Bodies are never logged (P6).

pub(crate) mod address;
mod body;
pub(crate) mod cancellation;
pub(crate) mod challenge;
mod content_coding;
pub(crate) mod events;
pub(crate) mod failure;
mod limits;
pub(crate) mod log;
pub(crate) mod multipart;
pub(crate) mod payload;
pub(crate) mod progress;
#[cfg_attr(not(feature = "dpop"), path = "no_proof.rs")]
pub(crate) mod proof;
mod proxy;
mod reqwest_transport;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod tls;
pub(crate) mod transport;

use crate::config::Config;
use crate::environment::{Environment, Timestamp};
use crate::redaction::Scrubber;
use bytes::Bytes;
use cancellation::Cancellation;
use content_coding::Decoder;
use failure::HttpFailure;
use http::{HeaderMap, Request, StatusCode, header};
use limits::{Limits, after};
use log::Log;
use payload::Payload;
use progress::TransferProgress;
use retry::{CallClass, Outcome, Step};
use std::sync::Arc;
use std::time::Duration;
use tls::ServerTrust;
use tokio::time::Instant;
use transport::{BodyStream, Transport};

pub(crate) use body::Body;
pub(crate) use reqwest_transport::ReqwestTransport;

/// How much of an error response's body is read: enough for any error message (P4).
const MAX_ERROR_BODY: usize = 64 * 1024;

/// How long an error response's body may take: its status says the most, and the app waits for it.
const MAX_ERROR_BODY_WAIT: Duration = Duration::from_secs(10);

/// Sends calls.
#[derive(Clone)]
pub(crate) struct HttpClient {
    pub transport: Arc<dyn Transport>,
    pub environment: Environment,
    pub log: Arc<Log>,
}

/// One call: what to send, and how long and how often.
pub(crate) struct Call {
    pub request: Request<Payload>,
    pub class: CallClass,
    pub idle_timeout: Duration,
    pub total_timeout: Duration,
    pub cancellation: Option<Arc<Cancellation>>,
    pub progress: Arc<TransferProgress>,
}

/// A response, by its status.
pub(crate) enum Response {
    /// A 2xx status. The body is still on its way.
    Success(SuccessResponse),
    /// Any other status, with its body, up to 64 KB.
    Error(ErrorResponse),
}

/// A response with a 2xx status: its head, and its body as it arrives.
pub(crate) struct SuccessResponse {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Body,
    /// Keeps the token that was sent out of what is shown of the server's words.
    pub scrubber: Scrubber,
}

/// A response with another status than 2xx.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// How long the server asks to wait (P2).
    pub retry_after: Option<Duration>,
}

impl HttpClient {
    /// A client of its own connections, for calls outside of a session.
    pub fn new(config: &Config, server_trust: Option<Arc<dyn ServerTrust>>) -> Self {
        let environment = Environment::system();
        let transport = Arc::new(ReqwestTransport::new(config, server_trust, environment.clone()));
        Self { transport, environment, log: Arc::default() }
    }

    /// Sends a call, repeating it where [`retry`]'s table says so, and once if only its [`proof`] was refused.
    pub async fn send(&self, call: Call) -> Result<Response, HttpFailure> {
        let limits = Limits {
            idle: call.idle_timeout,
            total: call.total_timeout,
            deadline: after(call.total_timeout),
            cancellation: call.cancellation.clone(),
        };
        let mut repeats = 0;
        let mut proved_again = false;
        loop {
            let (result, needs_another_proof) = self.attempt(&call, &limits).await;
            if needs_another_proof && !std::mem::replace(&mut proved_again, true) {
                continue;
            }
            let outcome = match &result {
                Ok(Response::Success(_)) => Outcome::Success,
                Ok(Response::Error(response)) => Outcome::Error(response),
                Err(failure) => Outcome::Failed(failure),
            };
            match retry::next_step(call.class, &outcome, repeats) {
                Step::Deliver => return result,
                Step::RepeatAfter(wait) => {
                    let wait = match wait {
                        retry::Wait::Exactly(wait) => wait,
                        retry::Wait::UpTo(most) => self.environment.random_up_to(most),
                    };
                    if after(wait) >= limits.deadline {
                        return result;
                    }
                    limits.cancellable(tokio::time::sleep(wait)).await?;
                    repeats += 1;
                }
            }
        }
    }

    /// Sends the request once. Also returns whether it was refused for its proof alone, and another one may be taken.
    async fn attempt(&self, call: &Call, limits: &Limits) -> (Result<Response, HttpFailure>, bool) {
        let started = Instant::now();
        call.progress.begin(call.request.body().length());
        let mut proof = None;
        let sending = async {
            let mut request = call.request.clone();
            proof = proof::add(&mut request).await?;
            self.transport.send(request, Arc::clone(&call.progress)).await
        };
        let result = limits.guard_sending(sending, &call.progress).await;
        let result = match result {
            Ok(Ok(response)) => self.read_head(response, limits, call).await,
            Ok(Err(failure)) | Err(failure) => Err(failure),
        };
        let outcome = match &result {
            Ok(Response::Success(response)) => response.status.to_string(),
            Ok(Response::Error(response)) => response.status.to_string(),
            Err(failure) => failure.to_string(),
        };
        let (method, place) = (call.request.method(), shown_place(&call.request));
        let elapsed = started.elapsed().as_millis();
        self.log.write(self.environment.now(), format!("{method} {place}: {outcome} in {elapsed} ms"));
        let needs_another_proof = proof::is_refused(&call.request, proof, &result);
        (result, needs_another_proof)
    }

    async fn read_head(
        &self,
        response: http::Response<BodyStream>,
        limits: &Limits,
        call: &Call,
    ) -> Result<Response, HttpFailure> {
        let (mut head, stream) = response.into_parts();
        let scrubber = Scrubber::of(call.request.headers());
        scrubber.clean_request_ids(&mut head.headers);
        let (status, decoder) = (head.status.as_u16(), Decoder::of(&head.headers));
        let mut limits = limits.clone();
        if !head.status.is_success() {
            limits.deadline = limits.deadline.min(after(MAX_ERROR_BODY_WAIT));
        }
        let body = |decoder| Body { stream, decoder, limits, progress: Arc::clone(&call.progress) };
        if head.status.is_success() {
            call.progress.expect(stated_length(&head.headers));
            let (headers, body) = (head.headers, body(decoder?));
            return Ok(Response::Success(SuccessResponse { status, headers, body, scrubber }));
        }
        // The status of an error response matters more than its body: a body that breaks off or stalls is taken as far as it
        // came, and one that cannot be decoded is replaced by the reason.
        let body = match decoder {
            Ok(decoder) => body(decoder).read_up_to(MAX_ERROR_BODY).await,
            Err(failure) => failure.to_string().into(),
        };
        let now = server_time(&head.headers).unwrap_or_else(|| self.environment.now());
        let retry_after = retry_after::read(&head.headers, now);
        Ok(Response::Error(ErrorResponse { status, headers: head.headers, body, retry_after }))
    }
}

/// Where a request went, for the log: host and port, and the path where the provider's own endpoint is called. The path of a
/// result elsewhere may be a signed one, which is a credential; so is what stands before an `@` (S1).
fn shown_place(request: &Request<Payload>) -> String {
    let uri = request.uri();
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    let scrubber = Scrubber::of(request.headers());
    let is_own = request.extensions().get::<address::FromResponse>().is_none();
    let path = if is_own { scrubber.scrub(uri.path()) } else { String::new() };
    format!("{}{port}{path}", scrubber.scrub(host))
}

/// The server's clock, from a response's `Date` header (L11).
pub(crate) fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(header::DATE)?.to_str().ok()?;
    httpdate::parse_http_date(date).ok().map(Timestamp::from)
}

/// What the `Content-Length` header says; 0 without one.
fn stated_length(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or_default()
}

/// Whether the status is one that a proxy or a sleeping server gives and that passes.
pub(crate) fn is_transient(status: u16) -> bool {
    matches!(StatusCode::from_u16(status), Ok(StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS))
        || status >= 500
}

#[cfg(any(test, feature = "fuzzing"))]
#[cfg_attr(not(test), expect(dead_code, clippy::unwrap_used, reason = "made for tests; fuzzing uses a part of it"))]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;
