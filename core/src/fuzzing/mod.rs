//! What `fuzz/` calls: hostile bytes on the way that they would really take, with the properties that must hold whatever the
//! bytes are. Behind the feature `fuzzing`; no app has it, and it promises nothing.
#![allow(clippy::expect_used, reason = "a panic is how a fuzz target says that something is wrong")]
#![allow(missing_docs, reason = "each property is documented, and nothing here is for users")]

#[cfg(test)]
mod corpus_tests;
mod files;
mod gateway;
mod multipart;
mod sign_in;

pub use files::{audio, sealed_file};
pub use gateway::{receipt_text, refusal, stream};
pub use multipart::multipart;
#[cfg(feature = "openid")]
pub use sign_in::id_token;
pub use sign_in::{callback, metadata, token_response};

use crate::environment::Environment;
use crate::net::scripted::{Scripted, ScriptedTransport, answer};
use crate::{AiPass, SignInOptions};
use std::future::Future;

/// A token that must never be seen.
const TOKEN: &str = "canary-access-token-5f1c2d";

/// Runs to its end what waits for nothing but a scripted network.
fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work)
}

/// A client over a network of this function.
fn client(network: impl Fn(&str) -> Scripted + Send + Sync + 'static) -> AiPass {
    let transport = ScriptedTransport::new(move |request| std::future::ready(network(request.uri().path())));
    let builder = AiPass::builder("client_123", "myapp://auth/callback").scripted(transport, Environment::system());
    builder.build().expect("a client")
}

/// A callback to a sign-in that was begun.
async fn callback_to(ai: &AiPass) -> String {
    let request = ai.begin_sign_in(SignInOptions::default()).await.expect("a URL");
    let state = request.url.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    format!("myapp://auth/callback?code=the-code&state={state}")
}

/// A client whose user is signed in, and whose calls this function answers.
async fn signed_in(network: impl Fn(&str) -> Scripted + Send + Sync + 'static) -> AiPass {
    let ai = client(move |path| match path {
        "/oauth2/token" => answer(200, format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer"}}"#)),
        _ => network(path),
    });
    let callback = callback_to(&ai).await;
    ai.complete_sign_in(callback).await.expect("signed in");
    ai
}

/// What a person may be shown has no secret (S1) and no control sequence (S10).
fn assert_is_shown_safely(text: &str) {
    assert!(!text.contains(TOKEN), "a token is shown");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "a control character is shown: {text:?}");
}
