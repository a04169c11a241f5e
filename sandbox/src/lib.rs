//! An AI Pass on loopback, for tests, demos and the development of host apps.
//!
//! It implements the wire of AI Pass and is strict where AI Pass is strict: PKCE with `S256` only, redirect URIs compared
//! exactly, codes and refresh tokens that work once, JSON at the token endpoint, no token in a URL. By default it keeps nothing
//! on disk and binds loopback only. It shares no code with the client library: it is an independent witness of what that
//! library sends.
//!
//! A test adds a [`Fault`] to an [`Endpoint`], plays the user with [`user_agent`], and reads from the [`RequestRecord`]s how
//! each request ended. It can also play other providers: see [`Dialect`]. Tests in other languages do the same over the control API, below `/sandbox`; the README of this crate
//! lists it.
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
mod app;
mod backend;
mod builder;
mod clients;
mod clock;
mod control;
mod dialect;
mod faults;
mod guard;
mod lock;
mod loopback;
mod model_api;
mod openid;
mod random;
mod sandbox;
mod serve;
mod settings;
mod sign_in;
mod start_error;
mod store;
pub mod user_agent;
mod wire;

pub use backend::{Backend, BundledReceipt, UnknownBackend, bundled_receipts};
pub use builder::Builder;
pub use control::SandboxState;
pub use dialect::{AccessTokens, Dialect, UnknownAccessTokens, UnknownDialect};
pub use loopback::is_loopback;
pub use openid::PHASEO_API_KEY;
pub use sandbox::Sandbox;
pub use settings::{Catalogue, Revocation, UnknownCatalogue};
pub use start_error::StartError;
pub use store::client::{COMMAND_LINE_CLIENT, COMMAND_LINE_PORT, Client};
pub use store::devices::DeviceDecision;
pub use store::grants::TokenCounts;
pub use wire::fault::{ActiveFault, Alteration, Endpoint, Fault, InvalidFault};
pub use wire::request_log::{Ending, RequestRecord};
