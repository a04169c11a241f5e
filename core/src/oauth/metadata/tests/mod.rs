mod refused;

use super::*;
use serde_json::{Value, json};

const ISSUER: &str = "https://id.example";

/// What every case below changes.
fn document() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://id.example/authorize",
        "token_endpoint": "https://id.example/token",
        "response_types_supported": ["code"],
    })
}

fn with(changes: Value) -> Value {
    let mut document = document();
    let members = document.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    document
}

fn read_for(issuer: &str, document: &Value) -> Result<Metadata, NoMetadata> {
    read(issuer, document.to_string().as_bytes(), &[])
}

fn provider(changes: Value) -> Provider {
    read_for(ISSUER, &with(changes.clone()))
        .unwrap()
        .provider()
        .unwrap_or_else(|problem| panic!("{problem}: {changes}"))
}

// RFC 8414 3.1, and OpenID Connect Discovery 4.1; RFC 8414 5
#[test]
fn well_known_paths_stand_before_and_behind_the_issuers_own() {
    let at = |issuer: &str| -> Vec<String> {
        addresses(&Url::parse(issuer).unwrap()).iter().map(|url| url.to_string()).collect()
    };
    for issuer in ["https://example.com/issuer1", "https://example.com/issuer1/"] {
        assert_eq!(
            at(issuer),
            [
                "https://example.com/.well-known/oauth-authorization-server/issuer1",
                "https://example.com/issuer1/.well-known/openid-configuration",
                "https://example.com/.well-known/openid-configuration/issuer1",
                "https://example.com/issuer1/.well-known/oauth-authorization-server",
            ]
        );
    }
    for issuer in ["https://example.com:8443", "https://example.com:8443/"] {
        assert_eq!(
            at(issuer),
            [
                "https://example.com:8443/.well-known/oauth-authorization-server",
                "https://example.com:8443/.well-known/openid-configuration",
            ]
        );
    }
    // Phaseo serves both of these.
    let phaseo = at("https://api.phaseo.app/oauth");
    assert_eq!(phaseo[0], "https://api.phaseo.app/.well-known/oauth-authorization-server/oauth");
    assert_eq!(phaseo[3], "https://api.phaseo.app/oauth/.well-known/oauth-authorization-server");
    assert_eq!(
        at("https://example.com/a%2Fb/c")[0],
        "https://example.com/.well-known/oauth-authorization-server/a%2Fb/c"
    );
}

/// The example of RFC 8414 3.2. It lists no code challenge methods, so it is used with `S256`.
const RFC_8414: &str = r#"{
  "issuer": "https://server.example.com",
  "authorization_endpoint": "https://server.example.com/authorize",
  "token_endpoint": "https://server.example.com/token",
  "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
  "token_endpoint_auth_signing_alg_values_supported": ["RS256", "ES256"],
  "userinfo_endpoint": "https://server.example.com/userinfo",
  "jwks_uri": "https://server.example.com/jwks.json",
  "registration_endpoint": "https://server.example.com/register",
  "scopes_supported": ["openid", "profile", "email", "address", "phone", "offline_access"],
  "response_types_supported": ["code", "code token"],
  "service_documentation": "http://server.example.com/service_documentation.html",
  "ui_locales_supported": ["en-US", "en-GB", "en-CA", "fr-FR", "fr-CA"]
}"#;

// RFC 8414 3.2; A10
#[test]
fn the_example_of_rfc_8414_is_a_provider() {
    let read = read("https://server.example.com", RFC_8414.as_bytes(), &[]).unwrap();
    assert_eq!(read.problems, []);
    let provider = read.provider().unwrap();
    assert_eq!(provider.authorization_endpoint.as_str(), "https://server.example.com/authorize");
    assert_eq!(provider.token_endpoint.as_str(), "https://server.example.com/token");
    let text = |url: Option<Url>| url.map(String::from);
    assert_eq!(text(provider.userinfo_endpoint).as_deref(), Some("https://server.example.com/userinfo"));
    assert_eq!(text(provider.jwks_uri).as_deref(), Some("https://server.example.com/jwks.json"));
    assert_eq!(text(provider.registration_endpoint).as_deref(), Some("https://server.example.com/register"));
    assert_eq!(provider.client_authentication, ClientAuthentication::Basic);
    assert_eq!(provider.default_scopes, ["openid"]);
    let absent =
        [provider.revocation_endpoint, provider.device_authorization_endpoint, provider.introspection_endpoint];
    assert_eq!(absent, [None, None, None]);
    assert!(!provider.authorization_response_iss && !provider.require_pushed_authorization_requests);
}

#[test]
fn every_member_reaches_its_field() {
    let provider = provider(json!({
        "revocation_endpoint": "https://id.example/revoke",
        "userinfo_endpoint": "https://api.example/userinfo?tenant=1",
        "device_authorization_endpoint": "https://id.example/device",
        "pushed_authorization_request_endpoint": "https://id.example/par",
        "require_pushed_authorization_requests": true,
        "introspection_endpoint": "https://id.example/introspect",
        "registration_endpoint": "https://id.example/register",
        "jwks_uri": "https://id.example/jwks",
        "end_session_endpoint": "https://id.example/end",
        "authorization_response_iss_parameter_supported": true,
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        "dpop_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "scopes_supported": ["email", "openid"],
    }));
    let names = |url: Option<Url>| url.map(|url| url.path().to_owned()).unwrap_or_default();
    let paths = [
        provider.revocation_endpoint,
        provider.userinfo_endpoint,
        provider.device_authorization_endpoint,
        provider.pushed_authorization_request_endpoint,
        provider.introspection_endpoint,
        provider.registration_endpoint,
        provider.jwks_uri,
        provider.end_session_endpoint,
    ];
    let paths = paths.map(names);
    assert_eq!(paths, ["/revoke", "/userinfo", "/device", "/par", "/introspect", "/register", "/jwks", "/end"]);
    assert!(provider.authorization_response_iss && provider.require_pushed_authorization_requests);
    assert_eq!(provider.id_token_signing_algorithms, ["ES256", "RS256"]);
    assert_eq!(
        (provider.dpop_signing_algorithms, provider.default_scopes),
        (vec!["ES256".into()], vec!["openid".into()])
    );
    // It is no setting of a server: which tokens a revocation ends, and what only the app knows.
    assert!(
        !provider.revocation_ends_one_token_set && provider.model_api.is_none() && provider.resource_origins.is_empty()
    );
}

// P6, A1
#[test]
fn odd_documents_whose_meaning_is_clear_are_read() {
    let basic = ClientAuthentication::Basic;
    for (changes, expected) in [
        (json!({}), basic),
        (json!({"unknown": {"deep": [[[{}]]]}, "mtls_endpoint_aliases": {"token_endpoint": "ftp://x"}}), basic),
        (json!({"response_types_supported": null, "code_challenge_methods_supported": []}), basic),
        (json!({"response_types_supported": ["code id_token", "code"]}), basic),
        (json!({"userinfo_endpoint": "", "jwks_uri": null, "registration_endpoint": ""}), basic),
        (json!({"token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic"]}), basic),
        (json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]}), ClientAuthentication::Post),
        (json!({"token_endpoint_auth_methods_supported": ["none"]}), ClientAuthentication::Post),
        (json!({"token_endpoint_auth_methods_supported": []}), basic),
        (json!({"token_endpoint": "https://elsewhere.example:8443/token?tenant=1"}), basic),
        (json!({"service_documentation": "http://127.0.0.1/", "check_session_iframe": 7}), basic),
        (json!({"signed_metadata": "eyJhbGciOiJub25lIn0."}), basic),
    ] {
        assert_eq!(provider(changes.clone()).client_authentication, expected, "{changes}");
    }
    let with_mark = format!("\u{feff}{}\r\n", document());
    assert_eq!(read(ISSUER, with_mark.as_bytes(), &[]).unwrap().problems, []);
    assert_eq!(provider(json!({"scopes_supported": ["email", "profile"]})).default_scopes, Vec::<String>::new());
}

// S7: a server on loopback or on a named development host may be reached in clear
#[test]
fn a_development_server_may_name_its_own_endpoints_in_clear() {
    let at = |base: &str| json!({"issuer": base, "authorization_endpoint": format!("{base}/a"), "token_endpoint": format!("{base}/t")});
    let local = read_for("http://127.0.0.1:4000", &at("http://127.0.0.1:4000")).unwrap();
    assert_eq!(local.problems, []);
    let emulator = at("http://10.0.2.2:4000").to_string();
    let read = |hosts: &[String]| read("http://10.0.2.2:4000", emulator.as_bytes(), hosts).unwrap().problems;
    assert_eq!(read(&["10.0.2.2".to_owned()]), []);
    assert_eq!(read(&[])[0].member, "authorization_endpoint");
    // A server in a company's own network, over TLS.
    assert_eq!(read_for("https://sso.intranet", &at("https://sso.intranet")).unwrap().problems, []);
}
