//! The balance as a stream: what is known now, and each change. Costs nothing while nobody listens.
//!
//! | what happens | the stream |
//! |---|---|
//! | it is begun | the balance in memory, or none; it is fetched if it is unknown or older than `Config::balance_max_age` |
//! | a paid call begins or ends | an estimate: the last figures less the known cost. Fetched again, at most once a minute |
//! | `resumed()` | fetched again at once |
//! | `resumed()` after `checkout_url` | the same, and then each minute until the budget has risen, five times in all |
//! | a fetch fails | the last figures, with the error's code; tried again after 2, 4, 8 and then each 15 minutes |
//! | sign-out, another user | none at once; then the other user's |
//! | it is cancelled or dropped | its fetch ends, unless another stream waits for it too |
//!
//! [`Balances::next`] does all of it while it waits: a stream that nobody asks sends nothing and has no timer.

use super::book::{BalanceBook, Known, NextFetch};
use super::{Balance, balance_url};
use crate::client::AiPass;
use crate::client::call::Account;
use crate::client::runtime::AbortOnDrop;
use crate::environment::Instant;
use crate::error::{Error, Result};
use crate::net::cancellation::Cancellation;
use rust_decimal::Decimal;
use std::sync::Arc;
use tokio::sync::{Mutex, watch};

/// The balance, as far as it is known on this device.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct BalanceUpdate {
    /// What was spent and what is left; `None` if no user is signed in, or if it is not known yet.
    pub balance: Option<Balance>,
    /// Whether calls that cost money began or ended since the provider told the figures. What they are known to have
    /// cost is taken off; what a call cost without saying so is not, so less may be left.
    pub is_estimate: bool,
    /// Whether less is left than the threshold that the stream was begun with. `false` without a threshold, without a
    /// limit, and while the balance is not known.
    pub is_low: bool,
    /// The [`code`](Error::code) of the error with which the last fetch failed; `None` if it did not. The figures are
    /// older then. The stream goes on and tries again.
    pub error_code: Option<String>,
}

/// The balance as it changes; see [`AiPass::balances`].
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Balances {
    ai: AiPass,
    low_below: Option<Decimal>,
    listener: Mutex<Option<Listener>>,
    closed: Arc<Cancellation>,
}

struct Listener {
    /// What was returned last.
    last: Option<BalanceUpdate>,
    changes: watch::Receiver<()>,
    accounts: watch::Receiver<Option<String>>,
    resumptions: watch::Receiver<u64>,
    /// Keeps a fetch running.
    fetch: Option<Arc<AbortOnDrop>>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// The balance: what is known now, and then each change. After a call that costs money it is an estimate, lowered
    /// by the call's cost if the provider told it, until the balance was fetched again. While somebody listens, it is
    /// fetched at most once a minute, and besides whenever [`resumed`](Self::resumed) says that the app came back, as
    /// from a page of [`checkout_url`](Self::checkout_url). Without a listener nothing is sent.
    ///
    /// [`BalanceUpdate::is_low`] says when less than `low_below` US dollars are left. Calls of another client, and of
    /// other devices, show when the balance is fetched the next time.
    pub fn balances(&self, low_below: Option<Decimal>) -> Balances {
        Balances { ai: self.clone(), low_below, listener: Mutex::default(), closed: Cancellation::new() }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Balances {
    /// At the first call what is known now, which may be nothing, then the next change; `None` after
    /// [`cancel`](Self::cancel). Only the newest is returned: what was replaced meanwhile is left out.
    ///
    /// # Errors
    /// [`Error::Unsupported`] with a provider other than AI Pass; [`Error::Storage`] if the store cannot be read the
    /// first time. A fetch that fails is no error: see [`BalanceUpdate::error_code`]. After an error this can be called
    /// again.
    pub async fn next(&self) -> Result<Option<BalanceUpdate>> {
        if self.closed.is_cancelled() {
            return Ok(None);
        }
        balance_url(&self.ai)?;
        let mut listener = self.listener.lock().await;
        let update = tokio::select! {
            biased;
            () = self.closed.cancelled() => None,
            update = self.next_change(listener.get_or_insert_with(|| Listener::new(&self.ai))) => Some(update?),
        };
        if self.closed.is_cancelled() {
            *listener = None;
            return Ok(None);
        }
        Ok(update)
    }

    /// A [`next`](Self::next) that is waiting returns `None`, and so does every later one. A fetch that runs for this
    /// stream alone is ended.
    pub fn cancel(&self) {
        self.closed.cancel();
        if let Ok(mut listener) = self.listener.try_lock() {
            *listener = None; // otherwise the `next` that holds it does this
        }
    }
}

impl Balances {
    async fn next_change(&self, listener: &mut Listener) -> Result<BalanceUpdate> {
        let book = self.ai.balance_book();
        loop {
            listener.mark_seen();
            let account = self.ai.run(|ai| async move { ai.account().await }).await?;
            if listener.last.is_none() {
                book.look(&account, self.ai.now(), self.ai.config().balance_max_age);
            }
            let update = self.update(book.known(&account));
            let due = self.fetch_if_due(&book, &account, listener)?;
            if listener.last.as_ref() != Some(&update) {
                listener.last = Some(update.clone());
                return Ok(update);
            }
            tokio::select! {
                changed = listener.changes.changed() => changed.map_err(gone)?,
                changed = listener.accounts.changed() => changed.map_err(gone)?,
                changed = listener.resumptions.changed() => changed.map_err(gone)?,
                waited = self.wait_until(due) => waited?,
            }
        }
    }

    /// Begins a fetch, or holds the one that runs, if the balance is out of date. Returns when to look again.
    fn fetch_if_due(
        &self,
        book: &Arc<BalanceBook>,
        account: &Account,
        listener: &mut Listener,
    ) -> Result<Option<Instant>> {
        let resumptions = *listener.resumptions.borrow();
        match book.next_fetch(account, resumptions) {
            NextFetch::None => listener.fetch = None,
            NextFetch::Running(task) => listener.fetch = task,
            NextFetch::At(due) => return Ok(Some(due)),
            NextFetch::Now => {
                let fetch = book.begin(account.clone(), resumptions);
                let (ai, number) = (self.ai.clone(), fetch.number());
                let task = self.ai.run_while_held(async move {
                    let balance = ai.run(|ai| async move { ai.ask_for_balance().await }).await;
                    fetch.end(&balance, ai.now());
                });
                let task = Arc::new(task?);
                book.set_task(number, &task);
                listener.fetch = Some(task);
            }
        }
        Ok(None)
    }

    fn update(&self, known: Known) -> BalanceUpdate {
        let Known { balance, is_estimate, error_code } = known;
        let remaining = balance.and_then(|balance| balance.remaining_budget);
        let is_low = self.low_below.zip(remaining).is_some_and(|(low_below, remaining)| remaining < low_below);
        BalanceUpdate { balance, is_estimate, is_low, error_code }
    }

    async fn wait_until(&self, due: Option<Instant>) -> Result<()> {
        let Some(due) = due else { return std::future::pending().await };
        // On the library's runtime: a foreign thread that polls this has no timer.
        let wait = async move {
            tokio::time::sleep_until(due).await;
            Ok(())
        };
        self.ai.run_unlimited(|_| wait).await
    }
}

impl Listener {
    fn new(ai: &AiPass) -> Self {
        Self {
            last: None,
            changes: ai.balance_book().subscribe(),
            accounts: ai.watch_account(),
            resumptions: ai.watch_resumptions(),
            fetch: None,
        }
    }

    /// What changes from here on wakes the listener.
    fn mark_seen(&mut self) {
        self.changes.mark_unchanged();
        self.accounts.mark_unchanged();
        self.resumptions.mark_unchanged();
    }
}

fn gone(_: watch::error::RecvError) -> Error {
    Error::internal("the client is gone")
}

impl std::fmt::Debug for Balances {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Balances")
    }
}
