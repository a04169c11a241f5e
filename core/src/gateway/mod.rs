//! The calls to models and to the account. Each subject is one file or folder, from its types to its `impl AiPass`.

pub(crate) mod account;
pub(crate) mod audio;
mod bill;
pub(crate) mod chat;
pub(crate) mod clients;
pub(crate) mod conversation;
mod cost;
mod download;
#[cfg(feature = "dpop")]
mod dpop;
pub(crate) mod embeddings;
mod envelope;
mod error_response;
pub(crate) mod estimate;
mod exchange;
pub(crate) mod extraction;
pub(crate) mod fallback;
pub(crate) mod images;
mod in_success;
mod json_in_text;
mod ledger;
mod lenient;
mod members;
pub(crate) mod models;
pub(crate) mod photo;
pub(crate) mod photo_check;
pub(crate) mod prepared;
pub(crate) mod quote;
mod rates;
pub(crate) mod raw;
pub(crate) mod receipt;
mod refusal;
pub(crate) mod resource;
pub(crate) mod spending;
mod tokens;
mod usage;
pub(crate) mod video;
pub(crate) mod vision;

pub use download::{ByteStream, SavedFile};

#[cfg(test)]
mod files_tests;
#[cfg(test)]
mod redirect_tests;
#[cfg(test)]
mod response_tests;
#[cfg(test)]
mod unasked_tests;
