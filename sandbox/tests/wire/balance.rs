//! The balance.

use aipass_sandbox::{Endpoint, Fault, Sandbox};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, ask, read};

async fn summary(app: &App, access: &str) -> Value {
    let (status, body) = read(app.get("/api/v1/usage/me/summary", access).send().await.unwrap()).await;
    assert_eq!((status, &body["success"]), (200, &json!(true)));
    body["data"].clone()
}

// wire: envelope {success, data:{totalCost, maxBudget, remainingBudget}}
#[tokio::test]
async fn the_balance_falls_with_use() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let before = summary(&app, &access).await;
    assert_eq!(before, json!({ "totalCost": 0, "maxBudget": 10, "remainingBudget": 10 }));
    let (_, response) = read(app.chat(&access, &ask("hello")).await).await;
    // Stated prices: 2.50 and 10.00 US dollars for a million tokens.
    let count = |name: &str| Decimal::from(response["usage"][name].as_u64().unwrap());
    let cost = count("prompt_tokens") * Decimal::new(25, 7) + count("completion_tokens") * Decimal::new(1, 5);
    assert!(cost > Decimal::ZERO);
    assert_eq!(app.sandbox.spent(), cost);
    let after = summary(&app, &access).await;
    let number = |name: &str| after[name].to_string().parse::<Decimal>().unwrap();
    assert_eq!(number("totalCost"), cost);
    assert_eq!(number("remainingBudget"), Decimal::TEN - cost);
}

// wire: LiteLLM answers `type: "budget_exceeded"` ("Budget has been exceeded! Current cost: …, Max budget: …")
#[tokio::test]
async fn an_empty_balance_is_litellms_budget_error() {
    let app = App::with(Sandbox::builder().budget(Decimal::new(1, 5))).await;
    let access = app.sign_in().await.access;
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200, "a call may overdraw");
    for stream in [false, true] {
        let mut request = ask("hello");
        request["stream"] = json!(stream);
        let (status, body) = read(app.chat(&access, &request).await).await;
        assert_eq!((status, &body["error"]["type"]), (400, &json!("budget_exceeded")));
        let expected =
            format!("Budget has been exceeded! Current cost: {}, Max budget: 0.00001", app.sandbox.spent().normalize());
        assert_eq!(body["error"]["message"], expected);
    }
    assert_eq!(summary(&app, &access).await["remainingBudget"], 0);
    app.sandbox.set_budget(Decimal::ONE);
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
}

// wire: `POST /api/v1/payment/create-checkout-session` `{amount}` → `data.checkoutUrl`
#[tokio::test]
async fn a_checkout_begins_with_a_link_and_takes_no_money() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let checkout = async |access: &str, body: Value| {
        let request = app.http.post(app.url("/api/v1/payment/create-checkout-session")).bearer_auth(access);
        let request = request.header("content-type", "application/json").body(body.to_string());
        read(request.send().await.unwrap()).await
    };
    for amount in [json!(10), json!(10.50), json!("25.00")] {
        let (status, response) = checkout(&access, json!({ "amount": amount })).await;
        assert_eq!((status, &response["success"]), (200, &json!(true)), "{response}");
        assert!(response["data"]["checkoutUrl"].as_str().unwrap().starts_with("https://"));
    }
    for amount in [json!(0), json!(-5), json!(0.001), json!(1001), json!("much"), Value::Null] {
        let (status, response) = checkout(&access, json!({ "amount": amount })).await;
        assert_eq!((status, &response["error"]), (400, &json!("invalid_request")), "{amount}");
    }
    assert_eq!(checkout("sandbox_at_wrong", json!({ "amount": 10 })).await.0, 401);
    app.sandbox.add_fault(Endpoint::Checkout, Fault::status(503), Some(1)).unwrap();
    let bare = app.http.post(app.url("/api/v1/payment/create-checkout-session")).send().await.unwrap();
    assert_eq!(bare.status(), 503);
    assert_eq!(summary(&app, &access).await["maxBudget"], 10);
}
