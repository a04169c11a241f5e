//! Every endpoint × every fault of a server and a network: what the app gets, and what it costs.
//!
//! Real sockets on a paused clock: a call that waits for ten minutes takes no time, and the server is on the same thread,
//! so that the clock moves only when neither has anything to do. The outcomes stand in `docs/fault-matrix.md`, which this
//! test compares, or writes if `AIPASS_WRITE_FAULT_MATRIX` is set.

mod coding;
mod endpoints;
mod faults;
mod server;

use aipass::{AiPass, MemoryStore, Provider};
use endpoints::{Endpoint, sign_in};
use faults::Fault;
use server::Server;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};

/// No call takes longer: its total limit, and the waiting that is not part of it.
const MAX_TIME: Duration = Duration::from_secs(11 * 60);
/// No response has more bytes read of it: images and speech may have 256 MiB, and a socket's buffers take some more.
const MAX_TAKEN: usize = 280 * 1024 * 1024;
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/fault-matrix.md");

/// What one call came to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Outcome {
    code: String,
    /// How many requests the server got for it at the endpoint.
    requests: usize,
}

// P1, P3: no paid call twice, and every call ends within its limits
#[tokio::test(start_paused = true)]
async fn every_fault_at_every_endpoint_has_a_typed_outcome_and_no_paid_call_is_repeated_on_a_guess() {
    let folder = tempfile::tempdir().unwrap();
    let folder: Arc<Path> = Arc::from(folder.path());
    let endpoints = endpoints::all();
    let (mut rows, mut violations) = (Vec::new(), Vec::new());
    for (name, variants) in faults::all() {
        let variants: Vec<Arc<Fault>> = variants.into_iter().map(Arc::new).collect();
        let mut by_outcome: BTreeMap<BTreeSet<Outcome>, Vec<&str>> = BTreeMap::new();
        for endpoint in &endpoints {
            let mut outcomes = BTreeSet::new();
            // A file on disk may have 2 GB: that is too much for a test.
            let untried = name == "giant body" && endpoint.name == "video file";
            if untried {
                outcomes.insert(Outcome { code: "not tried".to_owned(), requests: 0 });
            }
            for fault in variants.iter().filter(|_| !untried) {
                let (outcome, wrong) = attempt(endpoint, fault, &folder).await;
                violations.extend(wrong.into_iter().map(|wrong| format!("{name} at {}: {wrong}", endpoint.name)));
                outcomes.insert(outcome);
            }
            by_outcome.entry(outcomes).or_default().push(endpoint.name);
        }
        rows.push(row(name, by_outcome));
    }
    let document = document(&rows);
    if std::env::var_os("AIPASS_WRITE_FAULT_MATRIX").is_some() {
        std::fs::write(DOCUMENT, document).unwrap();
    } else {
        let known = std::fs::read_to_string(DOCUMENT).unwrap_or_default();
        let changed = document.lines().filter(|line| !known.contains(line)).collect::<Vec<_>>().join("\n");
        assert!(document == known, "docs/fault-matrix.md has other outcomes. Now:\n{changed}");
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

async fn attempt(endpoint: &Endpoint, fault: &Arc<Fault>, folder: &Arc<Path>) -> (Outcome, Vec<String>) {
    let mut server = Server::start(endpoints::good(endpoint.name == "chat stream")).await;
    let ai = AiPass::builder("client_123", "myapp://auth/callback")
        .provider(Provider::ai_pass_at(&server.base_url).unwrap())
        .store(Arc::new(MemoryStore::default()))
        .runtime(Handle::current())
        .build()
        .unwrap();
    if endpoint.signed_in {
        sign_in(&ai).await.unwrap();
    }
    server.break_at(endpoint.target, Arc::clone(fault)).await;
    let begun = Instant::now();
    let result = timeout(MAX_TIME, (endpoint.call)(ai, Arc::clone(folder))).await;
    let took = begun.elapsed();
    let (answered, taken) = (server.answered(), server.taken());
    let mut wrong = Vec::new();
    let code = match result {
        Ok(Ok(())) => "ok".to_owned(),
        Ok(Err(aipass::Error::Other { code, detail })) => {
            wrong.push(format!("the untyped error {code}: {detail}"));
            code
        }
        Ok(Err(error)) => error.code().to_owned(),
        Err(_) => {
            wrong.push(format!("no outcome after {took:?}"));
            "none".to_owned()
        }
    };
    // A refusal of the request as such is the one reason to send it again: it was not handled.
    let refused = |status: &Option<u16>| matches!(status, Some(401 | 429));
    let repeated = answered.len().saturating_sub(1);
    if endpoint.paid && !answered.iter().take(repeated).all(refused) {
        wrong.push(format!("a paid call was sent again after {answered:?}"));
    }
    if answered.len() > 4 {
        wrong.push(format!("{} requests", answered.len()));
    }
    if taken > MAX_TAKEN {
        wrong.push(format!("{taken} bytes were read"));
    }
    (Outcome { code, requests: answered.len() }, wrong)
}

/// One row: each set of outcomes with its endpoints, the most frequent last, as "all others".
fn row(name: &str, by_outcome: BTreeMap<BTreeSet<Outcome>, Vec<&str>>) -> String {
    let mut groups: Vec<(String, Vec<&str>)> =
        by_outcome.into_iter().map(|(outcomes, endpoints)| (written(&outcomes), endpoints)).collect();
    groups.sort_by_key(|(_, endpoints)| endpoints.len());
    let (last, others) = groups.split_last().unwrap();
    let mut cells: Vec<String> =
        others.iter().map(|(outcomes, endpoints)| format!("{}: {outcomes}", endpoints.join(", "))).collect();
    cells.push(format!("{}: {}", if others.is_empty() { "all" } else { "all others" }, last.0));
    format!("| {name} | {} |\n", cells.join("<br>"))
}

fn written(outcomes: &BTreeSet<Outcome>) -> String {
    let written = outcomes.iter().map(|Outcome { code, requests }| match requests {
        0 | 1 => format!("`{code}`"),
        more => format!("`{code}` after {more} requests"),
    });
    written.collect::<Vec<_>>().join(" or ")
}

fn document(rows: &[String]) -> String {
    format!(
        "# What each fault comes to

For each endpoint and each fault of a server or a network: the [code](../core/src/error/mod.rs) of the error that the app
gets, or `ok`, and how many requests the server got if it was more than one. A test makes this page
(`tests/rust/fault_matrix/main.rs`) and fails if an outcome changes. To write it anew:
`AIPASS_WRITE_FAULT_MATRIX=1 cargo test -p aipass-tests --test fault_matrix`.

In every cell the test also checks that the outcome is a typed error, that it comes within the limits of time (ten minutes
of a paused clock), that a response without end is not read beyond its limit, that no call panics, and that no paid request
is sent again unless the server refused the one before with 401 or 429.

| fault | what the app gets |
|---|---|
{}",
        rows.concat()
    )
}
