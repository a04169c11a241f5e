//! What a host app holds: one [`AiPass`] per account.
//!
//! # What is here, and what is not
//! - [`builder`]: makes a client, and refuses settings that cannot work.
//! - [`sign_in`]: signing in and out, the session's state, access tokens. Each method passes on to [`Session`].
//! - [`client_credentials`]: a token of the program's own, without a user.
//! - `end_session` (feature `openid`): the URL that ends the user's session at the provider.
//! - `device`: signing in with a code that the user enters on another device.
//! - [`tokens`]: the state and the revocation of tokens that a program in Rust names.
//! - [`session_info`], [`diagnostics`]: what an app shows in its settings and in a support form.
//! - [`call`]: an authenticated call, with one refresh and one repeat after a 401 (L4).
//! - [`discovery`]: makes a provider out of what a server says of itself, before there is a client.
//! - `registration`: registers a client at a provider, before there is a client id.
//! - [`runtime`]: where the work runs. [`cache`]: the model catalogue and what is known of the balance.
//!
//! The calls to models are further `impl AiPass` blocks in `gateway/`, each beside its request and response types.
//!
//! # The way of a call
//! 1. The method in `gateway/` checks its arguments and encodes the request (P8).
//! 2. [`AiPass::run`] puts it on the library's runtime, within one time limit and one cancellation (P3).
//! 3. [`AiPass::call_api`] gets the access token from the [`Session`], adds the provider's headers, and sends the request
//!    through [`HttpClient::send`], which repeats it where `core/src/net/retry.rs` allows (P1, P2).
//! 4. The method reads the response, or makes the error that the app gets.

mod builder;
mod cache;
pub(crate) mod call;
mod client_credentials;
#[cfg(feature = "device-authorization")]
mod device;
mod diagnostics;
mod discovered;
mod discovery;
#[cfg(feature = "openid")]
mod end_session;
#[cfg(feature = "loopback")]
mod loopback;
pub(crate) mod payer;
#[cfg(feature = "registration")]
mod registration;
pub(crate) mod runtime;
mod session_info;
mod sign_in;
mod tokens;

pub use builder::AiPassBuilder;
pub use diagnostics::Diagnostics;
pub use discovery::{DiscoverySettings, ServerMetadata};
#[cfg(feature = "loopback")]
pub use loopback::LoopbackListener;
#[cfg(feature = "registration")]
pub use registration::ClientRegistration;
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
use runtime::{AbortOnDrop, Runtime};
use rust_decimal::Decimal;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

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
    inner: Arc<Inner>,
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
    /// Model catalogue, what is known of the balance. Each entry belongs to one account.
    cache: Cache,
    /// How often the app came back to the front.
    resumptions: watch::Sender<u64>,
}

/// Options for the calls of a client that [`AiPass::with`] returns. If a field is `None`, the [`Config`] decides.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CallOptions {
    /// How long the whole call may take, with its retries.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub timeout: Option<Duration>,
    /// Ends the call from outside.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cancellation: Option<Arc<Cancellation>>,
    /// Whether a paid call that was rate limited is sent again, at most twice.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub retry_rate_limited: Option<bool>,
    /// Counts uploads and downloads.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub progress: Option<Arc<TransferProgress>>,
    /// The most that each paid call may cost, in US dollars, in place of [`SpendLimits::per_call`](crate::SpendLimits).
    /// It is compared with the call's estimate before anything is sent: a call over it, or of unknown price, is
    /// [`Error::SpendLimit`].
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_cost: Option<Decimal>,
}

impl AiPass {
    /// A builder of a client, for the app that is registered as `client_id` with `redirect_uri`, such as
    /// `myapp://auth/callback`.
    pub fn builder(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> AiPassBuilder {
        AiPassBuilder::new(client_id.into(), redirect_uri.into())
    }

    /// Runs a call on the library's runtime, within one time limit over all that it sends, and with its cancellation. If the
    /// caller drops the future, the call ends and its connection closes.
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
        self.options.timeout.unwrap_or(self.inner.config.total_timeout)
    }

    /// The same without a time limit, for calls that wait for something outside for as long as it takes.
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
        self.inner.runtime.run(cancellable).await
    }

    /// Runs `work` in the background until what is returned is dropped.
    pub(crate) fn run_while_held(&self, work: impl Future<Output = ()> + Send + 'static) -> Result<AbortOnDrop> {
        self.inner.runtime.run_while_held(work)
    }

    /// Runs something that must not be left half done: it goes on if the caller drops the future.
    async fn run_detached<T, F>(&self, work: impl FnOnce(AiPass) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        self.inner.runtime.run_detached(work(self.clone())).await
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// A client with the same session, whose calls use `options` instead of this one's.
    pub fn with(&self, options: CallOptions) -> AiPass {
        AiPass { inner: Arc::clone(&self.inner), options }
    }
}

impl std::fmt::Debug for AiPass {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "AiPass({} at {})", self.inner.client_id, self.inner.provider.issuer)
    }
}

#[cfg(test)]
pub(crate) mod tests;
