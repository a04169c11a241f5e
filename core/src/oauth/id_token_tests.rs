use super::*;
use crate::oauth::test_keys::{ALGORITHMS, at_hash, key_set, public_jwk, sign, sign_bytes};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

const NOW: i64 = 1_790_000_000;
const ISSUER: &str = "https://id.example/tenant";

static KEYS: LazyLock<KeySet> = LazyLock::new(|| {
    let keys: Vec<Value> = ["RS256", "ES256", "ES384", "EdDSA"].map(|name| public_jwk(name, name)).into();
    KeySet::read(key_set(&keys).as_bytes()).unwrap()
});

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "client_123", "sub": "user-1", "exp": NOW + 3600, "iat": NOW, "nonce": "nonce-1"})
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": "ES256", "typ": "JWT"})
}

fn check_for(token: &str, algorithms: &[Algorithm], subject: Option<&str>) -> Result<String, IdTokenRefusal> {
    let expected = Expected {
        issuer: ISSUER,
        client_id: "client_123",
        algorithms,
        nonce: Some(&Secret::new("nonce-1")),
        subject,
        access_token: &Secret::new("access-1"),
        now: Timestamp(NOW * 1000),
    };
    check(&Secret::new(token), &KEYS, &expected)
}

fn checked(token: &str) -> Result<String, IdTokenRefusal> {
    let all = Algorithm::allowed(&ALGORITHMS.map(str::to_owned));
    check_for(token, &all, None)
}

/// The token with these claims in place of the right ones; `null` removes one.
fn claiming(changes: Value) -> Result<String, IdTokenRefusal> {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    checked(&sign(&header(), &claims))
}

/// The token with these members more in its header.
fn headed(changes: Value) -> Result<String, IdTokenRefusal> {
    let mut header = header();
    header.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let algorithm = header["alg"].as_str().unwrap_or("ES256").to_owned();
    checked(&sign_bytes(&algorithm, &header.to_string(), claims().to_string().as_bytes()))
}

#[test]
fn a_right_token_of_every_algorithm_names_its_user() {
    for name in ALGORITHMS {
        let mut claims = claims();
        claims["at_hash"] = json!(at_hash(name, "access-1"));
        assert_eq!(checked(&sign(&json!({"alg": name}), &claims)).as_deref(), Ok("user-1"), "{name}");
    }
    for (case, changes) in [
        ("a list of one", json!({"aud": ["client_123"]})),
        ("several parties", json!({"aud": ["api", "client_123"], "azp": "client_123"})),
        ("azp", json!({"azp": "client_123"})),
        ("fractions", json!({"exp": NOW as f64 + 0.5, "iat": NOW as f64 - 0.5, "nbf": NOW})),
        ("a clock ahead", json!({"iat": NOW + 300, "nbf": NOW + 300})),
        ("a clock behind", json!({"exp": NOW - 299})),
        ("more claims", json!({"email": "a@example.com", "address": {"x": [1, {"y": null}]}})),
    ] {
        assert_eq!(claiming(changes).as_deref(), Ok("user-1"), "{case}");
    }
    assert_eq!(claiming(json!({"sub": "é".repeat(255)})), Ok("é".repeat(255)));
    assert_eq!(headed(json!({"typ": "jwt", "x5t": "AAAA"})).as_deref(), Ok("user-1"));
}

// OpenID Connect Core 3.1.3.7
#[test]
fn hostile_claims_are_refused_by_name() {
    use IdTokenRefusal::*;
    for (changes, expected) in [
        (json!({"iss": null}), Malformed("iss")),
        (json!({"iss": 7}), Malformed("iss")),
        (json!({"iss": [ISSUER]}), Malformed("iss")),
        (json!({"iss": "https://evil.example"}), Issuer),
        (json!({"iss": "https://id.example/tenant/"}), Issuer),
        (json!({"iss": "https://ID.example/tenant"}), Issuer),
        (json!({"iss": "https://id.example"}), Issuer),
        (json!({"aud": null}), Malformed("aud")),
        (json!({"aud": {"client_123": true}}), Malformed("aud")),
        (json!({"aud": ["client_123", 7]}), Malformed("aud")),
        (json!({"aud": []}), Audience),
        (json!({"aud": ""}), Audience),
        (json!({"aud": "client_1234"}), Audience),
        (json!({"aud": "CLIENT_123"}), Audience),
        (json!({"aud": "other client_123"}), Audience),
        (json!({"aud": ["other"]}), Audience),
        (json!({"aud": ["client_123", "api"]}), AuthorizedParty),
        (json!({"aud": ["client_123", "api"], "azp": "api"}), AuthorizedParty),
        (json!({"azp": "other"}), AuthorizedParty),
        (json!({"azp": ["client_123"]}), AuthorizedParty),
        (json!({"exp": null}), Malformed("exp")),
        (json!({"exp": (NOW + 3600).to_string()}), Malformed("exp")),
        (json!({"exp": true}), Malformed("exp")),
        (json!({"exp": NOW - 300}), Expired),
        (json!({"exp": 0}), Expired),
        (json!({"exp": -1}), Expired),
        (json!({"iat": null}), Malformed("iat")),
        (json!({"iat": NOW.to_string()}), Malformed("iat")),
        (json!({"iat": NOW + 301}), FromFuture("iat")),
        (json!({"iat": 1e300}), FromFuture("iat")),
        (json!({"nbf": NOW.to_string()}), Malformed("nbf")),
        (json!({"nbf": NOW + 301}), FromFuture("nbf")),
        (json!({"nonce": null}), Nonce),
        (json!({"nonce": ""}), Nonce),
        (json!({"nonce": "nonce-2"}), Nonce),
        (json!({"nonce": "nonce-1 "}), Nonce),
        (json!({"nonce": "NONCE-1"}), Nonce),
        (json!({"nonce": ["nonce-1"]}), Nonce),
        (json!({"sub": null}), Malformed("sub")),
        (json!({"sub": ""}), Malformed("sub")),
        (json!({"sub": 42}), Malformed("sub")),
        (json!({"sub": "x".repeat(256)}), Malformed("sub")),
        (json!({"at_hash": ""}), AccessTokenHash),
        (json!({"at_hash": at_hash("ES256", "access-2")}), AccessTokenHash),
        (json!({"at_hash": at_hash("ES384", "access-1")}), AccessTokenHash),
        (json!({"at_hash": [at_hash("ES256", "access-1")]}), AccessTokenHash),
    ] {
        assert_eq!(claiming(changes.clone()), Err(expected), "{changes}");
    }
}

// RFC 8725 3: each is an attack on some library of the past
#[test]
fn hostile_headers_are_refused_by_name() {
    use JwsRefusal::*;
    for (changes, expected) in [
        (json!({"alg": "none"}), Algorithm.into()),
        (json!({"alg": "HS256", "kid": "RS256"}), Algorithm.into()),
        (json!({"crit": ["exp"], "exp": 1}), Critical.into()),
        (json!({"crit": []}), Critical.into()),
        (json!({"b64": false, "crit": ["b64"]}), Critical.into()),
        (json!({"b64": false}), Critical.into()),
        (json!({"cty": "JWT"}), Nested.into()),
        (json!({"enc": "A128GCM"}), Encrypted.into()),
        (json!({"zip": "DEF"}), Encrypted.into()),
        (json!({"typ": "at+jwt"}), OtherKind.into()),
        (json!({"typ": "application/logout+JWT"}), OtherKind.into()),
        (json!({"typ": 7}), Header.into()),
        (json!({"kid": 7}), Header.into()),
        (json!({"kid": "unknown"}), IdTokenRefusal::NoKey),
        (json!({"kid": ""}), IdTokenRefusal::NoKey),
        (json!({"kid": "RS256"}), IdTokenRefusal::NoKey), // of another type
    ] {
        assert_eq!(headed(changes.clone()), Err(expected), "{changes}");
    }
    let payload = claims().to_string();
    for (header, expected) in [
        (r#"{"alg":null}"#, Header),
        (r#"{"kid":"ES256"}"#, Header),
        (r#"{"alg":["ES256"]}"#, Header),
        (r#"{"alg":"es256"}"#, Algorithm),
        (r#"{"alg":"ES256 "}"#, Algorithm),
        (r#"{"alg":"ES512"}"#, Algorithm),
        (r#"{"alg":"RSA-OAEP"}"#, Algorithm),
        (r#"{"alg":""}"#, Algorithm),
        (r#"{"alg":"ES256","alg":"ES256"}"#, Header),
        (r#"{"alg":"none","\u0061lg":"ES256"}"#, Header),
        (r#"{"alg":"ES256"}{}"#, Header),
        (r#"[{"alg":"ES256"}]"#, Header),
        ("", Header),
        ("\u{feff}{\"alg\":\"ES256\"}", Header),
    ] {
        let token = sign_bytes("ES256", header, payload.as_bytes());
        assert_eq!(checked(&token), Err(expected.into()), "{header}");
    }
}

#[test]
fn a_token_in_another_form_is_refused_by_name() {
    use JwsRefusal::*;
    let good = sign(&header(), &claims());
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (head, payload) = signed.split_once('.').unwrap();
    let flattened = json!({"protected": head, "payload": payload, "signature": signature}).to_string();
    for (case, token, expected) in [
        ("nothing", String::new(), NotCompact.into()),
        ("no signature", signed.to_owned(), NotCompact.into()),
        ("an empty signature", format!("{signed}."), IdTokenRefusal::Signature),
        ("a fourth part", format!("{good}.x"), NotCompact.into()),
        ("five parts", "a.b.c.d.e".to_owned(), Encrypted.into()),
        ("six parts", "a.b.c.d.e.f".to_owned(), NotCompact.into()),
        ("JSON", flattened, NotCompact.into()),
        ("padding", format!("{good}=="), NotCompact.into()),
        ("a space", format!(" {good}"), NotCompact.into()),
        ("a line's end", format!("{good}\n"), NotCompact.into()),
        ("base64 with + and /", format!("{signed}.+/{}", &signature[2..]), NotCompact.into()),
        ("too long", sign(&header(), &json!({"x": "x".repeat(crate::oauth::jws::MAX_BYTES)})), TooLong.into()),
    ] {
        assert_eq!(checked(&token), Err(expected), "{case}");
    }
    for payload in ["", "null", "[]", "\"text\"", "{\"sub\":\"a\",\"sub\":\"b\"}", "{} {}", "{\"iss\":1e999,}", &good] {
        let token = sign_bytes("ES256", &header().to_string(), payload.as_bytes());
        assert_eq!(checked(&token), Err(IdTokenRefusal::Claims), "{payload}");
    }
    let twice = claims().to_string().replacen('{', r#"{"s\u0075b":"user-2","#, 1);
    let token = sign_bytes("ES256", &header().to_string(), twice.as_bytes());
    assert_eq!(checked(&token), Err(IdTokenRefusal::Claims), "a claim twice, its name written in two ways");
    let huge = claims().to_string().replace(&(NOW + 3600).to_string(), "1e999");
    let token = sign_bytes("ES256", &header().to_string(), huge.as_bytes());
    assert_eq!(checked(&token), Err(IdTokenRefusal::Malformed("exp")));
}

#[test]
fn a_signature_of_another_key_or_algorithm_is_refused() {
    let payload = claims().to_string();
    for (case, header, signed_with, expected) in [
        ("PKCS1 for PSS", json!({"alg": "PS256", "kid": "RS256"}), "RS256", IdTokenRefusal::Signature),
        ("another hash", json!({"alg": "RS384", "kid": "RS256"}), "RS256", IdTokenRefusal::Signature),
        ("HMAC of the public key", json!({"alg": "RS256", "kid": "RS256"}), "HS256", IdTokenRefusal::Signature),
        ("none", json!({"alg": "RS256", "kid": "RS256"}), "none", IdTokenRefusal::Signature),
        ("another curve", json!({"alg": "ES256", "kid": "ES256"}), "ES384", IdTokenRefusal::Signature),
        ("without a name", json!({"alg": "ES256"}), "ES384", IdTokenRefusal::NoKey),
    ] {
        let token = sign_bytes(signed_with, &header.to_string(), payload.as_bytes());
        assert_eq!(checked(&token), Err(expected), "{case}");
    }
    // The key that the header brings along is the right one of another set.
    let own_key = json!({"alg": "RS256", "jwk": public_jwk("RS256", "mine"), "jku": "https://evil.example/jwks"});
    let token = sign(&own_key, &claims());
    let keys = KeySet::read(key_set(&[public_jwk("ES256", "ES256")]).as_bytes()).unwrap();
    let expected = Expected {
        issuer: ISSUER,
        client_id: "client_123",
        algorithms: &[Algorithm::Rs256, Algorithm::Es256],
        nonce: None,
        subject: None,
        access_token: &Secret::new("access-1"),
        now: Timestamp(NOW * 1000),
    };
    assert_eq!(check(&Secret::new(token), &keys, &expected), Err(IdTokenRefusal::NoKey));
}

// OpenID Connect Discovery 3
#[test]
fn only_algorithms_that_the_provider_names_are_accepted() {
    let named = |names: &[&str]| Algorithm::allowed(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
    for (names, algorithm, is_accepted) in [
        (&[][..], "RS256", true),
        (&[], "ES256", false),
        (&["ES256"], "ES256", true),
        (&["ES256"], "RS256", false),
        (&["none", "HS256", "ES512"], "RS256", false),
        (&["none", "HS256", "RS256"], "RS256", true),
    ] {
        let outcome = check_for(&sign(&json!({"alg": algorithm}), &claims()), &named(names), None);
        let expected = if is_accepted { Ok("user-1".to_owned()) } else { Err(JwsRefusal::Algorithm.into()) };
        assert_eq!(outcome, expected, "{names:?} {algorithm}");
    }
}

// OpenID Connect Core 12.2
#[test]
fn another_user_than_before_is_refused() {
    let token = sign(&header(), &claims());
    let algorithms = [Algorithm::Es256];
    assert_eq!(check_for(&token, &algorithms, Some("user-1")).as_deref(), Ok("user-1"));
    for before in ["user-2", "USER-1", "user-1 ", ""] {
        assert_eq!(check_for(&token, &algorithms, Some(before)), Err(IdTokenRefusal::OtherUser), "{before}");
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_tokens_never_panic(text in "\\PC{0,80}", payload in "\\PC{0,40}", header in "\\{[ -~]{0,40}\\}") {
        assert!(checked(&text).is_err());
        assert!(checked(&sign_bytes("EdDSA", r#"{"alg":"EdDSA"}"#, payload.as_bytes())).is_err());
        assert!(checked(&sign_bytes("EdDSA", &header, payload.as_bytes())).is_err());
    }

    #[test]
    fn a_changed_byte_is_never_accepted(algorithm in 0..ALGORITHMS.len(), at in any::<prop::sample::Index>(), byte in 32_u8..127) {
        static TOKENS: LazyLock<Vec<String>> =
            LazyLock::new(|| ALGORITHMS.iter().map(|name| sign(&json!({"alg": name}), &claims())).collect());
        let token = &TOKENS[algorithm];
        let at = at.index(token.len());
        prop_assume!(token.as_bytes()[at] != byte);
        let mut changed = token.clone().into_bytes();
        changed[at] = byte;
        assert!(checked(std::str::from_utf8(&changed).unwrap()).is_err());
    }
}
