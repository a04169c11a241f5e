//! `POST /chat/completions`.

mod complete;
mod completion;
mod finish_reason;
mod logprobs;
mod message;
mod request;
mod sample;
mod tools;

pub(super) use complete::complete;
