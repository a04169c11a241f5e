//! A client that is signed in at a sandbox.

use std::sync::Arc;

use aipass::{AiPass, MemoryStore, Provider, SignInOptions};
use aipass_sandbox::{Sandbox, user_agent};

pub async fn signed_in(sandbox: &Sandbox) -> AiPass {
    let provider = Provider::ai_pass_at(sandbox.base_url().as_str()).expect("the sandbox's address");
    let builder = AiPass::builder("client_123", "myapp://auth/callback").provider(provider);
    let ai = builder.store(Arc::new(MemoryStore::new())).build().expect("a client");
    let request = ai.begin_sign_in(SignInOptions::default()).await.expect("a sign-in begins");
    let callback = user_agent::consent(&request.url).await.expect("the user consents");
    ai.complete_sign_in(callback.into()).await.expect("the sign-in completes");
    ai
}
