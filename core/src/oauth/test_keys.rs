//! Signs tokens for tests: with the RSA key that RFC 7515 A.2 publishes, and with fresh keys on each curve.

use super::jwa::Algorithm;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{self as ring_signature, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaEncoding, RsaKeyPair};
use ring::{hmac, rsa};
use serde_json::{Value, json};
use std::sync::LazyLock;

static RSA_JWK: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../fixtures/jose/rfc7515-a2-key.json")).unwrap());
static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    let member = |name: &str| URL_SAFE_NO_PAD.decode(RSA_JWK[name].as_str().unwrap()).unwrap();
    let components = rsa::KeyPairComponents {
        public_key: rsa::PublicKeyComponents { n: member("n"), e: member("e") },
        d: member("d"),
        p: member("p"),
        q: member("q"),
        dP: member("dp"),
        dQ: member("dq"),
        qInv: member("qi"),
    };
    RsaKeyPair::from_components(&components).unwrap()
});
static P256: LazyLock<EcdsaKeyPair> = LazyLock::new(|| ecdsa(&ring_signature::ECDSA_P256_SHA256_FIXED_SIGNING));
static P384: LazyLock<EcdsaKeyPair> = LazyLock::new(|| ecdsa(&ring_signature::ECDSA_P384_SHA384_FIXED_SIGNING));
static ED25519: LazyLock<Ed25519KeyPair> = LazyLock::new(|| {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()
});

fn ecdsa(algorithm: &'static ring_signature::EcdsaSigningAlgorithm) -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap()
}

/// All algorithms, by the name of their `alg`.
pub const ALGORITHMS: [&str; 10] =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "Ed25519"];

/// The public key that belongs to an algorithm, with this `kid`.
pub fn public_jwk(algorithm: &str, kid: &str) -> Value {
    let on_curve = |curve: &str, key: &[u8]| {
        let (x, y) = key[1..].split_at(key.len() / 2);
        json!({"kty": "EC", "crv": curve, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)})
    };
    let mut jwk = match algorithm {
        "ES256" => on_curve("P-256", P256.public_key().as_ref()),
        "ES384" => on_curve("P-384", P384.public_key().as_ref()),
        "EdDSA" | "Ed25519" => {
            json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(ED25519.public_key())})
        }
        _ => json!({"kty": "RSA", "n": RSA_JWK["n"], "e": RSA_JWK["e"]}),
    };
    jwk["kid"] = json!(kid);
    jwk
}

/// A key set of these keys.
pub fn key_set(keys: &[Value]) -> String {
    json!({"keys": keys}).to_string()
}

/// A token whose signature is made as its header's `alg` says.
pub fn sign(header: &Value, claims: &Value) -> String {
    sign_bytes(header["alg"].as_str().unwrap(), &header.to_string(), claims.to_string().as_bytes())
}

/// A token of these bytes, signed with `algorithm` whatever they say. `HS256` has the RSA key's modulus as its secret.
pub fn sign_bytes(algorithm: &str, header: &str, payload: &[u8]) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let message = signed.as_bytes();
    let rsa = |encoding: &'static dyn RsaEncoding| {
        let mut signature = vec![0; RSA.public().modulus_len()];
        RSA.sign(encoding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    };
    let ecdsa = |key: &EcdsaKeyPair| key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec();
    let signature = match algorithm {
        "RS256" => rsa(&ring_signature::RSA_PKCS1_SHA256),
        "RS384" => rsa(&ring_signature::RSA_PKCS1_SHA384),
        "RS512" => rsa(&ring_signature::RSA_PKCS1_SHA512),
        "PS256" => rsa(&ring_signature::RSA_PSS_SHA256),
        "PS384" => rsa(&ring_signature::RSA_PSS_SHA384),
        "PS512" => rsa(&ring_signature::RSA_PSS_SHA512),
        "ES256" => ecdsa(&P256),
        "ES384" => ecdsa(&P384),
        "EdDSA" | "Ed25519" => ED25519.sign(message).as_ref().to_vec(),
        "HS256" => {
            let secret = URL_SAFE_NO_PAD.decode(RSA_JWK["n"].as_str().unwrap()).unwrap();
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), message).as_ref().to_vec()
        }
        "none" => Vec::new(),
        _ => panic!("{algorithm} cannot be signed"),
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The `at_hash` of an access token.
pub fn at_hash(algorithm: &str, access_token: &str) -> String {
    let hash = ring::digest::digest(Algorithm::named(algorithm).unwrap().hash(), access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..hash.as_ref().len() / 2])
}
