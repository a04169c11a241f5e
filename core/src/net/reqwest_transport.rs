//! The real network: reqwest over rustls with ring. Built at the first request, because loading the trust store takes
//! longer than everything else at start-up.

use super::address::{FromResponse, NotPublic, PublicResolver};
use super::failure::HttpFailure;
use super::multipart;
use super::payload::Payload;
use super::progress::TransferProgress;
use super::proxy;
use super::tls::{self, ServerTrust, TrustStore};
use super::transport::{BodyStream, Transport};
use crate::config::Config;
use crate::environment::{Environment, Timestamp};
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::StreamExt;
use http::{Request, Response};
use std::error::Error as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// An idle connection older than this is not used again (L13).
const MAX_IDLE: Duration = Duration::from_secs(15);

/// So many headers fit into [`MAX_HEAD_BYTES`] at a hundred bytes each.
const MAX_HEADERS: usize = 4096;
/// The largest head of an HTTP/2 response; about what hyper reads of an HTTP/1.1 one.
const MAX_HEAD_BYTES: u32 = 400 * 1024;
/// How often an HTTP/2 server that is silent is asked whether it is still there.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) struct ReqwestTransport(Arc<Shared>);

struct Shared {
    user_agent: String,
    connect_timeout: Duration,
    http_proxy: Option<Url>,
    server_trust: Option<Arc<dyn ServerTrust>>,
    environment: Environment,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tls: Option<(rustls::ClientConfig, TrustStore)>,
    clients: Clients,
    last_used: Option<Timestamp>,
}

/// Clients with a pool of connections each.
#[derive(Default)]
struct Clients {
    any_address: Option<reqwest::Client>,
    /// Connects to public addresses only (S9).
    public_only: Option<reqwest::Client>,
}

impl Clients {
    fn of(&mut self, public_only: bool) -> &mut Option<reqwest::Client> {
        if public_only { &mut self.public_only } else { &mut self.any_address }
    }
}

impl ReqwestTransport {
    pub fn new(config: &Config, server_trust: Option<Arc<dyn ServerTrust>>, environment: Environment) -> Self {
        Self(Arc::new(Shared {
            user_agent: user_agent(config.app_name.as_deref()),
            connect_timeout: config.connect_timeout,
            http_proxy: config.http_proxy.clone(),
            server_trust,
            environment,
            state: Mutex::default(),
        }))
    }

    /// Which authorities judge servers' certificates.
    pub fn trust_store(&self) -> TrustStore {
        self.0.state().tls.as_ref().map_or(TrustStore::NotLoadedYet, |(_, store)| *store)
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client in use, unless its connections were idle for too long. Measured by the wall clock, because reqwest's own
    /// limit does not count while the phone sleeps.
    fn rested_client(&self, public_only: bool) -> Option<reqwest::Client> {
        let now = self.environment.now();
        let mut state = self.state();
        let rest = state.last_used.replace(now).and_then(|last| now.since(last));
        if rest.is_none_or(|rest| rest > MAX_IDLE) {
            state.clients = Clients::default();
        }
        state.clients.of(public_only).clone()
    }

    /// A new client, unless another caller was faster.
    fn build_client(&self, public_only: bool) -> Result<reqwest::Client, HttpFailure> {
        let failed = |detail: String| HttpFailure::NotSent { detail };
        let mut state = self.state();
        if let Some(client) = state.clients.of(public_only) {
            return Ok(client.clone());
        }
        if state.tls.is_none() {
            state.tls = Some(tls::configuration(self.server_trust.clone()).map_err(|error| failed(error.to_string()))?);
        }
        let tls = state.tls.as_ref().map(|(config, _)| config.clone());
        let tls = tls.ok_or_else(|| failed("TLS is not set up".to_owned()))?;
        let mut builder = reqwest::Client::builder();
        // A proxy resolves the names itself, and its own address is a private one.
        if public_only && self.http_proxy.is_none() {
            builder = builder.dns_resolver(PublicResolver);
        }
        let client = proxy::apply(builder, self.http_proxy.as_ref())
            .map_err(|error| failed(causes(&error)))?
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // `retry` alone decides what is sent again.
            .retry(reqwest::retry::never())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(MAX_IDLE)
            // Heads are bounded by their bytes: hyper reads 400 KB of them, but stops at 100 headers by default. Gateways pass on
            // the headers of the servers behind them.
            .http1_max_headers(MAX_HEADERS)
            .http2_max_header_list_size(MAX_HEAD_BYTES)
            // Several calls share an HTTP/2 connection: one that died must be noticed while they wait.
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .user_agent(&self.user_agent)
            .build()
            .map_err(|error| failed(causes(&error)))?;
        *state.clients.of(public_only) = Some(client.clone());
        Ok(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Payload>,
        progress: Arc<TransferProgress>,
    ) -> BoxFuture<'static, Result<Response<BodyStream>, HttpFailure>> {
        let shared = Arc::clone(&self.0);
        let connect_timeout = shared.connect_timeout;
        let public_only = request.extensions().get() == Some(&FromResponse::PublicOnly);
        let explain = move |error: reqwest::Error| explain(&error, connect_timeout);
        async move {
            let client = match shared.rested_client(public_only) {
                Some(client) => client,
                None => {
                    // Reading the platform's certificates takes longer than a thread that serves calls should be busy.
                    let builder = Arc::clone(&shared);
                    let built = tokio::task::spawn_blocking(move || builder.build_client(public_only)).await;
                    let failed = |_| HttpFailure::NotSent { detail: "the trust store cannot be loaded".to_owned() };
                    built.map_err(failed)??
                }
            };
            let (head, payload) = request.into_parts();
            let request = client.request(head.method, head.uri.to_string()).headers(head.headers);
            let request = multipart::attach(request, &payload, &progress).map_err(explain)?;
            let response = request.send().await.map_err(explain)?;
            let mut head = Response::new(());
            *head.status_mut() = response.status();
            *head.headers_mut() = response.headers().clone();
            let body = BodyStream::new(response.bytes_stream().map(move |chunk| {
                // A connection that just delivered is fresh, however long ago its request was sent.
                shared.state().last_used = Some(shared.environment.now());
                // The response had begun, so whatever ends it now, the request was processed.
                chunk.map_err(|error| HttpFailure::Broken { detail: causes(&error) })
            }));
            Ok(head.map(|()| body))
        }
        .boxed()
    }

    fn drop_idle_connections(&self) {
        self.0.state().clients = Clients::default();
    }
}

/// On which side of "not sent" a failure is (P1).
fn explain(error: &reqwest::Error, connect_timeout: Duration) -> HttpFailure {
    if let Some(not_public) = cause::<NotPublic>(error) {
        return HttpFailure::NotPublic { detail: not_public.to_string() };
    }
    if let Some(error) = cause::<hyper::Error>(error)
        && error.is_parse()
    {
        // The request was processed, so this is a response, although it cannot be used.
        return HttpFailure::Malformed { detail: causes_of(error) };
    }
    if cause::<h2::Error>(error).is_some_and(was_not_processed) {
        return HttpFailure::NotSent { detail: causes(error) };
    }
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => HttpFailure::ConnectTimeout { limit: connect_timeout },
        (true, false) => HttpFailure::NotSent { detail: causes(error) },
        (false, _) if error.is_builder() => HttpFailure::NotSent { detail: causes(error) },
        (false, _) => HttpFailure::Broken { detail: causes(error) },
    }
}

/// RFC 9113 8.7: the server says that it did not look at the request. h2 reports a `GOAWAY` only to streams above its last stream.
fn was_not_processed(error: &h2::Error) -> bool {
    let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    error.is_remote() && (refused || error.is_go_away())
}

/// The first cause of this type.
fn cause<E: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

/// An error with its causes, and without its URL, whose query may hold a token.
fn causes(error: &reqwest::Error) -> String {
    let text = if error.is_connect() { "cannot connect" } else { "transfer failed" };
    match error.source() {
        Some(cause) => format!("{text}: {}", causes_of(cause)),
        None => text.to_owned(),
    }
}

fn causes_of(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    crate::redaction::scrub(&text, &[])
}

fn user_agent(app_name: Option<&str>) -> String {
    let own = format!("aipass-mobile/{} ({})", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    match app_name {
        Some(app_name) => format!("{app_name} {own}"),
        None => own,
    }
}

#[cfg(test)]
#[path = "reqwest_transport_tests.rs"]
mod tests;
