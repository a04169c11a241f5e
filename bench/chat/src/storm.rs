//! Many callers at once, whose token has expired.

use crate::meter::cost;
use crate::server::Server;
use crate::{client, report};
use futures_util::future::join_all;
use serde_json::json;
use std::time::Duration;

const CALLERS: usize = 1_000;

pub async fn measure() {
    let server = Server::start().await;
    let ai = client::signed_in(&server).await;
    // Until its first token has expired.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let callers = async { join_all((0..CALLERS).map(|_| ai.access_token(Duration::from_secs(60)))).await };
    let (tokens, cost) = cost(callers).await;
    assert!(tokens.iter().all(Result::is_ok), "each has a token");
    let url = format!("{}/refreshes", server.base);
    let refreshes: usize = reqwest::get(url).await.expect("an answer").json().await.expect("a number");
    report(&json!({"callers": CALLERS, "token_requests": refreshes, "peak_bytes": cost.peak}));
}
