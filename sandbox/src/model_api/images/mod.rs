//! Images: generated, edited, varied. There is no model here: an image is a pattern in colours made from the prompt's hash, an
//! edit is its input images under such colours.

mod edits;
mod generations;
mod options;
mod pattern;
mod prompt;

pub(super) use edits::{edit, vary};
pub(super) use generations::generate;
pub(super) use prompt::check_prompt;
