//! The lifecycle of a session against a scripted provider on a paused clock: races, kills and failures, without a socket
//! and without waiting.

mod accounts;
mod calls;
mod clocks;
mod interleavings;
mod late;
mod refreshing;
mod sharing;
mod signing_in;
mod signing_out;
mod token_sets;
mod unauthorized;
mod waiting;
pub(crate) mod world;
