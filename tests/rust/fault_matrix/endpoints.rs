//! The endpoints: what is called, and what a good provider answers.

use crate::server::Good;
use aipass::{
    AiPass, ChatRequest, ClientSettings, EmbeddingRequest, ImageEdit, ImageRequest, Photo, RawRequest, Result,
    SignInOptions, SpeechRequest, TranscriptionRequest, VideoRequest,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Call = Box<dyn Fn(AiPass, Arc<Path>) -> Running + Send + Sync>;

pub struct Endpoint {
    pub name: &'static str,
    /// The method and the beginning of the path that the fault applies to.
    pub target: &'static str,
    /// Whether a request costs money.
    pub paid: bool,
    /// Whether the user is signed in before the fault begins.
    pub signed_in: bool,
    pub call: Call,
}

fn endpoint<F>(
    name: &'static str,
    target: &'static str,
    paid: bool,
    call: impl Fn(AiPass, Arc<Path>) -> F + Send + Sync + 'static,
) -> Endpoint
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    Endpoint { name, target, paid, signed_in: true, call: Box::new(move |ai, folder| Box::pin(call(ai, folder))) }
}

/// A whole sign-in, whose user has allowed it.
pub async fn sign_in(ai: &AiPass) -> Result<()> {
    let request = ai.begin_sign_in(SignInOptions::default()).await?;
    let state = request.url.query_pairs().find(|(name, _)| name == "state").map(|(_, state)| state.into_owned());
    ai.complete_sign_in(format!("myapp://auth/callback?code=a-code&state={}", state.unwrap())).await
}

fn photo() -> Photo {
    Photo::from(include_bytes!("../../scenarios/half_transparent.png").to_vec())
}

fn model() -> Option<String> {
    Some("a-model".to_owned())
}

fn chat() -> ChatRequest {
    ChatRequest { model: model(), ..ChatRequest::user("Hello") }
}

pub fn all() -> Vec<Endpoint> {
    let exchange = endpoint("token (code)", "POST /oauth2/token", false, |ai, _| async move { sign_in(&ai).await });
    vec![
        Endpoint { signed_in: false, ..exchange },
        endpoint("token (refresh)", "POST /oauth2/token", false, |ai, _| async move { ai.refresh_tokens().await }),
        endpoint("userinfo", "GET /oauth2/userinfo", false, |ai, _| async move { ai.user_info().await.map(drop) }),
        endpoint("models", "GET /oauth2/v1/models", false, |ai, _| async move { ai.models().await.map(drop) }),
        endpoint("balance", "GET /api/v1/usage", false, |ai, _| async move { ai.refresh_balance().await.map(drop) }),
        endpoint("checkout", "POST /api/v1/payment", false, |ai, _| async move {
            ai.checkout_url(Decimal::TEN).await.map(drop)
        }),
        endpoint("clients", "GET /api/v1/oauth2/clients", false, |ai, _| async move { ai.clients().await.map(drop) }),
        endpoint("register", "POST /api/v1/oauth2/clients", false, |ai, _| async move {
            let redirect_uris = vec!["myapp://cb".to_owned()];
            let settings = ClientSettings { name: Some("App".to_owned()), redirect_uris, ..ClientSettings::default() };
            ai.create_client(settings).await.map(drop)
        }),
        endpoint("chat", "POST /oauth2/v1/chat", true, |ai, _| async move { ai.chat(chat()).await.map(drop) }),
        endpoint("chat stream", "POST /oauth2/v1/chat", true, |ai, _| async move {
            ai.chat_stream(chat()).await?.answer().await.map(drop)
        }),
        endpoint("embeddings", "POST /oauth2/v1/embeddings", true, |ai, _| async move {
            ai.embed(EmbeddingRequest { model: model(), ..EmbeddingRequest::new(["text"]) }).await.map(drop)
        }),
        endpoint("image", "POST /oauth2/v1/images/generations", true, |ai, _| async move {
            ai.generate_image(ImageRequest { model: model(), ..ImageRequest::new("a cat") }).await.map(drop)
        }),
        endpoint("image edit", "POST /oauth2/v1/images/edits", true, |ai, _| async move {
            ai.edit_image(ImageEdit { model: model(), ..ImageEdit::new(vec![photo()], "a dog") }).await.map(drop)
        }),
        endpoint("speech", "POST /oauth2/v1/audio/speech", true, |ai, _| async move {
            ai.speak(SpeechRequest { model: model(), ..SpeechRequest::new("Hello") }).await.map(drop)
        }),
        endpoint("transcription", "POST /oauth2/v1/audio/transcriptions", true, |ai, _| async move {
            let recording =
                b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0";
            let request = TranscriptionRequest::new(recording.to_vec());
            ai.transcribe(TranscriptionRequest { model: model(), ..request }).await.map(drop)
        }),
        endpoint("video", "POST /oauth2/v1/videos", true, |ai, _| async move {
            ai.create_video(VideoRequest { model: model(), ..VideoRequest::new("a cat") }).await.map(drop)
        }),
        endpoint("video status", "GET /oauth2/v1/videos", false, |ai, _| async move {
            ai.video("video_1".to_owned()).await.map(drop)
        }),
        endpoint("video file", "GET /oauth2/v1/videos/video_1/content", false, |ai, folder| async move {
            let destination = folder.join("video.mp4");
            let saved = ai.download_video("video_1".to_owned(), destination.clone()).await;
            // A file that is there is not replaced. After an error there is none.
            assert_eq!(destination.exists(), saved.is_ok());
            if saved.is_ok() {
                std::fs::remove_file(destination).unwrap();
            }
            saved.map(drop)
        }),
        endpoint("raw GET", "GET /oauth2/v1/else", false, |ai, _| async move {
            ai.call_endpoint(RawRequest::get("else")).await.map(drop)
        }),
        endpoint("raw POST", "POST /oauth2/v1/else", true, |ai, _| async move {
            ai.call_endpoint(RawRequest::post("else", "{}")).await.map(drop)
        }),
    ]
}

/// What the provider answers where it works. Of several that fit, the first.
pub fn good(stream: bool) -> Vec<Good> {
    let message = json!({ "role": "assistant", "content": "Hello" });
    let choices = json!([{ "index": 0, "message": message, "finish_reason": "stop" }]);
    let chat = if stream {
        let event = |choice: Value| format!("data: {}\n\n", json!({ "choices": [choice] }));
        let first = event(json!({ "index": 0, "delta": { "content": "Hello" } }));
        let last = event(json!({ "index": 0, "delta": {}, "finish_reason": "stop" }));
        ("text/event-stream", format!("{first}{last}data: [DONE]\n\n").into_bytes())
    } else {
        json_body(&json!({ "model": "a-model", "choices": choices }))
    };
    let client = json!({
        "id": "1", "clientId": "client_1", "clientName": "App", "clientType": "PUBLIC",
        "redirectUris": ["myapp://cb"], "scopes": ["api:access"], "isActive": true,
    });
    let tokens = json!({
        "access_token": "at-0123456789abcdef", "refresh_token": "rt-0123456789abcdef", "token_type": "Bearer",
        "expires_in": 3600, "scope": "api:access profile:read",
    });
    let balance = json!({ "totalCost": 1.5, "maxBudget": 10.0, "remainingBudget": 8.5 });
    let vector = json!([{ "index": 0, "embedding": [0.25, 0.5] }]);
    let video = json!({ "id": "video_1", "object": "video", "status": "completed", "progress": 100 });
    let file = |start: &[u8]| [start, &[0; 500]].concat();
    let enveloped = |data: Value| json_body(&json!({ "success": true, "data": data }));
    [
        ("POST /oauth2/token", json_body(&tokens)),
        ("GET /oauth2/userinfo", json_body(&json!({ "sub": "user_1", "name": "Robin" }))),
        ("GET /oauth2/v1/models", json_body(&json!({ "data": [{ "id": "a-model", "object": "model" }] }))),
        ("GET /api/v1/usage", enveloped(balance)),
        ("POST /api/v1/payment", enveloped(json!({ "checkoutUrl": "https://pay.example.com/1" }))),
        ("GET /api/v1/oauth2/clients", enveloped(json!([client]))),
        ("POST /api/v1/oauth2/clients", enveloped(client)),
        ("POST /oauth2/v1/chat", chat),
        ("POST /oauth2/v1/embeddings", json_body(&json!({ "model": "a-model", "data": vector }))),
        ("POST /oauth2/v1/images", json_body(&json!({ "created": 1, "data": [{ "b64_json": "iVBORw0KGgo=" }] }))),
        ("POST /oauth2/v1/audio/speech", ("audio/mpeg", file(b"ID3\x04\0\0\0\0\0\0"))),
        ("POST /oauth2/v1/audio/transcriptions", json_body(&json!({ "text": "Hello" }))),
        ("GET /oauth2/v1/videos/video_1/content", ("video/mp4", file(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"))),
        ("GET /oauth2/v1/videos", json_body(&video)),
        ("POST /oauth2/v1/videos", json_body(&video)),
        ("GET /oauth2/v1/else", json_body(&json!({ "some": "thing" }))),
        ("POST /oauth2/v1/else", json_body(&json!({ "some": "thing" }))),
    ]
    .map(|(target, (media_type, body))| (target, media_type, body))
    .to_vec()
}

fn json_body(body: &Value) -> (&'static str, Vec<u8>) {
    ("application/json", body.to_string().into_bytes())
}
