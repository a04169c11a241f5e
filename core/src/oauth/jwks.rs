//! A provider's signing keys ([RFC 7517 5](https://www.rfc-editor.org/rfc/rfc7517#section-5), [RFC 7518 6](https://www.rfc-editor.org/rfc/rfc7518#section-6)).
//!
//! A key that cannot be used spoils no other. It is skipped if
//! - its type, curve or algorithm is unknown, or they do not fit each other;
//! - it is for something else than signatures (`use`, `key_ops`);
//! - it is weak (RSA below 2048 bits), or larger than ring takes (8192 bits);
//! - its private part is published with it: everybody could sign;
//! - it is damaged, or a name stands twice in it.

use super::jwa::{Algorithm, KeyType, Scheme};
use crate::json::{self, Object};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::value::RawValue;

/// The largest set that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// The most keys that a set may have.
pub(crate) const MAX_KEYS: usize = 64;
/// The sizes of an RSA modulus in bits ([RFC 7518 3.3](https://www.rfc-editor.org/rfc/rfc7518#section-3.3)).
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// A public key that may have signed a token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    id: Option<String>,
    /// The one algorithm that it is for, if it names one.
    algorithm: Option<Algorithm>,
    key_type: KeyType,
    /// The RSA modulus, or the point on the curve as ring takes it.
    key: Vec<u8>,
    /// The RSA exponent.
    exponent: Vec<u8>,
}

/// The keys of a set that can be used.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeySet(Vec<Key>);

/// Why a key set cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwksRefusal {
    #[error("it is larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("it is not a JSON object with a list of keys, and each name once")]
    NotAKeySet,
    #[error("it has more than {MAX_KEYS} keys")]
    TooManyKeys,
}

impl KeySet {
    /// Reads a key set. It may be empty.
    pub fn read(body: &[u8]) -> Result<Self, JwksRefusal> {
        if body.len() > MAX_BYTES {
            return Err(JwksRefusal::TooLarge);
        }
        let set = Object::strict(body).ok_or(JwksRefusal::NotAKeySet)?;
        let keys = set.get("keys").filter(|keys| keys.get().starts_with('[')).ok_or(JwksRefusal::NotAKeySet)?;
        let keys = json::items(keys);
        if keys.len() > MAX_KEYS {
            return Err(JwksRefusal::TooManyKeys);
        }
        Ok(Self(keys.into_iter().filter_map(Key::read).collect()))
    }

    /// The keys that may have made a signature with this algorithm: those of the name, or all if the token names none
    /// ([OpenID Connect Core 10.1](https://openid.net/specs/openid-connect-core-1_0.html#Signing)). Several keys may share a name.
    pub fn candidates(&self, algorithm: Algorithm, id: Option<&str>) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(move |key| {
            key.key_type == algorithm.key_type()
                && key.algorithm.is_none_or(|only| only == algorithm)
                && id.is_none_or(|id| key.id.as_deref() == Some(id))
        })
    }
}

impl Key {
    fn read(value: &RawValue) -> Option<Self> {
        let members = Object::strict(value.get().as_bytes())?;
        // A member that is there must be a string, so that an odd one does not count as missing.
        let optional = |name| match members.get(name) {
            Some(value) => json::string(value).map(Some),
            None => Some(None),
        };
        let binary = |name| URL_SAFE_NO_PAD.decode(json::string(members.get(name)?)?).ok();
        if members.get("d").is_some() || optional("use")?.is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        if let Some(operations) = members.get("key_ops") {
            let operations: Vec<String> = serde_json::from_str(operations.get()).ok()?;
            operations.iter().find(|operation| *operation == "verify")?;
        }
        let algorithm = match optional("alg")? {
            Some(name) => Some(Algorithm::named(&name)?),
            None => None,
        };
        let (key_type, key, exponent) = match (json::string(members.get("kty")?)?.as_str(), optional("crv")?.as_deref())
        {
            ("RSA", _) => (KeyType::Rsa, modulus(binary("n")?)?, without_zeros(binary("e")?)),
            ("EC", Some("P-256")) => (KeyType::P256, point(&binary("x")?, &binary("y")?, 32)?, Vec::new()),
            ("EC", Some("P-384")) => (KeyType::P384, point(&binary("x")?, &binary("y")?, 48)?, Vec::new()),
            ("OKP", Some("Ed25519")) => (KeyType::Ed25519, binary("x").filter(|x| x.len() == 32)?, Vec::new()),
            _ => return None,
        };
        let fits = algorithm.is_none_or(|algorithm| algorithm.key_type() == key_type);
        fits.then_some(Self { id: optional("kid")?, algorithm, key_type, key, exponent })
    }

    /// Whether this key made the signature of `message`.
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        if self.key_type != algorithm.key_type() {
            return false;
        }
        let verified = match algorithm.scheme() {
            Scheme::Rsa(parameters) => {
                RsaPublicKeyComponents { n: &self.key, e: &self.exponent }.verify(parameters, message, signature)
            }
            Scheme::Point(algorithm) => UnparsedPublicKey::new(algorithm, &self.key).verify(message, signature),
        };
        verified.is_ok()
    }
}

/// An RSA modulus of a size that is accepted.
fn modulus(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let modulus = without_zeros(bytes);
    let unused = modulus.first()?.leading_zeros() as usize;
    RSA_BITS.contains(&(modulus.len() * 8 - unused)).then_some(modulus)
}

/// A number without zeros before it. RFC 7518 2 allows none, and some servers write one.
fn without_zeros(mut bytes: Vec<u8>) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.drain(..zeros);
    bytes
}

/// A point on a curve in its uncompressed form. Whether it lies on the curve is checked with the signature.
fn point(x: &[u8], y: &[u8], size: usize) -> Option<Vec<u8>> {
    /// Says that both coordinates follow (SEC 1 2.3.3).
    const UNCOMPRESSED: u8 = 4;
    let is_whole = x.len() == size && y.len() == size;
    is_whole.then(|| [&[UNCOMPRESSED], x, y].concat())
}

#[cfg(test)]
#[path = "jwks_tests.rs"]
mod tests;
