//! Videos: created, followed while they are in progress, and fetched.
//!
//! There is no model here: every video is the same recorded clip, whatever size and length was requested; see `clip`.

mod clip;
mod content;
mod create;
mod lifecycle;
mod remix;

pub(crate) use content::link;
pub(super) use content::{content, status};
pub(super) use create::create;
pub(super) use remix::remix;
