//! Tests across crates and processes: the library against the sandbox, over real sockets and real files.

mod canary;
mod host_app;
mod lifecycle;
mod phaseo;
mod processes;
