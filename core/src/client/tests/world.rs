//! A provider made of a few counters, a store that can fail, and a clock that can be set.

use crate::environment::{Clock, Environment, ProcessId, Timestamp};
use crate::net::scripted::{Scripted, ScriptedTransport, answer, with_header};
use crate::session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
use crate::{AiPass, Provider, Result, Secret, SessionState, SignInOptions};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Read once: parsing its URLs takes a good part of a short test.
static AI_PASS: LazyLock<Provider> = LazyLock::new(Provider::ai_pass);

pub const HOUR: Duration = Duration::from_secs(3600);
pub const TOKEN: &str = "/oauth2/token";
pub const REVOKE: &str = "/oauth2/revoke";
pub const USERINFO: &str = "/oauth2/userinfo";
pub const BALANCE: &str = "/api/v1/usage/me/summary";

/// Everything around a client.
pub struct World {
    process: ProcessId,
    pub server: Arc<Server>,
    pub transport: Arc<ScriptedTransport>,
    pub clock: Arc<TestClock>,
    pub store: Arc<FlakyStore>,
}

impl World {
    pub fn new() -> Self {
        let clock = Arc::new(TestClock::new());
        let server = Arc::new(Server { clock: Arc::clone(&clock), state: Mutex::default() });
        let handler = Arc::clone(&server);
        let transport = ScriptedTransport::new(move |request| Arc::clone(&handler).handle(request));
        Self { process: ProcessId::new(), server, transport, clock, store: Arc::default() }
    }

    /// A client of this process.
    pub fn client(&self) -> AiPass {
        self.client_with(AI_PASS.clone())
    }

    /// A client of this process over another store.
    pub fn client_over(&self, store: Arc<dyn SessionStore>) -> AiPass {
        self.client_of(self.process.clone(), AI_PASS.clone(), store)
    }

    pub fn client_with(&self, provider: Provider) -> AiPass {
        self.client_of(self.process.clone(), provider, self.store.clone())
    }

    /// A client as after a start of the app, or in another process: it knows what the store knows.
    pub fn another_process(&self) -> AiPass {
        self.client_of(ProcessId::new(), AI_PASS.clone(), self.store.clone())
    }

    /// A client of a process with a network of its own.
    pub fn client_through(
        &self,
        process: ProcessId,
        store: Arc<dyn SessionStore>,
        transport: Arc<ScriptedTransport>,
    ) -> AiPass {
        let environment = Environment { clock: self.clock.clone(), process, ..Environment::system() };
        let builder = AiPass::builder("client_123", "myapp://auth/callback").provider(AI_PASS.clone()).store(store);
        builder.scripted(transport, environment).build().unwrap()
    }

    fn client_of(&self, process: ProcessId, provider: Provider, store: Arc<dyn SessionStore>) -> AiPass {
        let environment = Environment { clock: self.clock.clone(), process, ..Environment::system() };
        AiPass::builder("client_123", "myapp://auth/callback")
            .provider(provider)
            .store(store)
            .scripted(self.transport.clone(), environment)
            .build()
            .unwrap()
    }

    pub async fn signed_in(&self) -> AiPass {
        let ai = self.client();
        sign_in(&ai).await;
        ai
    }

    /// Another process changed what is stored.
    pub fn rewrite_record(&self, change: impl FnOnce(&mut Value)) {
        self.store.rewrite(change);
    }

    pub fn token_requests(&self) -> usize {
        self.transport.count(TOKEN)
    }
}

/// Begins a sign-in and returns its callback.
pub async fn begin(ai: &AiPass) -> String {
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let state = request.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    format!("myapp://auth/callback?code=the-code&state={state}")
}

pub async fn sign_in(ai: &AiPass) {
    let callback = begin(ai).await;
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
}

/// Lets what runs beside go on until it waits for time.
pub async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// A call that needs a token, on a task of its own.
pub fn ask(ai: &AiPass) -> JoinHandle<Result<Secret>> {
    let ai = ai.clone();
    tokio::spawn(async move { ai.access_token(Duration::ZERO).await })
}

/// The wall clock: moves with tokio's paused clock, and can be set.
pub struct TestClock {
    started: tokio::time::Instant,
    set_ms: AtomicI64,
}

impl TestClock {
    fn new() -> Self {
        Self { started: tokio::time::Instant::now(), set_ms: AtomicI64::new(0) }
    }

    /// The time where the server is, whatever the device's clock says.
    pub fn true_time(&self) -> Timestamp {
        Timestamp(1_790_000_000_000).plus(self.started.elapsed())
    }

    /// The user moves the device's clock.
    pub fn set_by_hours(&self, hours: i64) {
        self.set_by_seconds(hours * 3_600);
    }

    pub fn set_by_seconds(&self, seconds: i64) {
        self.set_ms.store(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.true_time().0 + self.set_ms.load(Ordering::SeqCst))
    }
}

pub struct Server {
    clock: Arc<TestClock>,
    state: Mutex<ServerState>,
}

pub struct ServerState {
    issued: u32,
    refresh_token: String,
    pub live: HashSet<String>,
    pub revoked: Vec<String>,
    pub expires_in: Value,
    pub token_takes: Duration,
    /// Status and body of the next token responses, taken before the answers below.
    pub token_bodies: VecDeque<(u16, String)>,
    /// What the token endpoint answers next instead of tokens.
    pub token_answers: VecDeque<fn() -> Scripted>,
    pub revoke_answers: VecDeque<fn() -> Scripted>,
    /// What the API answers next to a token that it accepts.
    pub api_answers: VecDeque<Scripted>,
    /// What other hosts answer next.
    pub elsewhere_answers: VecDeque<Scripted>,
    pub gives_refresh_token: bool,
    /// A refresh answers the same access token again, with all the rest new.
    pub keeps_access_token: bool,
    pub rotates_refresh_token: bool,
    /// Who signs in next, if userinfo tells it.
    pub user: Option<&'static str>,
    owners: HashMap<String, &'static str>,
    pub sends_date: bool,
    /// The API refuses every token.
    pub refuses_all: bool,
}

impl Default for ServerState {
    fn default() -> Self {
        Self {
            issued: 0,
            refresh_token: String::new(),
            live: HashSet::new(),
            revoked: Vec::new(),
            expires_in: json!(3600),
            token_takes: Duration::ZERO,
            token_bodies: VecDeque::new(),
            token_answers: VecDeque::new(),
            revoke_answers: VecDeque::new(),
            api_answers: VecDeque::new(),
            elsewhere_answers: VecDeque::new(),
            gives_refresh_token: true,
            keeps_access_token: false,
            rotates_refresh_token: true,
            user: None,
            owners: HashMap::new(),
            sends_date: true,
            refuses_all: false,
        }
    }
}

impl Server {
    pub fn set(&self, change: impl FnOnce(&mut ServerState)) {
        change(&mut self.state.lock().unwrap());
    }

    /// The next token requests are answered like this.
    pub fn answer_token_requests(&self, answers: &[fn() -> Scripted]) {
        self.set(|state| state.token_answers.extend(answers));
    }

    pub fn expire_access_tokens(&self) {
        self.set(|state| state.live.clear());
    }

    pub fn revoked(&self) -> Vec<String> {
        self.state.lock().unwrap().revoked.clone()
    }

    /// What another process would get if it refreshed now.
    pub fn rotate_elsewhere(&self) -> (String, String) {
        let issued = self.state.lock().unwrap().issue();
        (issued["access_token"].as_str().unwrap().into(), issued["refresh_token"].as_str().unwrap().into())
    }

    /// The refresh token that works.
    pub fn refresh_token(&self) -> String {
        self.state.lock().unwrap().refresh_token.clone()
    }

    pub async fn handle(self: Arc<Self>, request: Request<Bytes>) -> Scripted {
        let answer = match request.uri().path() {
            TOKEN => self.token(&request).await,
            REVOKE => self.revoke(&request),
            _ if request.uri().host() != Some("aipass.one") => {
                let scripted = self.state.lock().unwrap().elsewhere_answers.pop_front();
                scripted.unwrap_or_else(|| answer(200, "from elsewhere"))
            }
            _ => self.api(&request),
        };
        if self.state.lock().unwrap().sends_date {
            let date = httpdate::fmt_http_date(self.clock.true_time().to_system_time());
            return with_header(answer, "date", &date);
        }
        answer
    }

    async fn token(&self, request: &Request<Bytes>) -> Scripted {
        let pause = self.state.lock().unwrap().token_takes;
        tokio::time::sleep(pause).await;
        let mut state = self.state.lock().unwrap();
        if let Some((status, body)) = state.token_bodies.pop_front() {
            return answer(status, body);
        }
        if let Some(answer) = state.token_answers.pop_front() {
            return answer();
        }
        let fields: Value = serde_json::from_slice(request.body()).unwrap();
        if fields["grantType"] == "refresh_token" && fields["refreshToken"] != state.refresh_token.as_str() {
            return answer(400, r#"{"error":"invalid_grant"}"#);
        }
        answer(200, state.issue().to_string())
    }

    fn revoke(&self, request: &Request<Bytes>) -> Scripted {
        let mut state = self.state.lock().unwrap();
        let refused = state.revoke_answers.pop_front();
        if let Some(answer) = refused {
            return answer();
        }
        let parameters = format!("{}&{}", request.uri().query().unwrap_or(""), String::from_utf8_lossy(request.body()));
        let token = parameters.split('&').find_map(|parameter| parameter.strip_prefix("token=")).unwrap();
        state.revoked.push(token.to_owned());
        answer(200, "")
    }

    fn api(&self, request: &Request<Bytes>) -> Scripted {
        let mut state = self.state.lock().unwrap();
        let token = request.headers().get("authorization").map(|value| value.to_str().unwrap());
        let token = token.map(|value| value.trim_start_matches("Bearer "));
        if state.refuses_all || !token.is_some_and(|token| state.live.contains(token)) {
            return answer(401, r#"{"error":"invalid_token"}"#);
        }
        if request.uri().path() == USERINFO {
            let user = token.and_then(|token| state.owners.get(token));
            return user.map_or_else(|| answer(403, ""), |user| answer(200, json!({"sub": user}).to_string()));
        }
        if let Some(answer) = state.api_answers.pop_front() {
            return answer;
        }
        answer(200, r#"{"success":true,"data":{"totalCost":1,"maxBudget":10,"remainingBudget":9}}"#)
    }
}

impl ServerState {
    fn issue(&mut self) -> Value {
        self.issued += 1;
        let access_token = match self.keeps_access_token {
            true => "access-same".to_owned(),
            false => format!("access-{}", self.issued),
        };
        self.live.insert(access_token.clone());
        if let Some(user) = self.user {
            self.owners.insert(access_token.clone(), user);
        }
        let mut tokens = json!({"access_token": access_token, "token_type": "Bearer", "expires_in": self.expires_in});
        if self.gives_refresh_token {
            if self.rotates_refresh_token || self.refresh_token.is_empty() {
                self.refresh_token = format!("refresh-{}", self.issued);
            }
            tokens["refresh_token"] = json!(self.refresh_token);
        }
        tokens
    }
}

/// A store in memory that can be made to fail.
#[derive(Default)]
pub struct FlakyStore {
    inner: MemoryStore,
    key: Mutex<Option<String>>,
    failing_writes: AtomicUsize,
    pub failure: Mutex<Option<StoreError>>,
}

impl FlakyStore {
    /// The next writes fail.
    pub fn fail_writes(&self, failing: usize) {
        self.failing_writes.store(failing, Ordering::SeqCst);
    }

    pub fn fail_with(&self, failure: Option<StoreError>) {
        *self.failure.lock().unwrap() = failure;
    }

    /// The record as it is stored.
    pub fn record(&self) -> Option<Value> {
        let key = self.key.lock().unwrap().clone()?;
        let stored = self.inner.load(key).unwrap()?;
        Some(serde_json::from_slice(&stored.bytes).unwrap())
    }

    fn rewrite(&self, change: impl FnOnce(&mut Value)) {
        let key = self.key.lock().unwrap().clone().unwrap();
        let stored = self.inner.load(key.clone()).unwrap().unwrap();
        let mut record = serde_json::from_slice(&stored.bytes).unwrap();
        change(&mut record);
        self.inner.compare_and_swap(key, Some(stored.version), record.to_string().into_bytes()).unwrap();
    }

    fn check(&self) -> Result<(), StoreError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl SessionStore for FlakyStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.check()?;
        *self.key.lock().unwrap() = Some(key.clone());
        self.inner.load(key)
    }

    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.check()?;
        let fails = |left: usize| left.checked_sub(1);
        if self.failing_writes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
            return Err(StoreError::Full { detail: "no room".into() });
        }
        self.inner.compare_and_swap(key, expected_version, bytes)
    }

    /// Needs no key: also what cannot be read can be removed.
    fn delete(&self, key: String) -> Result<(), StoreError> {
        match self.check() {
            Err(StoreError::KeyLost { .. }) | Ok(()) => self.inner.delete(key),
            Err(error) => Err(error),
        }
    }
}

/// Milliseconds since 1970 on the device's clock.
pub fn device_ms(clock: &TestClock) -> i64 {
    clock.now().0
}
