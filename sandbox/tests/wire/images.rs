//! `POST /images/generations`, `/images/edits` and `/images/variations`.

use aipass_sandbox::Sandbox;
use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgba, RgbaImage};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, Content, Part, form, read};

const BLUE: Rgba<u8> = Rgba([0, 0, 250, 255]);

pub fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> Rgba<u8>) -> Vec<u8> {
    let mut encoded = Cursor::new(Vec::new());
    RgbaImage::from_fn(width, height, pixel).write_to(&mut encoded, ImageFormat::Png).unwrap();
    encoded.into_inner()
}

/// The picture of an entry, by its link or from its base64.
async fn picture(app: &App, entry: &Value) -> DynamicImage {
    let bytes = match (entry["url"].as_str(), entry["b64_json"].as_str()) {
        // No token: a link is enough.
        (Some(url), None) => {
            let response = app.http.get(url).send().await.unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()["content-type"]),
                (200, &"image/png".parse().unwrap())
            );
            response.bytes().await.unwrap().to_vec()
        }
        (None, Some(encoded)) => STANDARD.decode(encoded).unwrap(),
        _ => panic!("neither or both: {entry}"),
    };
    image::load_from_memory_with_format(&bytes, ImageFormat::Png).unwrap()
}

async fn generate(app: &App, body: Value) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.call("/images/generations", &access, &body).await).await
}

// wire: answers carry `url` or `b64_json`
#[tokio::test]
async fn a_prompt_becomes_images_of_the_requested_size() {
    let app = App::start().await;
    let body = json!({ "model": "imagen4/preview/ultra", "prompt": "A city", "size": "320x200", "n": 2 });
    let (status, response) = generate(&app, body.clone()).await;
    assert_eq!((status, response["data"].as_array().unwrap().len()), (200, 2), "{response}");
    let (first, second) = (picture(&app, &response["data"][0]).await, picture(&app, &response["data"][1]).await);
    assert_eq!((first.dimensions(), second.dimensions()), ((320, 200), (320, 200)));
    assert_ne!(first, second);
    assert_eq!(app.sandbox.spent(), Decimal::new(8, 2));

    let mut other = body.clone();
    other["prompt"] = json!("A village");
    other["response_format"] = json!("b64_json");
    let other = picture(&app, &generate(&app, other).await.1["data"][0]).await;
    assert_ne!(first, other, "the picture depends on the prompt");
    let again = picture(&app, &generate(&app, body).await.1["data"][0]).await;
    assert_eq!(first, again);
}

#[tokio::test]
async fn a_model_may_return_base64_whatever_was_requested() {
    let app = App::with(Sandbox::builder().strict_parameters(false)).await;
    let body = json!({ "model": "gpt-image-1", "prompt": "A city", "response_format": "url" });
    let response = generate(&app, body).await.1;
    assert!(response["data"][0]["b64_json"].is_string());
    assert_eq!(picture(&app, &response["data"][0]).await.dimensions(), (1024, 1024));
}

// P8
#[tokio::test]
async fn invalid_image_requests_are_refused_and_cost_nothing() {
    let app = App::start().await;
    for (name, value) in [
        ("prompt", json!("  ")),
        ("prompt", Value::Null),
        ("prompt", json!("x".repeat(32_001))),
        ("n", json!(0)),
        ("n", json!(11)),
        ("n", json!(-1)),
        ("size", json!("large")),
        ("size", json!("15x16")),
        ("size", json!("4096x4096")),
        ("response_format", json!("gif")),
        ("output_format", json!("webp")),
        ("model", json!("fal-ai/nano-banana-2/edit")),
    ] {
        let mut body = json!({ "model": "dall-e-2", "prompt": "A city" });
        body[name] = value.clone();
        let (status, response) = generate(&app, body).await;
        assert_eq!((status, &response["error"]["type"]), (400, &json!("invalid_request_error")), "{name} {value}");
    }
    assert!(app.sandbox.spent().is_zero());
    let gone = app.http.get(app.url("/files/nothing.png")).send().await.unwrap();
    assert_eq!(gone.status(), 404);
}

async fn send(app: &App, path: &str, parts: &[Part<'_>]) -> (u16, Value) {
    let access = app.sign_in().await.access;
    read(app.call_form(path, &access, parts).await).await
}

// wire: multipart with repeated `image` (or `image[]`), optional `mask`
#[tokio::test]
async fn an_edit_shows_all_images_and_keeps_the_masked_part() {
    let app = App::start().await;
    let blue = png(64, 32, |_, _| BLUE);
    let red = png(20, 20, |_, _| Rgba([250, 0, 0, 255]));
    let mask = png(64, 32, |x, _| Rgba([0, 0, 0, if x < 32 { 0 } else { 255 }]));
    for image in ["image", "image[]"] {
        let parts = [
            ("model", Content::Text("fal-ai/nano-banana-2/edit")),
            ("prompt", Content::Text("Warmer")),
            (image, Content::File(&blue)),
            (image, Content::File(&red)),
            ("mask", Content::File(&mask)),
        ];
        let (status, response) = send(&app, "/images/edits", &parts).await;
        assert_eq!(status, 200, "{response}");
        let edited = picture(&app, &response["data"][0]).await;
        assert_eq!(edited.dimensions(), (64, 32), "as large as the first image");
        assert_ne!(edited.get_pixel(31, 0), BLUE, "changed where the mask is transparent");
        assert_eq!(edited.get_pixel(40, 0), BLUE);
        assert_eq!(edited.get_pixel(2, 30), Rgba([250, 0, 0, 255]), "the second image is in the corner");
    }
    let parts = [
        ("model", Content::Text("gpt-image-1")),
        ("prompt", Content::Text("Warmer")),
        ("size", Content::Text("48x48")),
        ("n", Content::Text("2")),
        ("image", Content::File(&blue)),
    ];
    let response = send(&app, "/images/edits", &parts).await.1;
    assert_eq!(picture(&app, &response["data"][1]).await.dimensions(), (48, 48));
    assert_eq!(app.sandbox.spent(), Decimal::new(16, 2));
}

#[tokio::test]
async fn variations_are_of_the_image_and_differ() {
    let app = App::start().await;
    let image = png(40, 40, |x, y| Rgba([x as u8 * 6, y as u8 * 6, 90, 255]));
    let parts = [("model", Content::Text("dall-e-2")), ("n", Content::Text("2")), ("image", Content::File(&image))];
    let (status, response) = send(&app, "/images/variations", &parts).await;
    assert_eq!(status, 200, "{response}");
    let (first, second) = (picture(&app, &response["data"][0]).await, picture(&app, &response["data"][1]).await);
    assert_eq!(first.dimensions(), (40, 40));
    assert!(first != second && first != image::load_from_memory(&image).unwrap());
}

#[tokio::test]
async fn invalid_forms_are_refused_and_cost_nothing() {
    let app = App::start().await;
    let (image, opaque) = (png(8, 8, |_, _| BLUE), png(9, 9, |_, _| BLUE));
    let (model, prompt) = (("model", Content::Text("dall-e-2")), ("prompt", Content::Text("Warmer")));
    let picture = ("image", Content::File(&image));
    let many = [("image", Content::File(&image)); 17];
    let wrong: [&[Part<'_>]; 9] = [
        &[model, prompt],
        &[model, picture],
        &[prompt, picture],
        &[model, model, prompt, picture],
        &[model, prompt, ("image", Content::Text("a path"))],
        &[model, prompt, ("image", Content::File(b""))],
        &[model, prompt, ("image", Content::File(b"no image"))],
        &[model, prompt, picture, ("mask", Content::File(&opaque))],
        &[model, prompt, picture, ("n", Content::Text("two"))],
    ];
    for parts in wrong {
        assert_eq!(send(&app, "/images/edits", parts).await.0, 400);
    }
    let mut too_many = vec![model, prompt];
    too_many.extend(many);
    assert_eq!(send(&app, "/images/edits", &too_many).await.0, 400);
    for parts in [&[model][..], &[model, picture, picture], &[("model", Content::Text("gpt-image-1")), picture]] {
        assert_eq!(send(&app, "/images/variations", parts).await.0, 400);
    }
    assert!(app.sandbox.spent().is_zero());
}

// Bounded memory: a form has at most 64 parts and 32 MiB
#[tokio::test]
async fn malformed_or_too_large_forms_are_refused() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let edit = async |media_type: &str, body: Vec<u8>| {
        app.send("/images/edits", &access, media_type, body).await.status().as_u16()
    };
    assert_eq!(edit("application/json", b"{}".to_vec()).await, 415);
    assert_eq!(edit("multipart/form-data", b"".to_vec()).await, 415);
    let broken = b"--wall\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ndall".to_vec();
    assert_eq!(edit("multipart/form-data; boundary=wall", broken).await, 400);
    let parts = form(&[("user", Content::Text("robin")); 65]);
    assert_eq!(edit("multipart/form-data; boundary=wall", parts).await, 400);
    let large = vec![0; 33 * 1024 * 1024];
    assert_eq!(edit("multipart/form-data; boundary=wall", form(&[("image", Content::File(&large))])).await, 413);
}
