use super::*;
use crate::oauth::jws::Jws;
use crate::oauth::test_keys::{ALGORITHMS, key_set, public_jwk, sign};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

fn candidates(set: &str, algorithm: &str, id: Option<&str>) -> usize {
    KeySet::read(set.as_bytes()).unwrap().candidates(Algorithm::named(algorithm).unwrap(), id).count()
}

/// The key of this algorithm with a member changed.
fn with(algorithm: &str, member: &str, value: Value) -> Value {
    let mut jwk = public_jwk(algorithm, "k");
    jwk[member] = value;
    jwk
}

#[test]
fn every_algorithm_finds_its_key_among_several() {
    let keys: Vec<Value> = ["RS256", "ES256", "ES384", "EdDSA"].map(|name| public_jwk(name, name)).into();
    let set = KeySet::read(key_set(&keys).as_bytes()).unwrap();
    for name in ALGORITHMS {
        let token = sign(&json!({"alg": name}), &json!({}));
        let jws = Jws::read(&token).unwrap();
        let verifying = set.candidates(jws.algorithm, None).filter(|key| jws.is_signed_by(key)).count();
        assert_eq!(verifying, 1, "{name}");
        assert_eq!(set.0.iter().filter(|key| jws.is_signed_by(key)).count(), 1, "{name}: no key of another type");
    }
}

// RFC 7517 5: keys that are not understood are ignored
#[test]
fn a_key_that_cannot_be_used_spoils_no_other() {
    let modulus = |bits: usize| {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        bytes[0] >>= bytes.len() * 8 - bits;
        json!(URL_SAFE_NO_PAD.encode(bytes))
    };
    let unusable = [
        ("another type", with("RS256", "kty", json!("AKP"))),
        ("no type", with("RS256", "kty", json!(null))),
        ("a secret", json!({"kty": "oct", "k": "AAAA", "kid": "k"})),
        ("for encryption", with("RS256", "use", json!("enc"))),
        ("an unknown use", with("RS256", "use", json!("dance"))),
        ("a use that is no string", with("RS256", "use", json!(["sig"]))),
        ("not for verification", with("RS256", "key_ops", json!(["encrypt"]))),
        ("operations that are no list", with("RS256", "key_ops", json!("verify"))),
        ("an encryption algorithm", with("RS256", "alg", json!("RSA-OAEP"))),
        ("HMAC", with("RS256", "alg", json!("HS256"))),
        ("no algorithm", with("RS256", "alg", json!("none"))),
        ("an algorithm of another type", with("RS256", "alg", json!("ES256"))),
        ("an algorithm that is no string", with("RS256", "alg", json!(1))),
        ("1024 bits", with("RS256", "n", modulus(1024))),
        ("2047 bits", with("RS256", "n", modulus(2047))),
        ("8193 bits", with("RS256", "n", modulus(8193))),
        ("no modulus", with("RS256", "n", json!(null))),
        ("an empty modulus", with("RS256", "n", json!(""))),
        ("a padded modulus", with("RS256", "n", json!("AAAA=="))),
        ("no exponent", with("RS256", "e", json!(null))),
        ("its private part", with("RS256", "d", json!("AAAA"))),
        ("an id that is no string", with("RS256", "kid", json!(7))),
        ("an unknown curve", with("ES256", "crv", json!("P-521"))),
        ("another curve's name", with("ES256", "crv", json!("P-384"))),
        ("no curve", with("ES256", "crv", json!(null))),
        ("a short coordinate", with("ES256", "x", json!("AAAA"))),
        ("a curve for encryption", with("EdDSA", "crv", json!("X25519"))),
        ("a short point", with("EdDSA", "x", json!("AAAA"))),
        ("no object", json!("key")),
        ("a list", json!([])),
    ];
    for (case, key) in unusable {
        assert_eq!(Key::read(&serde_json::value::to_raw_value(&key).unwrap()), None, "{case}");
        let set = key_set(&[key, public_jwk("RS256", "good")]);
        assert_eq!(candidates(&set, "RS256", None), 1, "{case}");
    }
    let twice = public_jwk("RS256", "k").to_string().replacen('{', "{\"kid\":\"other\",", 1);
    assert_eq!(candidates(&format!("{{\"keys\":[{twice}]}}"), "RS256", None), 0, "a name twice");
}

#[test]
fn odd_keys_that_are_meant_well_are_used() {
    let n = public_jwk("RS256", "k")["n"].as_str().unwrap().to_owned();
    let with_zero = [&[0], URL_SAFE_NO_PAD.decode(n).unwrap().as_slice()].concat();
    for (case, key) in [
        ("a zero before the modulus", with("RS256", "n", json!(URL_SAFE_NO_PAD.encode(with_zero)))),
        ("unknown members", with("RS256", "x5c", json!(["MII"]))),
        ("for signatures", with("RS256", "use", json!("sig"))),
        ("for verification", with("RS256", "key_ops", json!(["sign", "verify"]))),
    ] {
        let set = KeySet::read(key_set(&[key]).as_bytes()).unwrap();
        let token = sign(&json!({"alg": "RS256"}), &json!({}));
        let jws = Jws::read(&token).unwrap();
        assert!(set.candidates(Algorithm::Rs256, None).any(|key| jws.is_signed_by(key)), "{case}");
    }
}

// RFC 7517 4.4, 4.5
#[test]
fn a_key_is_found_by_its_name_type_and_algorithm() {
    let set = key_set(&[
        public_jwk("RS256", "a"),
        with("RS256", "alg", json!("PS256")),
        public_jwk("ES256", "a"),
        json!({"kty": "RSA", "n": public_jwk("RS256", "")["n"], "e": "AQAB"}),
    ]);
    for (algorithm, id, expected) in [
        ("RS256", Some("a"), 1),
        ("RS256", Some("k"), 0), // that key is for PS256 only
        ("PS256", Some("k"), 1),
        ("PS384", Some("k"), 0),
        ("ES256", Some("a"), 1),
        ("ES384", Some("a"), 0),
        ("RS256", Some("b"), 0),
        ("RS256", Some(""), 0),
        ("RS256", None, 2),
    ] {
        assert_eq!(candidates(&set, algorithm, id), expected, "{algorithm} {id:?}");
    }
}

#[test]
fn a_response_that_is_no_key_set_is_a_typed_error() {
    let many = key_set(&vec![json!({}); MAX_KEYS + 1]);
    let large = format!("{{\"keys\":[]{}}}", " ".repeat(MAX_BYTES));
    for (body, expected) in [
        ("", JwksRefusal::NotAKeySet),
        ("null", JwksRefusal::NotAKeySet),
        ("[]", JwksRefusal::NotAKeySet),
        ("{}", JwksRefusal::NotAKeySet),
        (r#"{"keys":{}}"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":null}"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":"[]"}"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":[],"keys":[]}"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":[],"k\u0065ys":[]}"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":[]} and more"#, JwksRefusal::NotAKeySet),
        (r#"{"keys":[}"#, JwksRefusal::NotAKeySet),
        ("<html>", JwksRefusal::NotAKeySet),
        (&many, JwksRefusal::TooManyKeys),
        (&large, JwksRefusal::TooLarge),
    ] {
        assert_eq!(KeySet::read(body.as_bytes()), Err(expected), "{}", &body[..body.len().min(40)]);
    }
    assert_eq!(KeySet::read(br#"{"keys":[]}"#), Ok(KeySet(Vec::new())));
    assert!(KeySet::read(key_set(&vec![json!({}); MAX_KEYS]).as_bytes()).is_ok());
}

// RFC 7515 A.2, A.3 and RFC 8037 A.4: tokens and keys that were not made here
#[test]
fn the_standards_own_signatures_verify() {
    let n = public_jwk("RS256", "")["n"].clone();
    let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let rs256 = concat!(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t",
        "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12j",
        "zDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ",
        "Ge77Rw"
    );
    let es256 = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let ed25519 = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let vectors = [
        (json!({"kty": "RSA", "n": n, "e": "AQAB"}), format!("eyJhbGciOiJSUzI1NiJ9.{claims}.{rs256}")),
        (
            json!({"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}),
            format!("eyJhbGciOiJFUzI1NiJ9.{claims}.{es256}"),
        ),
        (
            json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}),
            format!("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.{ed25519}"),
        ),
    ];
    for (key, token) in vectors {
        let set = KeySet::read(key_set(&[key]).as_bytes()).unwrap();
        let jws = Jws::read(&token).unwrap();
        assert!(set.candidates(jws.algorithm, None).any(|key| jws.is_signed_by(key)), "{token}");
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_key_sets_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        member in "n|e|x|y|crv|kty|alg|use|kid|key_ops",
        text in "[A-Za-z0-9_=-]{0,12}|\\PC{0,6}",
    ) {
        const ALGORITHMS: [&str; 3] = ["RS256", "ES256", "EdDSA"];
        static TOKENS: LazyLock<[String; 3]> =
            LazyLock::new(|| ALGORITHMS.map(|algorithm| sign(&json!({"alg": algorithm}), &json!({}))));
        let _ = KeySet::read(&bytes);
        for (algorithm, token) in ALGORITHMS.into_iter().zip(TOKENS.iter()) {
            let set = KeySet::read(key_set(&[with(algorithm, &member, json!(text))]).as_bytes()).unwrap();
            let jws = Jws::read(token).unwrap();
            let _ = set.candidates(jws.algorithm, None).filter(|key| jws.is_signed_by(key)).count();
        }
    }
}
