//! A provider, a folder with one sealed session, and the app that starts next.

use crate::victim::Victim;
use aipass::{AiPass, Provider, SealedFileStore, SessionState, SessionStore, SignInOptions};
use aipass_sandbox::{Sandbox, user_agent};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// Kills of each kind, unless AIPASS_KILLS says otherwise.
const KILLS: usize = 120;

/// How long the connections of a killed client may take to end.
const MAX_ENDING: Duration = Duration::from_secs(180);

pub struct World {
    pub sandbox: Sandbox,
    pub folder: TempDir,
    name: &'static str,
    seed: u64,
}

/// What the next process finds where a user was signed in.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Both stored tokens work.
    LiveTokens,
    /// Neither does.
    DeadTokens,
}

impl World {
    pub async fn new(name: &'static str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
        let seed = number("AIPASS_KILLS_SEED").unwrap_or(now);
        let sandbox = Sandbox::builder().start().await.unwrap();
        Self { sandbox, folder: TempDir::new().unwrap(), name, seed }
    }

    /// Random instants within a step, up to a little more than it takes without a kill: 1.2 times the median, because a
    /// single stall of the machine would spread them over a time in which nothing happens.
    pub async fn instants(&self, step: &str) -> Vec<Duration> {
        let mut samples = Vec::new();
        for _ in 0..5 {
            if step != "sign-in" {
                self.sign_in().await;
            }
            samples.push(Victim::start(self, step).await.undisturbed().await);
            self.sign_out().await;
        }
        samples.sort();
        let median = samples[samples.len() / 2];
        let kills = number("AIPASS_KILLS").map_or(KILLS, |kills| kills as usize);
        let mut random = self.seed;
        (0..kills).map(|_| median.mul_f64(1.2 * unit(&mut random))).collect()
    }

    /// Waits until the provider has read all that the killed process wrote: a request can still be in a socket.
    pub async fn connections_end(&self) {
        let ended = async {
            // This connection is accepted after those of the killed process, which are counted by then.
            self.works("no token").await;
            while self.sandbox.connections_open() > 0 {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(MAX_ENDING, ended).await.expect("a connection of the dead stays open");
    }

    /// The app as it starts after a kill: all it knows is in the file.
    pub fn next_start(&self) -> AiPass {
        self.app_over(Arc::new(SealedFileStore::open(self.folder.path(), &[7; 32]).unwrap()))
    }

    /// The same over a store object of the test's own.
    pub fn app_over(&self, store: Arc<dyn SessionStore>) -> AiPass {
        AiPass::builder("client_123", "myapp://auth/callback")
            .provider(Provider::ai_pass_at(self.sandbox.base_url().as_str()).unwrap())
            .store(store)
            .build()
            .unwrap()
    }

    pub async fn sign_in(&self) {
        let ai = self.next_start();
        let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
        let callback = user_agent::consent(&request.url).await.unwrap();
        ai.complete_sign_in(callback.to_string()).await.unwrap();
    }

    pub async fn sign_out(&self) {
        self.next_start().sign_out().await.unwrap();
    }

    /// Whether the stored tokens live. Ends the session: only if no token lives after its own were revoked, they were the living
    /// ones.
    pub async fn found(&self) -> Found {
        let ai = self.next_start();
        // The lease of the killed process changes nothing while the token is fresh (L15).
        let state = ai.session_state().await.unwrap();
        assert!(matches!(state, SessionState::SignedIn | SessionState::Refreshing), "found {state:?}");
        let live = self.sandbox.tokens();
        assert_eq!((live.live_access, live.live_refresh), (1, 1), "the provider holds one token set");
        let token = ai.access_token(Duration::ZERO).await.unwrap();
        let works = self.works(token.expose()).await;
        ai.sign_out().await.unwrap();
        let left = self.sandbox.tokens();
        // With dead tokens this also is reuse, which ends the whole family.
        assert_eq!((left.live_access, left.live_refresh), (0, 0), "a token set that is half old and half new");
        if works { Found::LiveTokens } else { Found::DeadTokens }
    }

    /// Whether the provider takes this access token, asked without the library: that would refresh.
    async fn works(&self, token: &str) -> bool {
        let url = self.sandbox.base_url().join("/oauth2/userinfo").unwrap();
        let http = user_agent::browser().unwrap();
        http.get(url).bearer_auth(token).send().await.unwrap().status().is_success()
    }

    /// Prints the result, also when the test passes.
    #[allow(clippy::explicit_write, reason = "the macros' output is kept back where a test passes")]
    pub fn report(&self, found: &str) {
        let (name, seed) = (self.name, self.seed);
        writeln!(std::io::stderr(), "killed while {name} (seed {seed}): {found}").unwrap();
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// From 0 up to, not including, 1: SplitMix64 (Steele, Lea, Flood 2014).
fn unit(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
