//! What the examples share: an AI Pass on loopback, and a user who allows the sign-in. An app opens the browser instead.

use aipass::{AiPass, Provider, SignInOptions};
use aipass_sandbox::{Sandbox, user_agent};
use std::error::Error;

/// The app that every sandbox knows, and its redirect URI.
const CLIENT_ID: &str = "client_123";
const REDIRECT_URI: &str = "myapp://auth/callback";

/// Starts a sandbox, and a client for it. The session lives in memory; an app gives a store.
pub async fn client() -> Result<(Sandbox, AiPass), Box<dyn Error>> {
    let sandbox = Sandbox::builder().start().await?;
    let provider = Provider::ai_pass_at(sandbox.base_url().as_str())?;
    let ai = AiPass::builder(CLIENT_ID, REDIRECT_URI).provider(provider).build()?;
    Ok((sandbox, ai))
}

/// The same, signed in.
#[allow(dead_code, reason = "not every example signs in this way")]
pub async fn signed_in() -> Result<(Sandbox, AiPass), Box<dyn Error>> {
    let (sandbox, ai) = client().await?;
    let request = ai.begin_sign_in(SignInOptions::default()).await?;
    let callback = user_agent::consent(&request.url).await?;
    ai.complete_sign_in(callback.into()).await?;
    Ok((sandbox, ai))
}
