//! The `aipass` program: shows what the library does, without a phone.
//!
//! Results go to standard output, everything else to standard error. The exit status says what kind of failure it was; see
//! [`failure::Status`].

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod args;
mod demo;
mod failure;
mod output;
mod photo;
mod receipt_view;
mod sandbox;
mod scan;
mod sign_in;
mod transcript;

use args::{Command, Program};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;
use std::time::Duration;

/// How long the end of the program waits for threads that are busy.
const LONGEST_FAREWELL: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let program = Program::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return Failure::other("no_threads", format!("The system gives no threads: {error}.")).report(),
    };
    let outcome = runtime.block_on(async {
        match &program.command {
            Command::Demo(args) => failure::unless_interrupted(demo::run(args)).await,
            // It signs out also when it is interrupted, so it listens for that itself.
            Command::Scan(args) => scan::run(args).await,
            Command::Photo(args) => failure::unless_interrupted(photo::run(args)).await,
            // Ctrl-C is how it ends well.
            Command::Sandbox(args) => sandbox::run(args).await,
        }
    });
    // Drops what is under way, so that nothing outlives the program, tesseract among it. A read of standard input cannot
    // be called off: to wait for that one would make Ctrl-C wait for Enter.
    runtime.shutdown_timeout(LONGEST_FAREWELL);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
