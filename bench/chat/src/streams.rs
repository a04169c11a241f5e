//! Reading a chat's stream of events.

use crate::meter::{cost, median};
use crate::server::{Server, piece};
use crate::{client, peers, report};
use aipass::{AiPass, ChatEvent};
use serde_json::json;

const EVENTS: usize = 20_000;
const ROUNDS: usize = 11;

/// How long the text is.
pub async fn ours(ai: &AiPass, model: &str) -> usize {
    let stream = ai.chat_stream(client::question(model)).await.expect("the stream begins");
    let mut length = 0;
    while let Some(event) = stream.next().await.expect("an event") {
        if let ChatEvent::Text { text, .. } = event {
            length += text.len();
        }
    }
    length
}

pub async fn measure() {
    let server = Server::start().await;
    for (kind, model) in [("alike but for the text", "events"), ("with an id each", "ids")] {
        compare(&server, kind, &format!("{model}-{EVENTS}")).await;
    }
}

async fn compare(server: &Server, kind: &str, model: &str) {
    let ai = client::signed_in(server).await;
    let openai = peers::openai(server);
    let bare = reqwest::Client::new();
    let mut sides =
        [("ours", Vec::new()), ("async-openai", Vec::new()), ("eventsource-stream, serde_json", Vec::new())];
    // Connections are made, and tokens refreshed, before the first round.
    for round in 0..=ROUNDS {
        for (side, costs) in &mut sides {
            let (length, cost) = match *side {
                "ours" => cost(ours(&ai, model)).await,
                "async-openai" => cost(peers::openai_stream(&openai, model)).await,
                _ => cost(peers::bare_stream(&bare, server, model)).await,
            };
            assert_eq!(length, EVENTS * piece(0).len(), "{side} reads all");
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    for (side, costs) in &sides {
        let times: Vec<f64> = costs.iter().map(|cost| cost.processor.as_secs_f64() * 1e9 / EVENTS as f64).collect();
        let allocations: Vec<f64> = costs.iter().map(|cost| cost.allocations as f64 / EVENTS as f64).collect();
        let (nanoseconds, spread) = median(&times);
        report(&json!({
            "events_are": kind, "side": side, "nanoseconds_per_event": nanoseconds, "spread": spread,
            "allocations_per_event": median(&allocations).0,
            "peak_bytes": median(&costs.iter().map(|cost| cost.peak as f64).collect::<Vec<_>>()).0,
        }));
    }
}
