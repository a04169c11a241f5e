//! Why a sandbox did not start.

use crate::wire::fault::InvalidFault;

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be bound.
    #[error("cannot listen on port {port}: {source}")]
    Bind {
        /// The requested port; 0 means any.
        port: u16,
        /// What the system reported.
        source: std::io::Error,
    },
    /// The state file cannot be used.
    #[error("the state file {path} cannot be used: {detail}")]
    State {
        /// The file's path.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A fault is not possible as it is described.
    #[error("a fault is impossible: {0}")]
    Fault(InvalidFault),
    /// The keys for JWTs could not be made.
    #[error("cannot make keys: the system gives no random numbers")]
    Keys,
    /// The HTTPS client for the upstream backend could not be set up.
    #[error("cannot set up the connection to the upstream server: {0}")]
    Upstream(String),
}
