//! An AI Pass on loopback: for tests, demos and the people who write host apps.
//!
//! It speaks the wire of AI Pass and is strict where AI Pass is: PKCE with `S256` only, redirect URIs compared exactly,
//! codes and refresh tokens that work once, JSON at the token endpoint, no token in a URL. Unless asked to, it keeps nothing
//! on disk and binds loopback only. It knows nothing of the client library: it is an independent witness of what that
//! library sends.
//!
//! A test breaks it on purpose with a [`Fault`] per [`Endpoint`], plays the user with [`user_agent`], and sees in the
//! [`RequestRecord`]s how each request ended. Tests in other languages do the same over its control API, below `/sandbox`; the
//! README of this crate lists it.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use aipass_sandbox::{Backend, Sandbox};
//!
//! let sandbox = Sandbox::builder().backend(Backend::Recorded).start().await?;
//! println!("an AI Pass listens at {}", sandbox.base_url());
//! sandbox.stop().await;
//! # Ok(()) }
//! # tokio::runtime::Runtime::new().unwrap().block_on(run()).unwrap();
//! ```

mod account;
mod backend;
mod builder;
mod clients;
mod clock;
mod control;
mod fault;
mod handle;
mod loopback;
mod model_api;
mod persistence;
mod random;
mod server;
mod sign_in;
mod state;
pub mod user_agent;

pub use backend::{Backend, BundledReceipt, UnknownBackend, bundled_receipts};
pub use builder::{Builder, Revocation, StartError};
pub use clients::{COMMAND_LINE_CLIENT, COMMAND_LINE_PORT, Client};
pub use fault::{Alteration, Endpoint, Fault, InvalidFault};
pub use handle::{Sandbox, SandboxState, TokenCounts};
pub use loopback::is_loopback;
pub use model_api::catalogue::{Catalogue, UnknownCatalogue};
pub use server::request_log::{Ending, RequestRecord};
