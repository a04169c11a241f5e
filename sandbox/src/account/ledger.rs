//! What was spent, what may be spent. Decimal throughout: money is no binary fraction.

use axum::http::StatusCode;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::server::refusal::Refusal;

/// The user's account, in US dollars.
#[derive(Debug)]
pub(crate) struct Ledger {
    spent: Decimal,
    budget: Decimal,
}

impl Ledger {
    pub(crate) fn new(budget: Decimal) -> Self {
        Self { spent: Decimal::ZERO, budget }
    }

    pub(crate) fn set_budget(&mut self, budget: Decimal) {
        self.budget = budget;
    }

    /// Makes the budget what is spent and `remaining`.
    pub(crate) fn set_remaining(&mut self, remaining: Decimal) {
        self.budget = self.spent.saturating_add(remaining);
    }

    pub(crate) fn spent(&self) -> Decimal {
        self.spent
    }

    pub(crate) fn budget(&self) -> Decimal {
        self.budget
    }

    /// What is left; never below zero, although the last call may have overdrawn it.
    pub(crate) fn remaining(&self) -> Decimal {
        self.budget.saturating_sub(self.spent).max(Decimal::ZERO)
    }

    /// LiteLLM's rule and words: a call may start while anything is left, and may overdraw.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if self.spent < self.budget {
            return Ok(());
        }
        let text = format!(
            "Budget has been exceeded! Current cost: {}, Max budget: {}",
            self.spent.normalize(),
            self.budget.normalize()
        );
        Err(Refusal::new(StatusCode::BAD_REQUEST, "budget_exceeded", text))
    }

    pub(crate) fn charge(&mut self, cost: Decimal) {
        self.spent = self.spent.saturating_add(cost);
    }
}

/// Writes an amount as a JSON number with all its digits.
pub(crate) fn as_json_number<S: serde::Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(amount.to_string()).map_err(serde::ser::Error::custom)?.serialize(serializer)
}
