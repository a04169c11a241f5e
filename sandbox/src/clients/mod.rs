//! The apps that may sign in: what they are, where they are kept, and the account API that registers and manages them.

mod api;
mod client;
mod registration;
mod registry;

pub(crate) use api::{deactivate, delete, list, one, register, update, usage};
pub(crate) use client::{API_ACCESS, PROFILE_READ};
pub use client::{COMMAND_LINE_CLIENT, COMMAND_LINE_PORT, Client};
pub(crate) use registry::{Registered, Registry};

/// Where clients are registered.
pub(crate) const CLIENTS: &str = "/api/v1/oauth2/clients";
