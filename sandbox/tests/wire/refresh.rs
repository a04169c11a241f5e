//! `POST /oauth2/token`: refresh tokens.

use std::time::Duration;

use aipass_sandbox::{Client, Sandbox};
use serde_json::json;

use crate::app::{App, REDIRECT_URI, oauth_error, read, tokens};

fn invalid_grant() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

// wire: a refresh rotates both tokens
#[tokio::test]
async fn a_refresh_rotates_both_tokens() {
    let app = App::start().await;
    let old = app.sign_in().await;
    let new = tokens(&read(app.refresh(&old.refresh).await).await.1);
    assert_eq!(app.userinfo_status(&old.access).await, 401);
    assert_eq!(app.userinfo_status(&new.access).await, 200);
    let counts = app.sandbox.tokens();
    assert_eq!((counts.live_access, counts.live_refresh), (1, 1));
    assert_eq!((counts.issued_for_codes, counts.issued_for_refreshes), (1, 1));
}

// RFC 9700 §4.14.2: a reused refresh token: the whole family dies
#[tokio::test]
async fn a_reused_refresh_token_revokes_its_whole_family_and_no_other() {
    let app = App::start().await;
    let (first, bystander) = (app.sign_in().await, app.sign_in().await);
    let second = tokens(&read(app.refresh(&first.refresh).await).await.1);
    let third = tokens(&read(app.refresh(&second.refresh).await).await.1);
    assert_eq!(oauth_error(app.refresh(&first.refresh).await).await, invalid_grant());
    assert_eq!(app.userinfo_status(&third.access).await, 401);
    assert_eq!(oauth_error(app.refresh(&third.refresh).await).await, invalid_grant());
    assert_eq!(app.userinfo_status(&bystander.access).await, 200);
}

// wire: two refreshes at once: the loser gets `503` with `Retry-After` (0.25-1 s)
#[tokio::test]
async fn the_loser_of_a_race_gets_retry_after_and_revokes_nothing() {
    let app = App::with(Sandbox::builder().refresh_takes(Duration::from_millis(40))).await;
    let tokens = app.sign_in().await;
    let (one, two) = tokio::join!(app.refresh(&tokens.refresh), app.refresh(&tokens.refresh));
    let (winner, loser) = if one.status() == 200 { (one, two) } else { (two, one) };
    assert_eq!(loser.status(), 503);
    let wait: f64 = loser.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((0.25..=1.0).contains(&wait), "{wait}");
    let issued = crate::app::tokens(&read(winner).await.1);
    assert_eq!(app.userinfo_status(&issued.access).await, 200);
}

// the window that the protocol leaves: the server rotated, the answer never came
#[tokio::test]
async fn a_client_that_disconnects_does_not_undo_the_rotation() {
    let app = App::with(Sandbox::builder().refresh_takes(Duration::from_millis(20))).await;
    let tokens = app.sign_in().await;
    let hung_up = tokio::time::timeout(Duration::from_millis(10), app.refresh(&tokens.refresh)).await;
    assert!(hung_up.is_err());
    for _ in 0..200 {
        if app.sandbox.tokens().issued_for_refreshes == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(app.sandbox.tokens().issued_for_refreshes, 1);
    assert_eq!(oauth_error(app.refresh(&tokens.refresh).await).await, invalid_grant());
}

// RFC 6749 §6: the refresh token was issued to the client that presents it
#[tokio::test]
async fn another_client_is_refused_and_revokes_nothing() {
    let app = App::with(Sandbox::builder().client(Client::public("other", "Other", REDIRECT_URI))).await;
    let tokens = app.sign_in().await;
    let body = json!({ "grantType": "refresh_token", "refreshToken": tokens.refresh, "clientId": "other" });
    assert_eq!(oauth_error(app.token(&body).await).await, invalid_grant());
    assert_eq!(app.refresh(&tokens.refresh).await.status(), 200);
}

#[tokio::test]
async fn a_user_who_withdraws_the_permission_ends_the_session() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    app.sandbox.revoke_grants();
    assert_eq!(app.userinfo_status(&tokens.access).await, 401);
    assert_eq!(oauth_error(app.refresh(&tokens.refresh).await).await, invalid_grant());
    assert_eq!((app.sandbox.tokens().live_access, app.sandbox.tokens().live_refresh), (0, 0));
}

#[tokio::test]
async fn an_expired_access_token_can_be_refreshed() {
    let app = App::start().await;
    let old = app.sign_in().await;
    app.sandbox.expire_access_tokens();
    assert_eq!(app.userinfo_status(&old.access).await, 401);
    let new = tokens(&read(app.refresh(&old.refresh).await).await.1);
    assert_eq!(app.userinfo_status(&new.access).await, 200);
    app.sandbox.advance_clock(Duration::from_secs(3600));
    assert_eq!(app.userinfo_status(&new.access).await, 401);
}
