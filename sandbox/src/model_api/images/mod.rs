//! Pictures: made of a prompt, edited, varied. Nothing is understood here: a picture is a pattern in colours that its prompt
//! stands for, an edit its inputs under such colours.

mod edits;
mod generations;
mod order;
mod picture;

pub(crate) use edits::{edit, vary};
pub(crate) use generations::generate;
