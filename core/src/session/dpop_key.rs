//! The key that DPoP binds tokens to ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449)): the platform's, or one that is stored with the session.

use crate::error::{Error, SignInReason, StorageErrorKind};
use std::sync::Arc;

/// Who makes and holds the key that tokens are bound to (RFC 9449); see [`AiPassBuilder::dpop`](crate::AiPassBuilder::dpop).
#[derive(Clone)]
#[non_exhaustive]
pub enum DpopKey {
    /// The library makes a new one for each sign-in and stores it with the session, as secret as a refresh token. For
    /// platforms without a keystore that can sign.
    InSession,
    /// The platform, such as Android's Keystore or the Secure Enclave: the private key never leaves it.
    HeldBy(Arc<dyn DpopSigner>),
}

impl std::fmt::Debug for DpopKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::InSession => "InSession",
            Self::HeldBy(_) => "HeldBy(…)",
        })
    }
}

/// Holds a private key on the curve P-256 and signs with it, for [`DpopKey::HeldBy`].
///
/// The library calls it on a background thread; it may block for some seconds, not for a user's touch: each request needs a
/// signature. All clients of one session need the same key.
pub trait DpopSigner: Send + Sync {
    /// The public key as a JWK (RFC 7517), such as `{"kty":"EC","crv":"P-256","x":"…","y":"…"}`. If there is no key, make
    /// one. A session that is bound to another key has then lost it:
    /// [`SignInReason::DpopKeyLost`].
    ///
    /// # Errors
    /// [`DpopSignerError`].
    fn public_jwk(&self) -> Result<String, DpopSignerError>;

    /// The signature of `message` by ECDSA with SHA-256: 64 bytes, the numbers r and s (RFC 7518 3.4). Platforms often give it
    /// in DER, which must be converted.
    ///
    /// # Errors
    /// [`DpopSignerError`].
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DpopSignerError>;
}

/// Why a platform's key cannot sign. `detail` is for developers and must hold no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DpopSignerError {
    /// The key is gone for good. The session ends with it, and the user signs in again.
    #[error("the DPoP key is gone: {detail}")]
    KeyLost {
        /// What the platform said.
        detail: String,
    },
    /// Not accessible now, such as before the device's first unlock.
    #[error("the DPoP key is not accessible now: {detail}")]
    Unavailable {
        /// What the platform said.
        detail: String,
    },
    /// Anything else.
    #[error("the DPoP key failed: {detail}")]
    Failed {
        /// What the platform said.
        detail: String,
    },
}

impl From<DpopSignerError> for Error {
    fn from(error: DpopSignerError) -> Self {
        let detail = error.to_string();
        match error {
            DpopSignerError::KeyLost { .. } => {
                Error::SignInRequired { reason: SignInReason::DpopKeyLost, detail: Some(detail) }
            }
            DpopSignerError::Unavailable { .. } => Error::Storage { kind: StorageErrorKind::Unavailable, detail },
            DpopSignerError::Failed { .. } => Error::Storage { kind: StorageErrorKind::Failed, detail },
        }
    }
}
