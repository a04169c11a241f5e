//! The spend guard: what a paid call may cost is reserved before it is sent, and what it cost is counted afterwards.
//!
//! | what became of the call | its reservation | counted as a call |
//! |---|---|---|
//! | over a limit | none; nothing is sent | no |
//! | not sent: no connection, no token, a wrong argument, cancelled before | released | no |
//! | refused with a status from 400 to 499, but 408 | released: nothing was made yet | no |
//! | the same, because of the content or its length | stands: some providers bill what they read | yes, of unknown cost |
//! | answered, and the cost is told | replaced by the cost | yes |
//! | answered, the cost is not told, the tokens are, and all prices are known | replaced by what these tokens cost at most | yes, of unknown cost |
//! | answered, and neither is told | stands | yes, of unknown cost |
//! | 408, 5xx, the connection lost, time-out, cancelled after it may have been sent | stands | yes, of unknown cost |
//! | the process died meanwhile | stands | no |
//!
//! A reservation is made and settled in tasks of their own, so that none is lost where a caller is cancelled.
//!
//! Without a limit nothing is reserved. Sums are counted all the same.

use super::ledger::{self, Ledger, Outcome, Reservation, Sums};
use super::rates::TokenRates;
use super::refusal::is_about_content;
use super::usage::TokenUsage;
use crate::client::AiPass;
use crate::client::payer::Payer;
use crate::error::{Error, ProviderErrorKind, Result, SpendScope, StorageErrorKind, TimeLimit};
use crate::money::SpendLimits;
use crate::session::entries::EntryChange;
use rust_decimal::Decimal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::oneshot;

/// What a call may cost at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Ceiling {
    /// In US dollars; `None` if that is unknown.
    pub high: Option<Decimal>,
    /// The longest answer that this pays for, in tokens.
    pub output_tokens: Option<u64>,
    /// What the tokens cost that the answer tells of; `None` if that is not all that is paid for.
    pub rates: Option<TokenRates>,
}

/// A paid call, until its cost is counted. If it is dropped before, its cost is unknown or what the headers told.
pub(super) struct Bill(Option<Open>);

struct Open {
    ai: AiPass,
    payer: Payer,
    /// What was reserved; `None` without a limit.
    reserved: Option<Reserved>,
    told: Option<Decimal>,
    /// Whether the request may have been sent.
    sent: Arc<AtomicBool>,
}

struct Reserved {
    reservation: Reservation,
    output_tokens: Option<u64>,
    rates: Option<TokenRates>,
    /// The error of an answer that grows longer than what was reserved pays for.
    overrun: Error,
}

impl AiPass {
    /// The limits of this client's calls; `None` if there is none.
    pub(super) fn spend_limits(&self) -> Option<SpendLimits> {
        let limits = self.config().spend_limits.unwrap_or_default();
        let limits = SpendLimits { per_call: self.max_cost().or(limits.per_call), ..limits };
        [limits.per_call, limits.per_session, limits.per_day].iter().any(Option::is_some).then_some(limits)
    }

    /// Reserves what a call may cost, if there is a limit.
    ///
    /// # Errors
    /// [`Error::SpendLimit`] if it would pass one, [`Error::Storage`] if it cannot be reserved.
    pub(super) async fn open_bill(&self, ceiling: Ceiling) -> Result<Bill> {
        let payer = self.payer().await?;
        let limits = self.spend_limits();
        let mut open = Open { ai: self.clone(), payer, reserved: None, told: None, sent: Arc::default() };
        let Some(limits) = limits else { return Ok(Bill(Some(open))) };
        let (done, opened) = oneshot::channel();
        // A task of its own: the store may have saved the reservation when the caller is cancelled.
        self.run_beside(async move {
            let reserve = |sums: &mut Sums<'_>| reserve(sums, &limits, &ceiling);
            let reserved = open.ai.change_sums(&open.payer, reserve).await;
            let bill = reserved.map(|reserved| {
                open.reserved = Some(reserved);
                Bill(Some(open))
            });
            let _ = done.send(bill); // if nobody waits any more, the bill is dropped, which releases it
        });
        opened.await.unwrap_or_else(|_| Err(Error::internal("the runtime ended")))
    }

    /// Changes the sums of a payer.
    pub(super) async fn change_sums<T>(
        &self,
        payer: &Payer,
        mut change: impl FnMut(&mut Sums<'_>) -> Result<T>,
    ) -> Result<T> {
        let changed = |stored: Option<&[u8]>| {
            let mut ledger = Ledger::decode(stored, self.first_number()?)?;
            let outcome = change(&mut ledger.sums(payer, self.local_date()))?;
            Ok(EntryChange::Save(ledger.encode()?, outcome))
        };
        self.update_entry(&ledger::key(&payer.issuer), changed).await
    }

    /// Changes the sums of a payer, also where they cannot be read: then all sums of the issuer begin anew.
    pub(super) async fn change_or_begin_sums(
        &self,
        payer: &Payer,
        mut change: impl FnMut(&mut Sums<'_>),
    ) -> Result<()> {
        let key = ledger::key(&payer.issuer);
        let mut changed = |stored: Option<&[u8]>| {
            let first = self.first_number()?;
            let mut ledger = match Ledger::decode(stored, first) {
                Err(error) if is_lost(&error) => Ledger::new(first),
                ledger => ledger?,
            };
            change(&mut ledger.sums(payer, self.local_date()));
            Ok(EntryChange::Save(ledger.encode()?, ()))
        };
        match self.update_entry(&key, &mut changed).await {
            // The store itself cannot read it, and so cannot replace it.
            Err(error) if is_lost(&error) => {
                self.remove_entry(&key).await?;
                self.update_entry(&key, changed).await
            }
            outcome => outcome,
        }
    }

    /// The sums of a payer.
    pub(super) async fn sums<T>(&self, payer: &Payer, mut read: impl FnMut(&Sums<'_>) -> T) -> Result<T> {
        let look = |stored: Option<&[u8]>| {
            let mut ledger = Ledger::decode(stored, self.first_number()?)?;
            Ok(EntryChange::Leave(read(&ledger.sums(payer, self.local_date()))))
        };
        self.update_entry(&ledger::key(&payer.issuer), look).await
    }

    /// A number that no sum of a lost entry can have had.
    fn first_number(&self) -> Result<u64> {
        let text = self.unique_text()?;
        Ok(text.bytes().take(8).fold(0, |number, byte| (number << 7) | u64::from(byte)))
    }
}

/// Whether what was stored can never be read again.
fn is_lost(error: &Error) -> bool {
    use StorageErrorKind::{Corrupt, FromNewerVersion, KeyLost};
    matches!(error, Error::Storage { kind: Corrupt | FromNewerVersion | KeyLost, .. })
}

fn reserve(sums: &mut Sums<'_>, limits: &SpendLimits, ceiling: &Ceiling) -> Result<Reserved> {
    let estimate = ceiling.high;
    let scopes = [
        (SpendScope::Call, limits.per_call, Default::default()),
        (SpendScope::Session, limits.per_session, sums.session().clone()),
        (SpendScope::Day, limits.per_day, sums.day().clone()),
    ];
    let set = scopes.into_iter().filter_map(|(scope, limit, sum)| Some((scope, limit?, sum)));
    let mut overrun = None;
    for (scope, limit, sum) in set {
        let (spent, reserved) = (sum.spent().normalize(), sum.reserved.normalize());
        let error = Error::SpendLimit { scope, limit, spent, reserved, estimate, text: None };
        let is_unknown = estimate.is_none() && !limits.allow_unknown_prices;
        if is_unknown || (sum.passes(limit, estimate) && !(scope == SpendScope::Call && estimate.is_none())) {
            return Err(error);
        }
        overrun.get_or_insert(error);
    }
    let reservation = sums.reserve(estimate.unwrap_or_default());
    let overrun = overrun.ok_or_else(|| Error::internal("there is no limit"))?;
    let Ceiling { output_tokens, rates, .. } = ceiling.clone();
    Ok(Reserved { reservation, output_tokens: estimate.and(output_tokens), rates, overrun })
}

impl Bill {
    /// Of a call that costs nothing.
    pub fn none() -> Self {
        Self(None)
    }

    /// Where it is noted whether the request may have been sent.
    pub fn sent(&self) -> Option<Arc<AtomicBool>> {
        self.0.as_ref().map(|open| Arc::clone(&open.sent))
    }

    /// What the headers of the answer say of the cost.
    pub fn told(&mut self, cost: Option<Decimal>) {
        if let Some(open) = &mut self.0 {
            open.told = cost;
        }
    }

    /// So many tokens an answer may have that is within what was reserved, and the error of a longer one.
    pub fn allowance(&self) -> Option<(u64, Error)> {
        let reserved = self.0.as_ref()?.reserved.as_ref()?;
        Some((reserved.output_tokens?, reserved.overrun.clone()))
    }

    /// Counts what the call cost, and returns when that is stored. Without a cost it is what the headers told, else what these
    /// tokens cost.
    pub async fn settle(&mut self, cost: Option<Decimal>, usage: Option<&TokenUsage>) {
        let Some(open) = self.0.take() else { return };
        let rates = open.reserved.as_ref().and_then(|reserved| reserved.rates.as_ref());
        let computed = rates.zip(usage).and_then(|(rates, usage)| rates.cost(usage));
        let outcome = match cost.or(open.told) {
            Some(cost) => Outcome::Told(cost),
            None => computed.map_or(Outcome::Unknown, Outcome::Computed),
        };
        open.close(outcome).await;
    }

    /// The answer broke off: what was told until then may not be the whole cost.
    pub async fn broke_off(&mut self) {
        self.close(Outcome::Unknown).await;
    }

    /// The server refused the call, or could not answer it.
    pub async fn refused(&mut self, status: u16, error: &Error) {
        let is_before_work = (400..500).contains(&status) && status != 408 && !is_about_content(error);
        self.close(if is_before_work { Outcome::Free } else { Outcome::Unknown }).await;
    }

    /// There was no response.
    pub async fn failed(&mut self, error: &Error) {
        let is_free = certainly_cost_nothing(error) || self.0.as_ref().is_some_and(|open| !open.may_be_sent());
        self.close(if is_free { Outcome::Free } else { Outcome::Unknown }).await;
    }

    async fn close(&mut self, outcome: Outcome) {
        if let Some(open) = self.0.take() {
            open.close(outcome).await;
        }
    }
}

/// Whether a call that ended like this was certainly not processed.
fn certainly_cost_nothing(error: &Error) -> bool {
    match error {
        Error::Offline { maybe_sent, .. } => !maybe_sent,
        Error::Timeout { limit, .. } => *limit == TimeLimit::Connect,
        // Not a response to the call: no token could be had for it. A response that cannot be read was one.
        Error::Provider { kind, .. } => {
            !matches!(kind, ProviderErrorKind::InvalidResponse | ProviderErrorKind::ResponseTooLarge)
        }
        Error::SignInRequired { .. }
        | Error::RateLimited { .. }
        | Error::InvalidInput { .. }
        | Error::Storage { .. }
        | Error::Unsupported { .. } => true,
        _ => false,
    }
}

impl Drop for Bill {
    fn drop(&mut self) {
        if let Some(open) = self.0.take() {
            let unknown = || open.told.map_or(Outcome::Unknown, Outcome::Told);
            let outcome = if open.may_be_sent() { unknown() } else { Outcome::Free };
            drop(open.count_beside(outcome));
        }
    }
}

impl Open {
    fn may_be_sent(&self) -> bool {
        self.sent.load(Ordering::Relaxed)
    }

    async fn close(self, outcome: Outcome) {
        let _ = self.count_beside(outcome).await; // fails only if the runtime ended
    }

    /// Counts it in a task of its own, so that it is counted also if the caller is cancelled meanwhile.
    fn count_beside(self, outcome: Outcome) -> oneshot::Receiver<()> {
        let (done, counted) = oneshot::channel();
        let ai = self.ai.clone();
        ai.run_beside(async move {
            self.count(outcome).await;
            let _ = done.send(()); // fails only if the caller was cancelled
        });
        counted
    }

    async fn count(self, outcome: Outcome) {
        let Self { ai, payer, reserved, .. } = self;
        if reserved.is_none() && outcome == Outcome::Free {
            return;
        }
        let reservation = reserved.as_ref().map(|reserved| &reserved.reservation);
        let settle = |sums: &mut Sums<'_>| {
            sums.settle(reservation, outcome);
            Ok(())
        };
        // The answer is worth more than its bill: it is returned all the same.
        if let Err(error) = ai.change_sums(&payer, settle).await {
            ai.write_log(&format!("spending: what a call cost could not be stored: {error}"));
        }
        if let Outcome::Told(cost) = outcome {
            ai.note_cost(payer.grant.clone(), cost);
        }
    }
}

#[cfg(test)]
#[path = "bill_tests.rs"]
mod tests;
