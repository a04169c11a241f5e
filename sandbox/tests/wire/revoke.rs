//! `POST /oauth2/revoke`.

use aipass_sandbox::{Client, Revocation, Sandbox};
use reqwest::Response;

use crate::app::{App, CLIENT_ID, REDIRECT_URI, oauth_error};

async fn by_form(app: &App, form: &str) -> Response {
    let request = app.http.post(app.url("/oauth2/revoke")).header("content-type", "application/x-www-form-urlencoded");
    request.body(form.to_owned()).send().await.unwrap()
}

async fn by_query(app: &App, bearer: &str, token: &str) -> Response {
    let mut url = app.url("/oauth2/revoke");
    url.query_pairs_mut().append_pair("token", token);
    app.http.post(url).bearer_auth(bearer).send().await.unwrap()
}

// wire: form body `token=…&client_id=…`, for the refresh and the access token
#[tokio::test]
async fn the_form_revokes_the_refresh_token_with_all_it_renews() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    let form = format!("token={}&client_id={CLIENT_ID}&token_type_hint=refresh_token", tokens.refresh);
    assert_eq!(by_form(&app, &form).await.status(), 200);
    assert_eq!(app.userinfo_status(&tokens.access).await, 401);
    assert_eq!(app.refresh(&tokens.refresh).await.status(), 400);
}

#[tokio::test]
async fn the_form_revokes_the_access_token_alone() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    let form = format!("token={}&client_id={CLIENT_ID}", tokens.access);
    assert_eq!(by_form(&app, &form).await.status(), 200);
    assert_eq!(app.userinfo_status(&tokens.access).await, 401);
    assert_eq!(app.refresh(&tokens.refresh).await.status(), 200);
}

// wire: `POST /oauth2/revoke?token=ACCESS_TOKEN` with the Bearer header
#[tokio::test]
async fn the_query_with_a_bearer_header_revokes() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    assert_eq!(by_query(&app, "wrong", &tokens.access).await.status(), 401);
    assert_eq!(by_query(&app, &tokens.access, &tokens.access).await.status(), 200);
    assert_eq!(app.userinfo_status(&tokens.access).await, 401);
}

// RFC 7009 §2.2: an unknown token is answered with 200. §2.1: another client's token is left alone
#[tokio::test]
async fn revoking_unknown_tokens_succeeds_and_foreign_ones_fails() {
    let app = App::with(Sandbox::builder().client(Client::public("other", "Other", REDIRECT_URI))).await;
    let tokens = app.sign_in().await;
    assert_eq!(by_form(&app, &format!("token=nothing&client_id={CLIENT_ID}")).await.status(), 200);
    let foreign = by_form(&app, &format!("token={}&client_id=other", tokens.refresh)).await;
    assert_eq!(oauth_error(foreign).await, (400, "invalid_grant".to_owned()));
    assert_eq!(app.userinfo_status(&tokens.access).await, 200);
    assert_eq!(by_form(&app, "token=x").await.status(), 400);
    assert_eq!(by_form(&app, "token=x&client_id=nobody").await.status(), 401);
}

// wire: a server may answer that the token parameter is missing: then the query form is for it
#[tokio::test]
async fn the_query_only_mode_refuses_the_form() {
    let app = App::with(Sandbox::builder().revocation(Revocation::QueryOnly)).await;
    let tokens = app.sign_in().await;
    let refused = by_form(&app, &format!("token={}&client_id={CLIENT_ID}", tokens.refresh)).await;
    assert_eq!(oauth_error(refused).await, (400, "invalid_request".to_owned()));
    assert_eq!(by_query(&app, &tokens.access, &tokens.refresh).await.status(), 200);
    assert_eq!(app.refresh(&tokens.refresh).await.status(), 400);
}

#[tokio::test]
async fn json_is_no_revocation() {
    let app = App::start().await;
    let request = app.http.post(app.url("/oauth2/revoke")).header("content-type", "application/json");
    assert_eq!(request.body("{}").send().await.unwrap().status(), 415);
}
