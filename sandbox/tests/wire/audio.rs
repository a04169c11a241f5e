//! `POST /audio/speech` and `POST /audio/transcriptions`.

use std::time::{Duration, Instant};

use aipass_sandbox::Sandbox;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, Content, Part, read};

const TEXT: &str = "Zwei Kaffee, bitte. Und die Rechnung!";

fn speech(format: &str) -> Value {
    json!({ "model": "tts-1", "input": TEXT, "voice": "nova", "response_format": format })
}

/// The bytes of a speech, and their media type.
async fn speak(app: &App, request: &Value) -> (String, Vec<u8>) {
    let access = app.sign_in().await.access;
    let response = app.call("/audio/speech", &access, request).await;
    assert_eq!(response.status(), 200);
    let media_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (media_type, response.bytes().await.unwrap().to_vec())
}

async fn transcribe(app: &App, parts: &[Part<'_>]) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.call_form("/audio/transcriptions", &access, parts).await).await
}

fn parts<'a>(file: &'a [u8], more: &[Part<'a>]) -> Vec<Part<'a>> {
    [&[("model", Content::Text("whisper-1")), ("file", Content::File(file))], more].concat()
}

/// A WAV file as any program writes one: 16 bits, one channel, 8 kHz.
pub fn foreign_wav(samples: u32) -> Vec<u8> {
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + samples * 2).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    wav.extend((samples * 2).to_le_bytes());
    wav.extend((0..samples * 2).map(|byte| byte as u8));
    wav
}

// wire: binary body
#[tokio::test]
async fn speech_depends_on_text_voice_and_speed() {
    let app = App::start().await;
    let (media_type, wav) = speak(&app, &speech("wav")).await;
    assert_eq!((media_type.as_str(), &wav[..4], &wav[8..12]), ("audio/wav", &b"RIFF"[..], &b"WAVE"[..]));
    let size = u32::from_le_bytes(wav[4..8].try_into().unwrap());
    assert_eq!(size as usize + 8, wav.len(), "the file is as long as it says");
    let (media_type, pcm) = speak(&app, &speech("pcm")).await;
    assert_eq!(media_type, "audio/pcm");
    // 37 characters of 60 ms, in 24,000 samples of two bytes a second.
    assert_eq!(pcm.len(), 37 * 1440 * 2);
    assert!(wav.ends_with(&pcm));
    let changed = async |name: &str, value: Value| {
        let mut request = speech("pcm");
        request[name] = value;
        speak(&app, &request).await.1
    };
    assert_ne!(changed("input", json!(TEXT.replace("Zwei", "Drei"))).await, pcm);
    assert_ne!(changed("voice", json!("echo")).await, pcm);
    assert_eq!(changed("speed", json!(2.0)).await.len(), pcm.len() / 2);
    assert_eq!(app.sandbox.spent(), Decimal::new(5 * 37 * 15, 6));
}

// seed: `response_format` mp3, which is the default too
#[tokio::test]
async fn an_mp3_has_the_length_and_the_text() {
    let app = App::start().await;
    let mut request = speech("mp3");
    request.as_object_mut().unwrap().remove("response_format");
    let (media_type, mp3) = speak(&app, &request).await;
    assert_eq!((media_type.as_str(), &mp3[..3]), ("audio/mpeg", &b"ID3"[..]));
    let (_, response) = transcribe(&app, &parts(&mp3, &[("response_format", Content::Text("verbose_json"))])).await;
    assert_eq!(response["text"], TEXT);
    let duration = response["duration"].as_f64().unwrap();
    assert!((duration - 37.0 * 0.06).abs() < 0.05, "{duration}");
}

// Streamed: each word leaves when it is its turn, and a client that has heard enough ends the stream
#[tokio::test]
async fn speech_is_streamed_with_the_pace() {
    let app = App::with(Sandbox::builder().chunk_delay(Duration::from_millis(20))).await;
    let access = app.sign_in().await.access;
    let begun = Instant::now();
    let mut response = app.call("/audio/speech", &access, &speech("pcm")).await;
    let first = response.chunk().await.unwrap().unwrap().len();
    assert!(first <= 5 * 1440 * 2, "the first word and its space, and not {first} bytes");
    assert_eq!(app.sandbox.streams_open(), 1);
    while response.chunk().await.unwrap().is_some() {}
    assert!(begun.elapsed() >= Duration::from_millis(6 * 20));
    drop(app.call("/audio/speech", &access, &speech("pcm")).await);
    for _ in 0..2000 {
        if app.sandbox.streams_open() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the stream that was dropped stays open");
}

// wire: `json`/`verbose_json` give JSON (`text`, `language`, `duration`, `segments`, `words`), `text`/`srt`/`vtt` plain text
#[tokio::test]
async fn own_speech_is_transcribed_in_every_format() {
    let app = App::start().await;
    let wav = speak(&app, &speech("wav")).await.1;
    let (status, answer) = transcribe(&app, &parts(&wav, &[])).await;
    assert_eq!((status, &answer["text"], &answer["usage"]["seconds"]), (200, &json!(TEXT), &json!(3.0)));

    let verbose = [
        ("response_format", Content::Text("verbose_json")),
        ("language", Content::Text("de")),
        ("prompt", Content::Text("A café")),
    ];
    let (_, answer) = transcribe(&app, &parts(&wav, &verbose)).await;
    assert_eq!((&answer["language"], &answer["duration"], &answer["text"]), (&json!("de"), &json!(2.22), &json!(TEXT)));
    assert_eq!(answer["segments"][0]["text"], "Zwei Kaffee, bitte.");
    assert_eq!((&answer["segments"][1]["start"], &answer["segments"][1]["end"]), (&json!(1.2), &json!(2.22)));
    assert!(answer.get("words").is_none());

    for name in ["timestamp_granularities[]", "timestamp_granularities"] {
        let words = [("response_format", Content::Text("verbose_json")), (name, Content::Text("word"))];
        let (_, answer) = transcribe(&app, &parts(&wav, &words)).await;
        assert_eq!(answer["words"][1], json!({ "word": "Kaffee,", "start": 0.3, "end": 0.72 }));
        assert!(answer.get("segments").is_none());
    }

    let access = app.sign_in().await.access;
    for (format, beginning) in [
        ("text", "Zwei Kaffee, bitte. Und die Rechnung!\n"),
        ("srt", "1\n00:00:00,000 --> 00:00:01,140\nZwei Kaffee, bitte.\n\n2\n"),
        ("vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:01.140\nZwei Kaffee, bitte.\n"),
    ] {
        let parts = parts(&wav, &[("response_format", Content::Text(format))]);
        let response = app.call_form("/audio/transcriptions", &access, &parts).await;
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        let text = response.text().await.unwrap();
        assert!(text.starts_with(beginning), "{text}");
    }
}

#[tokio::test]
async fn foreign_sound_gets_its_true_duration_and_no_invented_words() {
    let app = App::start().await;
    let (status, response) =
        transcribe(&app, &parts(&foreign_wav(12_000), &[("response_format", Content::Text("verbose_json"))])).await;
    assert_eq!((status, &response["duration"]), (200, &json!(1.5)));
    let text = response["text"].as_str().unwrap();
    assert!(text.starts_with("I cannot hear") && text.ends_with("The recording takes 1.5 seconds."), "{text}");
    assert_eq!(app.sandbox.spent(), Decimal::new(2, 4), "begun seconds count");
}

// P8
#[tokio::test]
async fn invalid_speech_requests_are_refused_and_cost_nothing() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    for (name, value) in [
        ("input", json!("")),
        ("input", json!("x".repeat(4097))),
        ("voice", json!("")),
        ("voice", Value::Null),
        ("speed", json!(0.1)),
        ("speed", json!(5)),
        ("response_format", json!("opus")),
        ("stream_format", json!("sse")),
        ("model", json!("whisper-1")),
    ] {
        let mut request = speech("wav");
        request[name] = value.clone();
        let (status, response) = read(app.call("/audio/speech", &access, &request).await).await;
        assert_eq!((status, &response["error"]["type"]), (400, &json!("invalid_request_error")), "{name} {value}");
    }
    assert!(app.sandbox.spent().is_zero());
}

// P8: zero-byte audio
#[tokio::test]
async fn invalid_transcription_requests_are_refused_and_cost_nothing() {
    let app = App::start().await;
    let wav = foreign_wav(800);
    let (model, file) = (("model", Content::Text("whisper-1")), ("file", Content::File(&wav)));
    let text = |name: &'static str, value: &'static str| (name, Content::Text(value));
    let wrong: [&[Part<'_>]; 10] = [
        &[model],
        &[file],
        &[model, file, file],
        &[model, ("file", Content::File(b""))],
        &[model, ("file", Content::File(b"no sound"))],
        &[model, ("file", Content::File(&wav[..44]))],
        &[model, file, text("response_format", "pdf")],
        &[model, file, text("timestamp_granularities[]", "word")],
        &[model, file, text("response_format", "verbose_json"), text("timestamp_granularities[]", "letter")],
        &[text("model", "tts-1"), file],
    ];
    for (number, parts) in wrong.into_iter().enumerate() {
        let (status, response) = transcribe(&app, parts).await;
        assert_eq!((status, &response["error"]["type"]), (400, &json!("invalid_request_error")), "{number}");
    }
    assert!(app.sandbox.spent().is_zero());
}
