//! What every part of the sandbox needs for HTTP: paths, errors, bodies, bearer tokens, connections, the request log,
//! and the types of faults. Nothing here imports a request handler.

pub(crate) mod bearer;
pub(crate) mod bodies;
pub(crate) mod connection;
pub(crate) mod cost;
pub(crate) mod errors;
pub(crate) mod fault;
pub(crate) mod host;
pub(crate) mod open_count;
pub(crate) mod paced_body;
pub(crate) mod parameters;
pub(crate) mod paths;
pub(crate) mod request_log;
pub(crate) mod request_tracker;
pub(crate) mod responses;
pub(crate) mod scopes;
pub(crate) mod stop_signal;
