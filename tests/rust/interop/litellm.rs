//! LiteLLM's proxy, which AI Pass itself puts before its models, where `LITELLM_URL` says. A sandbox beside it issues the
//! tokens.

use std::sync::Arc;

use aipass::{
    AiPass, ChatEvent, ChatRequest, EmbeddingRequest, Error, ImageRequest, JsonExtraction, MemoryStore, Photo,
    Provider, ReceiptScan, SignInOptions,
};
use aipass_sandbox::{Client, Sandbox, user_agent};
use url::Url;

const REDIRECT_URI: &str = "myapp://auth/callback";
/// The app that the proxy lets spend nothing.
const WITHOUT_BUDGET: &str = "client_without_budget";

/// A client whose model API is the proxy's. The sandbox must outlive it.
async fn signed_in(client_id: &str) -> (AiPass, Sandbox) {
    let proxy = std::env::var("LITELLM_URL").expect("LITELLM_URL says where the proxy is");
    let poor = Client::public(WITHOUT_BUDGET, "Poor", REDIRECT_URI);
    let sandbox = Sandbox::builder().client(poor).start().await.unwrap();
    let mut provider = Provider::ai_pass_at(sandbox.base_url().as_str()).unwrap();
    let model_api = Url::parse(&format!("{proxy}/v1")).unwrap();
    provider.resource_origins.push(model_api.clone());
    provider.model_api = Some(model_api);
    let builder = AiPass::builder(client_id, REDIRECT_URI).provider(provider);
    let ai = builder.store(Arc::new(MemoryStore::new())).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = user_agent::consent(&request.url).await.unwrap();
    ai.complete_sign_in(callback.into()).await.unwrap();
    (ai, sandbox)
}

fn hello(model: &str) -> ChatRequest {
    let mut request = ChatRequest::user("Hello");
    request.model = Some(model.to_owned());
    request
}

#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn models_are_listed_with_what_they_are_for() {
    let (ai, _sandbox) = signed_in("client_123").await;
    let models = ai.models().await.unwrap();
    let slash = models.iter().find(|model| model.id == "gemini/gemini-2.5-flash-lite").unwrap();
    assert_eq!(slash.capability, Some(aipass::Capability::Chat));
    // wire: LiteLLM answers 404 to a single-model request with a slash in the id: fall back to the catalogue
    assert_eq!(ai.model(slash.id.clone()).await.unwrap().id, slash.id);
}

#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn a_chat_is_answered_whole_and_streamed() {
    let (ai, _sandbox) = signed_in("client_123").await;
    let answer = ai.chat(hello("gemini/gemini-2.5-flash-lite")).await.unwrap();
    assert_eq!(answer.text, "A slash in its name.");
    let stream = ai.chat_stream(hello("gpt-4o-mini")).await.unwrap();
    let mut text = String::new();
    while let Some(event) = stream.next().await.unwrap() {
        if let ChatEvent::Text { text: piece, .. } = event {
            text.push_str(&piece);
        }
    }
    assert_eq!(text, "Hello from a proxy.");
}

const RECEIPT: &[u8] = include_bytes!("../../../sandbox/recorded/cafe.jpg");
const SCHEMA: &str =
    r#"{ "type": "object", "properties": { "merchant": { "type": "string" } }, "required": ["merchant"] }"#;

// M1: stock LiteLLM answers 400 to what nobody should send by default
#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn default_calls_send_nothing_that_a_reasoning_model_refuses() {
    let (ai, _sandbox) = signed_in("client_123").await;
    assert!(ai.chat(hello("gpt-5-mini")).await.unwrap().text.contains("Tea House"));
    let mut scan = ReceiptScan::photo(Photo::Bytes(aipass::Bytes::from_static(RECEIPT)));
    scan.model = Some("gpt-5-mini".to_owned());
    let receipt = ai.scan_receipt(scan).await.unwrap();
    assert_eq!((receipt.merchant.as_deref(), receipt.amount), (Some("Tea House"), Some("12.40".parse().unwrap())));
    let mut extraction = JsonExtraction::new(vec![Photo::Bytes(aipass::Bytes::from_static(RECEIPT))], SCHEMA);
    extraction.model = Some("gpt-5-mini".to_owned());
    assert!(ai.extract_json(extraction).await.unwrap().json.contains("Tea House"));
}

// P1: the refused parameter is named, and nothing is asked again. What the sandbox calls strict is LiteLLM's own
#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn a_parameter_that_is_refused_is_named() {
    let (ai, _sandbox) = signed_in("client_123").await;
    let mut request = hello("gpt-5-mini");
    request.temperature = Some(0.0);
    let error = ai.chat(request).await.unwrap_err();
    assert!(matches!(&error, Error::Provider { status: Some(400), .. }), "{error:?}");
    assert!(error.to_string().contains("temperature"), "{error}");
}

#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn embeddings_and_pictures_are_made() {
    let (ai, _sandbox) = signed_in("client_123").await;
    let embeddings = ai.embed(EmbeddingRequest::new(["tea"])).await.unwrap();
    assert_eq!(embeddings.vectors, [[0.6, 0.8]]);
    let pictures = ai.generate_image(ImageRequest::new("A city")).await.unwrap();
    assert_eq!(pictures.images[0].url.as_ref().unwrap().as_str(), "https://example.com/picture.png");
}

// P1: a 5xx is never asked again; the words of the server reach the app
#[tokio::test]
#[ignore = "needs LiteLLM's proxy: scripts/test interop"]
async fn refusals_are_told_apart() {
    let (ai, _sandbox) = signed_in("client_123").await;
    let error = ai.chat(hello("rate-limited")).await.unwrap_err();
    assert!(matches!(&error, Error::RateLimited { detail, .. } if detail.contains("mock rate limit")), "{error:?}");
    let error = ai.chat(hello("broken")).await.unwrap_err();
    assert!(matches!(&error, Error::Provider { .. }) && error.to_string().contains("mock internal"), "{error:?}");
    let (poor, _sandbox) = signed_in(WITHOUT_BUDGET).await;
    let error = poor.chat(hello("gpt-4o-mini")).await.unwrap_err();
    let Error::BudgetExceeded { spent, limit, .. } = &error else { panic!("{error:?}") };
    assert_eq!(
        (spent.unwrap().to_string(), limit.unwrap().normalize().to_string()),
        ("1.5".to_owned(), "1".to_owned())
    );
}
