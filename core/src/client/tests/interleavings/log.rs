//! What the provider and the store saw in a case. The assertions are made from it.

use std::time::Duration;
use tokio::time::Instant;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Power {
    Running,
    Suspended,
    Dead,
}

/// What a process sent to the token endpoint.
pub(super) struct Spent {
    pub refresh_token: String,
    pub process: usize,
    pub sent: Instant,
    /// The refresh token that the provider issued for it.
    pub issued: Option<String>,
    /// When its response reached the process.
    pub answered: Option<Instant>,
}

/// All that is known of a case, for its judgement.
#[derive(Default)]
pub(super) struct Log {
    pub spent: Vec<Spent>,
    /// Refresh tokens that a process stored.
    pub stored: Vec<String>,
    /// When each process was started, stopped, or went on.
    pub power: Vec<(usize, Instant, Power)>,
    /// Which process's store could not write, from when until when.
    pub full: Vec<(usize, Instant, Instant)>,
    /// The way to the provider and back, since when.
    pub latencies: Vec<(Instant, Duration, Duration)>,
}

impl Log {
    pub fn latency(&self) -> (Duration, Duration) {
        self.latencies.last().map_or_else(Default::default, |(_, there, back)| (*there, *back))
    }

    pub fn was_ever_stopped(&self, process: usize) -> bool {
        self.power.iter().any(|(id, _, power)| *id == process && *power != Power::Running)
    }

    pub fn was_ever_full(&self, process: usize) -> bool {
        self.full.iter().any(|(id, ..)| *id == process)
    }

    pub fn was_stopped_between(&self, process: usize, from: Instant, until: Instant) -> bool {
        let changes = || self.power.iter().filter(|(id, ..)| *id == process);
        let at_first = changes().rfind(|(_, at, _)| *at <= from).map(|(.., power)| *power);
        let is_stopped = |power: Power| power != Power::Running;
        at_first.is_some_and(is_stopped)
            || changes().any(|(_, at, power)| *at >= from && *at <= until && is_stopped(*power))
    }

    /// Whether the provider's living token set was issued for a process that was stopped before it could store it: the one
    /// way in which a session may be lost.
    pub fn is_loss_counted(&self, living: &str) -> bool {
        let now = Instant::now();
        !self.stored.iter().any(|stored| stored == living)
            && self.spent.iter().any(|spent| {
                spent.issued.as_deref() == Some(living)
                    && self.was_stopped_between(spent.process, spent.sent, self.stored_by(spent).unwrap_or(now))
            })
    }

    /// When a process that runs on has stored what it was answered: at once, or a second after its store works again.
    fn stored_by(&self, spent: &Spent) -> Option<Instant> {
        let answered = spent.answered?;
        let is_now = |from: Instant, until: Instant| from <= answered && answered < until;
        let full = self.full.iter().find(|(id, from, until)| *id == spent.process && is_now(*from, *until));
        Some(full.map_or(answered, |(.., until)| *until + Duration::from_secs(1)))
    }

    /// The longest request that was sent after `begun`.
    pub fn max_latency_since(&self, begun: Instant) -> Duration {
        let in_force = self.latencies.iter().rposition(|(since, ..)| *since <= begun).unwrap_or(0);
        self.latencies[in_force..].iter().map(|(_, there, back)| *there + *back).max().unwrap_or_default()
    }
}
