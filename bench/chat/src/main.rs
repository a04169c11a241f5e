//! Measures the library beside other crates, against a server in a process of its own. `scripts/bench` runs it.
//!
//! Prints a line of JSON for each measurement. Times are processor time of this process, so that the server's is not in them.

mod calls;
mod client;
mod growth;
mod meter;
mod peers;
mod server;
mod storm;
mod streams;

use serde_json::Value;

#[global_allocator]
static ALLOCATOR: meter::Counting = meter::Counting;

fn main() {
    let subject = std::env::args().nth(1).unwrap_or_default();
    // For the peers, which have none of their own.
    rustls::crypto::ring::default_provider().install_default().expect("nobody else chose one");
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    match subject.as_str() {
        "serve" => runtime.block_on(server::serve()),
        "stream" => runtime.block_on(streams::measure()),
        "call" => runtime.block_on(calls::measure()),
        "storm" => runtime.block_on(storm::measure()),
        "growth" => runtime.block_on(growth::measure()),
        _ => {
            eprintln!("aipass-bench-chat: name what to measure: stream, call, storm or growth.");
            std::process::exit(2);
        }
    }
}

/// Prints a measurement.
fn report(measurement: &Value) {
    println!("{measurement}");
}
