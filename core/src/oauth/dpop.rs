//! Demonstrating proof of possession, DPoP ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)): a signed object beside a request shows that its sender holds the key
//! that the tokens are bound to. Only ES256, which every provider with DPoP takes and every phone's keystore can make.
//!
//! | what | function | standard |
//! |---|---|---|
//! | the public key in its header | [`PublicKey`] | [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517), [RFC 7518 6.2.1](https://www.rfc-editor.org/rfc/rfc7518#section-6.2.1) |
//! | the key's name | [`PublicKey::thumbprint`] | [RFC 7638 3](https://www.rfc-editor.org/rfc/rfc7638#section-3) |
//! | the claims | [`Claims`] | [RFC 9449 4.2](https://www.rfc-editor.org/rfc/rfc9449#section-4.2) |
//! | the signature | [`PrivateKey::sign`], or the platform's | [RFC 7518 3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4) |
//! | a nonce of the server | [`nonce`] | [RFC 9449 8.1](https://www.rfc-editor.org/rfc/rfc9449#section-8.1) |

use crate::environment::Timestamp;
use crate::error::{Error, Result};
use crate::json::{self, Object};
use crate::secret::Secret;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderName, Uri};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How proofs are signed, as the provider's metadata names it.
pub(crate) const ALGORITHM: &str = "ES256";
/// A signature: the numbers r and s, 32 bytes each.
pub(crate) const SIGNATURE_BYTES: usize = 64;
/// A coordinate of a point on the curve P-256.
const COORDINATE_BYTES: usize = 32;
/// The longest nonce that is repeated. Those in use have some 50 bytes.
const MAX_NONCE: usize = 1024;
/// The longest JWK that a platform may give, in bytes.
const MAX_JWK: usize = 4096;
const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// A public key on the curve P-256, with the members of its JWK that name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PublicKey {
    crv: &'static str,
    kty: &'static str,
    x: String,
    y: String,
}

impl PublicKey {
    /// Reads a JWK. Other members than those of the key are left out: they do not belong into a proof.
    ///
    /// # Errors
    /// What is wrong with it, without a word of it: it may be a private key.
    pub fn read(jwk: &str) -> Result<Self, &'static str> {
        let members = Some(jwk.as_bytes()).filter(|jwk| jwk.len() <= MAX_JWK).and_then(Object::strict);
        let members = members.ok_or("it is not a JSON object with each name once")?;
        let text = |name| json::string(members.get(name)?);
        if members.get("d").is_some() {
            return Err("it is a private key (d)");
        }
        if (text("kty").as_deref(), text("crv").as_deref()) != (Some("EC"), Some("P-256")) {
            return Err("it is not a key on the curve P-256 (kty, crv)");
        }
        let coordinate = |name| URL_SAFE_NO_PAD.decode(text(name)?).ok().filter(|it| it.len() == COORDINATE_BYTES);
        match (coordinate("x"), coordinate("y")) {
            (Some(x), Some(y)) => Ok(Self::at(&x, &y)),
            _ => Err("x and y are not 32 bytes each as base64url"),
        }
    }

    fn at(x: &[u8], y: &[u8]) -> Self {
        Self { crv: "P-256", kty: "EC", x: URL_SAFE_NO_PAD.encode(x), y: URL_SAFE_NO_PAD.encode(y) }
    }

    /// Its SHA-256 thumbprint ([RFC 7638 3](https://www.rfc-editor.org/rfc/rfc7638#section-3)), as `dpop_jkt` names it.
    pub fn thumbprint(&self) -> String {
        thumbprint(&[("crv", self.crv), ("kty", self.kty), ("x", &self.x), ("y", &self.y)])
    }
}

/// The thumbprint of the members that a key's type requires, in the order of their names. None of them needs an escape.
fn thumbprint(members: &[(&str, &str)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
    digest(&format!("{{{}}}", members.join(",")))
}

fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// A private key of the library's own.
pub(crate) struct PrivateKey(EcdsaKeyPair);

impl PrivateKey {
    /// A new one, as the text that is stored: PKCS#8 in base64url.
    pub fn generate() -> Result<Secret> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let document = document.map_err(|_| Error::internal("no key for DPoP can be made"))?;
        Ok(Secret::new(URL_SAFE_NO_PAD.encode(document.as_ref())))
    }

    /// Reads the stored text; `None` if it is damaged.
    pub fn read(stored: &Secret) -> Option<Self> {
        let pkcs8 = Zeroizing::new(URL_SAFE_NO_PAD.decode(stored.expose()).ok()?);
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8, &SystemRandom::new()).ok().map(Self)
    }

    pub fn public(&self) -> PublicKey {
        let point = self.0.public_key().as_ref();
        let (x, y) = point[point.len() - 2 * COORDINATE_BYTES..].split_at(COORDINATE_BYTES);
        PublicKey::at(x, y)
    }

    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let signature = self.0.sign(&SystemRandom::new(), message);
        signature
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|_| Error::internal("a DPoP proof cannot be signed"))
    }
}

/// What a proof says ([RFC 9449 4.2](https://www.rfc-editor.org/rfc/rfc9449#section-4.2)).
pub(crate) struct Claims<'a> {
    /// Never the same twice.
    pub id: &'a str,
    pub method: &'a str,
    /// As [`target`] makes it.
    pub target: &'a str,
    pub issued_at: Timestamp,
    /// The token that is sent beside it.
    pub access_token: Option<&'a Secret>,
    /// What the server asked to repeat.
    pub nonce: Option<&'a str>,
}

impl Claims<'_> {
    pub fn to_json(&self) -> Result<String> {
        #[derive(Serialize)]
        struct Members<'a> {
            jti: &'a str,
            htm: &'a str,
            htu: &'a str,
            iat: i64,
            #[serde(skip_serializing_if = "Option::is_none")]
            ath: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            nonce: Option<&'a str>,
        }
        let members = Members {
            jti: self.id,
            htm: self.method,
            htu: self.target,
            iat: self.issued_at.0.div_euclid(1_000),
            ath: self.access_token.map(|token| digest(token.expose())),
            nonce: self.nonce,
        };
        serde_json::to_string(&members).map_err(|_| Error::internal("a DPoP proof cannot be written"))
    }
}

/// The address of a request without query and fragment; `None` if it is not absolute. It is as the URL parser wrote it: without the
/// scheme's own port, its host in lower case ([RFC 9449 4.3](https://www.rfc-editor.org/rfc/rfc9449#section-4.3)).
pub(crate) fn target(uri: &Uri) -> Option<String> {
    Some(format!("{}{}", origin(uri)?, uri.path()))
}

/// The server of a request, to which a nonce belongs.
pub(crate) fn origin(uri: &Uri) -> Option<String> {
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

/// Header and claims, as they are signed.
pub(crate) fn signing_input(key: &PublicKey, claims: &str) -> Result<String> {
    #[derive(Serialize)]
    struct Header<'a> {
        typ: &'static str,
        alg: &'static str,
        jwk: &'a PublicKey,
    }
    let header = serde_json::to_string(&Header { typ: "dpop+jwt", alg: ALGORITHM, jwk: key });
    let header = header.map_err(|_| Error::internal("a DPoP proof cannot be written"))?;
    Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims)))
}

/// The proof: what was signed, and its signature.
pub(crate) fn compact(signing_input: &str, signature: &[u8]) -> String {
    format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The nonce that a server asks for. One that stands twice, is too long or has other characters than the standard's is none
/// ([RFC 9449 8.1](https://www.rfc-editor.org/rfc/rfc9449#section-8.1)).
pub(crate) fn nonce(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(NONCE).iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    value.to_str().ok().filter(|_| is_nonce(value.as_bytes())).map(str::to_owned)
}

pub(crate) fn is_nonce(text: &[u8]) -> bool {
    (1..=MAX_NONCE).contains(&text.len()) && text.iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

#[cfg(test)]
#[path = "dpop_tests.rs"]
mod tests;
