//! `aipass estimate`, and what `aipass usage` says of the day.

use crate::running::{file, folder};
use crate::user::User;
use aipass_sandbox::{Alteration, Endpoint, Sandbox, bundled_receipts};
use rust_decimal::Decimal;
use serde_json::{Value, json};

async fn priced(name: &str) -> User {
    User::sign_in_to(Sandbox::builder().prices(true).start().await.unwrap(), name).await
}

fn money(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

// P20
#[tokio::test]
async fn a_chat_is_estimated_as_a_range_and_nothing_is_sent() {
    let user = priced("estimate-chat").await;
    let shown = user.run(&["estimate", "chat", "Hello", "--max-tokens", "100"]).await;
    let expected = "model   gpt-5-mini\ncost    0.0000125 to 0.00107\ninput   1 to 28 tokens\noutput  1 to 100 tokens\nprices  catalogue\n";
    assert_eq!((shown.status, shown.stdout.as_str(), shown.stderr.as_str()), (0, expected, ""), "{shown:?}");
    let estimate = user.run(&["estimate", "chat", "Hello", "--max-tokens", "100", "--json"]).await.json();
    let expected = json!({
        "model": "gpt-5-mini", "low": "0.0000125", "high": "0.00107", "prices": "catalogue",
        "input_tokens": { "min": 1, "max": 28 }, "output_tokens": { "min": 1, "max": 100 },
    });
    assert_eq!(estimate, expected);
    user.run(&["estimate", "chat", " "]).await.fails_with(2, "cannot be used");
    assert_eq!(user.sandbox.requests("/oauth2/v1/chat/completions"), 0);
}

// P20
#[tokio::test]
async fn every_kind_of_call_is_estimated_by_its_own_price() {
    let user = priced("estimate-kinds").await;
    let files = folder("estimate-files");
    let photo = file(&files, "receipt.jpg", bundled_receipts()[0].photo);
    let schema = file(&files, "schema.json", br#"{"type":"object"}"#);
    let estimate = async |arguments: &[&str]| user.run(&[&["estimate"], arguments, &["--json"]].concat()).await.json();
    let scan = estimate(&["scan", &photo]).await;
    let summary = estimate(&["scan", &photo, "--summary"]).await;
    assert!(money(&summary["high"]) < money(&scan["high"]) && money(&scan["low"]) > Decimal::ZERO, "{summary} {scan}");
    for arguments in [
        &["describe", &photo, "--prompt", "What is it?"][..],
        &["extract", &photo, "--schema", &schema],
        &["image", "A cat", "--count", "2"],
        &["speech", "Good morning"],
        &["embed", "coffee", "tea"],
    ] {
        let estimate = estimate(arguments).await;
        assert!(money(&estimate["low"]) <= money(&estimate["high"]), "{estimate}");
        assert_eq!(estimate["prices"], "catalogue");
    }
    let sized = user.run(&["estimate", "image", "A cat", "--size", "4096x4096"]).await;
    assert!(sized.stdout.contains(" or more: the most is unknown\n"), "{sized:?}");
    let spent = user.run(&["usage", "--json"]).await.json();
    assert_eq!((&spent["total_cost"], &spent["calls_today"]), (&json!("0.00"), &json!(0)));
}

// P12, P20: unknown is unknown, in words and in JSON
#[tokio::test]
async fn without_a_price_the_cost_is_unknown() {
    let user = User::sign_in("estimate-unknown").await;
    let shown = user.run(&["estimate", "chat", "Hello"]).await;
    let expected =
        "model   gpt-5-mini\ncost    unknown\ninput   1 to 28 tokens\noutput  1 tokens or more\nprices  unknown\n";
    assert_eq!((shown.status, shown.stdout.as_str()), (0, expected), "{shown:?}");
    let estimate = user.run(&["estimate", "speech", "Hello", "--json"]).await.json();
    let figures = ["low", "high", "input_tokens", "output_tokens"].map(|name| estimate[name].clone());
    assert_eq!(
        (figures, &estimate["prices"]),
        ([Value::Null, Value::Null, Value::Null, Value::Null], &json!("unknown"))
    );
}

// P12, P22: what was told, what was computed, and what stands
#[tokio::test]
async fn usage_shows_what_was_spent_today_and_what_was_computed() {
    let user = priced("usage-today").await;
    user.run(&["chat", "Hello", "--json"]).await.json();
    let today = user.run(&["usage", "--json"]).await.json();
    assert_eq!((&today["spent_today"], &today["at_most_today"]), (&today["total_cost"], &json!("0.00")));
    user.sandbox.add_fault(Endpoint::Chat, Alteration::CostUnknown.into(), Some(1)).unwrap();
    user.run(&["chat", "Hello", "--json", "--max-tokens", "100", "--max-cost", "0.01"]).await.json();
    let later = user.run(&["usage", "--json"]).await.json();
    assert_eq!((&later["spent_today"], &later["calls_today_of_unknown_cost"]), (&today["spent_today"], &json!(1)));
    let computed = money(&later["at_most_today"]);
    assert_eq!(computed + money(&later["spent_today"]), money(&later["total_cost"]), "{later}");
    let shown = user.run(&["usage"]).await.stdout;
    assert!(
        shown.ends_with(&format!(
            " and 1 of 2 calls of unknown cost, at most {}\n",
            later["at_most_today"].as_str().unwrap()
        )),
        "{shown}"
    );
}
