//! One sum of what calls have cost.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What was spent in a day or a session.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::gateway) struct Sum {
    pub(super) number: u64,
    #[serde(with = "exact")]
    pub known: Decimal,
    /// What was computed where the provider told no cost.
    #[serde(default, with = "exact")]
    pub computed: Decimal,
    #[serde(with = "exact")]
    pub reserved: Decimal,
    pub calls: u64,
    pub unknown: u64,
}

/// What a call cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gateway) enum Outcome {
    /// The provider told it.
    Told(Decimal),
    /// The provider told the tokens, of which this was computed.
    Computed(Decimal),
    /// It was sent and not refused, and its cost is unknown: its reservation stands.
    Unknown,
    /// It certainly cost nothing.
    Free,
}

impl Sum {
    /// What counts as spent.
    pub fn spent(&self) -> Decimal {
        self.known.saturating_add(self.computed)
    }

    /// Whether a call that may cost `amount` would pass `limit`. Of an unknown amount: whether the limit is reached.
    pub fn passes(&self, limit: Decimal, amount: Option<Decimal>) -> bool {
        let counted = self.spent().saturating_add(self.reserved);
        amount.map_or(counted >= limit, |amount| counted.saturating_add(amount) > limit)
    }

    /// Begins anew. Calls that are under way count with their cost only.
    pub(super) fn begin(&mut self, next_number: &mut u64) {
        *self = Self { number: *next_number, ..Self::default() };
        *next_number = next_number.wrapping_add(1);
    }

    pub(super) fn settle(&mut self, reserved: Option<Decimal>, outcome: Outcome) {
        if outcome != Outcome::Unknown {
            self.reserved = less(self.reserved, reserved.unwrap_or_default());
        }
        if outcome != Outcome::Free {
            self.calls = self.calls.saturating_add(1);
        }
        match outcome {
            Outcome::Told(cost) => self.known = self.known.saturating_add(cost),
            Outcome::Computed(cost) => {
                self.computed = self.computed.saturating_add(cost);
                self.unknown = self.unknown.saturating_add(1);
            }
            Outcome::Unknown => self.unknown = self.unknown.saturating_add(1),
            Outcome::Free => {}
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.known = self.known.saturating_add(other.known);
        self.computed = self.computed.saturating_add(other.computed);
        self.reserved = self.reserved.saturating_add(other.reserved);
        self.calls = self.calls.saturating_add(other.calls);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }

    pub(super) fn subtract(&mut self, other: &Self) {
        self.known = less(self.known, other.known);
        self.computed = less(self.computed, other.computed);
        self.reserved = less(self.reserved, other.reserved);
        self.calls = self.calls.saturating_sub(other.calls);
        self.unknown = self.unknown.saturating_sub(other.unknown);
    }
}

/// The whole without a part; never below zero.
fn less(whole: Decimal, part: Decimal) -> Decimal {
    whole.saturating_sub(part).max(Decimal::ZERO).normalize()
}

/// Decimals as text, with all their digits. No sum is below zero.
mod exact {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(decimal)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let decimal: Decimal = String::deserialize(deserializer)?.parse().map_err(D::Error::custom)?;
        if decimal < Decimal::ZERO { Err(D::Error::custom("it is below zero")) } else { Ok(decimal) }
    }
}
