//! A provider made of a few counters, a store that can fail, and a clock that can be set.

mod server;
mod store;

pub use server::Server;
pub use store::FlakyStore;

use crate::environment::{Clock, Environment, ProcessId, Timestamp};
use crate::net::scripted::ScriptedTransport;
use crate::session::store::SessionStore;
use crate::{AiPass, AiPassBuilder, Provider, Result, Secret, SessionState, SignInOptions};
use serde_json::Value;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Read once: parsing its URLs takes a good part of a short test.
static AI_PASS: LazyLock<Provider> = LazyLock::new(Provider::ai_pass);

pub const HOUR: Duration = Duration::from_secs(3600);
pub const TOKEN: &str = "/oauth2/token";
#[cfg(feature = "device-authorization")]
pub const DEVICE: &str = "/oauth2/device/code";
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
        self.another_process_with(AI_PASS.clone())
    }

    pub fn another_process_with(&self, provider: Provider) -> AiPass {
        self.client_of(ProcessId::new(), provider, self.store.clone())
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
        builder().provider(provider).store(store).scripted(self.transport.clone(), environment).build().unwrap()
    }

    /// A client of this process with settings of its own.
    pub fn client_built(&self, builder: AiPassBuilder) -> AiPass {
        self.built_in(self.process.clone(), self.store.clone(), builder)
    }

    /// The same in another process.
    pub fn another_process_built(&self, builder: AiPassBuilder) -> AiPass {
        self.built_in(ProcessId::new(), self.store.clone(), builder)
    }

    /// The same with a store of its own.
    pub fn another_process_over(&self, store: Arc<dyn SessionStore>, builder: AiPassBuilder) -> AiPass {
        self.built_in(ProcessId::new(), store, builder)
    }

    fn built_in(&self, process: ProcessId, store: Arc<dyn SessionStore>, builder: AiPassBuilder) -> AiPass {
        let environment = Environment { clock: self.clock.clone(), process, ..Environment::system() };
        builder.store(store).scripted(self.transport.clone(), environment).build().unwrap()
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

/// The settings that all clients have.
pub fn builder() -> AiPassBuilder {
    AiPass::builder("client_123", "myapp://auth/callback")
}

/// Begins a sign-in and returns its callback.
pub async fn begin(ai: &AiPass) -> String {
    begin_with(ai, SignInOptions::default()).await
}

pub async fn begin_with(ai: &AiPass, options: SignInOptions) -> String {
    let request = ai.begin_sign_in(options).await.unwrap();
    let state = request.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    format!("myapp://auth/callback?code=the-code&state={state}")
}

pub async fn sign_in(ai: &AiPass) {
    let callback = begin(ai).await;
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
}

/// Signs in, and the store fails to write the tokens once.
pub async fn sign_in_unsaved(world: &World, ai: &AiPass, store: &FlakyStore) {
    let callback = begin(ai).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    let completing = tokio::spawn({
        let ai = ai.clone();
        async move { ai.complete_sign_in(callback).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    store.fail_writes(1);
    assert_eq!(completing.await.unwrap().unwrap_err().code(), "storage_full");
    world.server.set(|state| state.token_takes = Duration::ZERO);
}

/// Time passes until the token has expired, and a call asks for one.
pub async fn expire_and_ask(ai: &AiPass) -> String {
    tokio::time::advance(2 * HOUR).await;
    ai.access_token(Duration::ZERO).await.unwrap().expose().to_owned()
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
    pub fn new() -> Self {
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

/// Milliseconds since 1970 on the device's clock.
pub fn device_ms(clock: &TestClock) -> i64 {
    clock.now().0
}
