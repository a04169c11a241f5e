//! The consent page and its form.

use std::time::Duration;

use aipass_sandbox::{Client, Sandbox, user_agent};
use reqwest::Response;

use crate::app::{App, REDIRECT_URI};

async fn page(app: &App) -> String {
    app.http.get(app.authorization_url(&[])).send().await.unwrap().text().await.unwrap()
}

fn consent_token(html: &str) -> String {
    html.split(r#"name="consent_token" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn post(app: &App, form: String, origin: Option<&str>) -> Response {
    let mut request = app.http.post(app.url("/oauth2/authorize"));
    request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    request.send().await.unwrap()
}

// issue: shows the app, the scopes in words, the redirect
#[tokio::test]
async fn the_page_shows_the_app_its_scopes_and_its_redirect_uri() {
    let html = page(&App::start().await).await;
    for text in
        ["Receipts", "Use AI models", "See your name and email address", REDIRECT_URI, "Allow", "Deny", "lang=\"en\""]
    {
        assert!(html.contains(text), "{text}");
    }
    assert!(!html.contains("<script"));
}

#[tokio::test]
async fn an_apps_name_is_text_and_no_markup() {
    let name = r#"<script>alert("1")</script> & 'Co'"#;
    let app = App::with(Sandbox::builder().client(Client::public("evil", name, "myapp://x"))).await;
    let url = app.authorization_url(&[("client_id", "evil"), ("redirect_uri", "myapp://x")]);
    let html = app.http.get(url.clone()).send().await.unwrap().text().await.unwrap();
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;alert(&quot;1&quot;)"));
    assert!(user_agent::consent(&url).await.is_ok());
}

// A page that another page could frame, or that sends its URL along, would give the code away
#[tokio::test]
async fn the_page_is_neither_framed_nor_cached_nor_referred_from() {
    let app = App::start().await;
    let response = app.http.get(app.authorization_url(&[])).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
}

// issue: the POST must carry a single-use token issued with the page
#[tokio::test]
async fn a_consent_token_works_once() {
    let app = App::start().await;
    let token = consent_token(&page(&app).await);
    let form = format!("consent_token={token}&decision=allow");
    let allowed = post(&app, form.clone(), None).await;
    assert_eq!(allowed.status(), 303);
    assert!(allowed.headers()["location"].to_str().unwrap().starts_with(REDIRECT_URI));
    assert_eq!(post(&app, form, None).await.status(), 400);
}

#[tokio::test]
async fn a_form_without_a_fresh_token_is_refused() {
    let app = App::start().await;
    for form in ["decision=allow", "consent_token=guess&decision=allow", ""] {
        let refused = post(&app, form.to_owned(), None).await;
        assert_eq!(refused.status(), 400, "{form}");
        assert!(refused.headers().get("location").is_none());
    }
    let token = consent_token(&page(&app).await);
    app.sandbox.advance_clock(Duration::from_secs(600));
    assert_eq!(post(&app, format!("consent_token={token}&decision=allow"), None).await.status(), 400);
}

#[tokio::test]
async fn a_form_from_another_origin_is_refused_and_spends_nothing() {
    let app = App::start().await;
    let form = format!("consent_token={}&decision=allow", consent_token(&page(&app).await));
    assert_eq!(post(&app, form.clone(), Some("https://evil.example")).await.status(), 403);
    assert_eq!(post(&app, form, Some("null")).await.status(), 303);
}

#[tokio::test]
async fn the_user_agent_goes_to_loopback_only() {
    let url = "https://aipass.one/oauth2/authorize".parse().unwrap();
    assert!(matches!(user_agent::consent(&url).await, Err(user_agent::UserAgentError::NotLoopback)));
}
