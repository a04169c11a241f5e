//! `POST /oauth2/token`.

use crate::app::{App, exchange, read};

// wire: token response, snake_case: access_token, refresh_token, expires_in, token_type Bearer, scope
#[tokio::test]
async fn a_code_is_exchanged_for_a_pair_that_works() {
    let app = App::start().await;
    let response = app.token(&exchange(&app.code().await)).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers().contains_key("date"));
    let (status, body) = read(response).await;
    assert_eq!(status, 200);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["scope"], "api:access profile:read");
    assert_eq!(app.userinfo_status(body["access_token"].as_str().unwrap()).await, 200);
    assert!(body["refresh_token"].is_string());
}
