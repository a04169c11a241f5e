//! The model API, in OpenAI's shapes.

mod catalogue;
pub(crate) mod chat;
pub(crate) mod chat_request;
mod completion;
pub(crate) mod models;
pub(crate) mod usage;
