//! A process has one trust in servers, so that this is a test program of its own.

use aipass::{AiPass, Provider, ServerTrust, ServerTrustError, SignInOptions, TrustStore, trust_servers_by};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

struct Nobody;

impl ServerTrust for Nobody {
    fn verify(&self, _chain: Vec<Vec<u8>>, _host: String) -> Result<(), ServerTrustError> {
        Err(ServerTrustError::Rejected { detail: "nobody is trusted".to_owned() })
    }
}

/// Whose judgement a client has that is given none. It is chosen for the first request, which reaches nobody.
async fn trust_store() -> TrustStore {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let endpoint = format!("https://127.0.0.1:{port}/");
    let provider = Provider::custom(&endpoint, &endpoint, &endpoint).unwrap();
    let ai = AiPass::builder("client", "myapp://cb").provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let state = request.url.as_str().split_once("state=").unwrap().1.split('&').next().unwrap().to_owned();
    ai.complete_sign_in(format!("myapp://cb?code=1&state={state}")).await.unwrap_err();
    ai.diagnostics().await.trust_store
}

// S6
#[tokio::test]
async fn clients_without_a_trust_of_their_own_have_that_of_the_process() {
    assert_eq!(trust_store().await, TrustStore::Platform);
    trust_servers_by(Arc::new(Nobody));
    assert_eq!(trust_store().await, TrustStore::HostApp);
}
