//! The network of a process: slow, and unreliable in every way that matters to tokens and money.

use super::provider::{Granted, SUBJECTS};
use super::state::{Simulation, State};
use crate::client::tests::world::{REVOKE, TOKEN, USERINFO};
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, ScriptedTransport, answer, with_header};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Longer than any request is waited for.
const FOREVER: Duration = Duration::from_secs(3_600);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    NotSent,
    /// The connection broke, before or after the provider had the request.
    LostRequest,
    LostAnswer,
    /// The response has a head and half of a body.
    TornAnswer,
    /// No response comes, though the provider had the request.
    Silent,
    Conflict {
        retry_after: bool,
    },
    RateLimited,
    Broken500,
    /// Not the provider's, but some proxy's.
    Page,
}

const FAULTS: [Fault; 10] = [
    Fault::NotSent,
    Fault::LostRequest,
    Fault::LostAnswer,
    Fault::TornAnswer,
    Fault::Silent,
    Fault::Conflict { retry_after: true },
    Fault::Conflict { retry_after: false },
    Fault::RateLimited,
    Fault::Broken500,
    Fault::Page,
];

pub(super) fn transport_of(simulation: &Arc<Simulation>, process: usize) -> Arc<ScriptedTransport> {
    let simulation = Arc::downgrade(simulation);
    ScriptedTransport::new(move |request| {
        let simulation = simulation.clone();
        async move {
            match simulation.upgrade() {
                Some(simulation) => simulation.send_with_defect(process, request).await,
                None => std::future::pending().await,
            }
        }
    })
}

/// What the provider did, and what it has to be told of the response.
struct Handled {
    response: Scripted,
    issued: Option<super::provider::SetName>,
}

impl From<Scripted> for Handled {
    fn from(response: Scripted) -> Self {
        Self { response, issued: None }
    }
}

/// A request that is under way, until its response is there or nobody waits for it.
struct UnderWay {
    simulation: Arc<Simulation>,
    flight: Option<usize>,
    issued: Option<super::provider::SetName>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.simulation.lock();
        if let Some(flight) = self.flight {
            state.refresh_over(flight);
        }
        if let Some(set) = self.issued {
            state.provider.set(set).lost = true;
        }
    }
}

impl Simulation {
    pub async fn send(self: Arc<Self>, process: usize, request: Request<Bytes>) -> Scripted {
        let sent = Instant::now();
        let path = request.uri().path().to_owned();
        let (fault, there, back) = {
            let mut state = self.lock();
            let percent = state.network_faults;
            let fault = state.random.chance(percent).then(|| state.random.one_of(&FAULTS));
            if let Some(fault) = fault {
                state.judge.network_failed = Some(sent);
                state.note(|| format!("process {process} {path}: {fault:?}"));
            }
            let latency = state.latency.as_millis() as u64 + 1;
            (fault, state.random.millis_below(latency), state.random.millis_below(latency))
        };
        if fault == Some(Fault::NotSent) {
            if path == REVOKE {
                self.lock().revocation_sent(process, &revoked_token(&request)); // it was tried
            }
            self.turn(process).await;
            return Err(HttpFailure::NotSent { detail: "simulated".into() });
        }
        let mut under_way = UnderWay { flight: None, issued: None, simulation: Arc::clone(&self) };
        under_way.flight = self.lock().sent(process, &request);
        tokio::time::sleep(there).await;
        self.turn(process).await;
        let response = match fault {
            Some(Fault::LostRequest) => broken(),
            Some(Fault::Conflict { retry_after: true }) => with_header(answer(503, ""), "retry-after", "1"),
            Some(Fault::Conflict { retry_after: false }) => answer(503, r#"{"error":"temporarily_unavailable"}"#),
            Some(Fault::RateLimited) => with_header(answer(429, ""), "retry-after", "2"),
            Some(Fault::Broken500) => answer(500, "<html>"),
            Some(Fault::Page) => answer(200, "<html>sign in to this network</html>"),
            _ => {
                let handled = self.lock().handle(process, sent, &request);
                under_way.issued = handled.issued;
                handled.response
            }
        };
        self.lock().call_answered(&request, &response);
        if fault == Some(Fault::Silent) {
            tokio::time::sleep(FOREVER).await;
        }
        tokio::time::sleep(back).await;
        self.turn(process).await;
        match fault {
            Some(Fault::LostAnswer) => return broken(),
            Some(Fault::TornAnswer) => return torn(response).await,
            _ => {}
        }
        if let Some(set) = under_way.issued.take() {
            self.lock().provider.set(set).delivered = Some(Instant::now());
        }
        let date = self.knobs.sends_date.then(|| httpdate::fmt_http_date(self.clock.true_time().to_system_time()));
        match date {
            Some(date) => with_header(response, "date", &date),
            None => response,
        }
    }
}

fn broken() -> Scripted {
    Err(HttpFailure::Broken { detail: "simulated".into() })
}

/// The first half of a response's body.
async fn torn(response: Scripted) -> Scripted {
    let (head, mut body) = response?.into_parts();
    let whole = body.next_chunk().await?.unwrap_or_default();
    let half = whole.slice(..whole.len() / 3);
    crate::net::scripted::chunks(
        head.status.as_u16(),
        vec![Ok(half), Err(HttpFailure::Broken { detail: "torn".into() })],
    )
}

pub(super) fn bearer(request: &Request<Bytes>) -> &str {
    let value = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
    value.trim_start_matches("Bearer ")
}

/// The number of the call that sends this, in its query.
pub(super) fn call_of(request: &Request<Bytes>) -> Option<usize> {
    request.uri().query()?.strip_prefix("call=")?.parse().ok()
}

pub(super) fn fields(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

impl State {
    /// A process sends this. Returns the number of its flight, if it is a refresh.
    fn sent(&mut self, process: usize, request: &Request<Bytes>) -> Option<usize> {
        self.requests += 1;
        self.note(|| format!("process {process} sends {} {}", request.method(), request.uri().path()));
        match request.uri().path() {
            TOKEN => {
                let fields = fields(request);
                let token = fields["refreshToken"].as_str()?;
                return Some(self.refresh_sent(process, token));
            }
            REVOKE => self.revocation_sent(process, &revoked_token(request)),
            USERINFO => {}
            _ => {
                let floor = self.call_sent(request, call_of(request), process);
                let grant = self.judge_token(bearer(request), floor);
                if let Some((call, grant)) = call_of(request).zip(grant) {
                    self.call_used(call, grant);
                }
            }
        }
        None
    }

    /// The provider gets this.
    fn handle(&mut self, process: usize, sent: Instant, request: &Request<Bytes>) -> Handled {
        let knobs = self.knobs;
        match request.uri().path() {
            TOKEN => {
                let fields = fields(request);
                let granted = match fields["refreshToken"].as_str() {
                    Some(token) => self.provider.refresh(token, process, sent, &knobs),
                    None => {
                        let code = fields["code"].as_str().and_then(|code| code.strip_prefix("code-")).unwrap();
                        self.code_sent(code.parse().unwrap());
                        self.provider.exchange(code.parse().unwrap(), process, sent, &knobs)
                    }
                };
                match granted {
                    Granted::Set(set, tokens) => {
                        self.note(|| format!("the provider issues {set:?} to process {process}"));
                        Handled { response: answer(200, tokens.to_string()), issued: Some(set) }
                    }
                    Granted::Refused { spent } => {
                        if let Some(next) = spent {
                            self.spent_token_sent(process, sent, next);
                        }
                        answer(400, r#"{"error":"invalid_grant"}"#).into()
                    }
                }
            }
            REVOKE => {
                let token = revoked_token(request);
                self.note(|| format!("the provider revokes {token}"));
                self.provider.revoke(&token, &knobs);
                answer(200, "").into()
            }
            path => {
                let Some(user) = self.provider.user_of(bearer(request), &knobs) else {
                    return answer(401, r#"{"error":"invalid_token"}"#).into();
                };
                let body = match path {
                    USERINFO => json!({"sub": SUBJECTS[user]}).to_string(),
                    _ => balance_of(user),
                };
                answer(200, body).into()
            }
        }
    }
}

/// A balance from which one sees whose it is.
pub(super) fn balance_of(user: usize) -> String {
    let balance = json!({"totalCost": 0, "maxBudget": user + 1, "remainingBudget": user + 1});
    json!({"success": true, "data": balance}).to_string()
}

/// The token in a form or in a query.
fn revoked_token(request: &Request<Bytes>) -> String {
    let parameters = format!("{}&{}", request.uri().query().unwrap_or(""), String::from_utf8_lossy(request.body()));
    parameters.split('&').find_map(|parameter| parameter.strip_prefix("token=")).unwrap_or_default().to_owned()
}
