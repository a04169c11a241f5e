//! RP-initiated logout.

use crate::app::{CLIENT_ID, REDIRECT_URI};
use crate::oauth_app::{OAuthApp, Pairs, text};

async fn logout(app: &OAuthApp, parameters: Pairs<'_>) -> (u16, Option<String>) {
    let mut url = app.endpoint("end_session_endpoint");
    url.query_pairs_mut().extend_pairs(parameters);
    let response = app.http.get(url).send().await.unwrap();
    let location = response.headers().get("location").map(|location| location.to_str().unwrap().to_owned());
    (response.status().as_u16(), location)
}

// §2: an id_token that has expired, or whose key was replaced, is still a hint
#[tokio::test]
async fn logout_leads_back_to_a_registered_address() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    app.sandbox.advance_clock(std::time::Duration::from_secs(7200));
    app.sandbox.rotate_keys();
    let hint = ("id_token_hint", text(&tokens, "id_token"));
    let back = ("post_logout_redirect_uri", REDIRECT_URI);
    let expected = format!("{REDIRECT_URI}?state=a+b");
    assert_eq!(logout(&app, &[hint, back, ("state", "a b")]).await, (303, Some(expected.clone())));
    let response = app.post(app.endpoint("end_session_endpoint"), &[hint, back, ("state", "a b")]).await;
    assert_eq!(response.headers()["location"], expected);
    assert_eq!(logout(&app, &[("client_id", CLIENT_ID), back]).await, (303, Some(REDIRECT_URI.to_owned())));
    assert_eq!(logout(&app, &[]).await, (200, None));
}

// §3: never an open redirect
#[tokio::test]
async fn logout_leads_nowhere_else() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let id_token = text(&tokens, "id_token");
    let forged = format!("{}x", &id_token[..id_token.len() - 4]);
    let back = ("post_logout_redirect_uri", REDIRECT_URI);
    for parameters in [
        vec![("id_token_hint", id_token), ("post_logout_redirect_uri", "https://evil.example")],
        vec![("id_token_hint", forged.as_str()), back],
        vec![("id_token_hint", id_token), ("client_id", "aipass_cli"), back],
        vec![("client_id", "nobody"), back],
        vec![back],
    ] {
        assert_eq!(logout(&app, &parameters).await, (400, None), "{parameters:?}");
    }
}
