//! `POST /embeddings`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, read};

const MODEL: &str = "text-embedding-3-small";

async fn embed(app: &App, body: Value) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.call("/embeddings", &access, &body).await).await
}

fn floats(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap() as f32).collect()
}

// wire: `model`, `input` (string or array)
#[tokio::test]
async fn texts_become_vectors_of_length_one_in_their_order() {
    let app = App::start().await;
    let (status, one) = embed(&app, json!({ "model": MODEL, "input": "coffee" })).await;
    assert_eq!((status, &one["object"], &one["model"]), (200, &json!("list"), &json!(MODEL)));
    let vector = floats(&one["data"][0]["embedding"]);
    assert_eq!(vector.len(), 1536);
    assert!((vector.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-4);
    let (_, many) =
        embed(&app, json!({ "model": MODEL, "input": ["tea", "coffee"], "encoding_format": "float" })).await;
    assert_eq!((&many["data"][0]["index"], &many["data"][1]["index"]), (&json!(0), &json!(1)));
    assert_eq!(many["data"][1]["embedding"], one["data"][0]["embedding"], "equal texts, equal vectors");
    assert_ne!(many["data"][0]["embedding"], one["data"][0]["embedding"]);
    // "tea" and "coffee" are one and two tokens.
    assert_eq!(many["usage"], json!({ "prompt_tokens": 3, "total_tokens": 3 }));
    assert_eq!(app.sandbox.spent(), Decimal::new(5 * 2, 8));
}

// wire: floats, or base64 little-endian f32 when asked
#[tokio::test]
async fn base64_holds_the_same_numbers() {
    let app = App::start().await;
    let body = json!({ "model": MODEL, "input": "coffee", "dimensions": 5 });
    let (_, plain) = embed(&app, body.clone()).await;
    let mut asked = body;
    asked["encoding_format"] = json!("base64");
    let (_, encoded) = embed(&app, asked).await;
    let bytes = STANDARD.decode(encoded["data"][0]["embedding"].as_str().unwrap()).unwrap();
    let decoded: Vec<f32> = bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
    assert_eq!(decoded, floats(&plain["data"][0]["embedding"]));
    assert_eq!(decoded.len(), 5);
}

// P8: what cannot be embedded is refused, and costs nothing
#[tokio::test]
async fn invalid_inputs_are_refused() {
    let app = App::start().await;
    let long = "word ".repeat(7000);
    for (name, value) in [
        ("input", json!("")),
        ("input", json!([])),
        ("input", json!(["coffee", ""])),
        ("input", json!(7)),
        ("input", json!(vec!["x"; 2049])),
        ("input", json!(long)),
        ("input", Value::Null),
        ("dimensions", json!(0)),
        ("dimensions", json!(100_000)),
        ("encoding_format", json!("roman")),
        ("model", json!("gpt-4o-mini")),
        ("model", json!("no-such-model")),
    ] {
        let mut body = json!({ "model": MODEL, "input": "coffee" });
        body[name] = value;
        let (status, response) = embed(&app, body).await;
        assert_eq!((status, &response["error"]["type"]), (400, &json!("invalid_request_error")), "{name}");
    }
    assert!(app.sandbox.spent().is_zero());
}
