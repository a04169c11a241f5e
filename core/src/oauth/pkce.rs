//! Proof Key for Code Exchange ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)): the app proves that it began the sign-in that it completes. Only S256;
//! there is no API for `plain` (A1).

use crate::environment::Environment;
use crate::error::Result;
use crate::secret::Secret;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// 48 bytes become 64 characters. RFC 7636 allows 43 to 128.
const VERIFIER_BYTES: usize = 48;

/// A fresh code verifier ([RFC 7636 4.1](https://www.rfc-editor.org/rfc/rfc7636#section-4.1)).
pub(crate) fn code_verifier(environment: &Environment) -> Result<Secret> {
    environment.random_text(VERIFIER_BYTES).map(Secret::new)
}

/// The S256 code challenge of a verifier ([RFC 7636 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2)).
pub(crate) fn code_challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // A1: RFC 7636, appendix B
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(code_challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    // A1
    #[test]
    fn every_verifier_is_fresh_and_within_the_standards_length_and_alphabet() {
        let environment = Environment::system();
        let first = code_verifier(&environment).unwrap();
        let second = code_verifier(&environment).unwrap();
        assert_ne!(first, second);
        assert!((43..=128).contains(&first.expose().len()));
        assert!(first.expose().chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)));
    }
}
