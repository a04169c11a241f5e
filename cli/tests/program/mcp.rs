//! `aipass mcp`: the protocol, as a client speaks it.

mod client;
mod http;
mod tools;
