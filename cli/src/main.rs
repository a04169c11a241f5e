//! The `aipass` program: shows what the library does, without a phone.
//!
//! Results go to standard output, everything else to standard error. The exit status says what kind of failure it was; see
//! [`failure::Status`].

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod account;
mod answer;
mod args;
mod call;
mod chat;
mod clients;
mod demo;
mod describe;
mod device_login;
mod diagnostics;
mod discover;
mod embed;
mod estimate;
mod extract;
mod failure;
mod figures;
mod foreign;
mod home;
mod images;
mod input;
mod interruption;
mod login;
mod mcp;
mod models;
mod oauth_server;
mod output;
mod photo;
mod profile;
mod progress;
mod receipt_csv;
mod receipt_json;
mod receipt_table;
mod receipt_view;
mod register;
mod result_file;
mod sandbox;
mod scan;
mod session_key;
mod setup;
mod sign_in;
mod speech;
mod token;
mod topup;
mod transcribe;
mod transcript;
mod video;
mod well_known;

use args::{Command, Program};
use clap::{CommandFactory, Parser};
use failure::Failure;
use interruption::unless_interrupted;
use std::process::ExitCode;
use std::time::Duration;

/// How long the end of the program waits for threads that are busy.
const SHUTDOWN_GRACE: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let program = Program::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return output::report(&Failure::other("no_threads", format!("The system gives no threads: {error}.")));
        }
    };
    let outcome = runtime.block_on(run(&program.command));
    // Drops what is under way, so that nothing outlives the program, tesseract among it. A read of standard input cannot
    // be called off: to wait for that one would make Ctrl-C wait for Enter.
    runtime.shutdown_timeout(SHUTDOWN_GRACE);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output::report(&failure),
    }
}

async fn run(command: &Command) -> Result<(), Failure> {
    match command {
        // Both tell of failures within what they print.
        Command::Demo(args) => unless_interrupted(demo::run(args)).await,
        Command::Scan(args) => unless_interrupted(scan::run(args)).await,
        // It gives its sign-in up when interrupted, so it listens for that itself.
        Command::Login(args) => report_as_json(args.json, login::run(args).await),
        Command::Logout(args) => run_reporting(args.json, account::logout(args)).await,
        Command::Whoami(args) => run_reporting(args.json, account::whoami(args)).await,
        Command::Usage(args) => run_reporting(args.json, account::usage(args)).await,
        Command::TopUp(args) => run_reporting(args.session.json, topup::run(args)).await,
        Command::Models(args) => run_reporting(args.json, models::run(args)).await,
        Command::Chat(args) => run_reporting(args.json, chat::run(args)).await,
        Command::Describe(args) => run_reporting(args.session.json, describe::run(args)).await,
        Command::Extract(args) => run_reporting(args.session.json, extract::run(args)).await,
        Command::Photo(args) => run_reporting(args.json, photo::run(args)).await,
        Command::Image(args) => run_reporting(args.session.json, images::generate(args)).await,
        Command::ImageEdit(args) => run_reporting(args.session.json, images::edit(args)).await,
        Command::ImageVariation(args) => run_reporting(args.session.json, images::vary(args)).await,
        Command::Speech(args) => run_reporting(args.session.json, speech::run(args)).await,
        Command::Transcribe(args) => run_reporting(args.session.json, transcribe::run(args)).await,
        Command::Embed(args) => run_reporting(args.session.json, embed::run(args)).await,
        Command::Estimate(args) => run_reporting(args.call.options().session.json, estimate::run(args)).await,
        Command::Video(args) => run_reporting(args.action.session().json, video::run(&args.action)).await,
        Command::Clients(args) => run_reporting(args.action.session().json, clients::run(&args.action)).await,
        Command::Register(args) => run_reporting(args.json(), register::run(args)).await,
        Command::Token(args) => run_reporting(args.action.session().json, token::run(&args.action)).await,
        // Standard output belongs to its protocol: a failure is told on standard error alone.
        Command::Mcp(args) => unless_interrupted(mcp::run(args)).await,
        Command::Call(args) => run_reporting(args.session.json, call::run(args)).await,
        // It fails with a result where a server cannot be used.
        Command::Discover(args) => unless_interrupted(discover::run(args)).await,
        Command::Setup(args) => run_reporting(args.json, setup::run(args)).await,
        Command::Diagnostics(args) => run_reporting(args.json, diagnostics::run(args)).await,
        // Ctrl-C is how it ends well, so it listens for that itself.
        Command::Sandbox(args) => report_as_json(args.json, sandbox::run(args).await),
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut Program::command(), "aipass", &mut script);
            output::write(String::from_utf8_lossy(&script))
        }
    }
}

/// Runs `work` until Ctrl-C. With `--json`, a failure is a result too.
async fn run_reporting(json: bool, work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    report_as_json(json, unless_interrupted(work).await)
}

/// With `--json`, a failure is a result too.
fn report_as_json(json: bool, outcome: Result<(), Failure>) -> Result<(), Failure> {
    #[derive(serde::Serialize)]
    struct Failed<'a> {
        error: &'a Failure,
    }
    if let (true, Err(error)) = (json, &outcome) {
        output::json(&Failed { error }, false)?;
    }
    outcome
}
