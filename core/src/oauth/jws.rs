//! A signed JSON object in its compact form ([RFC 7515 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)).
//!
//! Refused: unknown algorithms (`jwa.rs`), encrypted and nested tokens, extensions that must be understood (`crit`). A key in the header (`jwk`, `jku`, `x5c`, `x5u`) is never looked at: whoever signed chose it.

use super::jwa::Algorithm;
use super::jwks::Key;
use crate::json::{self, Object};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// The largest token that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 64 * 1024;

/// Why a token is not one that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwsRefusal {
    #[error("it is longer than {MAX_BYTES} bytes")]
    TooLong,
    #[error("it is encrypted")]
    Encrypted,
    #[error("it is not three parts of base64url with dots between them")]
    NotCompact,
    #[error("its header is not a JSON object with each name once")]
    Header,
    #[error("its header names extensions that must be understood (crit)")]
    Critical,
    #[error("it contains another token (cty)")]
    Nested,
    #[error("it is a token of another kind (typ)")]
    OtherKind,
    #[error("its algorithm is not among those that the provider names, or is one that is never accepted")]
    Algorithm,
}

/// A token that was read. Its signature is not checked yet.
pub(crate) struct Jws<'a> {
    pub algorithm: Algorithm,
    /// Which of the signer's keys it names.
    pub key_id: Option<String>,
    /// Header and payload, as they were signed.
    signed: &'a [u8],
    pub payload: Zeroizing<Vec<u8>>,
    signature: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// Reads a token's header, by which it is refused or its key is found.
    pub fn read(token: &'a str) -> Result<Self, JwsRefusal> {
        if token.len() > MAX_BYTES {
            return Err(JwsRefusal::TooLong);
        }
        let mut parts = token.split('.');
        let (header, payload, signature) = match (parts.next(), parts.next(), parts.next(), parts.count()) {
            (Some(header), Some(payload), Some(signature), 0) => (header, payload, signature),
            (.., 2) => return Err(JwsRefusal::Encrypted), // five parts: RFC 7516 7.1
            _ => return Err(JwsRefusal::NotCompact),
        };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsRefusal::NotCompact);
        let (algorithm, key_id) = read_header(&decode(header)?)?;
        let signed = &token.as_bytes()[..header.len() + 1 + payload.len()];
        let (payload, signature) = (Zeroizing::new(decode(payload)?), decode(signature)?);
        Ok(Self { algorithm, key_id, signed, payload, signature })
    }

    pub fn is_signed_by(&self, key: &Key) -> bool {
        key.verifies(self.algorithm, self.signed, &self.signature)
    }
}

fn read_header(header: &[u8]) -> Result<(Algorithm, Option<String>), JwsRefusal> {
    let header = Object::strict(header).ok_or(JwsRefusal::Header)?;
    let text = |name| match header.get(name) {
        Some(value) => json::string(value).map(Some).ok_or(JwsRefusal::Header),
        None => Ok(None),
    };
    let has = |name| header.get(name).is_some();
    if has("enc") || has("zip") {
        return Err(JwsRefusal::Encrypted);
    }
    if has("crit") || has("b64") {
        return Err(JwsRefusal::Critical);
    }
    if has("cty") {
        return Err(JwsRefusal::Nested);
    }
    // Other kinds of tokens that the same keys sign have a type of their own (RFC 8725 3.11), such as `at+jwt`.
    if text("typ")?.is_some_and(|kind| kind.to_ascii_lowercase().ends_with("+jwt")) {
        return Err(JwsRefusal::OtherKind);
    }
    let algorithm = text("alg")?.ok_or(JwsRefusal::Header)?;
    Ok((Algorithm::named(&algorithm).ok_or(JwsRefusal::Algorithm)?, text("kid")?))
}
