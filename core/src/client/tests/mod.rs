//! The lifecycle of a session against a scripted provider on a paused clock: races, kills and failures, without a socket
//! and without waiting.

mod any_token_response;
mod calls;
mod refreshing;
mod session_info;
mod sharing;
mod signing_in;
mod signing_out;
mod token_responses;
pub(crate) mod world;
