//! S1: no secret is shown. The canaries are the real secrets that a whole journey made.

use crate::host_app::{client, sign_in};
use aipass::{
    AiPass, CallOptions, ChatRequest, Error, MemoryStore, Provider, SessionStore, SignInOptions, StoreError,
    StoredSession,
};
use aipass_sandbox::Sandbox;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Remembers every secret that was ever stored.
#[derive(Default)]
struct Watching {
    inner: MemoryStore,
    secrets: Mutex<BTreeSet<String>>,
}

impl SessionStore for Watching {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.inner.load(key)
    }

    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        let record: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        self.collect(&record);
        self.inner.compare_and_swap(key, expected_version, bytes)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.inner.delete(key)
    }
}

impl Watching {
    fn collect(&self, value: &serde_json::Value) {
        const SECRET: [&str; 4] = ["access_token", "refresh_token", "state", "code_verifier"];
        match value {
            serde_json::Value::Object(members) => {
                for (name, member) in members {
                    match member.as_str() {
                        Some(text) if SECRET.contains(&name.as_str()) && !text.is_empty() => {
                            self.secrets.lock().unwrap().insert(text.to_owned());
                        }
                        _ => self.collect(member),
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }
}

#[tokio::test]
async fn no_secret_of_a_whole_journey_is_ever_seen() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let store = Arc::new(Watching::default());
    let ai = client(&sandbox, store.clone());
    let mut seen = Vec::new();
    let mut see = |thing: &dyn std::fmt::Debug| seen.push(format!("{thing:?}"));
    let failed = |error: Error| format!("{error} {error:?} {}", error.code());

    let callback = sign_in(&ai).await;
    see(&failed(ai.complete_sign_in(callback.clone()).await.unwrap_err()));
    let token = ai.access_token(Duration::ZERO).await.unwrap();
    see(&token);
    see(&ai.user_info().await);
    see(&ai.chat(ChatRequest::user("Hello")).await);
    see(&ai.chat_stream(ChatRequest::user("Hello")).await);
    see(&failed(ai.chat(ChatRequest::user("Hello").model("none")).await.unwrap_err()));
    see(&failed(ai.model("none".into()).await.unwrap_err()));
    sandbox.expire_access_tokens();
    see(&ai.refresh_balance().await);
    let options = CallOptions { timeout: Some(Duration::ZERO), ..CallOptions::default() };
    see(&ai.with(options).refresh_balance().await);

    // A wrong code, and a provider that echoes it.
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    see(&request);
    let state = request.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let forged = format!("myapp://auth/callback?code=forged-code-canary&state={state}");
    see(&failed(ai.complete_sign_in(forged).await.unwrap_err()));
    let code = callback.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();

    sandbox.revoke_grants();
    see(&failed(ai.refresh_balance().await.unwrap_err()));
    sign_in(&ai).await;
    let base_url = sandbox.base_url();
    sandbox.stop().await;
    see(&failed(ai.chat(ChatRequest::user("Hello")).await.unwrap_err()));
    see(&ai.sign_out().await);
    see(&ai);
    see(&ai.diagnostics().await);
    see(&ai.log());
    see(&AiPass::builder("client_123", "myapp://auth/callback")
        .provider(Provider::ai_pass_at(base_url.as_str()).unwrap()));

    let mut secrets = store.secrets.lock().unwrap().clone();
    secrets.extend([token.expose().to_owned(), code, callback, "forged-code-canary".to_owned()]);
    assert!(secrets.len() >= 8, "the canaries were not collected: {}", secrets.len());
    for secret in secrets {
        for text in &seen {
            assert!(!text.contains(&secret), "a secret is seen in: {text}");
        }
    }
}
