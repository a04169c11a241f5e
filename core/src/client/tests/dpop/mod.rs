//! RFC 9449: tokens that are bound to a key.

mod guard;
mod keys;
mod nonces;

use super::world::*;
use crate::environment::{Environment, ProcessId};
use crate::net::scripted::ScriptedTransport;
use crate::{AiPass, DpopKey, Error, Provider, RawMethod, RawRequest, Secret, SessionState, SignInOptions};
use guard::Guard;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A world whose provider binds its tokens.
struct Bound {
    world: World,
    guard: Arc<Guard>,
    transport: Arc<ScriptedTransport>,
}

fn provider() -> Provider {
    Provider { dpop_signing_algorithms: vec!["RS256".into(), "ES256".into()], ..Provider::ai_pass() }
}

impl Bound {
    fn new() -> Self {
        let world = World::new();
        let guard = Guard::new(&world.clock);
        let handler = Arc::clone(&guard);
        let transport = ScriptedTransport::new(move |request| Arc::clone(&handler).handle(request));
        Self { world, guard, transport }
    }

    /// A client as after a start of the app; `None` asks for no key.
    fn client(&self, key: Option<DpopKey>) -> AiPass {
        self.client_with(provider(), key)
    }

    fn client_with(&self, provider: Provider, key: Option<DpopKey>) -> AiPass {
        let environment =
            Environment { clock: self.world.clock.clone(), process: ProcessId::new(), ..Environment::system() };
        let builder = builder().provider(provider).store(self.world.store.clone());
        let builder = key.into_iter().fold(builder, crate::AiPassBuilder::dpop);
        builder.scripted(self.transport.clone(), environment).build().unwrap()
    }

    async fn signed_in(&self) -> AiPass {
        let ai = self.client(Some(DpopKey::InSession));
        sign_in(&ai).await;
        ai
    }

    fn accepted(&self) -> Vec<Value> {
        self.guard.read(|state| state.accepted.clone())
    }

    fn refusals(&self) -> Vec<String> {
        self.guard.read(|state| state.refusals.clone())
    }
}

/// A paid call.
async fn pay(ai: &AiPass) -> crate::Result<crate::RawAnswer> {
    ai.call_endpoint(RawRequest::post("rerank", "{}")).await
}

// A14: from the authorization request to a call after a refresh, and after a start of the app
#[tokio::test(start_paused = true)]
async fn a_session_is_bound_to_one_key_from_its_beginning() {
    let bound = Bound::new();
    let ai = bound.client(Some(DpopKey::InSession));
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let query = |wanted: &str| request.url.query_pairs().find(|(name, _)| name == wanted).unwrap().1.into_owned();
    let jkt = query("dpop_jkt");
    let pending = bound.world.store.record().unwrap()["pending"][0]["dpop"].clone();
    assert_eq!(pending["jkt"], jkt.as_str());
    // the app was killed meanwhile
    let ai = bound.client(Some(DpopKey::InSession));
    ai.complete_sign_in(format!("myapp://auth/callback?code=c&state={}", query("state"))).await.unwrap();
    let record = bound.world.store.record().unwrap();
    assert_eq!(record["grant"]["dpop"], pending);
    assert!(record["pending"][0].get("dpop").is_none(), "a sign-in that is over needs no key");
    ai.refresh_balance().await.unwrap();
    pay(&ai).await.unwrap();
    tokio::time::advance(2 * HOUR).await;
    pay(&bound.client(None)).await.unwrap(); // a session that is bound stays so
    assert_eq!(bound.world.store.record().unwrap()["grant"]["dpop"], pending);
    let claims = bound.accepted();
    let told = |name: &str| claims.iter().map(|claims| claims[name].clone()).collect::<Vec<_>>();
    let token = "https://aipass.one/oauth2/token";
    let rerank = "https://aipass.one/oauth2/v1/rerank";
    assert_eq!(told("htm"), ["POST", "GET", "POST", "POST", "POST"]);
    assert_eq!(told("htu"), [token, "https://aipass.one/api/v1/usage/me/summary", rerank, token, rerank]);
    assert_eq!(claims.iter().filter(|claims| claims.get("ath").is_some()).count(), 3);
    assert_eq!(bound.refusals(), [""; 0]);
}

// A14: nothing is sent where the provider does not take our proofs
#[tokio::test(start_paused = true)]
async fn a_provider_without_dpop_is_unsupported_before_anything_is_sent() {
    for algorithms in [vec![], vec!["RS256".to_owned(), "es256".to_owned()]] {
        let bound = Bound::new();
        let mut provider = Provider { dpop_signing_algorithms: algorithms, ..provider() };
        provider.pushed_authorization_request_endpoint = Some("https://aipass.one/par".parse().unwrap());
        provider.device_authorization_endpoint = Some("https://aipass.one/device".parse().unwrap());
        let ai = bound.client_with(provider, Some(DpopKey::InSession));
        let push_parameters = SignInOptions { push_parameters: true, ..SignInOptions::default() };
        let error = ai.begin_sign_in(push_parameters).await.unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
        #[cfg(feature = "device-authorization")]
        assert_eq!(ai.begin_device_sign_in(SignInOptions::default()).await.unwrap_err(), error);
        assert!(bound.transport.requests().is_empty() && bound.world.store.record().is_none());
    }
}

// P9: nobody is bound without asking for it
#[tokio::test(start_paused = true)]
async fn nothing_is_bound_without_being_asked_for() {
    let world = World::new();
    let ai = world.client_with(provider());
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    assert!(!request.url.query().unwrap().contains("dpop"));
    sign_in(&ai).await;
    ai.refresh_balance().await.unwrap();
    assert!(!world.transport.last(TOKEN).headers().contains_key("dpop"));
    assert!(world.transport.last(BALANCE).headers()["authorization"].to_str().unwrap().starts_with("Bearer "));
    // a session of Bearer tokens goes on when the app begins to ask for a key
    let builder = builder().provider(provider()).dpop(DpopKey::InSession);
    world.client_built(builder).refresh_balance().await.unwrap();
    let error = ai.dpop_proof(RawMethod::Get, &"https://api.example/".parse().unwrap(), None).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
}

// A14, T3, T7: RFC 9449 5: tokens that are not bound are given up
#[tokio::test(start_paused = true)]
async fn a_bearer_token_in_the_place_of_a_bound_one_is_refused() {
    for token_type in [json!("Bearer"), json!(null), json!(""), json!("N_A")] {
        let bound = Bound::new();
        bound.guard.set(|state| state.token_type = token_type.clone());
        let ai = bound.client(Some(DpopKey::InSession));
        let callback = begin(&ai).await;
        let error = ai.complete_sign_in(callback).await.unwrap_err();
        assert_eq!(error.code(), "provider_invalid_response", "{token_type}");
        assert!(error.to_string().contains("not a DPoP token"), "{error}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert_eq!(bound.guard.read(|state| state.revoked), 2);
    }
    let bound = Bound::new();
    bound.guard.set(|state| state.token_type = json!("dpop"));
    bound.signed_in().await;
}

// A14: the app calls a resource itself
#[tokio::test(start_paused = true)]
async fn an_app_gets_a_proof_for_a_call_of_its_own() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    let url = "https://api.example.com/user?id=1#part".parse().unwrap();
    let first = ai.dpop_proof(RawMethod::Put, &url, None).await.unwrap();
    let second = ai.dpop_proof(RawMethod::Put, &url, Some("n-1")).await.unwrap();
    assert_eq!((first.access_token.expose(), second.access_token.expose()), ("access-1", "access-1"));
    let [first, second] = [first, second].map(|sent| {
        assert_eq!(format!("{sent:?}"), "DpopProof { access_token: Secret(…), proof: Secret(…) }");
        claims_of(&sent.proof)
    });
    assert_eq!((&first["htm"], &first["htu"]), (&json!("PUT"), &json!("https://api.example.com/user")));
    assert!(first["ath"].is_string() && first["nonce"].is_null() && second["nonce"] == "n-1");
    assert_ne!(first["jti"], second["jti"]);
    for (url, nonce, input) in [
        ("data:,x", None, "url"),
        ("https://api.example.com", Some(""), "nonce"),
        ("https://a.example", Some("a\"b"), "nonce"),
    ] {
        let error = ai.dpop_proof(RawMethod::Get, &url.parse().unwrap(), nonce).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input: named, .. } if named == input), "{url}: {error}");
    }
    let signed_out = Bound::new().client(Some(DpopKey::InSession));
    assert_eq!(signed_out.dpop_proof(RawMethod::Get, &url, None).await.unwrap_err().code(), "not_signed_in");
}

fn claims_of(proof: &Secret) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let claims = proof.expose().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

// S1: neither a proof nor the key stands in the log, in diagnostics or in an error
#[tokio::test(start_paused = true)]
async fn proofs_and_keys_are_never_shown() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    pay(&ai).await.unwrap();
    let proof = bound.transport.last("/oauth2/v1/rerank").headers()["dpop"].to_str().unwrap().to_owned();
    // the server quotes the proof
    let quoted = json!({"error": {"message": format!("bad proof {proof}")}}).to_string();
    bound.guard.set(|state| state.answers.push_back(crate::net::scripted::answer(400, quoted)));
    let error = pay(&ai).await.unwrap_err();
    let key = bound.world.store.record().unwrap()["grant"]["dpop"]["private_key"].as_str().unwrap().to_owned();
    let shown = format!("{error:?} {error} {:?} {:?} {ai:?}", ai.diagnostics().await, ai.log());
    for secret in proof.split('.').chain([key.as_str()]) {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(format!("{:?}", builder().dpop(DpopKey::InSession)).starts_with("AiPassBuilder("));
}
