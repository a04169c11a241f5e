//! The stream of balances, on a paused clock.

mod changes;
mod failed_fetches;
mod fetched_again;
mod other_users;

use crate::client::tests::world::{BALANCE, World};
use crate::net::scripted::{Scripted, ScriptedTransport, answer, with_header};
use crate::{AiPass, BalanceUpdate, Balances, ChatRequest};
use rust_decimal::Decimal;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

pub const SECOND: Duration = Duration::from_secs(1);
pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(3600);

/// The provider says that so many cents are spent of 10 dollars.
pub fn summary(cents: i64) -> Scripted {
    budget(cents, 1_000)
}

pub fn budget(spent: i64, most: i64) -> Scripted {
    let dollars = |cents| Decimal::new(cents, 2);
    let (spent, most, left) = (dollars(spent), dollars(most), dollars(most - spent));
    answer(
        200,
        format!(r#"{{"success":true,"data":{{"totalCost":{spent},"maxBudget":{most},"remainingBudget":{left}}}}}"#),
    )
}

pub fn reply(cost: &str) -> Scripted {
    let body = r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#;
    with_header(answer(200, body), "x-litellm-response-cost", cost)
}

pub async fn chat(world: &World, ai: &AiPass, answered: Scripted) {
    world.server.set(|state| state.api_answers.push_front(answered));
    drop(ai.chat(ChatRequest { model: Some("m-1".into()), ..ChatRequest::user("Hi") }).await);
}

pub async fn next(balances: &Balances) -> BalanceUpdate {
    balances.next().await.unwrap().unwrap()
}

/// What is left, and whether that is an estimate.
pub fn left(update: &BalanceUpdate) -> (Option<String>, bool) {
    let remaining = update.balance.and_then(|balance| balance.remaining_budget);
    (remaining.map(|remaining| remaining.normalize().to_string()), update.is_estimate)
}

pub fn figure(left: &str, is_estimate: bool) -> (Option<String>, bool) {
    (Some(left.to_owned()), is_estimate)
}

/// The newest update within this time; `None` if there is none.
pub async fn within(time: Duration, balances: &Balances) -> Option<BalanceUpdate> {
    let (until, mut last) = (Instant::now() + time, None);
    while let Ok(update) = tokio::time::timeout_at(until, balances.next()).await {
        last = Some(update.unwrap().unwrap());
    }
    last
}

/// A client whose balance takes a while to arrive.
pub fn slow(world: &World, takes: Duration) -> (AiPass, Arc<ScriptedTransport>) {
    let server = Arc::clone(&world.server);
    let transport = ScriptedTransport::new(move |request| {
        let server = Arc::clone(&server);
        async move {
            let is_balance = request.uri().path() == BALANCE;
            let answered = server.handle(request).await;
            if is_balance {
                tokio::time::sleep(takes).await;
            }
            answered
        }
    });
    let ai = world.client_through(crate::environment::ProcessId::new(), world.store.clone(), transport.clone());
    (ai, transport)
}
