//! Changed token answers, and errors in other forms.

use aipass_sandbox::{Alteration, Endpoint};
use serde_json::json;

use crate::app::{App, ask, exchange, read, tokens};

// K1
#[tokio::test]
async fn a_refresh_can_return_the_previous_access_token_which_still_works() {
    let app = App::start().await;
    let first = app.sign_in().await;
    app.sandbox.expire_access_tokens();
    app.sandbox.add_fault(Endpoint::Token, Alteration::SameAccessToken.into(), Some(1)).unwrap();
    let second = tokens(&read(app.refresh(&first.refresh).await).await.1);
    assert_eq!(second.access, first.access);
    assert_ne!(second.refresh, first.refresh);
    assert_eq!(app.userinfo_status(&second.access).await, 200);
    let third = tokens(&read(app.refresh(&second.refresh).await).await.1);
    assert_ne!(third.access, first.access);
}

// K2, K4, M5
#[tokio::test]
async fn token_responses_have_misleading_members() {
    let app = App::start().await;
    let answer = async |alteration: Alteration| {
        let code = app.code().await;
        app.sandbox.add_fault(Endpoint::Token, alteration.into(), Some(1)).unwrap();
        app.token(&exchange(&code)).await.text().await.unwrap()
    };
    let body = answer(Alteration::EmptyError).await;
    assert!(body.contains(r#""error":"""#) && body.contains(r#""access_token":"sandbox_at_"#), "{body}");
    let body = answer(Alteration::NarrowScope).await;
    assert!(body.contains(r#""scope":"api:access""#), "{body}");
    let body = answer(Alteration::DuplicateMember).await;
    assert!(body.contains(r#""access_token":"the first of two","access_token":"sandbox_at_"#), "{body}");
}

// K5, K6, C9: nothing was processed
#[tokio::test]
async fn faults_at_the_token_endpoint_spend_no_code() {
    let app = App::start().await;
    let code = app.code().await;
    for (alteration, status, wait) in [
        (Alteration::SlowDown, 429, Some("120")),
        (Alteration::HugeRetryAfter, 429, Some("99999999999999999999")),
        (Alteration::EnvelopeError, 200, None),
    ] {
        app.sandbox.add_fault(Endpoint::Token, alteration.into(), Some(1)).unwrap();
        let response = app.token(&exchange(&code)).await;
        let after = response.headers().get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
        assert_eq!((response.status().as_u16(), after.as_deref()), (status, wait));
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        let body = read(response).await.1;
        assert!(body["error"] == "slow_down" || body["message"] == "Code expired", "{body}");
    }
    assert_eq!(app.token(&exchange(&code)).await.status(), 200);
}

// C7, C8, K8, G9
#[tokio::test]
async fn errors_come_in_every_form_and_cost_nothing() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let spent = app.sandbox.spent();
    for (alteration, status, kind, words) in [
        (Alteration::ListError, 400, "application/json", "[{\"error\":{"),
        (Alteration::DetailError, 400, "application/json", "{\"detail\":{\"error\":{"),
        (
            Alteration::TextError,
            429,
            "text/plain; charset=utf-8",
            "ExceededBudget: End User=u1 over budget. Spend=0, Budget=10",
        ),
        (Alteration::HtmlError, 502, "text/html; charset=utf-8", "<h1>Bad gateway"),
        (Alteration::Html200, 200, "text/html; charset=utf-8", "<h1>Bad gateway"),
        (Alteration::Budget401, 401, "application/json", "ExceededBudget: End User=u1"),
        (Alteration::Upstream401, 401, "application/json", "invalid_token"),
        (Alteration::EchoedToken, 400, "application/json", access.as_str()),
    ] {
        app.sandbox.add_fault(Endpoint::Chat, alteration.into(), Some(1)).unwrap();
        let response = app.chat(&access, &ask("hello")).await;
        assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()), (status, kind));
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(id.contains(&access), alteration == Alteration::EchoedToken, "{id}");
        let body = response.text().await.unwrap();
        assert!(body.contains(words), "{body}");
    }
    assert_eq!(app.sandbox.spent(), spent);
    assert_eq!(app.sandbox.request_log().iter().filter(|record| record.fault == Some("budget_401")).count(), 1);
    assert_eq!(app.userinfo_status(&access).await, 200, "the token itself is well");
}

// Control API: what can go wrong is listed
#[tokio::test]
async fn the_control_api_and_the_readme_list_the_faults() {
    let app = App::start().await;
    let listed = app.look("faults").await;
    let kinds: Vec<&str> =
        listed["kinds"].as_array().unwrap().iter().map(|kind| kind["kind"].as_str().unwrap()).collect();
    let all = Alteration::ALL.iter().all(|(name, ..)| kinds.contains(name));
    assert!(all && kinds.contains(&"delay"), "{kinds:?}");
    for described in listed["kinds"].as_array().unwrap() {
        let kind = described["kind"].as_str().unwrap();
        let mut fault = json!({ "endpoint": "chat", "fault": { "kind": kind }, "times": 1 });
        if let Some(name) = described["value"]["name"].as_str() {
            fault["fault"][name] = described["value"]["example"].clone();
        }
        assert_eq!(app.control("faults", &fault).await.0, 200, "{kind}");
        let readme = include_str!("../../README.md");
        let named = [format!("`{kind}`"), format!("\"kind\": \"{kind}\"")].iter().any(|name| readme.contains(name));
        assert!(named, "README: {kind}");
    }
}
