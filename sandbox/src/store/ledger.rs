//! What the user has spent and may spend. Decimal, not binary floating point: these are amounts of money.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::wire::errors::RequestError;

/// The user's account, in US dollars.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ledger {
    spent: Decimal,
    budget: Decimal,
    /// By `client_id`.
    used: BTreeMap<String, ClientUsage>,
}

/// What one client has used.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ClientUsage {
    pub(crate) requests: u64,
    pub(crate) cost: Decimal,
}

impl Ledger {
    pub(crate) fn new(budget: Decimal) -> Self {
        Self { spent: Decimal::ZERO, budget, used: BTreeMap::new() }
    }

    pub(crate) fn set_budget(&mut self, budget: Decimal) {
        self.budget = budget;
    }

    /// Sets the budget to what is spent plus `remaining`.
    pub(crate) fn set_remaining(&mut self, remaining: Decimal) {
        self.budget = self.spent.saturating_add(remaining);
    }

    pub(crate) fn spent(&self) -> Decimal {
        self.spent
    }

    pub(crate) fn budget(&self) -> Decimal {
        self.budget
    }

    /// What is left: never below zero, although the last call may have overdrawn the budget.
    pub(crate) fn remaining(&self) -> Decimal {
        self.budget.saturating_sub(self.spent).max(Decimal::ZERO)
    }

    /// LiteLLM's rule and text: a call may start while anything is left, and may overdraw the budget.
    pub(crate) fn check(&self) -> Result<(), RequestError> {
        if self.spent < self.budget {
            return Ok(());
        }
        let text = format!(
            "Budget has been exceeded! Current cost: {}, Max budget: {}",
            self.spent.normalize(),
            self.budget.normalize()
        );
        Err(RequestError::new(StatusCode::BAD_REQUEST, "budget_exceeded", text))
    }

    /// Charges a call that `client_id` made.
    pub(crate) fn charge(&mut self, client_id: &str, cost: Decimal) {
        self.spent = self.spent.saturating_add(cost);
        let used = self.used.entry(client_id.to_owned()).or_default();
        used.requests += 1;
        used.cost = used.cost.saturating_add(cost);
    }

    pub(crate) fn used_by(&self, client_id: &str) -> ClientUsage {
        self.used.get(client_id).copied().unwrap_or_default()
    }
}

/// An amount as a JSON number with all its digits.
pub(crate) fn as_number(amount: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(amount.to_string()).ok()
}

/// Writes an amount as a JSON number with all its digits.
pub(crate) fn as_json_number<S: serde::Serializer>(amount: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(amount.to_string()).map_err(serde::ser::Error::custom)?.serialize(serializer)
}
