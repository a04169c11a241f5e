//! The user's money.

pub(crate) mod balance;
pub(crate) mod ledger;
