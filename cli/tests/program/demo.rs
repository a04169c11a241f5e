//! `aipass demo`.

use crate::running::{Outcome, command, file, finish, folder, run};
use rust_decimal::Decimal;
use serde_json::Value;
use std::process::Stdio;

const STEPS: [&str; 8] =
    ["sandbox", "sign_in", "account", "balance_before", "receipt", "chat", "balance_after", "sign_out"];

/// A picture that no backend takes for a receipt.
fn blank() -> Vec<u8> {
    let mut png = Vec::new();
    let picture = image::RgbImage::from_fn(320, 240, |x, y| image::Rgb([x as u8, y as u8, 128]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png
}

fn step_names(report: &Value) -> Vec<&str> {
    report["steps"].as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn as_json_it_tells_every_step_and_every_field() {
    let outcome = run(&["demo", "--json"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    let report = outcome.json();
    assert_eq!(report["ok"], true);
    assert_eq!(report["error"], Value::Null);
    assert_eq!(report["account"]["name"], "Robin Example");

    let receipt = &report["receipt"];
    assert_eq!(receipt["merchant"], "Cafe Morgenrot");
    assert_eq!(receipt["date"], "2026-03-14");
    assert_eq!(receipt["amount"], "18.00");
    assert_eq!(receipt["currency"], "EUR");
    assert_eq!(receipt["category"], "meals");
    assert_eq!(receipt["confidence"], 0.97);
    assert_eq!(receipt["model"], "recorded/cafe");
    assert_eq!((&receipt["verdict"]["state"], receipt["items"].as_array().unwrap().len()), (&"agrees".into(), 4));

    assert_eq!(report["chat"]["text"], "You paid 18.00 EUR at Cafe Morgenrot on 2026-03-14.");
    assert!(report["chat"]["model"].as_str().unwrap().starts_with("recorded"));

    let money = |name: &str| report["usage"][name].as_str().unwrap().parse::<Decimal>().unwrap();
    assert_eq!(money("balance_before"), Decimal::TEN);
    assert!(money("cost") > Decimal::ZERO);
    assert_eq!(money("balance_before") - money("cost"), money("balance_after"));
    assert!(report["usage"]["tokens"]["total"].as_u64().unwrap() > 258, "the photo alone is 258");

    assert_eq!(step_names(&report), STEPS);
    for step in report["steps"].as_array().unwrap() {
        assert_eq!(step["ok"], true, "{step}");
        assert!(step["ms"].as_f64().unwrap() > 0.0, "{step}");
    }
}

#[tokio::test]
async fn as_text_it_says_each_step_in_a_line_that_fits() {
    let outcome = run(&["demo"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    let done = outcome.stdout.lines().filter(|line| line.starts_with("  ✓ ") && line.contains(" ms  ")).count();
    assert_eq!(done, STEPS.len(), "{}", outcome.stdout);
    for words in [
        "Robin Example, robin@example.com",
        "merchant    Cafe Morgenrot",
        "date        2026-03-14",
        "amount      18.00",
        "currency    EUR",
        "items       2  Flat White   7.80",
        "verdict     agrees",
        "You paid 18.00 EUR at Cafe Morgenrot on 2026-03-14.",
        "10.00 left of 10.00",
        "Everything worked",
    ] {
        assert!(outcome.stdout.contains(words), "{words:?} is not in {}", outcome.stdout);
    }
    assert!(outcome.stdout.lines().all(|line| line.chars().count() <= 80), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains('\u{1b}'), "colour is for terminals");
}

// S1
#[tokio::test]
async fn no_secret_is_printed() {
    for arguments in [&["demo"][..], &["demo", "--json"]] {
        let Outcome { stdout, stderr, .. } = run(arguments).await;
        let printed = stdout + &stderr;
        let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/');
        let longest = printed.split(|c| !is_token(c)).max_by_key(|word| word.len()).unwrap_or_default();
        assert!(longest.len() < 22, "{longest} looks like a token: 128 bits in base64url have 22 characters");
        for name in ["Bearer", "code=", "state=", "code_verifier", "refresh_token"] {
            assert!(!printed.contains(name), "{name}");
        }
    }
}

#[tokio::test]
async fn a_photo_without_a_receipt_fails_after_all_other_steps() {
    let photo = file(&folder("demo-blank"), "blank.png", &blank());
    let outcome = run(&["demo", "--json", "--receipt", &photo]).await;
    outcome.fails_with(1, "No receipt was read");
    let report = outcome.json();
    assert_eq!(report["ok"], false);
    assert_eq!(report["error"]["code"], "nothing_read");
    assert_eq!(report["receipt"]["merchant"], Value::Null);
    assert_eq!(step_names(&report), STEPS);
    assert_eq!(report["steps"][4]["ok"], false);
    assert_eq!(report["steps"][7]["ok"], true);
}

#[tokio::test]
async fn a_file_that_is_missing_or_no_photo_is_named() {
    let folder = folder("demo-files");
    let missing = folder.join("missing.jpg");
    run(&["demo", "--receipt", missing.to_str().unwrap()]).await.fails_with(1, "missing.jpg: There is no such file");
    let text = file(&folder, "notes.jpg", b"milk, eggs");
    run(&["demo", "--receipt", &text]).await.fails_with(1, "not supported");
}

#[tokio::test]
async fn an_empty_budget_has_its_own_status() {
    let outcome = run(&["demo", "--json", "--budget", "0"]).await;
    outcome.fails_with(4, "budget is used up");
    let report = outcome.json();
    assert_eq!(report["error"]["code"], "budget_exceeded");
    assert_eq!(step_names(&report), STEPS[..5]);
    assert_eq!(report["chat"], Value::Null);
}

#[tokio::test]
async fn without_the_tesseract_program_it_says_how_to_get_it() {
    let mut command = command(&["demo", "--backend", "tesseract"]);
    command.env("PATH", "");
    let outcome = finish(command).await;
    outcome.fails_with(1, "tesseract");
    assert!(outcome.stderr.contains("install"), "{}", outcome.stderr);
}

#[tokio::test]
async fn a_reader_that_has_seen_enough_gets_no_panic() {
    let mut command = command(&["demo"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
