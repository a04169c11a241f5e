//! Ctrl-C. What is under way is dropped, which ends its requests, but for what would be lost if it were torn in two: a
//! refresh, whose old tokens are spent before the new ones are stored, and calls that were begun [`to_the_end`].

use crate::failure::{Failure, Status};
use crate::output;
use aipass::{AiPass, Error, SessionState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::signal::ctrl_c;

/// How long the end waits. A refresh that another process left behind looks like one of this process.
const MAX_WAIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);

/// Whose refresh is waited for: a run has one session at most.
static SESSION: OnceLock<AiPass> = OnceLock::new();
static CALLS: AtomicUsize = AtomicUsize::new(0);

/// Keeps the session of this client whole, whatever it does when Ctrl-C comes.
pub fn keep_whole(ai: &AiPass) {
    // A second one would be of the same session.
    let _ = SESSION.set(ai.clone());
}

/// Makes a call that the end of the program waits for, even if the caller was dropped.
pub async fn to_the_end<T: Send + 'static>(
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let under_way = UnderWay::begin();
    let call = tokio::spawn(async move {
        let _under_way = under_way;
        call.await
    });
    call.await.unwrap_or(Err(Error::Cancelled))
}

/// Runs `work` until Ctrl-C.
pub async fn unless_interrupted<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    unless_interrupted_then(work, async {}).await
}

/// Runs `work` until Ctrl-C, and then `give_up`.
pub async fn unless_interrupted_then<T>(
    work: impl Future<Output = Result<T, Failure>>,
    give_up: impl Future<Output = ()>,
) -> Result<T, Failure> {
    tokio::select! {
        // Listened for before the work begins: what it says may be answered with Ctrl-C at once.
        biased;
        Ok(()) = ctrl_c() => {}
        outcome = work => return outcome,
    }
    let ending = async {
        give_up.await;
        settled().await;
    };
    tokio::select! {
        biased;
        // A second Ctrl-C ends the program at once.
        Ok(()) = ctrl_c() => {}
        _ = tokio::time::timeout(MAX_WAIT, ending) => {}
    }
    Err(Failure::new(Status::Interrupted, "interrupted", "Interrupted."))
}

/// Waits until nothing is under way that must not be torn in two.
async fn settled() {
    let mut noted = false;
    while CALLS.load(Ordering::SeqCst) > 0 || refreshes().await {
        if !noted {
            output::note("Finishing what cannot be done twice; Ctrl-C again ends it at once.");
            noted = true;
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn refreshes() -> bool {
    match SESSION.get() {
        Some(ai) => matches!(ai.session_state().await, Ok(SessionState::Refreshing)),
        None => false,
    }
}

/// A call that is counted as long as it runs.
struct UnderWay;

impl UnderWay {
    fn begin() -> Self {
        CALLS.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        CALLS.fetch_sub(1, Ordering::SeqCst);
    }
}
