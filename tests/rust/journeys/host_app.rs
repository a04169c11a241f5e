//! What a host app does around the library: keep a key, open a browser.

use aipass::{AiPass, Provider, SealedFileStore, SessionStore, SignInOptions};
use aipass_sandbox::{Sandbox, user_agent};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A test's own directory, removed with it.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("aipass-journey-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        Self(std::env::temp_dir().join(name))
    }

    pub fn store(&self) -> Arc<SealedFileStore> {
        Arc::new(SealedFileStore::open(&self.0, &[7; 32]).unwrap())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn client(sandbox: &Sandbox, store: Arc<dyn SessionStore>) -> AiPass {
    AiPass::builder("client_123", "myapp://auth/callback")
        .provider(Provider::ai_pass_at(sandbox.base_url().as_str()).unwrap())
        .store(store)
        .build()
        .unwrap()
}

/// Signs in as a person would, and returns the callback.
pub async fn sign_in(ai: &AiPass) -> String {
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = user_agent::consent(&request.url).await.unwrap();
    ai.complete_sign_in(callback.to_string()).await.unwrap();
    callback.to_string()
}
