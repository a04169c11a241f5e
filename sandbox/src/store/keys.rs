//! The keys that JWTs are signed with: ES256 (RFC 7518 §3.4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::error::Unspecified;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use serde_json::{Value, json};

use crate::random;

/// The algorithm of every signature.
pub(crate) const ALGORITHM: &str = "ES256";

/// The keys of one sandbox.
pub(crate) struct KeyRing {
    current: SigningKey,
    /// Still published, so that what it signed can be verified.
    previous: Option<SigningKey>,
    /// Never published.
    foreign: SigningKey,
}

/// Which key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// The published key.
    Current,
    /// A key that is not published, under its own name.
    Unknown,
    /// The same, under the name of the published key.
    Impostor,
}

impl KeyRing {
    pub(crate) fn new() -> Result<Self, Unspecified> {
        Ok(Self { current: SigningKey::new()?, previous: None, foreign: SigningKey::new()? })
    }

    /// Signs with a new key from now on. The previous key stays published; the one before it does not.
    pub(crate) fn rotate(&mut self) {
        // Without random numbers nothing else works either: the key stays.
        if let Ok(new) = SigningKey::new() {
            self.previous = Some(std::mem::replace(&mut self.current, new));
        }
    }

    /// The JSON Web Key Set (RFC 7517).
    pub(crate) fn jwks(&self) -> Value {
        let keys: Vec<Value> = std::iter::once(&self.current).chain(&self.previous).map(SigningKey::jwk).collect();
        json!({ "keys": keys })
    }

    /// A signed JWT (RFC 7515 §7.1) with this `typ` in its header.
    pub(crate) fn sign(&self, signer: Signer, typ: &str, claims: &Value) -> Result<String, Unspecified> {
        let (key, id) = match signer {
            Signer::Current => (&self.current, &self.current.id),
            Signer::Unknown => (&self.foreign, &self.foreign.id),
            Signer::Impostor => (&self.foreign, &self.current.id),
        };
        let signed = format!("{}.{}", encode(&json!({ "alg": ALGORITHM, "kid": id, "typ": typ })), encode(claims));
        let signature = key.pair.sign(&SystemRandom::new(), signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The claims of a JWT that a published key has signed.
    pub(crate) fn verify(&self, jwt: &str) -> Option<Value> {
        let (signed, signature) = jwt.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let mut published = std::iter::once(&self.current).chain(&self.previous);
        published.find(|key| key.has_signed(signed, &signature))?;
        claims(jwt)
    }
}

/// The claims of a JWT, whoever signed it.
pub(crate) fn claims(jwt: &str) -> Option<Value> {
    let payload = jwt.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

/// A JWT without a signature (RFC 7519 §6).
pub(crate) fn unsigned(claims: &Value) -> String {
    format!("{}.{}.", encode(&json!({ "alg": "none", "typ": "JWT" })), encode(claims))
}

fn encode(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

struct SigningKey {
    id: String,
    pair: EcdsaKeyPair,
}

impl SigningKey {
    fn new() -> Result<Self, Unspecified> {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random)
            .map_err(|_| Unspecified)?;
        Ok(Self { id: random::short("key_"), pair })
    }

    /// RFC 7518 §6.2.1: the two coordinates of the public key, which is uncompressed: 04, x, y.
    fn jwk(&self) -> Value {
        let (x, y) =
            self.pair.public_key().as_ref().get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
        json!({
            "kty": "EC",
            "crv": "P-256",
            "alg": ALGORITHM,
            "use": "sig",
            "kid": self.id,
            "x": URL_SAFE_NO_PAD.encode(x),
            "y": URL_SAFE_NO_PAD.encode(y),
        })
    }

    fn has_signed(&self, message: &str, signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.pair.public_key().as_ref());
        key.verify(message.as_bytes(), signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_published_keys_verify() {
        let mut keys = KeyRing::new().unwrap();
        let claims = json!({ "sub": "user_123" });
        let jwt = keys.sign(Signer::Current, "JWT", &claims).unwrap();
        assert_eq!(keys.verify(&jwt), Some(claims.clone()));
        for signer in [Signer::Unknown, Signer::Impostor] {
            assert_eq!(keys.verify(&keys.sign(signer, "JWT", &claims).unwrap()), None);
        }
        assert_eq!(keys.verify(&unsigned(&claims)), None);
        keys.rotate();
        assert_eq!(keys.verify(&jwt), Some(claims.clone()));
        assert_eq!(keys.jwks()["keys"].as_array().unwrap().len(), 2);
        keys.rotate();
        assert_eq!(keys.verify(&jwt), None);
    }
}
