//! The sandbox, held to the wire. Each test cites the line that it checks.

mod app;
mod authorize;
mod chat;
mod token;
