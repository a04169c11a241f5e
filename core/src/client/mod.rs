//! What a host app holds: one [`AiPass`] per account. Signing in and out, the session's state, access tokens, diagnostics.
//! The calls to models are further `impl AiPass` blocks in `gateway/`.

mod builder;
mod cache;
pub(crate) mod call;
mod diagnostics;
#[cfg(feature = "loopback")]
mod loopback;

pub(crate) mod runtime;
mod session_info;
mod sign_in;

pub use builder::AiPassBuilder;
pub use diagnostics::Diagnostics;
#[cfg(feature = "loopback")]
pub use loopback::LoopbackListener;
pub use session_info::SessionInfo;
pub use sign_in::SessionStates;

use crate::config::Config;
use crate::error::{Error, Result, TimeLimit};
use crate::net::cancellation::Cancellation;
use crate::net::progress::TransferProgress;
use crate::net::{HttpClient, ReqwestTransport};
use crate::provider::Provider;
use crate::session::Session;

use cache::Cache;
use runtime::Runtime;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// A client of one account with one provider. Clients of the same account share its session if they share its store.
///
/// ```no_run
/// # async fn example() -> aipass::Result<()> {
/// use aipass::{AiPass, SignInOptions};
///
/// let ai = AiPass::builder("client_123", "myapp://auth/callback").build()?;
/// let request = ai.begin_sign_in(SignInOptions::default()).await?;
/// println!("open {}", request.url);
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct AiPass {
    core: Arc<Inner>,
    pub(crate) options: CallOptions,
}

struct Inner {
    session: Arc<Session>,
    provider: Arc<Provider>,
    client_id: String,
    account_label: String,
    config: Config,
    http: HttpClient,
    /// The same transport as in `http`, for diagnostics.
    network: Arc<ReqwestTransport>,
    runtime: Runtime,
    /// Balance, model catalogue. Each entry belongs to one account.
    cache: Cache,
}

/// How calls behave that are made through [`AiPass::with`]. What is `None` is as the [`Config`] says.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CallOptions {
    /// The whole call, with its retries, may take this long.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub timeout: Option<Duration>,
    /// Ends the call from outside.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cancellation: Option<Arc<Cancellation>>,
    /// Whether a paid call that was rate limited is sent again, at most twice.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub retry_rate_limited: Option<bool>,
    /// Tells how far uploads and downloads are.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub progress: Option<Arc<TransferProgress>>,
}

impl AiPass {
    /// Begins to make a client for the app that is registered as `client_id` with `redirect_uri`, such as
    /// `myapp://auth/callback`.
    pub fn builder(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> AiPassBuilder {
        AiPassBuilder::new(client_id.into(), redirect_uri.into())
    }

    /// Runs a call on the library's runtime, within the whole call's limits: one time limit over all that it sends, and its
    /// cancellation. If the caller goes away, the call is ended and its connection closed.
    pub(crate) async fn run<T, F>(&self, call: impl FnOnce(AiPass) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let limit = self.time_limit();
        self.run_unlimited(|ai| {
            let call = Box::pin(call(ai));
            async move {
                let done = tokio::time::timeout(limit, call).await; // in here, because it needs the runtime around it
                done.unwrap_or(Err(Error::Timeout { limit: TimeLimit::Total, after: limit, last_status: None }))
            }
        })
        .await
    }

    /// How long a whole call may take.
    pub(crate) fn time_limit(&self) -> Duration {
        self.options.timeout.unwrap_or(self.core.config.total_timeout)
    }

    /// The same for what waits for something outside, and may wait for long: it has no time limit of its own.
    pub(crate) async fn run_unlimited<T, F>(&self, wait: impl FnOnce(AiPass) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let cancellation = self.options.cancellation.clone();
        // Boxed: nested calls make this future too large for small stacks.
        let wait = Box::pin(wait(self.clone()));
        let cancellable = async move {
            match &cancellation {
                None => wait.await,
                Some(cancellation) => tokio::select! {
                    biased;
                    () = cancellation.cancelled() => Err(Error::Cancelled),
                    done = wait => done,
                },
            }
        };
        self.core.runtime.run(cancellable).await
    }

    /// Runs something that must not be left half done: it goes on when the caller goes away.
    async fn run_detached<T, F>(&self, work: impl FnOnce(AiPass) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        self.core.runtime.run_detached(work(self.clone())).await
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// The same client, whose calls behave as `options` says.
    pub fn with(&self, options: CallOptions) -> AiPass {
        AiPass { core: Arc::clone(&self.core), options }
    }
}

impl std::fmt::Debug for AiPass {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "AiPass({} at {})", self.core.client_id, self.core.provider.issuer)
    }
}

#[cfg(test)]
pub(crate) mod tests;
