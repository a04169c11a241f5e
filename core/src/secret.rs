//! Strings that must not be shown: tokens, codes, verifiers, client secrets.
//!
//! It is wiped from memory when dropped and never prints itself. It does not implement `Serialize`: the only code
//! that stores secrets, the session record, marks each field with `#[serde(with = "crate::secret::exposed")]`.

use bytes::Bytes;
use http::HeaderValue;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A secret string. Wiped when dropped; `Debug` shows nothing of it. Call [`Secret::expose`] only where the text is needed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes ownership of a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself. Never put it into an error, a log or a URL.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the text is the same, in a time that does not depend on where they differ (A2).
    pub(crate) fn matches(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

/// A value with secrets as JSON, written into a buffer of its exact size: one that grows leaves copies behind (S2).
pub(crate) fn to_json(value: &impl serde::Serialize) -> serde_json::Result<Vec<u8>> {
    struct Count(usize);

    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut count = Count(0);
    serde_json::to_writer(&mut count, value)?;
    let mut json = Vec::with_capacity(count.0);
    serde_json::to_writer(&mut json, value)?;
    Ok(json)
}

/// A text as bytes to send, wiped when the last of their clones is dropped (S2).
pub(crate) fn wiped(mut text: Zeroizing<String>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *text).into_bytes()))
}

/// The value of an `Authorization` header, marked as sensitive, and wiped when it is dropped (S2).
///
/// # Errors
/// If the credentials cannot stand in a header.
pub(crate) fn authorization(scheme: &str, credentials: &str) -> http::Result<HeaderValue> {
    let mut text = Zeroizing::new(String::with_capacity(scheme.len() + 1 + credentials.len()));
    text.extend([scheme, " ", credentials]);
    let mut value = HeaderValue::from_maybe_shared(wiped(text))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.matches(&other.0)
    }
}

impl Eq for Secret {}

/// Serde for the persisted session: the secret in clear, because the store seals it.
pub(crate) mod exposed {
    use super::Secret;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        secret.expose().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        String::deserialize(deserializer).map(Secret)
    }

    /// The same for a secret that may be missing.
    pub mod option {
        use super::super::Secret;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub fn serialize<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
            secret.as_ref().map(Secret::expose).serialize(serializer)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
            Ok(Option::<String>::deserialize(deserializer)?.map(Secret))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S1
    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::new("canary")), "Secret(…)");
        assert_eq!(format!("{:?}", Some(Secret::new("canary"))), "Some(Secret(…))");
    }

    #[test]
    fn an_authorization_header_is_sensitive_and_refuses_what_cannot_stand_in_it() {
        let value = authorization("Bearer", "at-1").unwrap();
        assert_eq!(value, "Bearer at-1");
        assert!(value.is_sensitive());
        assert!(authorization("Bearer", "at\r\n1").is_err());
    }

    // A2
    #[test]
    fn comparison_is_exact() {
        let secret = Secret::new("abc");
        assert!(secret.matches("abc"));
        assert!(!secret.matches("abd"));
        assert!(!secret.matches("abcd"));
        assert!(!secret.matches(""));
    }
}
