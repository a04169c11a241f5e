//! What was spent, as it is stored: one JSON object per issuer beside the sessions, changed only by compare-and-swap.
//!
//! Sums are kept per account: the user whom the provider has named (`sub`), else the client with its account label.
//!
//! | the session's user | its calls count for |
//! |---|---|
//! | named | the user |
//! | not named | the user whom this client had last; else the client |
//! | named later | the user, from its first call on: its sum and its part of the day move there |
//!
//! What was counted for a client before any of its users was named moves to the first one who is: signing out and in again
//! begins no day anew.
//!
//! Each sum of a session has a number that no other sum of the entry ever had. It changes when the sum begins anew, so that
//! a call which began before changes no later sum.

mod sum;

pub(super) use sum::{Outcome, Sum};

use crate::client::payer::Payer;
use crate::error::{Error, Result, StorageErrorKind};
use crate::hex::hex;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The version that is written.
const VERSION: u32 = 1;
/// So many accounts of an issuer are kept; the one whose day is the oldest goes first, of these the one with the oldest sign-in.
const MAX_ACCOUNTS: usize = 32;
/// So many sessions of an account are kept, the last that were used.
const MAX_SESSIONS: usize = 16;
/// Of so many clients the last user is remembered.
const MAX_CLIENTS: usize = 64;

/// The members that were written from the beginning are required: of an entry that is torn or foreign nothing becomes zero.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ledger {
    #[serde(rename = "v")]
    version: u32,
    /// No sum has this number or a higher one.
    #[serde(default)]
    next_number: u64,
    accounts: BTreeMap<String, Account>,
    /// The last named user of each client.
    last_users: BTreeMap<String, String>,
}

/// What one account has spent.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Account {
    /// The day of `day`. It moves forward only: a clock that is set back does not begin a new one.
    #[serde(with = "iso_date")]
    date: NaiveDate,
    day: Sum,
    /// The last that was used is the first.
    sessions: Vec<SessionSum>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SessionSum {
    id: String,
    sum: Sum,
    /// The session's part of its account's day.
    #[serde(default)]
    day: Sum,
}

/// An amount that a call may cost, counted before it is sent.
#[derive(Debug, Clone)]
pub(super) struct Reservation {
    amount: Decimal,
    /// The numbers of the sums that it is in.
    day: u64,
    session: u64,
}

/// The sums of one payer.
pub(super) struct Sums<'a> {
    account: &'a mut Account,
    next_number: &'a mut u64,
}

/// The key under which an issuer's sums are stored.
pub(super) fn key(issuer: &str) -> String {
    format!("one.aipass.spending.{}", digest(&[issuer]))
}

fn digest(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    hex(&digest.finalize()[..16])
}

impl Ledger {
    /// Sums of nothing. Their numbers begin with `first_number`: a call that began before the entry was lost must not have one
    /// of them.
    pub fn new(first_number: u64) -> Self {
        Self { version: VERSION, next_number: first_number, accounts: BTreeMap::new(), last_users: BTreeMap::new() }
    }

    /// # Errors
    /// [`Error::Storage`] where the bytes are not sums of a version that is known. They are left as they are.
    pub fn decode(stored: Option<&[u8]>, first_number: u64) -> Result<Self> {
        /// To be told from a foreign entry, also where the rest has another form.
        #[derive(Deserialize)]
        struct Version {
            v: u32,
        }
        let Some(bytes) = stored else { return Ok(Self::new(first_number)) };
        let unreadable = |kind, detail: &str| Error::Storage { kind, detail: detail.to_owned() };
        if serde_json::from_slice::<Version>(bytes).is_ok_and(|version| version.v > VERSION) {
            return Err(unreadable(StorageErrorKind::FromNewerVersion, "what was spent is of a newer version"));
        }
        let corrupt = || unreadable(StorageErrorKind::Corrupt, "what was spent cannot be read; a reset begins anew");
        let mut ledger: Self = serde_json::from_slice(bytes).map_err(|_| corrupt())?;
        if ledger.version != VERSION {
            return Err(corrupt());
        }
        // An entry that was written before sums had numbers of their own.
        let highest = ledger.accounts.values().flat_map(Account::numbers).max();
        ledger.next_number = ledger.next_number.max(highest.map_or(0, |number| number.saturating_add(1)));
        Ok(ledger)
    }

    pub fn encode(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| Error::internal("what was spent cannot be written"))
    }

    /// The sums of a payer on this day.
    pub fn sums(&mut self, payer: &Payer, today: NaiveDate) -> Sums<'_> {
        let client = digest(&["client", &payer.client[0], &payer.client[1]]);
        let holder = payer.grant.as_deref().and_then(|id| {
            let holds = |account: &Account| account.sessions.iter().any(|session| session.id == id);
            self.accounts.iter().find(|(_, account)| holds(account)).map(|(name, _)| name.clone())
        });
        let name = match payer.subject.as_deref().map(|subject| digest(&["user", subject])) {
            Some(user) => {
                if let Some(holder) = holder.filter(|holder| *holder != user) {
                    self.move_session(payer.grant.as_deref().unwrap_or_default(), &holder, &user, today);
                }
                if let Some(unnamed) = self.accounts.remove(&client) {
                    let (account, next_number) = self.account(&user, today);
                    account.take_in(unnamed, next_number);
                }
                self.last_users.insert(client, user.clone());
                user
            }
            None => holder.or_else(|| self.last_users.get(&client).cloned()).unwrap_or(client),
        };
        self.account(&name, today);
        self.drop_the_oldest(&name);
        let (account, next_number) = self.account(&name, today);
        account.use_session(payer.grant.as_deref().unwrap_or_default(), next_number);
        Sums { account, next_number }
    }

    /// The account of this name, with the sum of this day or a later one.
    fn account(&mut self, name: &str, today: NaiveDate) -> (&mut Account, &mut u64) {
        let new = || Account { date: today, day: Sum::default(), sessions: Vec::new() };
        let account = self.accounts.entry(name.to_owned()).or_insert_with(new);
        if account.date < today {
            account.begin_day(today, &mut self.next_number);
        }
        (account, &mut self.next_number)
    }

    /// Moves a session, with its part of the day, to the user who turned out to be signed in.
    fn move_session(&mut self, id: &str, from: &str, to: &str, today: NaiveDate) {
        let (holder, _) = self.account(from, today);
        let Some(position) = holder.sessions.iter().position(|session| session.id == id) else { return };
        let session = holder.sessions.remove(position);
        holder.day.subtract(&session.day);
        let moved = Account { date: holder.date, day: session.day.clone(), sessions: vec![session] };
        let (account, next_number) = self.account(to, today);
        account.take_in(moved, next_number);
    }

    fn drop_the_oldest(&mut self, but: &str) {
        while self.accounts.len() > MAX_ACCOUNTS {
            let others = self.accounts.iter().filter(|(name, _)| *name != but);
            let age = |account: &Account| (account.date, account.numbers().max());
            let Some(oldest) = others.min_by_key(|(_, account)| age(account)).map(|(name, _)| name.clone()) else {
                return;
            };
            self.accounts.remove(&oldest);
            self.last_users.retain(|_, user| *user != oldest);
        }
        while self.last_users.len() > MAX_CLIENTS {
            let date = |user: &String| self.accounts.get(user).map(|account| account.date);
            let others = self.last_users.iter().filter(|(_, user)| *user != but);
            // All are this user's: any of them, because without it the client counts for itself until it is named again.
            let oldest = others.min_by_key(|(_, user)| date(user)).or_else(|| self.last_users.iter().next());
            let Some(oldest) = oldest.map(|(client, _)| client.clone()) else { return };
            self.last_users.remove(&oldest);
        }
    }
}

impl Sums<'_> {
    /// The sum of the day.
    pub fn day(&self) -> &Sum {
        &self.account.day
    }

    /// The day that the sum is of.
    pub fn date(&self) -> NaiveDate {
        self.account.date
    }

    /// The sum of the payer's session.
    pub fn session(&self) -> &Sum {
        &self.account.sessions[0].sum
    }

    /// Begins the day's sum anew, on the device's date.
    pub fn reset_day(&mut self, today: NaiveDate) {
        self.account.begin_day(today, self.next_number);
    }

    /// Begins the sum of the payer's session anew.
    pub fn reset_session(&mut self) {
        self.account.sessions[0].sum.begin(self.next_number);
    }

    /// Counts an amount that a call may cost.
    pub fn reserve(&mut self, amount: Decimal) -> Reservation {
        let SessionSum { sum, day, .. } = &mut self.account.sessions[0];
        for sum in [&mut *sum, &mut *day, &mut self.account.day] {
            sum.reserved = sum.reserved.saturating_add(amount);
        }
        Reservation { amount, day: day.number, session: sum.number }
    }

    /// Counts what a call cost.
    pub fn settle(&mut self, reservation: Option<&Reservation>, outcome: Outcome) {
        let SessionSum { sum, day, .. } = &mut self.account.sessions[0];
        // Of a sum that began anew meanwhile, the reservation is gone already.
        let of_session = reservation.filter(|of| of.session == sum.number).map(|of| of.amount);
        let of_day = reservation.filter(|of| of.day == day.number).map(|of| of.amount);
        sum.settle(of_session, outcome);
        day.settle(of_day, outcome);
        self.account.day.settle(of_day, outcome);
    }
}

impl Account {
    fn numbers(&self) -> impl Iterator<Item = u64> {
        let of_sessions = self.sessions.iter().flat_map(|session| [session.sum.number, session.day.number]);
        of_sessions.chain([self.day.number])
    }

    fn begin_day(&mut self, today: NaiveDate, next_number: &mut u64) {
        self.date = today;
        self.day.begin(next_number);
        self.sessions.iter_mut().for_each(|session| session.day.begin(next_number));
    }

    /// Makes this session the first one.
    fn use_session(&mut self, id: &str, next_number: &mut u64) {
        let session = match self.sessions.iter().position(|session| session.id == id) {
            Some(position) => self.sessions.remove(position),
            None => {
                let mut session = SessionSum { id: id.to_owned(), sum: Sum::default(), day: Sum::default() };
                session.sum.begin(next_number);
                session.day.begin(next_number);
                session
            }
        };
        self.sessions.insert(0, session);
        self.sessions.truncate(MAX_SESSIONS);
    }

    /// Adds what was counted elsewhere for the same user. What is of an earlier day is no part of this one.
    fn take_in(&mut self, other: Self, next_number: &mut u64) {
        if other.date > self.date {
            self.begin_day(other.date, next_number);
        }
        let is_same_day = other.date == self.date;
        if is_same_day {
            self.day.add(&other.day);
        }
        for mut session in other.sessions {
            if !is_same_day {
                session.day.begin(next_number);
            }
            self.sessions.push(session);
        }
    }
}

/// A date as text.
mod iso_date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
