//! The user's money.

pub(crate) mod balance;
pub(crate) mod checkout;
pub(crate) mod ledger;
