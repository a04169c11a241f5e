//! What is known of the balance on this device: the provider's last figures, and what was spent since. All calls and
//! streams of a client share one book. It is of one account at a time: what is said of another one changes nothing (L10).

use super::Balance;
use crate::client::call::Account;
use crate::client::runtime::AbortOnDrop;
use crate::environment::{Instant, Moment, Timestamp};
use crate::error::Result;
use rust_decimal::Decimal;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// The least time from one fetch to the next. After each failure it is doubled.
const FETCH_INTERVAL: Duration = Duration::from_secs(60);
const MAX_FETCH_INTERVAL: Duration = Duration::from_secs(15 * 60);

/// A payment may arrive after the user: the balance is fetched so often until it has risen.
const FETCHES_AFTER_CHECKOUT: u32 = 5;

/// The book, and who waits for its changes.
#[derive(Default)]
pub(super) struct BalanceBook {
    pages: Mutex<Pages>,
    changes: watch::Sender<()>,
}

#[derive(Default)]
struct Pages {
    account: Account,
    fetched: Option<Fetched>,
    /// How many times a call that costs money began or ended.
    spendings: u64,
    /// What these calls cost together, as far as it is known.
    spent: Decimal,
    /// It may have changed without a call of this client.
    is_out_of_date: bool,
    top_up: Option<TopUp>,
    /// The last fetch that was begun, and how many fetches failed since the last one that did not.
    last: Attempt,
    failures: u32,
    error_code: Option<String>,
    running: Option<Running>,
    /// The number of the newest fetch.
    fetches: u64,
}

/// The provider's figures, and how many spendings and how much of what was spent came before them.
#[derive(Clone, Copy)]
struct Fetched {
    balance: Balance,
    learned: Moment,
    number: u64,
    spendings: u64,
    spent: Decimal,
}

/// When a fetch was begun, and how often the app had come back to the front by then.
#[derive(Clone, Copy, Default)]
struct Attempt {
    at: Option<Instant>,
    resumptions: u64,
}

struct Running {
    number: u64,
    task: Weak<AbortOnDrop>,
}

/// The page of a payment was opened.
struct TopUp {
    before: Option<Balance>,
    /// How often the app had come back to the front by then.
    resumptions: u64,
    fetches_left: u32,
}

/// A balance, with what is known to have been spent since it was fetched.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub balance: Option<Balance>,
    pub is_estimate: bool,
    pub error_code: Option<String>,
}

/// What a stream does about a balance that is out of date.
pub(super) enum NextFetch {
    /// Nothing: it is not out of date, or no user is signed in.
    None,
    /// One is running: hold it, if it is a stream's.
    Running(Option<Arc<AbortOnDrop>>),
    At(Instant),
    Now,
}

/// A fetch that has begun. One that is dropped before it has ended counts as never begun.
pub(super) struct Fetch {
    book: Arc<BalanceBook>,
    account: Account,
    number: u64,
    spendings: u64,
    spent: Decimal,
    resumptions: u64,
    before: Attempt,
}

impl BalanceBook {
    pub fn subscribe(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// The provider's figures, if they are not older than `max_age`, nothing was spent since, and no payment may have come.
    pub fn fresh(&self, account: &Account, resumptions: u64, now: Timestamp, max_age: Duration) -> Option<Balance> {
        let pages = self.pages();
        let fetched = pages.fetched.filter(|_| pages.account == *account)?;
        let may_be_paid = pages.top_up.as_ref().is_some_and(|top_up| top_up.resumptions < resumptions);
        let is_fresh = fetched.spendings == pages.spendings && fetched.learned.age(now) <= max_age;
        (is_fresh && !may_be_paid).then_some(fetched.balance)
    }

    /// A call that costs money begins, or ends having cost this much.
    pub fn spend(&self, account: &Account, cost: Option<Decimal>) {
        self.change(account, |pages| {
            pages.spendings += 1;
            pages.spent = pages.spent.saturating_add(cost.unwrap_or_default());
        });
    }

    /// The page of a payment was opened.
    pub fn expect_top_up(&self, account: &Account, resumptions: u64) {
        let mut pages = self.pages();
        pages.turn_to(account);
        let before = pages.fetched.map(|fetched| fetched.balance);
        pages.top_up = Some(TopUp { before, resumptions, fetches_left: FETCHES_AFTER_CHECKOUT });
    }

    /// Somebody begins to look at figures that are older than `max_age`.
    pub fn look(&self, account: &Account, now: Timestamp, max_age: Duration) {
        let mut pages = self.pages();
        if pages.account == *account && pages.fetched.is_some_and(|fetched| fetched.learned.age(now) > max_age) {
            pages.is_out_of_date = true;
        }
    }

    pub fn known(&self, account: &Account) -> Known {
        let pages = self.pages();
        if pages.account != *account {
            return Known { balance: None, is_estimate: false, error_code: None };
        }
        Known {
            balance: pages.fetched.map(|fetched| lowered(fetched.balance, pages.spent.saturating_sub(fetched.spent))),
            is_estimate: pages.fetched.is_some_and(|fetched| fetched.spendings != pages.spendings),
            error_code: pages.error_code.clone(),
        }
    }

    pub fn next_fetch(&self, account: &Account, resumptions: u64) -> NextFetch {
        if account.0.is_none() {
            return NextFetch::None;
        }
        let pages = self.pages();
        if pages.account != *account || pages.last.resumptions < resumptions {
            return NextFetch::Now;
        }
        if let Some(running) = &pages.running {
            return NextFetch::Running(running.task.upgrade());
        }
        let is_current = pages.fetched.is_some_and(|fetched| fetched.spendings == pages.spendings);
        if is_current && !pages.is_out_of_date {
            return NextFetch::None;
        }
        let interval = FETCH_INTERVAL.saturating_mul(1 << pages.failures.min(8)).min(MAX_FETCH_INTERVAL);
        match pages.last.at.map(|at| at + interval) {
            Some(due) if due > Instant::now() => NextFetch::At(due),
            _ => NextFetch::Now,
        }
    }

    /// Begins a fetch for this account. One that ran for a stream is ended.
    pub fn begin(self: &Arc<Self>, account: Account, resumptions: u64) -> Fetch {
        let mut pages = self.pages();
        pages.turn_to(&account);
        pages.fetches += 1;
        let number = pages.fetches;
        let before = std::mem::replace(&mut pages.last, Attempt { at: Some(Instant::now()), resumptions });
        let overtaken = pages.running.replace(Running { number, task: Weak::new() });
        let (spendings, spent) = (pages.spendings, pages.spent);
        drop(pages); // an aborted task may drop its fetch at once, which looks into the book
        if let Some(task) = overtaken.and_then(|running| running.task.upgrade()) {
            task.0.abort();
        }
        Fetch { book: Arc::clone(self), account, number, spendings, spent, resumptions, before }
    }

    /// A stream's fetch runs in this task.
    pub fn set_task(&self, number: u64, task: &Arc<AbortOnDrop>) {
        if let Some(running) = self.pages().running.as_mut().filter(|running| running.number == number) {
            running.task = Arc::downgrade(task);
        }
    }

    fn change(&self, account: &Account, change: impl FnOnce(&mut Pages)) {
        let mut pages = self.pages();
        if pages.account == *account {
            change(&mut pages);
            drop(pages);
            self.changes.send_modify(|()| ());
        }
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fetch {
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The provider has answered, or not. An answer that a newer one has overtaken changes nothing.
    pub fn end(&self, answer: &Result<Balance>, now: Timestamp) {
        self.book.change(&self.account, |pages| {
            if pages.running.as_ref().is_some_and(|running| running.number == self.number) {
                pages.running = None;
            }
            match answer {
                Ok(balance) if pages.fetched.is_none_or(|fetched| fetched.number < self.number) => {
                    let Self { number, spendings, spent, .. } = *self;
                    let learned = Moment::at(now);
                    pages.fetched = Some(Fetched { balance: *balance, learned, number, spendings, spent });
                    (pages.failures, pages.error_code) = (0, None);
                    pages.note_top_up(balance, self.resumptions);
                    pages.is_out_of_date =
                        pages.top_up.as_ref().is_some_and(|top_up| top_up.resumptions < self.resumptions);
                }
                Ok(_) => {}
                Err(error) => {
                    pages.failures = pages.failures.saturating_add(1);
                    pages.error_code = Some(error.code().to_owned());
                    pages.is_out_of_date = true;
                }
            }
        });
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        let mut pages = self.book.pages();
        let is_running = pages.running.as_ref().is_some_and(|running| running.number == self.number);
        if is_running && pages.account == self.account {
            pages.running = None;
            pages.last = self.before;
            drop(pages);
            self.book.changes.send_modify(|()| ());
        }
    }
}

impl Pages {
    /// Begins anew if another user has signed in.
    fn turn_to(&mut self, account: &Account) {
        if self.account != *account {
            *self = Pages { account: account.clone(), fetches: self.fetches, ..Pages::default() };
        }
    }

    /// Whether the payment has arrived in these figures.
    fn note_top_up(&mut self, now: &Balance, resumptions: u64) {
        let Some(top_up) = self.top_up.as_mut().filter(|top_up| top_up.resumptions < resumptions) else { return };
        top_up.fetches_left -= 1;
        let has_risen =
            |before: Balance| now.max_budget > before.max_budget || now.remaining_budget > before.remaining_budget;
        if top_up.fetches_left == 0 || top_up.before.is_none_or(has_risen) {
            self.top_up = None;
        }
    }
}

/// A balance less what was spent after it was fetched.
fn lowered(mut balance: Balance, spent: Decimal) -> Balance {
    balance.total_cost = balance.total_cost.saturating_add(spent);
    balance.remaining_budget = balance.remaining_budget.map(|remaining| remaining.saturating_sub(spent));
    balance
}
