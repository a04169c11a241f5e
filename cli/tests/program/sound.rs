//! `aipass speech` and `aipass transcribe`.

use crate::running::{Dialogue, command_at, file, until};
use crate::user::{User, names_in};
use aipass_sandbox::{Endpoint, Fault};
use serde_json::json;

const TEXT: &str = "Two coffees. One tea.";

/// A recording of [`TEXT`] in a file.
async fn recording(user: &User) -> String {
    let out = user.results().join("said.wav");
    let out = out.to_str().unwrap().to_owned();
    let outcome = user.run(&["speech", TEXT, "-o", &out]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    out
}

#[tokio::test]
async fn a_text_is_spoken_into_a_file_of_the_kind_that_its_name_says() {
    let user = User::sign_in("speech").await;
    let results = user.results();
    for (name, options, start) in [
        ("a.mp3", &[][..], &b"ID3"[..]),
        ("a.wav", &["--voice", "nova", "--speed", "2"], b"RIFF"),
        ("a", &["--format", "wav"], b"RIFF"),
        ("b.mp3", &["--format", "wav"], b"RIFF"),
    ] {
        let out = results.join(name);
        let out = out.to_str().unwrap();
        let outcome = user.run(&[&["speech", TEXT, "-o", out], options].concat()).await;
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
        let bytes = std::fs::read(out).unwrap();
        assert!(bytes.starts_with(start), "{name}");
        assert_eq!(outcome.stdout.replace(',', ""), format!("{out} {} bytes\n", bytes.len()));
    }
    let out = results.join("c.mp3");
    let printed = user.run(&["speech", TEXT, "--json", "-o", out.to_str().unwrap()]).await.json();
    assert_eq!(printed, json!({ "file": out.to_str(), "bytes": std::fs::metadata(&out).unwrap().len() }));
}

#[tokio::test]
async fn speech_streams_to_standard_output_from_standard_input() {
    let user = User::sign_in("speech-stream").await;
    let out = user.results().join("same.wav");
    let said = user.run_with_input(&["speech", "-", "-o", out.to_str().unwrap()], TEXT).await;
    assert_eq!(said.status, 0, "{said:?}");
    let (outcome, bytes) = user.run_for_bytes(&["speech", TEXT, "--format", "wav", "-o", "-"]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert!(bytes == std::fs::read(&out).unwrap(), "the same recording");
    user.run_with_input(&["speech", "-", "-o", "-"], " \n").await.fails_with(2, "it is empty; say something");
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_a_failure() {
    let user = User::sign_in("speech-broken").await;
    user.sandbox.add_fault(Endpoint::Speech, Fault::Reset { bytes: Some(1000) }, None).unwrap();
    let (outcome, bytes) = user.run_for_bytes(&["speech", TEXT, "--format", "wav", "-o", "-"]).await;
    outcome.fails_with(1, "ended before it was complete");
    assert!(!bytes.is_empty() && bytes.len() <= 1000, "{}", bytes.len());
}

#[tokio::test]
async fn a_speed_out_of_range_is_a_wrong_command_line() {
    let user = User::sign_in("speech-speed").await;
    let out = user.results().join("a.mp3");
    let outcome = user.run(&["speech", TEXT, "--speed", "9", "-o", out.to_str().unwrap()]).await;
    outcome.fails_with(2, "--speed cannot be used: it must be between 0.25 and 4");
    assert_eq!(names_in(&user.results()), [""; 0]);
}

// P3
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_leaves_no_half_recording() {
    let user = User::sign_in("speech-interrupted").await;
    user.sandbox.add_fault(Endpoint::Speech, Fault::Stall { bytes: Some(500) }, None).unwrap();
    let results = user.results();
    let out = results.join("a.wav");
    let speech = Dialogue::begin(command_at(&user.home, &["speech", TEXT, "-o", out.to_str().unwrap()])).input_ends();
    let begun =
        || user.sandbox.request_log().iter().any(|record| record.path.ends_with("/audio/speech") && record.bytes > 0);
    until(begun).await;
    speech.interrupt().await;
    speech.finish().await.fails_with(130, "Interrupted.");
    assert_eq!(names_in(&results), [""; 0]);
}

// wire: transcription, in every form
#[tokio::test]
async fn a_recording_is_written_down_in_every_form() {
    let user = User::sign_in("transcribe").await;
    let said = recording(&user).await;
    let transcribed = async |form: &str| {
        let outcome = user.run(&["transcribe", &said, "--form", form]).await;
        assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
        outcome.stdout
    };
    assert_eq!(user.run(&["transcribe", &said]).await.stdout, format!("{TEXT}\n"));
    let segments = transcribed("segments").await;
    let lines: Vec<&str> = segments.lines().collect();
    assert!(lines[0].starts_with("00:00:00.00–00:00:0") && lines[0].ends_with("  Two coffees."), "{segments}");
    assert!(lines.len() == 2 && lines[1].ends_with("  One tea."), "{segments}");
    assert_eq!(transcribed("words").await.lines().count(), 4);
    assert!(transcribed("srt").await.starts_with("1\n00:00:00,000 --> "));
    assert!(transcribed("vtt").await.starts_with("WEBVTT\n\n"));
    let printed = user.run(&["transcribe", &said, "--form", "words", "--json", "--language", "en"]).await.json();
    assert_eq!((&printed["text"], &printed["language"]), (&json!(TEXT), &json!("en")));
    assert_eq!(printed["words"][0]["text"], "Two");
    assert_eq!(printed["words"][0]["start"], 0.0);
    assert!(printed["duration"].as_f64().unwrap() > 0.0);
    assert_eq!(printed["segments"].as_array().unwrap().len(), 2);
}

// P8
#[tokio::test]
async fn what_is_no_recording_is_refused_before_it_costs_money() {
    let user = User::sign_in("transcribe-refused").await;
    let text = file(&user.home, "notes.mp3", b"milk, eggs");
    let empty = file(&user.home, "empty.mp3", b"");
    let said = recording(&user).await;
    user.run(&["transcribe", &text]).await.fails_with(1, "record one of these");
    user.run(&["transcribe", &empty]).await.fails_with(1, "it is empty");
    user.run(&["transcribe", "missing.mp3"]).await.fails_with(1, "missing.mp3 cannot be read");
    user.run(&["transcribe", &said, "--language", "german"]).await.fails_with(2, "--language cannot be used");
    let outcome = user.run(&["transcribe", &text, "--json"]).await;
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (1, &json!("invalid_input")));
    assert_eq!(user.sandbox.requests("/oauth2/v1/audio/transcriptions"), 0);
}
