//! Receipts of 22 countries and what models say about them, each with the truth beside it.
//!
//! [`Bill`] is a receipt whose figures add up: items, discounts, taxes, cash rounding, payments. [`Answer`] is what a model
//! may write about one, with what each of its fields says. The same seed makes the same bill and the same answer. Nothing
//! here knows how the library reads: the figures are whole numbers of the currency's smallest unit, and calendars are
//! counted from days.

mod answers;
mod bill;
mod countries;
mod days;
mod details;
mod dress;
mod money;
mod print;
mod printed;
#[cfg(test)]
mod tests;

pub use answers::{Answer, Expected};
pub use bill::{Bill, Kind};
pub use countries::{COUNTRIES, Country};
pub use days::Day;
pub use print::NoFont;
pub use printed::{Entry, Printed};

/// A number as it is compared: without zeros at the end of its decimals, and without the sign of zero.
#[must_use]
pub fn plain_number(number: &str) -> String {
    let number = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if matches!(number, "-0" | "" | "-") { "0".to_owned() } else { number.to_owned() }
}
