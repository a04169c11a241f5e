//! What an AI Pass keeps: its clients, its tokens, the user's money, and the time. Request handlers read and change it; it
//! imports none of them.

pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod devices;
pub(crate) mod grants;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod registration;
pub(crate) mod registry;
mod shared;
mod state_file;

pub(crate) use shared::Store;
pub(crate) use state_file::{SavedState, StateFile};
