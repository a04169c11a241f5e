//! Authorization codes and the PKCE check of their exchange (RFC 7636, `S256` only).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

/// What the user allowed, which the code stands for.
#[derive(Clone, Debug)]
pub(crate) struct CodeRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) code_challenge: String,
    /// OpenID Connect Core §3.1.2.1: returned in the id_token.
    pub(crate) nonce: Option<String>,
    /// RFC 8707: what the tokens are for.
    pub(crate) resource: Option<String>,
}

/// What a client presents with a code.
pub(crate) struct CodeExchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) code_verifier: &'a str,
}

/// An authorization code.
pub(super) struct Code {
    pub(super) request: CodeRequest,
    expires: DateTime<Utc>,
    /// Whether its client has presented it.
    pub(super) spent: bool,
    /// The family that was issued for it.
    pub(super) family: Option<u64>,
}

impl Code {
    pub(super) fn new(request: CodeRequest, expires: DateTime<Utc>) -> Self {
        Self { request, expires, spent: false, family: None }
    }

    /// Checks the exchange; the error says what is wrong with it.
    pub(super) fn check(&self, exchange: &CodeExchange<'_>, now: DateTime<Utc>) -> Result<(), &'static str> {
        if now >= self.expires {
            return Err("The code has expired.");
        }
        if self.request.redirect_uri != exchange.redirect_uri {
            return Err("redirectUri is not the one that the code was requested with.");
        }
        if !verifies(exchange.code_verifier, &self.request.code_challenge) {
            return Err("codeVerifier does not match the code challenge.");
        }
        Ok(())
    }
}

/// Whether `challenge` can be the base64url of a SHA-256 digest.
pub(crate) fn is_challenge(challenge: &str) -> bool {
    challenge.len() == 43 && URL_SAFE_NO_PAD.decode(challenge).is_ok()
}

/// RFC 7636 §4.1: 43 to 128 characters of the unreserved set.
pub(crate) fn is_verifier(verifier: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

/// Whether `verifier` is the one that `challenge` was made from.
fn verifies(verifier: &str, challenge: &str) -> bool {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b_verifies() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(is_verifier(verifier));
        assert!(verifies(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }
}
