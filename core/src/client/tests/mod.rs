//! The lifecycle of a session against a scripted provider on a paused clock: races, kills and failures, without a socket
//! and without waiting.

mod accounts;
mod any_token_response;
mod calls;
mod client_credentials;
mod clocks;
mod consent;
#[cfg(feature = "device-authorization")]
mod device;
#[cfg(feature = "dpop")]
mod dpop;
mod ending;
mod given_up;
#[cfg(feature = "openid")]
mod id_tokens;
mod interleavings;
mod late;
mod pushed;
mod refreshing;
mod resources;
mod session_info;
mod sharing;
mod signing_in;
mod signing_out;
mod simulation;
mod token_responses;
mod token_sets;
mod tokens;
mod unauthorized;
mod waiting;
pub(crate) mod world;
