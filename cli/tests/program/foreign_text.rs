//! G14: what a model says can neither drive a terminal nor be lost.

use crate::user::User;
use aipass_sandbox::{Endpoint, Fault};
use serde_json::json;
use std::collections::BTreeMap;

/// A control sequence of one character that clears a screen, a right-to-left override, DEL, a bell, and words that must stay.
const SAID: &str = "a\u{9b}2Jb\u{202e}c\u{7f}d\u{7}e\tf\nCafé 👩\u{200d}🚀";
const SHOWN: &str = "a\\u009b2Jb\\u202ec\\u007fd\\u0007e\tf\nCafé 👩\u{200d}🚀\n";

async fn user_of_a_model_that_says_so(name: &str) -> User {
    let user = User::sign_in(name).await;
    let choice = json!({ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": SAID } });
    let body = json!({ "model": "m\u{9b}1", "choices": [choice] }).to_string();
    let fault = Fault::Status { status: 200, headers: BTreeMap::new(), body };
    user.sandbox.add_fault(Endpoint::Chat, fault, None).unwrap();
    user
}

#[tokio::test]
async fn json_is_the_same_value_in_plain_characters() {
    let user = user_of_a_model_that_says_so("foreign-json").await;
    let outcome = user.run(&["chat", "Hello", "--json"]).await;
    assert!(outcome.stdout.contains("\\u009b2J") && outcome.stdout.contains("\\u202e"), "{outcome:?}");
    assert!(outcome.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{outcome:?}");
    let answer = outcome.json();
    assert_eq!((&answer["text"], &answer["model"]), (&json!(SAID), &json!("m\u{9b}1")));
}

#[tokio::test]
async fn text_shows_what_it_cannot_do() {
    let user = user_of_a_model_that_says_so("foreign-text").await;
    assert_eq!(user.run(&["chat", "Hello", "--no-stream"]).await.stdout, SHOWN);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_terminal_is_shown_the_same() {
    use crate::running::run_on_terminal;
    let user = user_of_a_model_that_says_so("foreign-terminal").await;
    for arguments in [&["chat", "Hello", "--json"][..], &["chat", "Hello", "--no-stream"]] {
        let shown = run_on_terminal(&user.home, arguments).await.stdout;
        assert!(shown.contains("\\u009b2J") && shown.contains("\\u202e") && shown.contains("\\u007f"), "{shown:?}");
        assert!(!shown.contains('\u{9b}') && !shown.contains('\u{202e}') && !shown.contains('\u{7f}'), "{shown:?}");
    }
}
