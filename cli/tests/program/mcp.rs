//! `aipass mcp`: the protocol, as a client speaks it.

mod client;
mod hostile;
mod http;
mod tools;
