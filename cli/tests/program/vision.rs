//! `aipass describe` and `aipass extract`.

use crate::running::file;
use crate::user::User;
use aipass_sandbox::bundled_receipts;

const SCHEMA: &str = r#"{
    "type": "object",
    "properties": { "merchant": { "type": "string" }, "amount": { "type": "number" } },
    "required": ["merchant", "amount"]
}"#;

#[tokio::test]
async fn photos_are_described_in_words_and_as_json() {
    let user = User::sign_in("describe").await;
    let photos: Vec<String> =
        bundled_receipts()[..2].iter().map(|it| file(&user.home, &format!("{}.jpg", it.name), it.photo)).collect();
    let arguments = ["describe", &photos[0], &photos[1], "--prompt", "What is on these photos?"];
    let outcome = user.run(&arguments).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert!(!outcome.stdout.trim().is_empty());
    let printed = user.run(&[&arguments[..], &["--json"]].concat()).await.json();
    assert_eq!(format!("{}\n", printed["text"].as_str().unwrap()), outcome.stdout);
    assert_eq!(printed["finish_reason"], "stop");
    assert_eq!(user.sandbox.requests("/oauth2/v1/chat/completions"), 2);
}

#[tokio::test]
async fn json_of_a_schema_is_read_from_a_photo() {
    let user = User::sign_in("extract").await;
    let cafe = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let schema = file(&user.home, "schema.json", SCHEMA.as_bytes());
    let outcome = user.run(&["extract", &cafe, "--schema", &schema]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert_eq!(outcome.json()["merchant"], "Cafe Morgenrot");
    let printed = user.run_with_input(&["extract", &cafe, "--schema", "-", "--json"], SCHEMA).await.json();
    assert_eq!(printed["value"], outcome.json());
    assert!(printed["model"].is_string() && printed["tokens"]["total"].as_u64().unwrap() > 0, "{printed}");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_a_failure() {
    let user = User::sign_in("extract-violation").await;
    let cafe = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let schema =
        br#"{ "type": "object", "properties": { "merchant": { "type": "string" } }, "required": ["chapters"] }"#;
    let schema = file(&user.home, "schema.json", schema);
    let outcome = user.run(&["extract", &cafe, "--schema", &schema, "--json"]).await;
    outcome.fails_with(1, "/chapters is missing");
    // It is paid for.
    outcome.fails_with(1, "Cafe Morgenrot");
    assert_eq!(outcome.json()["error"]["code"], "invalid_output");
}

// P8
#[tokio::test]
async fn what_cannot_be_looked_at_costs_nothing() {
    let user = User::sign_in("vision-refused").await;
    let cafe = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let text = file(&user.home, "notes.jpg", b"milk, eggs");
    let no_schema = file(&user.home, "schema.json", b"[]");
    let describe = async |photo: &str| user.run(&["describe", photo, "--prompt", "What is it?"]).await;
    describe("missing.jpg").await.fails_with(1, "missing.jpg: There is no such file");
    describe(user.home.to_str().unwrap()).await.fails_with(1, "It is a folder");
    describe(&text).await.fails_with(1, "JPEG, PNG, GIF");
    user.run(&["describe", &cafe, "--prompt", " "]).await.fails_with(2, "The prompt cannot be used");
    user.run(&["extract", &cafe, "--schema", &no_schema]).await.fails_with(2, "--schema cannot be used");
    user.run(&["extract", &cafe, "--schema", &cafe]).await.fails_with(1, "cafe.jpg: It is no text");
    user.run(&["extract", &cafe, "--schema", "missing.json"])
        .await
        .fails_with(1, "missing.json: There is no such file");
    assert_eq!(user.sandbox.requests("/oauth2/v1/chat/completions"), 0);
}

// What is on the web is the provider's to fetch, and a sandbox fetches nothing
#[tokio::test]
async fn a_photo_on_the_web_is_handed_on_by_its_address() {
    let user = User::sign_in("vision-web").await;
    let arguments = ["describe", "https://photos.example/a.jpg", "--prompt", "What is it?", "--json"];
    let outcome = user.run(&arguments).await;
    outcome.fails_with(1, "a sandbox fetches nothing from elsewhere");
    assert_eq!(outcome.json()["error"]["code"], "provider_bad_request");
}
