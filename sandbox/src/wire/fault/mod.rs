//! Faults: what a sandbox does wrong on purpose, per endpoint. Their effects are in `faults`, above the handlers.

mod alteration;
mod command_line;
mod endpoint;
mod kinds;
mod queue;

pub use alteration::Alteration;
pub use endpoint::Endpoint;
pub(crate) use kinds::KINDS;
pub use kinds::{Fault, InvalidFault};
pub use queue::ActiveFault;
pub(crate) use queue::FaultQueue;
