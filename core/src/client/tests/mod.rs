//! The lifecycle of a session against a scripted provider on a paused clock: races, kills and failures, without a socket
//! and without waiting.

mod accounts;
mod any_token_response;
mod calls;
mod clocks;
mod given_up;
mod interleavings;
mod late;
mod refreshing;
mod session_info;
mod sharing;
mod signing_in;
mod signing_out;
mod token_responses;
mod token_sets;
mod unauthorized;
mod waiting;
pub(crate) mod world;
