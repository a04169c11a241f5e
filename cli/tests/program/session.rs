//! What works with a session: whoami, usage, models, chat, scan, diagnostics, logout.

use crate::running::{Dialogue, command_at, file, finish, folder, run_at, until};
use crate::user::User;
use aipass_sandbox::{Ending, Endpoint, Fault, Sandbox, bundled_receipts};
use serde_json::json;

#[tokio::test]
async fn account_balance_and_models_as_text_and_as_json() {
    let user = User::sign_in("account").await;
    let whoami = user.run(&["whoami", "--json"]).await.json();
    assert_eq!(whoami, json!({ "subject": "user_123", "name": "Robin Example", "email": "robin@example.com" }));
    assert_eq!(user.run(&["usage"]).await.stdout, "spent   0.00\nleft    10.00\nbudget  10.00\ntoday   0.00\n");
    let usage = user.run(&["usage", "--json"]).await.json();
    let expected = json!({
        "total_cost": "0.00", "max_budget": "10.00", "remaining_budget": "10.00",
        "spent_today": "0.00", "calls_today": 0, "calls_today_of_unknown_cost": 0, "at_most_today": "0.00",
    });
    assert_eq!(usage, expected);
    let models = user.run(&["models"]).await;
    assert_eq!(models.stdout.lines().next().unwrap(), "gpt-5-mini                     chat", "{models:?}");
    let models = user.run(&["models", "--capability", "chat", "--json"]).await.json();
    assert_eq!(models["models"][0], json!({ "id": "gpt-5-mini", "capability": "chat" }));
    // M2: those that chat and see
    let seeing = user.run(&["models", "--capability", "vision"]).await;
    assert!(seeing.stdout.contains("gpt-5-mini ") && !seeing.stdout.contains("tts-1"), "{seeing:?}");
    let video = user.run(&["models", "--capability", "video"]).await;
    let wanted = "veo-3.1-fast-generate-preview  video\nsora-2                         video\n";
    assert_eq!((video.status, video.stdout.as_str()), (0, wanted), "{video:?}");
}

// P21, P22
#[tokio::test]
async fn a_chat_of_unknown_price_is_not_sent_under_a_limit_and_usage_shows_today() {
    let user = User::sign_in("max-cost").await;
    user.run(&["chat", "Hello", "--max-cost", "1"]).await.fails_with(4, "Nothing was sent");
    user.run(&["chat", "Hello", "--json"]).await.json();
    user.run(&["chat", "Hello"]).await;
    let usage = user.run(&["usage", "--json"]).await.json();
    let counted = (usage["calls_today"].as_u64(), usage["calls_today_of_unknown_cost"].as_u64());
    assert_eq!(counted, (Some(2), Some(1)), "a stream does not say what it cost: {usage}");
    assert_ne!(usage["spent_today"], "0.00");
    let shown = user.run(&["usage"]).await.stdout;
    assert!(shown.ends_with(" and 1 of 2 calls of unknown cost\n"), "{shown}");
}

#[tokio::test]
async fn one_model_is_shown_with_the_providers_words() {
    let user = User::sign_in("one-model").await;
    let shown = user.run(&["models", "gpt-5-mini"]).await;
    assert!(shown.stdout.contains("methods") && shown.stdout.contains("chat_completions"), "{shown:?}");
    let model = user.run(&["models", "gpt-5-mini", "--json"]).await.json();
    assert_eq!(
        (&model["id"], &model["capability"], &model["owner"]),
        (&json!("gpt-5-mini"), &json!("chat"), &json!("openai"))
    );
    assert_eq!((&model["methods"], &model["capabilities"]), (&json!(["chat_completions"]), &json!(["vision"])));
    assert_eq!(model["kinds"], json!(["text"]));
    user.run(&["models", "no-such-model"]).await.fails_with(1, "`aipass models` lists what there is");
    user.run(&["models", "gpt-5-mini", "--capability", "chat"]).await.fails_with(2, "cannot be used with");
}

#[tokio::test]
async fn a_chat_streams_waits_or_gives_json() {
    let user = User::sign_in("chat").await;
    let streamed = user.run(&["chat", "Hello"]).await;
    assert_eq!((streamed.status, streamed.stderr.as_str()), (0, ""), "{streamed:?}");
    assert!(streamed.stdout.starts_with("I am no language model") && streamed.stdout.ends_with(".\n"), "{streamed:?}");
    assert_eq!(user.run(&["chat", "Hello", "--no-stream"]).await.stdout, streamed.stdout);
    let answer = user.run(&["chat", "Hello", "--json", "--model", "gpt-4o-mini"]).await.json();
    assert_eq!(format!("{}\n", answer["text"].as_str().unwrap()), streamed.stdout);
    assert_eq!((&answer["model"], &answer["finish_reason"]), (&json!("recorded/text"), &json!("stop")));
    assert!(answer["tokens"]["total"].as_u64().unwrap() > 0);
    let cut = user.run(&["chat", "Hello", "--max-tokens", "2"]).await;
    assert_eq!(cut.stdout, "I am no \n");
    assert!(cut.stderr.contains("cut off"), "{cut:?}");
}

#[tokio::test]
async fn what_is_piped_in_is_sent_along() {
    let user = User::sign_in("chat-input").await;
    let receipt = r#"{"amount": 12.40, "currency": "EUR", "merchant": "X"}"#;
    let outcome = user.run_with_input(&["chat", "What did I pay?"], receipt).await;
    assert_eq!(outcome.stdout, "You paid 12.40 EUR at X.\n", "{outcome:?}");
}

// Empties the budget and sees the right message
#[tokio::test]
async fn an_empty_budget_is_status_4_and_says_what_to_do() {
    let user = User::sign_in("chat-budget").await;
    user.sandbox.set_remaining_budget(0.into());
    user.run(&["chat", "Hello"]).await.fails_with(4, "The budget is used up");
    let outcome = user.run(&["chat", "Hello", "--json"]).await;
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (4, &json!("budget_exceeded")));
}

#[tokio::test]
async fn a_session_that_ended_or_never_was_is_status_3() {
    let user = User::sign_in("ended").await;
    user.sandbox.revoke_grants();
    user.run(&["chat", "Hello"]).await.fails_with(3, "run `aipass login`");
    let base_url = user.sandbox.base_url();
    run_at(&folder("never"), &["whoami"]).await.fails_with(3, "run `aipass login`");
    assert_eq!(run_at(&folder("never"), &["diagnostics", "--json"]).await.json()["session"], "SignedOut");
    run_at(&folder("never"), &["whoami", "--base-url", base_url.as_str()]).await.fails_with(3, "run `aipass login`");
}

// L4: a 401 leads to one refresh and one repeat, over several runs of the program
#[tokio::test]
async fn an_expired_token_is_refreshed_without_a_word() {
    let user = User::sign_in("refreshed").await;
    user.sandbox.expire_access_tokens();
    let outcome = user.run(&["chat", "Hello"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert_eq!(user.run(&["whoami"]).await.status, 0);
    assert_eq!(user.sandbox.tokens().issued_for_refreshes, 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_stands_and_is_called_so() {
    let user = User::sign_in("truncated").await;
    user.sandbox.add_fault(Endpoint::Chat, Fault::Truncation { bytes: 1200 }, None).unwrap();
    let outcome = user.run(&["chat", "Hello"]).await;
    outcome.fails_with(1, "ended before it was complete");
    assert!(outcome.stdout.starts_with("I am no") && outcome.stdout.ends_with('\n'), "{outcome:?}");
}

#[tokio::test]
async fn a_network_that_breaks_is_status_5() {
    let user = User::sign_in("offline").await;
    user.sandbox.add_fault(Endpoint::Any, Fault::Reset { bytes: None }, None).unwrap();
    user.run(&["chat", "Hello"]).await.fails_with(5, "cannot be reached");
}

// P3: Ctrl-C ends the request too
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_closes_the_connection_of_a_chat() {
    let user = User::sign_in("chat-interrupted").await;
    user.sandbox.add_fault(Endpoint::Chat, Fault::Stall { bytes: Some(400) }, None).unwrap();
    let chat = Dialogue::begin(command_at(&user.home, &["chat", "Hello"]));
    let chat = chat.input_ends();
    let asked = |sandbox: &Sandbox| {
        sandbox.request_log().into_iter().find(|record| record.path.ends_with("/chat/completions") && record.bytes > 0)
    };
    until(|| asked(&user.sandbox).is_some()).await;
    chat.interrupt().await;
    chat.finish().await.fails_with(130, "Interrupted.");
    until(|| asked(&user.sandbox).is_some_and(|record| record.ended == Some(Ending::ClientDisconnected))).await;
}

// A refresh spends the old tokens: ending the program then must not lose the new ones
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_a_refresh_keeps_the_session() {
    let user = User::sign_in("refresh-interrupted").await;
    user.sandbox.expire_access_tokens();
    user.sandbox.add_fault(Endpoint::Token, Fault::Delay { milliseconds: 1000 }, None).unwrap();
    let asked = user.sandbox.requests("/oauth2/token");
    let chat = Dialogue::begin(command_at(&user.home, &["chat", "Hello"])).input_ends();
    until(|| user.sandbox.requests("/oauth2/token") > asked).await;
    chat.interrupt().await;
    chat.finish().await.fails_with(130, "Interrupted.");
    assert_eq!(user.sandbox.tokens().issued_for_refreshes, 1, "the refresh came to its end");
    assert_eq!(user.run(&["whoami"]).await.status, 0);
    assert_eq!(user.sandbox.tokens().issued_for_refreshes, 1, "its tokens were kept");
}

#[tokio::test]
async fn scan_uses_the_session() {
    let user = User::sign_in("scan-session").await;
    let photo = file(&user.home, "cafe.jpg", bundled_receipts()[0].photo);
    let outcome = user.run(&["scan", "--json", &photo]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert_eq!(outcome.json()["receipt"]["merchant"], "Cafe Morgenrot");
    assert_eq!(user.sandbox.requests("/oauth2/v1/chat/completions"), 1);
    // A sandbox that is asked for is still one of its own.
    assert_eq!(user.run(&["scan", "--backend", "recorded", &photo]).await.status, 0);
    assert_eq!(user.sandbox.requests("/oauth2/v1/chat/completions"), 1);
}

#[tokio::test]
async fn a_scan_that_nobody_may_make_still_gives_a_line_per_file() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let home = folder("scan-nobody");
    let photo = file(&home, "cafe.jpg", bundled_receipts()[0].photo);
    let base_url = sandbox.base_url();
    let outcome = run_at(&home, &["scan", "--json", &photo, &photo, "--base-url", base_url.as_str()]).await;
    outcome.fails_with(3, "run `aipass login`");
    assert_eq!(outcome.json_lines().len(), 2);
    assert_eq!(outcome.json_lines()[0]["error"]["code"], "not_signed_in");
    let elsewhere = ["scan", "--json", &photo, "--base-url", "https://a.example"];
    let outcome = run_at(&home, &elsewhere).await;
    outcome.fails_with(2, "--client-id is missing");
    assert_eq!(outcome.json_lines()[0]["error"]["code"], "usage");
}

// L7, L10
#[tokio::test]
async fn profiles_are_apart_and_logout_ends_one() {
    let user = User::sign_in("profiles").await;
    user.login(&["--profile", "work"]).await;
    assert_eq!(user.sandbox.tokens().live_refresh, 2);
    let out = user.run(&["logout", "--json"]).await;
    assert_eq!(out.json(), json!({ "refresh_token": "accepted", "access_token": "accepted" }));
    assert_eq!(user.sandbox.tokens().live_refresh, 1);
    user.run(&["whoami"]).await.fails_with(3, "nobody is signed in");
    assert_eq!(user.run(&["whoami", "--profile", "work"]).await.status, 0);
    assert_eq!(user.run(&["logout", "--profile", "work"]).await.stdout, "Signed out\n");
    assert_eq!(user.sandbox.tokens().live_refresh, 0);
}

// A hint that leads to another session than the one that was asked for leads nowhere
#[tokio::test]
async fn hints_name_the_profile_that_was_named() {
    let user = User::sign_in("profile-hints").await;
    user.run(&["whoami", "--profile", "work"]).await.fails_with(3, "run `aipass login --profile work`;");
    user.login(&["--profile", "work"]).await;
    user.sandbox.revoke_grants();
    user.run(&["chat", "Hello", "--profile", "work"]).await.fails_with(3, "run `aipass login --profile work`.");
    user.run(&["chat", "Hello"]).await.fails_with(3, "run `aipass login`.");
    std::fs::remove_file(user.home.join("session.key")).unwrap();
    let lost = user.run(&["chat", "Hello", "--profile", "work", "--json"]).await;
    lost.fails_with(3, "run `aipass login --profile work` to sign in again.");
    assert!(lost.json()["error"]["sentence"].as_str().unwrap().contains("--profile work"), "{lost:?}");
}

// L14: a key that is gone
#[tokio::test]
async fn a_lost_key_is_said_and_a_login_starts_over() {
    let user = User::sign_in("lost-key").await;
    std::fs::remove_file(user.home.join("session.key")).unwrap();
    user.run(&["whoami"]).await.fails_with(3, "run `aipass login` to sign in again");
    user.login(&[]).await;
    assert_eq!(user.run(&["whoami"]).await.status, 0);
    std::fs::remove_file(user.home.join("session.key")).unwrap();
    assert_eq!(user.run(&["logout"]).await.status, 0);
}

// S1, S5
#[tokio::test]
async fn nothing_on_disk_or_in_diagnostics_is_a_secret_in_clear() {
    let user = User::sign_in("secrets").await;
    let report = user.run(&["diagnostics", "--json"]).await;
    assert_eq!((&report.json()["session"], &report.json()["key_in"]), (&json!("SignedIn"), &json!("file")));
    assert_eq!(report.json()["key_problem"], json!(null));
    assert!(user.run(&["diagnostics"]).await.stdout.contains("SignedIn"));
    let mut files = 0;
    for folder in [user.home.clone(), user.home.join("sessions")] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                files += 1;
                let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
                assert!(!text.contains("sandbox_"), "{:?} holds a token", entry.path());
                #[cfg(unix)]
                {
                    let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
                    assert_eq!(mode & 0o077, 0, "{:?}", entry.path());
                }
            }
        }
    }
    assert!(files >= 3, "a profile, a key and a session: {files}");
    assert!(!report.stdout.contains("sandbox_"));
}

// What somebody has a question about is shown, and the rest too
#[tokio::test]
async fn diagnostics_says_where_a_key_is_that_cannot_be_had() {
    let user = User::sign_in("diagnostics-key").await;
    let key = user.home.join("session.key");
    std::fs::write(&key, "damaged").unwrap();
    let report = user.run(&["diagnostics", "--json"]).await;
    assert_eq!((report.status, report.stderr.as_str()), (0, ""), "{report:?}");
    assert_eq!((&report.json()["key_in"], &report.json()["session"]), (&json!("file"), &json!("session_key")));
    assert!(report.json()["key_problem"].as_str().unwrap().contains("is damaged"), "{report:?}");
    assert!(user.run(&["diagnostics"]).await.stdout.contains("key problem   "));
    user.run(&["whoami"]).await.fails_with(1, "is damaged");

    // As a run leaves it that could use the keyring.
    std::fs::remove_file(&key).unwrap();
    std::fs::write(user.home.join("session.key.in-keyring"), "").unwrap();
    let report = user.run(&["diagnostics", "--json"]).await.json();
    assert_eq!((&report["key_in"], &report["session"]), (&json!("keyring"), &json!("keyring")));
    user.run(&["whoami"]).await.fails_with(1, "(AIPASS_KEYRING is off): unset AIPASS_KEYRING and run this again");
    assert!(!key.exists(), "no other key is made meanwhile");
}

#[tokio::test]
async fn colour_is_for_terminals() {
    let user = User::sign_in("colour").await;
    for arguments in [&["diagnostics"][..], &["models"], &["usage"], &["chat", "Hello"]] {
        let outcome = finish(command_at(&user.home, arguments)).await;
        assert!(!(outcome.stdout + &outcome.stderr).contains('\u{1b}'), "{arguments:?}");
    }
}
