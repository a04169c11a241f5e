use super::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, ScriptedTransport, answer, with_header};
use serde_json::json;

const ISSUER: &str = "https://id.example/tenant";
const INSERTED: &str = "/.well-known/oauth-authorization-server/tenant";
const OPENID: &str = "/tenant/.well-known/openid-configuration";
const OPENID_INSERTED: &str = "/.well-known/openid-configuration/tenant";
const APPENDED: &str = "/tenant/.well-known/oauth-authorization-server";

fn document_of(issuer: &str) -> String {
    let at = |path: &str| format!("https://id.example{path}");
    let endpoints = json!({"issuer": issuer, "authorization_endpoint": at("/a"), "token_endpoint": at("/t")});
    endpoints.to_string()
}

/// A path, and what it answers.
type Answer = (&'static str, fn() -> Scripted);

/// A network in which each path has one answer, and every other one is 404.
fn network(answers: &[Answer]) -> (Arc<ScriptedTransport>, HttpClient) {
    let answers = answers.to_vec();
    let transport = ScriptedTransport::new(move |request| {
        let found = answers.iter().find(|(path, _)| *path == request.uri().path());
        let scripted = found.map_or_else(|| answer(404, "no such page"), |(_, answer)| answer());
        async move { scripted }
    });
    let environment = Environment::system();
    (transport.clone(), HttpClient { transport, environment, log: Arc::default() })
}

async fn discover(http: HttpClient) -> Result<Provider> {
    Asked::new(ISSUER, &DiscoverySettings::default()).unwrap().provider(http).await
}

fn kind_and_detail(outcome: Result<Provider>) -> (ProviderErrorKind, Option<u16>, String) {
    match outcome {
        Err(Error::Provider { kind, status, detail, .. }) => (kind, status, detail),
        other => panic!("{other:?}"),
    }
}

fn good() -> Scripted {
    answer(200, document_of(ISSUER))
}

fn of_another_issuer() -> Scripted {
    answer(200, document_of("https://id.example"))
}

fn page() -> Scripted {
    answer(200, "<!doctype html><title>App</title>")
}

fn redirect() -> Scripted {
    with_header(answer(302, ""), "location", "https://evil.example/metadata")
}

#[tokio::test(start_paused = true)]
async fn the_addresses_are_asked_in_order_until_one_has_the_metadata() {
    for (answers, asked) in [
        (&[(INSERTED, good as fn() -> Scripted)][..], &[INSERTED][..]),
        (&[(OPENID, good)], &[INSERTED, OPENID]),
        (&[(OPENID_INSERTED, good)], &[INSERTED, OPENID, OPENID_INSERTED]),
        (&[(APPENDED, good)], &[INSERTED, OPENID, OPENID_INSERTED, APPENDED]),
        (&[(INSERTED, page), (OPENID, good)], &[INSERTED, OPENID]),
        (&[(INSERTED, of_another_issuer), (OPENID, good)], &[INSERTED, OPENID]),
        (&[(INSERTED, redirect), (OPENID, good)], &[INSERTED, OPENID]),
    ] {
        let (transport, http) = network(answers);
        let provider = discover(http).await.unwrap();
        assert_eq!((provider.issuer.as_str(), provider.token_endpoint.path()), (ISSUER, "/t"));
        let asked: Vec<String> = asked.iter().map(|path| format!("GET {path}")).collect();
        assert_eq!(transport.requests(), asked);
    }
}

// A10
#[tokio::test(start_paused = true)]
async fn no_metadata_names_every_address_that_was_asked() {
    let (_, http) = network(&[]);
    let (kind, status, detail) = kind_and_detail(discover(http).await);
    assert_eq!((kind, status), (ProviderErrorKind::NotFound, Some(404)));
    for path in [INSERTED, OPENID, OPENID_INSERTED, APPENDED] {
        assert!(detail.contains(&format!("https://id.example{path}")), "{detail}");
    }
}

// A10, A11: no redirect is followed
#[tokio::test(start_paused = true)]
async fn the_most_telling_miss_is_the_error() {
    use ProviderErrorKind::{MetadataRefused, UnexpectedRedirect};
    for (answers, expected, words) in [
        (&[(INSERTED, page as fn() -> Scripted)][..], MetadataRefused, "not a JSON object"),
        (&[(INSERTED, redirect), (OPENID, page)], UnexpectedRedirect, "302"),
        (&[(INSERTED, page), (OPENID, of_another_issuer)], MetadataRefused, "\"https://id.example\""),
        (&[(OPENID, of_another_issuer), (APPENDED, redirect)], MetadataRefused, "issuer: "),
    ] {
        let (transport, http) = network(answers);
        let (kind, _, detail) = kind_and_detail(discover(http).await);
        assert_eq!(kind, expected, "{detail}");
        assert!(detail.contains(words), "{detail}");
        assert_eq!(transport.requests().len(), 4);
    }
}

// A1: a second document does not overrule a refusal
#[tokio::test(start_paused = true)]
async fn metadata_of_this_issuer_decides_even_if_it_is_refused() {
    fn plain_only() -> Scripted {
        let mut document: serde_json::Value = serde_json::from_str(&document_of(ISSUER)).unwrap();
        document["code_challenge_methods_supported"] = json!(["plain"]);
        answer(200, document.to_string())
    }
    let (transport, http) = network(&[(INSERTED, plain_only), (OPENID, good)]);
    let (kind, status, detail) = kind_and_detail(discover(http).await);
    assert_eq!((kind, status), (ProviderErrorKind::MetadataRefused, Some(200)));
    assert!(detail.starts_with("code_challenge_methods_supported: S256"), "{detail}");
    assert_eq!(transport.requests().len(), 1);
}

// A9, P2, P4
#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_be_asked_is_told_apart() {
    let broken = || answer(503, "");
    let (_, http) = network(&[(INSERTED, broken as fn() -> Scripted)]);
    assert_eq!(kind_and_detail(discover(http).await).0, ProviderErrorKind::Unavailable);
    let rate_limited = || answer(429, "");
    let (_, http) = network(&[(INSERTED, rate_limited as fn() -> Scripted)]);
    assert!(matches!(discover(http).await, Err(Error::RateLimited { .. })));
    let offline = || Err(HttpFailure::NotSent { detail: "no route".to_owned() });
    let (transport, http) = network(&[(INSERTED, offline as fn() -> Scripted)]);
    assert!(matches!(discover(http).await, Err(Error::Offline { maybe_sent: false, .. })));
    assert!(transport.requests().iter().all(|request| request.ends_with(INSERTED)));
    let huge = || answer(200, " ".repeat(metadata::MAX_DOCUMENT + 1));
    let (_, http) = network(&[(INSERTED, huge as fn() -> Scripted)]);
    assert_eq!(kind_and_detail(discover(http).await).0, ProviderErrorKind::ResponseTooLarge);
    let silent = ScriptedTransport::new(|_| std::future::pending());
    let http = HttpClient { transport: silent, environment: Environment::system(), log: Arc::default() };
    assert!(matches!(discover(http).await, Err(Error::Timeout { .. })));
}

// A10, S7
#[tokio::test]
async fn an_issuer_that_cannot_be_one_is_refused_before_anything_is_sent() {
    let long = format!("https://id.example/{}", "a".repeat(MAX_ISSUER));
    for issuer in [
        "",
        "id.example",
        "http://id.example",
        "http://10.0.2.2:8414",
        "ftp://id.example",
        "https://id.example?tenant=1",
        "https://id.example#x",
        "https://user@id.example",
        "https://id.example ",
        "https://",
        &long,
    ] {
        let refused = Provider::discover(issuer).await;
        assert!(
            matches!(&refused, Err(Error::InvalidInput { input, .. }) if input == "issuer"),
            "{issuer}: {refused:?}"
        );
    }
    let config = Config { insecure_development_hosts: vec!["10.0.2.2".to_owned()], ..Config::default() };
    let settings = DiscoverySettings { config, debug_build: false, ..DiscoverySettings::default() };
    let refused = Provider::discover_with("http://10.0.2.2:8414", settings).await;
    assert!(matches!(refused, Err(Error::InvalidInput { input, .. }) if input == "insecure_development_hosts"));
}

#[tokio::test]
async fn a_provider_that_is_built_in_needs_no_network() {
    assert_eq!(Provider::discover("https://aipass.one").await, Ok(Provider::ai_pass()));
    assert_eq!(Provider::discover("https://api.phaseo.app/oauth").await, Ok(Provider::phaseo()));
}

// Over a real socket, on the library's own runtime; A4
#[tokio::test]
async fn a_server_on_loopback_is_discovered_and_examined() {
    let sandbox = aipass_sandbox::Sandbox::builder().start().await.unwrap();
    let issuer = sandbox.base_url().as_str().trim_end_matches('/').to_owned();
    let provider = Provider::discover(&issuer).await.unwrap();
    assert_eq!(provider.token_endpoint.as_str(), format!("{issuer}/oauth2/token"));
    let asked = |sandbox: &aipass_sandbox::Sandbox| sandbox.requests("/.well-known/oauth-authorization-server");
    assert_eq!(Provider::discover(&issuer).await, Ok(provider.clone()));
    assert_eq!(asked(&sandbox), 1);
    let examined = Provider::examine(&issuer, DiscoverySettings::default()).await.unwrap();
    assert_eq!((examined.provider, examined.problems.len(), asked(&sandbox)), (Some(provider), 0, 2));
    assert!(examined.json.contains("\"code_challenge_methods_supported\""));
}
