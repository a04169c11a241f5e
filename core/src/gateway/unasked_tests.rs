//! What is sent where an app names no model and sets nothing: a model that the catalogue has for it, and no parameter that the
//! app did not ask for (P9). Over the catalogues of today and of the seeds.

use super::files_tests::answering;
use super::models::tests::{of_the_seeds, of_today};
use crate::client::tests::world::World;
use crate::net::scripted::{Scripted, answer};
use crate::{
    AiPass, ChatRequest, EmbeddingRequest, ImageEdit, ImageQuestion, ImageRequest, JsonExtraction, Photo, ReceiptScan,
    SpeechRequest, TranscriptionRequest, VideoRequest,
};
use serde_json::Value;

/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

/// A client that knows only the catalogue, and the next answer.
async fn knowing(catalogue: &Value, next: &'static str) -> (World, AiPass) {
    let next: Scripted = answer(200, next);
    answering([answer(200, catalogue.to_string()), next]).await
}

/// The names in the last request's body, JSON or a form, and its model.
fn sent(world: &World, path: &str) -> (String, String) {
    let request = world.transport.last(path);
    let text = std::str::from_utf8(request.body()).unwrap();
    let (mut names, model): (Vec<String>, _) = match serde_json::from_str::<Value>(text) {
        Ok(body) => (body.as_object().unwrap().keys().cloned().collect(), body["model"].as_str().unwrap().to_owned()),
        Err(_) => {
            let fields: Vec<_> = text.lines().filter_map(|line| line.split_once(": ")).collect();
            let model = fields.iter().find(|(name, _)| *name == "model").unwrap().1.to_owned();
            (fields.iter().map(|(name, _)| (*name).to_owned()).collect(), model)
        }
    };
    names.sort();
    (names.join(" "), model)
}

// M1, P9
#[tokio::test(start_paused = true)]
async fn every_call_works_without_a_model_and_sends_nothing_that_nobody_asked_for() {
    const CHAT: &str = "/oauth2/v1/chat/completions";
    const REPLY: &str = r#"{"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]}"#;
    const IMAGE: &str = r#"{"data":[{"b64_json":"AQI"}]}"#;
    let photo = || Photo::Url(PHOTO.into());
    for (catalogue, models) in [
        (of_today(), ["gpt-5-mini", "gemini-2.5-flash-lite", "gpt-image-1", "nano-banana-2-edit"]),
        (
            of_the_seeds(),
            ["gpt-5-mini", "gemini/gemini-2.5-flash-lite", "imagen4/preview/ultra", "openai/gpt-image-2/edit"],
        ),
    ] {
        let [chat, vision, make, edit] = models;

        let (world, ai) = knowing(&catalogue, REPLY).await;
        ai.chat(ChatRequest::user("Hi")).await.unwrap();
        let (names, model) = sent(&world, CHAT);
        assert_eq!((names.as_str(), model.as_str()), ("messages model stream", chat));

        let (world, ai) = knowing(&catalogue, REPLY).await;
        ai.describe_image(ImageQuestion::new(photo(), "What is it?")).await.unwrap();
        let (names, model) = sent(&world, CHAT);
        assert_eq!((names.as_str(), model.as_str()), ("messages model stream", vision));

        let (world, ai) = knowing(&catalogue, REPLY).await;
        ai.scan_receipt(ReceiptScan::photo(photo())).await.unwrap();
        assert_eq!(sent(&world, CHAT).1, vision);

        let (world, ai) = knowing(&catalogue, REPLY).await;
        ai.extract_json(JsonExtraction::new(vec![photo()], r#"{"type":"object"}"#)).await.unwrap();
        assert_eq!(sent(&world, CHAT).1, vision);

        let (world, ai) = knowing(&catalogue, IMAGE).await;
        ai.generate_image(ImageRequest::new("a cat")).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/images/generations");
        assert_eq!((names.as_str(), model.as_str()), ("model prompt", make));

        let (world, ai) = knowing(&catalogue, IMAGE).await;
        ai.edit_image(ImageEdit::new(vec![photo()], "at night")).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/images/edits");
        assert_eq!((names.as_str(), model.as_str()), ("image model prompt", edit));

        // OpenAI's models do not speak without a voice.
        let (world, ai) = knowing(&catalogue, "sound").await;
        ai.speak(SpeechRequest::new("Hi")).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/audio/speech");
        assert_eq!((names.as_str(), model.as_str()), ("input model voice", "tts-1"));

        let (world, ai) = knowing(&catalogue, r#"{"text":"a"}"#).await;
        ai.transcribe(TranscriptionRequest::new(b"fLaC\0\0\0\x22".to_vec())).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/audio/transcriptions");
        assert_eq!((names.as_str(), model.as_str()), ("file model", "whisper-1"));

        let (world, ai) = knowing(&catalogue, r#"{"data":[{"embedding":[1]}]}"#).await;
        ai.embed(EmbeddingRequest::new(["a"])).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/embeddings");
        assert_eq!((names.as_str(), model.as_str()), ("input model", "text-embedding-3-small"));

        let (world, ai) = knowing(&catalogue, r#"{"id":"v1","status":"queued"}"#).await;
        ai.create_video(VideoRequest::new("a cat")).await.unwrap();
        let (names, model) = sent(&world, "/oauth2/v1/videos");
        assert_eq!((names.as_str(), model.as_str()), ("model prompt", "sora-2"));
    }
}

// M1: an answer is read whichever form it has, because none is asked for
#[tokio::test(start_paused = true)]
async fn a_transcript_that_comes_as_plain_text_is_read() {
    let (_world, ai) = knowing(&of_today(), "Two coffees.").await;
    let heard = ai.transcribe(TranscriptionRequest::new(b"fLaC\0\0\0\x22".to_vec())).await.unwrap();
    assert_eq!(heard.text, "Two coffees.");
}
