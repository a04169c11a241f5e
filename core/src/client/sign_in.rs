//! Signing in and out: the methods that an app calls.

use super::AiPass;
use super::cache::Account;
use crate::environment::Timestamp;
use crate::error::{Error, Result};
use crate::net::cancellation::Cancellation;
use crate::oauth::callback;
use crate::secret::Secret;
use crate::session::SessionState;
use crate::session::revocations::{ReplacedSignIn, SignOutReport};
use crate::session::sign_in::{SignInOptions, SignInRequest};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Begins a sign-in: open the returned URL in the system's browser. The sign-in is stored before this returns, so
    /// that it can be completed even if the app was killed meanwhile. The present session is kept until then, and stays
    /// if the user denies or cancels. Needs no network unless the parameters are sent ahead (RFC 9126).
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] for a scope, resource or parameter that cannot be sent.
    /// - [`Error::Storage`] if it cannot be stored.
    /// - If the parameters are sent ahead: [`Error::Unsupported`] if the provider does not take them;
    ///   [`Error::Offline`], [`Error::Timeout`], [`Error::RateLimited`] or [`Error::Provider`] if that failed. No sign-in
    ///   was begun then.
    pub async fn begin_sign_in(&self, options: SignInOptions) -> Result<SignInRequest> {
        self.run_detached(|ai| async move { ai.inner.session.begin_sign_in(options).await }).await
    }

    /// Completes a sign-in with the URL that the browser came back with. It goes on if the caller is cancelled, because a
    /// code works only once.
    ///
    /// # Errors
    /// - [`Error::InvalidCallback`] if the URL does not belong to a pending sign-in, or was delivered before. Nothing has
    ///   changed; the real callback can still come.
    /// - [`Error::SignInRequired`] with reason `Denied` if the user refused, and the page's own words in `detail`.
    /// - [`Error::Offline`] or [`Error::Timeout`] if the provider could not be asked: the same URL can be tried again.
    /// - [`Error::Provider`] if the provider refused the sign-in or its code; of kind `IdTokenRefused` if it sent an
    ///   id_token that cannot be trusted: its tokens were revoked. If its keys cannot be fetched, the code was not spent:
    ///   the same URL can be tried again.
    /// - [`Error::Cancelled`] if it was cancelled, or the user signed out, before it was complete.
    /// - [`Error::Storage`] if the session could not be stored; it is kept in memory and the next call tries again.
    ///
    /// If it replaces another sign-in, [`replaced_sign_in`](Self::replaced_sign_in) then says what became of that one's
    /// tokens. This call waits up to 5 s for it.
    pub async fn complete_sign_in(&self, callback_url: String) -> Result<()> {
        let callback_url = zeroize::Zeroizing::new(callback_url);
        self.run_detached(|ai| async move { ai.inner.session.complete_sign_in(&callback_url).await }).await
    }

    /// What became of the tokens of the sign-in that the last completed one replaced; `None` if it replaced none. Also
    /// `None` while the request to revoke them still runs: `complete_sign_in` waits up to 5 s for it, then it continues
    /// in the background. Kept in memory, for this process only.
    pub fn replaced_sign_in(&self) -> Option<ReplacedSignIn> {
        self.inner.session.replaced_sign_in()
    }

    /// What became of the last tokens that the provider issued and the session did not keep; `None` if it kept all. It
    /// does not keep them if their sign-in was cancelled meanwhile, if their form cannot be used, or if the session had
    /// ended. After a sign-out that failed, this is about the tokens of that session. The call itself returned its
    /// error: read this to learn whether the provider revoked the tokens. Kept in memory, for this process only.
    pub fn discarded_tokens(&self) -> Option<ReplacedSignIn> {
        self.inner.session.discarded_tokens()
    }

    /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. It does not
    /// check whether the callback is genuine: [`complete_sign_in`](Self::complete_sign_in) does.
    pub fn is_callback(&self, url: &str) -> bool {
        url.len() <= callback::MAX_CALLBACK_BYTES && self.inner.session.is_callback(url)
    }

    /// Cancels the sign-ins that were begun. Callbacks that come later are refused. The present session is kept.
    ///
    /// # Errors
    /// [`Error::Storage`] if the store cannot be written.
    pub async fn cancel_sign_in(&self) -> Result<()> {
        self.run_detached(|ai| async move { ai.inner.session.cancel_sign_in().await }).await
    }

    /// Signs out: removes the local session at once, then asks the provider to revoke its tokens and reports what it said. A
    /// provider that does not respond delays this by 20 s; the local session has ended by then.
    ///
    /// # Errors
    /// [`Error::Storage`] if the stored session could not be removed. The provider was asked all the same, and
    /// [`discarded_tokens`](Self::discarded_tokens) has its response.
    pub async fn sign_out(&self) -> Result<SignOutReport> {
        self.run_detached(|ai| async move { ai.inner.session.sign_out().await }).await
    }

    /// Removes the stored session without reading it and without asking the provider to revoke it. Use it after
    /// [`Error::Storage`] with [`KeyLost`](crate::StorageErrorKind::KeyLost) or
    /// [`Corrupt`](crate::StorageErrorKind::Corrupt).
    ///
    /// # Errors
    /// [`Error::Storage`] if it could not be removed.
    pub async fn forget_session(&self) -> Result<()> {
        self.run_detached(|ai| async move { ai.inner.session.forget().await }).await
    }

    /// Where the session stands, from memory: the store is read the first time only. All clients of one session in this
    /// process have the same state. Changes by another process are read in [`resumed`](Self::resumed), before a call
    /// that costs money, and before a call returns [`Error::SignInRequired`]. Never waits for the network.
    ///
    /// # Errors
    /// [`Error::Storage`] if the store cannot be read the first time.
    pub async fn session_state(&self) -> Result<SessionState> {
        if let Some(state) = self.inner.session.state_in_memory() {
            return Ok(state);
        }
        self.run(|ai| async move { ai.inner.session.state().await }).await
    }

    /// The session's states: the present one first, then each change.
    pub fn session_states(&self) -> SessionStates {
        SessionStates { receiver: Mutex::new(None), ai: self.clone(), closed: Cancellation::new() }
    }

    /// An access token that is valid for at least `min_ttl`, for the app's own calls to the provider's origins. The
    /// library's calls do not need it.
    ///
    /// A token that is valid for `min_ttl` is returned at once, even if a refresh is due. Otherwise the call waits for
    /// the refresh. If the provider's tokens are never valid for `min_ttl`, any valid token is returned.
    ///
    /// # Errors
    /// [`Error::SignInRequired`] if no user is signed in or the provider ended the session; [`Error::Offline`],
    /// [`Error::Timeout`], [`Error::RateLimited`] or [`Error::Provider`] if the refresh failed; [`Error::Storage`].
    pub async fn access_token(&self, min_ttl: Duration) -> Result<Secret> {
        if !self.is_cancelled()
            && let Some(token) = self.inner.session.access_token_in_memory(min_ttl)
        {
            return Ok(token);
        }
        self.run(|ai| async move { ai.inner.session.access_token(min_ttl).await }).await
    }

    /// Tells the library that the app came back to the front: connections that died while it slept are not used again, and
    /// the store is read in the background, because another process may have signed in or out. A change arrives through
    /// [`session_states`](Self::session_states). Streams of [`balances`](Self::balances) fetch the balance again.
    pub fn resumed(&self) {
        self.inner.http.transport.drop_idle_connections();
        self.inner.resumptions.send_modify(|count| *count += 1);
        let session = Arc::clone(&self.inner.session);
        self.inner.runtime.run_beside(async move { session.see_other_processes().await });
    }
}

impl AiPass {
    /// Whether a userinfo response is about the user who signed in. `account` was read before the provider was asked.
    pub(crate) fn check_subject(&self, account: &Account, subject: &str) -> Result<()> {
        account.0.as_ref().map_or(Ok(()), |grant_id| self.inner.session.check_subject(grant_id, subject))
    }

    /// Stores the account of the signed-in grant. `account` was read before the provider was asked.
    pub(crate) async fn note_account(&self, account: &Account, subject: &str) {
        if let Some(grant_id) = &account.0 {
            self.inner.session.note_account(grant_id, subject).await;
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.options.cancellation.as_ref().is_some_and(|cancellation| cancellation.is_cancelled())
    }
}

struct Receiver {
    states: watch::Receiver<SessionState>,
    /// When the session ends by itself.
    end: watch::Receiver<Option<Timestamp>>,
}

/// The session's states as they change; see [`AiPass::session_states`].
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct SessionStates {
    ai: AiPass,
    receiver: Mutex<Option<Receiver>>,
    closed: Arc<Cancellation>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl SessionStates {
    /// The present state at the first call, then the next change; `None` after [`cancel`](Self::cancel). Only the
    /// newest state is returned: states that were replaced meanwhile are left out.
    ///
    /// # Errors
    /// [`Error::Storage`] if the store cannot be read.
    pub async fn next(&self) -> Result<Option<SessionState>> {
        if self.closed.is_cancelled() {
            return Ok(None);
        }
        let mut receiver = self.receiver.lock().await;
        let session = &self.ai.inner.session;
        let Some(Receiver { states, end }) = receiver.as_mut() else {
            self.ai.session_state().await?; // the first time it reads the store
            let (mut states, end) = (session.subscribe(), session.subscribe_to_end());
            let present = *states.borrow_and_update();
            *receiver = Some(Receiver { states, end });
            return Ok(Some(present));
        };
        loop {
            end.mark_unchanged();
            tokio::select! {
                biased;
                () = self.closed.cancelled() => return Ok(None),
                changed = states.changed() => {
                    changed.map_err(|_| Error::internal("the session is gone"))?;
                    return Ok(Some(*states.borrow_and_update()));
                }
                _ = end.changed() => {}
                looked = self.wait_for_next_look() => looked?,
            }
        }
    }

    /// A [`next`](Self::next) that is waiting returns `None`, and so does every later one.
    pub fn cancel(&self) {
        self.closed.cancel();
    }
}

impl SessionStates {
    /// Waits until time alone may have changed the state, and looks at the clock.
    async fn wait_for_next_look(&self) -> Result<()> {
        let Some(wait) = self.ai.inner.session.next_look() else { return std::future::pending().await };
        let session = Arc::clone(&self.ai.inner.session);
        // On the library's runtime: a foreign thread that polls this has no timer.
        let look = async move {
            tokio::time::sleep(wait).await;
            session.look_at_clock();
            Ok(())
        };
        self.ai.inner.runtime.run(look).await
    }
}
