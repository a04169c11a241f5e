//! Pictures: made of a prompt, edited, varied. Nothing is understood here: a picture is a pattern in colours that its prompt
//! stands for, an edit its inputs under such colours.

mod edits;
mod generations;
mod order;
pub(super) mod picture;

pub(crate) use edits::{edit, vary};
pub(super) use generations::check_prompt;
pub(crate) use generations::generate;
