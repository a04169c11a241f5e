//! The library's client, whose user is signed in.

use crate::server::Server;
use aipass::{AiPass, ChatRequest, MemoryStore, Message, Provider, SignInOptions};
use std::sync::Arc;

/// Its access token has a second left: a later call refreshes it.
pub async fn signed_in(server: &Server) -> AiPass {
    let base = &server.base;
    let endpoint = |path: &str| format!("{base}{path}");
    let mut provider = Provider::custom(base, &endpoint("/authorize"), &endpoint("/token")).expect("it can be used");
    let model_api = endpoint("/v1").parse().expect("a URL");
    provider.resource_origins = vec![model_api];
    provider.model_api = provider.resource_origins.first().cloned();
    let ai = AiPass::builder("client", "myapp://callback")
        .provider(provider)
        .store(Arc::new(MemoryStore::new()))
        // As the peers, which run where they are called.
        .runtime(tokio::runtime::Handle::current())
        .build()
        .expect("its settings can be used");
    let request = ai.begin_sign_in(SignInOptions::default()).await.expect("a sign-in begins");
    let state = request.url.query_pairs().find(|(name, _)| name == "state").expect("it has a state").1.into_owned();
    ai.complete_sign_in(format!("myapp://callback?code=1&state={state}")).await.expect("the user is signed in");
    ai
}

/// What every side sends.
pub fn question(model: &str) -> ChatRequest {
    ChatRequest::new(vec![Message::user("Say something.")]).model(model)
}
