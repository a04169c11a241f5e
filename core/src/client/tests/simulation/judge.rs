//! What must hold in every run, looked at with every write of the store, every request, and every outcome of a call. The first
//! thing that does not hold ends the run.
//!
//! A session may be lost in one case only, the *counted window* of L16: the provider issued a token set that could not be stored,
//! because its response was lost, its process was stopped before it could store it, or the store failed for too long.

use super::provider::{SetName, access_token, parse};
use super::state::State;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// A call may have joined a refresh that was under way, and that one may have begun with the failure of another.
const AFTERMATH: Duration = Duration::from_secs(120);

/// A sign-out takes no longer from its look at the store to its last request.
const UNREAD: Duration = Duration::from_secs(60);

/// How often the owner of a lease shows that it lives (L16), and the store's own time.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Accusation {
    /// The requirement.
    pub rule: &'static str,
    pub detail: String,
}

/// What is stored, as far as it matters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Stored {
    pub set: Option<SetName>,
    pub ended: Option<String>,
    pub account: Option<String>,
    pub pending: Vec<String>,
    /// Who may refresh, and the count of its signs of life.
    pub lease: Option<Lease>,
}

#[derive(Clone, PartialEq)]
pub(super) struct Lease {
    pub owner: String,
    pub beat: u64,
}

impl std::fmt::Debug for Lease {
    /// Without the owner, whose name is another in every run.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "beat {}", self.beat)
    }
}

/// How a grant left the store.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Left {
    SignedOut {
        process: usize,
        at: Instant,
    },
    Replaced {
        by: usize,
    },
    /// A late response may still bring its next token set (L16).
    Ended,
    /// The same, and nobody waits for it any more.
    Over,
}

/// A refresh whose response has not come yet.
struct Flight {
    process: usize,
    token: String,
    sent: Instant,
}

#[derive(Default)]
pub(super) struct Judge {
    pub accusation: Option<Accusation>,
    commits: Vec<Stored>,
    pub left: HashMap<usize, Left>,
    flights: HashMap<usize, Flight>,
    next_flight: usize,
    /// The process that showed with the lease that it lives, and when it last did.
    lease: Option<(usize, Instant)>,
    pub network_failed: Option<Instant>,
    /// When the provider refused what it had granted.
    pub refused: Option<Instant>,
    pub clock_was_moved: bool,
    pub was_forgotten: bool,
    /// How often the counted window was met.
    pub counted: u64,
}

impl Judge {
    /// The number of the newest write.
    pub fn newest(&self) -> usize {
        self.commits.len()
    }

    pub fn stored_now(&self) -> Stored {
        self.commits.last().cloned().unwrap_or_default()
    }

    /// What was stored after so many writes, and everything that was stored later.
    pub fn since(&self, floor: usize) -> impl Iterator<Item = Stored> {
        let at_first = if floor == 0 { Stored::default() } else { self.commits[floor - 1].clone() };
        std::iter::once(at_first).chain(self.commits[floor..].iter().cloned())
    }

    /// After how many writes this grant was stored first.
    pub fn first_with(&self, grant: usize) -> Option<usize> {
        let holds = |stored: &Stored| stored.set.is_some_and(|set| set.grant == grant);
        self.commits.iter().position(holds).map(|place| place + 1)
    }

    /// After how many writes, `floor` or more, there was no grant.
    pub fn last_without_grant(&self, floor: usize) -> Option<usize> {
        let empty = self.since(floor).enumerate().filter(|(_, stored)| stored.set.is_none()).last();
        empty.map(|(later, _)| floor + later)
    }
}

impl State {
    pub fn accuse(&mut self, rule: &'static str, detail: String) {
        self.note(|| format!("ACCUSED {rule}: {detail}"));
        self.judge.accusation.get_or_insert(Accusation { rule, detail });
    }

    /// Whether the loss of this token set is one that no client can prevent.
    fn is_counted(&mut self, set: SetName) -> bool {
        let (process, sent, is_lost) = {
            let set = self.provider.set(set);
            (set.process, set.sent, set.lost && !set.stored)
        };
        let is_stored = self.provider.set(set).stored;
        let was_stopped = self.was_stopped_since(process, sent) || self.store_failed_long_since(sent);
        let is_counted = is_lost || (!is_stored && was_stopped);
        self.judge.counted += u64::from(is_counted);
        is_counted
    }

    /// The record was written.
    pub fn stored(&mut self, process: usize, stored: Stored) {
        self.note(|| format!("process {process} stored {stored:?}"));
        let before = self.judge.stored_now();
        let is_empty = stored == Stored::default();
        if is_empty && before != stored && self.processes[process].may_delete == 0 {
            self.accuse("L9", "the record was emptied, and nobody asked for it".into());
        }
        let missing = before.pending.iter().filter(|pending| !stored.pending.contains(pending)).count();
        if !is_empty && missing > usize::from(before.pending.len() >= 5) {
            self.accuse("A8", "a pending sign-in that was stored is gone".into());
        }
        match (before.set, stored.set) {
            (Some(old), Some(new)) if old.grant == new.grant => {
                if new.generation < old.generation {
                    self.accuse("L3", format!("{new:?} was stored over {old:?}"));
                }
                if before.account.is_some() && stored.account != before.account {
                    self.accuse("L19", "the account that was stored is gone".into());
                }
            }
            (Some(old), new) => {
                let signed_out = Left::SignedOut { process, at: Instant::now() };
                let left = match (&stored.ended, new) {
                    (_, Some(new)) => Left::Replaced { by: new.grant },
                    (Some(_), _) => Left::Ended,
                    (None, _) => signed_out,
                };
                self.judge.left.insert(old.grant, left);
                if let Some(reason) = &stored.ended {
                    self.judge_end(old, reason);
                } else if left == signed_out && !is_empty {
                    self.accuse("L3", format!("{old:?} is gone, and nobody signed out"));
                }
            }
            (None, _) => {}
        }
        if stored.set.is_none() && stored.ended.is_none() {
            let ended = self.judge.left.values_mut().filter(|left| **left == Left::Ended);
            ended.for_each(|left| *left = Left::Over);
        }
        if let Some(new) = stored.set {
            self.provider.set(new).stored = true;
            if before.set.is_none_or(|old| old.grant != new.grant) {
                // A grant that seemed to have ended comes back where a late response brings its next token set (L16).
                match self.judge.left.remove(&new.grant) {
                    None | Some(Left::Ended) => {}
                    Some(left) => self.accuse("L6", format!("{new:?} came back after {left:?}")),
                }
            }
        }
        if stored.lease != before.lease {
            self.judge.lease = stored.lease.as_ref().map(|_| (process, Instant::now()));
        }
        self.judge.commits.push(stored);
    }

    /// A lease is held only by a process that shows again and again that it lives.
    pub fn judge_lease(&mut self) {
        let Some((process, at)) = self.judge.lease else { return };
        let may_be_silent = self.was_stopped_since(process, at) || self.store_failed_since(at - SIGN_OF_LIFE);
        if at.elapsed() > SIGN_OF_LIFE && !may_be_silent {
            self.accuse("L16", format!("process {process} has a lease, and shows no life"));
        }
    }

    /// A session was ended, and the user has to sign in again.
    fn judge_end(&mut self, set: SetName, reason: &str) {
        let knobs = self.knobs;
        match reason {
            "grant_ended" if self.provider.accepts(set, &knobs) => {
                self.accuse("T6", format!("{set:?} was ended, and the provider would refresh it"));
            }
            "grant_ended" if !self.provider.grants[set.grant].ended => {
                let next = SetName { generation: set.generation + 1, ..set };
                if !self.is_counted(next) {
                    self.accuse("L5", format!("{set:?} was ended, and {next:?} could be stored"));
                }
            }
            "grant_ended" => {}
            "access_refused" if self.provider.user_of(&access_token(set, &knobs), &knobs).is_none() => {}
            _ => self.accuse("T6", format!("{set:?} was ended: {reason}")),
        }
    }

    /// A process sends a refresh token. Returns the number of the flight.
    pub fn refresh_sent(&mut self, process: usize, token: &str) -> usize {
        let now = Instant::now();
        let others: Vec<(usize, Instant)> = self
            .judge
            .flights
            .values()
            .filter(|flight| flight.token == token)
            .map(|flight| (flight.process, flight.sent))
            .collect();
        for (other, sent) in others {
            if other == process {
                self.accuse("L2", format!("process {process} sends {token} twice at once"));
            } else if !self.was_stopped_since(other, sent)
                && !self.was_stopped_since(process, sent.checked_sub(AFTERMATH).unwrap_or(sent))
                && !self.store_failed_long_since(sent)
            {
                self.accuse("L16", format!("processes {other} and {process} both send {token}, and both live"));
            }
        }
        self.judge.next_flight += 1;
        let flight = Flight { process, token: token.to_owned(), sent: now };
        self.judge.flights.insert(self.judge.next_flight, flight);
        self.judge.next_flight
    }

    /// Its response came, or nobody waits for it any more.
    pub fn refresh_over(&mut self, flight: usize) {
        self.judge.flights.remove(&flight);
    }

    /// The provider got a refresh token that was spent: for `next`. One of the two who sent it was stopped meanwhile, or could not
    /// store what came, so that the other one took its lease.
    pub fn spent_token_sent(&mut self, process: usize, sent: Instant, next: SetName) {
        self.note(|| format!("process {process} sent the token before {next:?} again"));
        let (first, first_sent) = (self.provider.set(next).process, self.provider.set(next).sent);
        let was_taken_over = self.was_stopped_since(process, sent)
            || self.was_stopped_since(first, first_sent)
            || self.store_failed_long_since(first_sent.min(sent));
        if !self.is_counted(next) && !was_taken_over {
            self.accuse("L16", format!("process {process} sent the token before {next:?}, which could be stored"));
        }
    }

    /// A process asks the provider to revoke a token.
    pub fn revocation_sent(&mut self, process: usize, token: &str) {
        let Some(set) = parse(token) else { return };
        let knobs = self.knobs;
        for (generation, same) in self.provider.grants[set.grant].sets.iter_mut().enumerate() {
            let is_same_token = if token.starts_with("refresh") { !knobs.rotates } else { knobs.keeps_access_token };
            same.given_back |= generation == set.generation || is_same_token;
        }
        let Some(current) = self.judge.stored_now().set else { return };
        let user = |grant: usize| self.provider.grants[grant].user;
        let same_user_came = match self.judge.left.get(&set.grant) {
            Some(Left::Replaced { by }) => user(*by) == user(set.grant),
            _ => false,
        };
        // A sign-out that cannot read the store revokes what its process knows (L7).
        let signs_out_unread =
            self.processes[process].may_delete > 0 && self.store_failed_since(Instant::now() - UNREAD);
        if same_user_came && user(current.grant) == user(set.grant) && !knobs.ends_one_token_set && !signs_out_unread {
            self.accuse("L19", format!("{set:?} is revoked while {current:?} of the same user is in use"));
        }
    }

    /// An access token is used by a call that began when what was stored since `floor` could be known.
    pub fn judge_token(&mut self, token: &str, floor: usize) -> Option<usize> {
        let Some(set) = parse(token) else {
            self.accuse("S1", "a token that the provider never issued".into());
            return None;
        };
        let sets = &self.provider.grants[set.grant].sets;
        let is_stored =
            if self.knobs.keeps_access_token { sets.iter().any(|set| set.stored) } else { sets[set.generation].stored };
        if !is_stored {
            self.accuse("L3", format!("{token} is used, and was not stored"));
        }
        if !self.judge.since(floor).any(|stored| stored.set.is_some_and(|stored| stored.grant == set.grant)) {
            self.accuse("L17", format!("{token} is used, and another user or none is signed in"));
        }
        Some(set.grant)
    }

    /// Whether the network failed a call that began then.
    pub fn network_failed_since(&self, begun: Instant) -> bool {
        let earliest = begun.checked_sub(AFTERMATH).unwrap_or(begun);
        self.judge.network_failed.is_some_and(|at| at >= earliest)
    }

    /// Whether the provider refused something to a call that began then.
    pub fn refused_since(&self, begun: Instant) -> bool {
        let earliest = begun.checked_sub(AFTERMATH).unwrap_or(begun);
        self.judge.refused.is_some_and(|at| at >= earliest)
    }
}
