//! The real network: reqwest over rustls with ring. Built at the first request, because loading the trust store takes
//! longer than everything else at start-up (F8).

use super::failure::HttpFailure;
use super::multipart;
use super::payload::Payload;
use super::progress::TransferProgress;
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

/// An idle connection older than this is not used again (L13).
const MAX_IDLE: Duration = Duration::from_secs(15);

pub(crate) struct ReqwestTransport(Arc<Shared>);

struct Shared {
    user_agent: String,
    connect_timeout: Duration,
    server_trust: Option<Arc<dyn ServerTrust>>,
    environment: Environment,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tls: Option<(rustls::ClientConfig, TrustStore)>,
    client: Option<reqwest::Client>,
    last_used: Option<Timestamp>,
}

impl ReqwestTransport {
    pub fn new(config: &Config, server_trust: Option<Arc<dyn ServerTrust>>, environment: Environment) -> Self {
        Self(Arc::new(Shared {
            user_agent: user_agent(config.app_name.as_deref()),
            connect_timeout: config.connect_timeout,
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

    /// The client in use, unless its connections rested too long: reqwest's own idle limit stands still while the phone
    /// sleeps, the wall clock does not.
    fn rested_client(&self) -> Option<reqwest::Client> {
        let now = self.environment.now();
        let mut state = self.state();
        let rest = state.last_used.replace(now).and_then(|last| now.since(last));
        if rest.is_none_or(|rest| rest > MAX_IDLE) {
            state.client = None;
        }
        state.client.clone()
    }

    /// A new client, unless another caller was faster.
    fn build_client(&self) -> Result<reqwest::Client, HttpFailure> {
        let failed = |detail: String| HttpFailure::NotSent { detail };
        let mut state = self.state();
        if let Some(client) = &state.client {
            return Ok(client.clone());
        }
        if state.tls.is_none() {
            state.tls = Some(tls::configuration(self.server_trust.clone()).map_err(|error| failed(error.to_string()))?);
        }
        let tls = state.tls.as_ref().map(|(config, _)| config.clone());
        let tls = tls.ok_or_else(|| failed("TLS is not set up".to_owned()))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // A proxy named by the environment would get the tokens that go to loopback in clear (S7).
            .no_proxy()
            // What is sent again is decided in one place, `retry`.
            .retry(reqwest::retry::never())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(MAX_IDLE)
            .user_agent(&self.user_agent)
            .build()
            .map_err(|error| failed(causes(&error)))?;
        state.client = Some(client.clone());
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
        let explain = move |error: reqwest::Error| match (error.is_connect(), error.is_timeout()) {
            (true, true) => HttpFailure::ConnectTimeout { limit: connect_timeout },
            (true, false) => HttpFailure::NotSent { detail: causes(&error) },
            (false, _) if error.is_builder() => HttpFailure::NotSent { detail: causes(&error) },
            (false, _) => HttpFailure::Broken { detail: causes(&error) },
        };
        async move {
            let client = match shared.rested_client() {
                Some(client) => client,
                None => {
                    // Reading the platform's certificates takes longer than a thread that serves calls should be busy.
                    let builder = Arc::clone(&shared);
                    let built = tokio::task::spawn_blocking(move || builder.build_client()).await;
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
                chunk.map_err(explain)
            }));
            Ok(head.map(|()| body))
        }
        .boxed()
    }

    fn drop_idle_connections(&self) {
        self.0.state().client = None;
    }
}

/// An error with its causes, and without its URL, whose query may hold a token.
fn causes(error: &reqwest::Error) -> String {
    let mut text = if error.is_connect() { "cannot connect".to_owned() } else { "transfer failed".to_owned() };
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    super::redaction::scrub(&text, &[])
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
