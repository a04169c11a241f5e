use super::*;
use proptest::prelude::*;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// The key of all proofs in RFC 9449 (figure 4).
const KEY: &str = r#"{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}"#;
/// The access token of RFC 9449 7.1.
const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
/// The proof of RFC 9449 7.1 (figure 12), without its header.
const CLAIMS: &str = "eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9";
const SIGNATURE: &str = "2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
const HEADER: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19";

fn claims<'a>(token: &'a Secret, nonce: Option<&'a str>) -> Claims<'a> {
    Claims {
        id: "e1j3V_bKic8-LAEB",
        method: "GET",
        target: "https://resource.example.org/protectedresource",
        issued_at: Timestamp(1_562_262_618_999),
        access_token: Some(token),
        nonce,
    }
}

fn decoded(part: &str) -> serde_json::Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn point(key: &PublicKey) -> Vec<u8> {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    [vec![4], decode(&key.x), decode(&key.y)].concat()
}

fn verifies(key: &PublicKey, input: &str, signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point(key)).verify(input.as_bytes(), signature).is_ok()
}

// A14: RFC 9449 7.1, with the ath of its access token
#[test]
fn the_claims_are_those_of_the_standard() {
    let token = Secret::new(TOKEN);
    assert_eq!(URL_SAFE_NO_PAD.encode(claims(&token, None).to_json().unwrap()), CLAIMS);
    let with_nonce = claims(&token, Some("eyJ7S_zG.eyJH0-Z.HX4w-7v")).to_json().unwrap();
    assert!(with_nonce.ends_with(r#","nonce":"eyJ7S_zG.eyJH0-Z.HX4w-7v"}"#), "{with_nonce}");
    let without = Claims { access_token: None, ..claims(&token, None) }.to_json().unwrap();
    assert!(!without.contains("ath") && !without.contains("nonce"), "{without}");
}

// A14: RFC 9449 4.2 and 7.1: the header's members, and a signature of the standard's own key
#[test]
fn the_header_is_that_of_the_standard_and_its_signature_holds() {
    let key = PublicKey::read(KEY).unwrap();
    let input = signing_input(&key, "{}").unwrap();
    assert_eq!(decoded(input.split('.').next().unwrap()), decoded(HEADER));
    assert!(verifies(&key, &format!("{HEADER}.{CLAIMS}"), &URL_SAFE_NO_PAD.decode(SIGNATURE).unwrap()));
}

// A14: RFC 7638 3.1 has an RSA key; RFC 9449 6.1 one on the curve
#[test]
fn thumbprints_are_those_of_the_standards() {
    let modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let rsa = [("e", "AQAB"), ("kty", "RSA"), ("n", modulus)];
    assert_eq!(thumbprint(&rsa), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!(PublicKey::read(KEY).unwrap().thumbprint(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

// A14
#[test]
fn a_key_of_our_own_signs_what_its_public_half_verifies() {
    let stored = PrivateKey::generate().unwrap();
    assert_ne!(stored, PrivateKey::generate().unwrap());
    let (key, again) = (PrivateKey::read(&stored).unwrap(), PrivateKey::read(&stored).unwrap());
    let signature = key.sign(b"message").unwrap();
    assert_eq!(signature.len(), SIGNATURE_BYTES);
    assert!(verifies(&again.public(), "message", &signature) && !verifies(&again.public(), "other", &signature));
    for damaged in ["", "AAAA", "not base64url!", &stored.expose()[1..], &stored.expose()[..80]] {
        assert!(PrivateKey::read(&Secret::new(damaged)).is_none(), "{damaged}");
    }
}

// RFC 9449 4.2: htu has neither query nor fragment
#[test]
fn the_target_is_the_address_without_its_query() {
    for (address, expected) in [
        ("https://server.example.com/token", Some("https://server.example.com/token")),
        ("https://server.example.com/a%20b?c=d", Some("https://server.example.com/a%20b")),
        ("https://server.example.com", Some("https://server.example.com/")),
        ("http://127.0.0.1:8080/x?", Some("http://127.0.0.1:8080/x")),
        ("/token", None),
    ] {
        assert_eq!(target(&address.parse().unwrap()).as_deref(), expected, "{address}");
    }
}

// RFC 9449 8.1: hostile nonces
#[test]
fn only_a_nonce_of_the_standards_form_is_repeated() {
    let long = "n".repeat(MAX_NONCE + 1);
    for (values, expected) in [
        (vec!["eyJ7S_zG.eyJH0-Z.HX4w-7v"], true),
        (vec!["!~[]#"], true),
        (vec![&long[1..]], true),
        (vec![], false),
        (vec![""], false),
        (vec!["a b"], false),
        (vec!["a\"b"], false),
        (vec!["a\\b"], false),
        (vec!["n\u{e9}"], false),
        (vec![long.as_str()], false),
        (vec!["one", "two"], false),
        (vec!["same", "same"], false),
    ] {
        let headers = values.iter().map(|value| (NONCE, http::HeaderValue::from_bytes(value.as_bytes()).unwrap()));
        let found = nonce(&headers.collect());
        assert_eq!(found.is_some(), expected, "{values:?}");
        assert!(found.is_none_or(|found| found == values[0]));
    }
}

// S1, S3: a platform's JWK that is no public key on the curve
#[test]
fn a_jwk_that_cannot_be_used_is_refused_and_not_shown() {
    let with = |old: &str, new: &str| KEY.replacen(old, new, 1);
    for jwk in [
        String::new(),
        "null".into(),
        with("\"EC\"", "\"RSA\""),
        with("P-256", "P-384"),
        with("l8tF", "l8t"),
        with("l8tF", "l8t="),
        with("\"kty\"", "\"kty\":\"EC\",\"kty\""),
        with("{", "{\"d\":\"canary\","),
        with("\"x\"", "\"X\""),
        format!("{}{}", " ".repeat(MAX_JWK), KEY),
    ] {
        let refused = PublicKey::read(&jwk).unwrap_err();
        assert!(!refused.contains("canary"), "{refused}");
    }
    // what is not of the key does not stand in a proof
    assert_eq!(PublicKey::read(&with("{", "{\"kid\":\"k\",\"use\":\"sig\",")), PublicKey::read(KEY));
}

proptest! {
    // S3
    #[test]
    fn hostile_text_never_panics(text in "\\PC{0,80}", bytes in proptest::collection::vec(0x20_u8..0xff, 0..80)) {
        let _ = PublicKey::read(&text);
        let _ = PrivateKey::read(&Secret::new(text));
        if let Ok(value) = http::HeaderValue::from_bytes(&bytes) {
            let _ = nonce(&HeaderMap::from_iter([(NONCE, value)]));
        }
    }
}
