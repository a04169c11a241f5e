//! Photos of receipts: played back, read, or not known.

use std::io::Cursor;

use aipass_sandbox::{Backend, Sandbox, bundled_receipts};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};

use crate::app::{App, MODEL, read};

fn scan(media_type: &str, photo: &[u8]) -> Value {
    let url = format!("data:{media_type};base64,{}", STANDARD.encode(photo));
    let parts = json!([
        { "type": "text", "text": "Extract receipt data in JSON: {amount, currency, date, merchant, category, confidence}" },
        { "type": "image_url", "image_url": { "url": url } },
    ]);
    json!({ "model": MODEL, "messages": [{ "role": "user", "content": parts }], "max_tokens": 2000 })
}

async fn answer(app: &App, request: &Value) -> (String, String) {
    let access = app.sign_in().await.access;
    let (status, body) = read(app.chat(&access, request).await).await;
    assert_eq!(status, 200, "{body}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&body["model"]), text(&body["choices"][0]["message"]["content"]))
}

// issue: recognised by a perceptual hash, so that a re-encoded upload is still known; says so in the answer's `model`
#[tokio::test]
async fn a_bundled_photo_is_recognised_also_re_encoded() {
    let app = App::start().await;
    assert!(bundled_receipts().len() >= 3);
    for receipt in bundled_receipts() {
        let expected = (format!("recorded/{}", receipt.name), receipt.answer.to_owned());
        assert_eq!(answer(&app, &scan("image/jpeg", receipt.photo)).await, expected);
        let photo = image::load_from_memory(receipt.photo).unwrap();
        let mut small = Vec::new();
        let half = photo.resize(photo.width() / 2, photo.height() / 2, FilterType::Triangle);
        half.write_with_encoder(JpegEncoder::new_with_quality(&mut small, 60)).unwrap();
        assert_eq!(answer(&app, &scan("image/jpeg", &small)).await, expected);
    }
}

// Receipts over several pages
#[tokio::test]
async fn a_bundled_photo_is_recognised_among_other_pages() {
    let mut request = scan("image/jpeg", bundled_receipts()[1].photo);
    let mut blank = Cursor::new(Vec::new());
    RgbImage::new(64, 64).write_to(&mut blank, ImageFormat::Png).unwrap();
    let page = scan("image/png", blank.get_ref());
    let parts = request["messages"][0]["content"].as_array_mut().unwrap();
    parts.insert(1, page["messages"][0]["content"][1].clone());
    let (model, _) = answer(&App::start().await, &request).await;
    assert_eq!(model, format!("recorded/{}", bundled_receipts()[1].name));
}

// A schema gets what is known of the receipt, in its own types
#[tokio::test]
async fn a_photo_gets_json_in_the_requested_schema() {
    let mut request = scan("image/jpeg", bundled_receipts()[0].photo);
    request["response_format"] = json!({ "type": "json_schema", "json_schema": { "name": "receipt", "schema": {
        "type": "object",
        "properties": { "amount": { "type": "string" }, "merchant": { "type": "string" }, "tip": { "type": ["number", "null"] } },
    } } });
    let truth: Value = serde_json::from_str(bundled_receipts()[0].answer).unwrap();
    let (_, text) = answer(&App::start().await, &request).await;
    let expected = json!({ "amount": truth["amount"].to_string(), "merchant": truth["merchant"], "tip": null });
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

// A question that names the items is answered with them, one about receipts with a list
#[tokio::test]
async fn the_question_decides_how_much_is_answered() {
    let app = App::start().await;
    for receipt in bundled_receipts() {
        let mut request = scan("image/jpeg", receipt.photo);
        request["messages"][0]["content"][0]["text"] =
            json!("Extract receipt data in JSON: {amount, items: [{total}]}");
        assert_eq!(answer(&app, &request).await.1, receipt.full_answer);
        request["messages"][0]["content"][0]["text"] = json!("All of them, in JSON: {receipts: [{amount, items}]}");
        let listed: Value = serde_json::from_str(&answer(&app, &request).await.1).unwrap();
        let whole: Value = serde_json::from_str(receipt.full_answer).unwrap();
        assert_eq!(listed, json!({ "receipts": [whole] }));
        let summary: Value = serde_json::from_str(receipt.answer).unwrap();
        for (name, value) in summary.as_object().unwrap() {
            assert_eq!(&whole[name], value, "{}: {name}", receipt.name);
        }
    }
}

#[test]
fn bundled_answers_are_the_json_that_the_prompt_asks_for() {
    for receipt in bundled_receipts() {
        let answer: Value = serde_json::from_str(receipt.answer).unwrap();
        for field in ["amount", "currency", "date", "merchant", "category", "confidence"] {
            assert!(answer.get(field).is_some(), "{}: {field}", receipt.name);
        }
    }
}

// issue: for a photo it does not know it says that, it does not invent
#[tokio::test]
async fn an_unknown_photo_gets_no_invented_fields() {
    let mut png = Vec::new();
    let gradient = RgbImage::from_fn(64, 64, |x, y| image::Rgb([(x * 4) as u8, (y * 4) as u8, 99]));
    gradient.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let (model, text) = answer(&App::start().await, &scan("image/png", &png)).await;
    assert_eq!(model, "recorded/none");
    assert!(text.starts_with("I have no recording of this photo.") && !text.contains('{'), "{text}");
}

// wire: JPEG, PNG, GIF, WebP as a data: URL
#[tokio::test]
async fn invalid_images_are_refused() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut elsewhere = scan("image/jpeg", b"");
    elsewhere["messages"][0]["content"][1]["image_url"]["url"] = json!("https://example.com/receipt.jpg");
    for request in
        [scan("image/jpeg", b"no image"), scan("image/heic", b"no image"), scan("image/jpeg", b""), elsewhere]
    {
        let (status, body) = read(app.chat(&access, &request).await).await;
        assert_eq!((status, &body["error"]["type"]), (400, &json!("invalid_request_error")));
    }
}

// issue: real OCR when the program is on PATH
#[tokio::test]
async fn tesseract_reads_the_bundled_photo_or_says_that_it_is_missing() {
    let app = App::with(Sandbox::builder().backend(Backend::Tesseract)).await;
    let access = app.sign_in().await.access;
    let receipt = bundled_receipts()[0];
    let (status, body) = read(app.chat(&access, &scan("image/jpeg", receipt.photo)).await).await;
    if status == 503 {
        let message = body["error"]["message"].as_str().unwrap();
        assert!(message.starts_with("The program tesseract is not installed"), "{message}");
        return;
    }
    assert_eq!(body["model"], "tesseract/receipt");
    let read: Value = serde_json::from_str(body["choices"][0]["message"]["content"].as_str().unwrap()).unwrap();
    let truth: Value = serde_json::from_str(receipt.answer).unwrap();
    for field in ["amount", "currency", "date", "merchant", "category"] {
        assert_eq!(read[field], truth[field], "{field}");
    }
}

#[test]
fn backends_are_named_on_the_command_line() {
    let url = "http://127.0.0.1:11434/v1";
    assert_eq!("recorded".parse(), Ok(Backend::Recorded));
    assert_eq!("tesseract".parse(), Ok(Backend::Tesseract));
    assert_eq!(format!("upstream={url}").parse(), Ok(Backend::Upstream(url.parse().unwrap())));
    for wrong in ["", "Recorded", "upstream", "upstream=", "upstream=ftp://x", "upstream=localhost:80"] {
        assert!(wrong.parse::<Backend>().is_err(), "{wrong}");
    }
    assert_eq!(
        Backend::Upstream(url.parse().unwrap()).to_string().parse(),
        format!("upstream={url}").parse::<Backend>()
    );
}
