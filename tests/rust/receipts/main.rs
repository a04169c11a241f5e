//! The truth set: generated receipts and answers of models, read by the library through the sandbox and compared field by
//! field.
//!
//! `scripts/receipts` runs it at length and prints the tables; a short form runs with the other tests. Settings come from
//! the environment, because a test takes no arguments: `RECEIPTS_ANSWERS`, `RECEIPTS_PHOTOS`, `RECEIPTS_CHECKS` (how many)
//! and `RECEIPTS_SEED` (the first seed); `RECEIPTS_SHOW` prints each answer. `RECEIPTS_RESUME` names a file that keeps the
//! results of photos, so that a run that was ended can be continued.

mod answers;
mod checks;
mod compare;
mod fields;
mod photos;
mod resume;
mod table;
mod world;

/// A number from the environment.
fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) if !text.is_empty() => text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        _ => default,
    }
}
