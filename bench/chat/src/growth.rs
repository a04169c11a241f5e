//! How time and memory grow with what is asked.

use crate::meter::cost;
use crate::server::Server;
use crate::{client, report, streams};
use aipass::AiPass;
use futures_util::future::join_all;
use serde_json::json;

pub async fn measure() {
    let server = Server::start().await;
    let ai = client::signed_in(&server).await;
    calls(&ai, 1).await;
    for count in [1, 10, 100, 1_000] {
        let (_, cost) = cost(calls(&ai, count)).await;
        let milliseconds = cost.processor.as_secs_f64() * 1e3;
        report(&json!({"calls": count, "milliseconds": milliseconds, "peak_bytes": cost.peak}));
    }
    for count in [1_usize, 10, 100, 1_000, 10_000, 100_000] {
        let (_, cost) = cost(streams::ours(&ai, &format!("events-{count}"))).await;
        let milliseconds = cost.processor.as_secs_f64() * 1e3;
        report(&json!({"events": count, "milliseconds": milliseconds, "peak_bytes": cost.peak}));
    }
}

async fn calls(ai: &AiPass, count: usize) {
    let answers = (0..count).map(|_| ai.chat(client::question("a-model")));
    for answer in join_all(answers).await {
        answer.expect("an answer");
    }
}
