//! What responds to chats.

mod conversation;
mod engine;
pub(crate) mod photo;
mod receipt_sentence;
mod recorded;
mod response;
mod selection;
mod tesseract;
mod upstream;
pub(crate) mod usage;

pub(crate) use conversation::Conversation;
pub(crate) use engine::Engine;
pub use recorded::{BundledReceipt, bundled_receipts};
pub use selection::{Backend, UnknownBackend};
pub(crate) use upstream::Upstream;
