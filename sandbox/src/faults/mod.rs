//! What faults do. Which faults there are is in `wire::fault`.

mod alteration;
mod broken_body;
mod context;
mod effect;

pub(crate) use context::FaultContext;
pub(crate) use effect::{Effect, before_handling, change};
