//! The algorithms that may sign a token ([RFC 7518 3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1), [RFC 8037 3.1](https://www.rfc-editor.org/rfc/rfc8037#section-3.1)). ring checks the signatures; TLS brings it along.
//!
//! Not among them: `none`, and HMAC, because whoever can check such a signature can make one.

use ring::digest;
use ring::signature::{self, RsaParameters, VerificationAlgorithm};

/// An algorithm that is verified. Its signatures need a private key, so that a public key makes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    /// With Ed25519, its one curve here.
    EdDsa,
    /// The same by its newer name ([RFC 9864 2.2](https://www.rfc-editor.org/rfc/rfc9864#section-2.2)).
    Ed25519,
}

/// How ring checks an algorithm's signatures.
pub(super) enum Scheme {
    Rsa(&'static RsaParameters),
    Point(&'static dyn VerificationAlgorithm),
}

impl Algorithm {
    /// The algorithm of this `alg`, if it is verified here.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "PS256" => Self::Ps256,
            "PS384" => Self::Ps384,
            "PS512" => Self::Ps512,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "EdDSA" => Self::EdDsa,
            "Ed25519" => Self::Ed25519,
            _ => return None,
        })
    }

    /// Those of a provider's `id_token_signing_alg_values_supported` that are verified. It names none: `RS256`
    /// ([OpenID Connect Discovery 3](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata)).
    pub fn allowed(names: &[String]) -> Vec<Self> {
        if names.is_empty() { vec![Self::Rs256] } else { names.iter().filter_map(|name| Self::named(name)).collect() }
    }

    /// The kind of key that it needs.
    pub(super) fn key_type(self) -> KeyType {
        match self {
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => KeyType::Rsa,
            Self::Es256 => KeyType::P256,
            Self::Es384 => KeyType::P384,
            Self::EdDsa | Self::Ed25519 => KeyType::Ed25519,
        }
    }

    pub(super) fn scheme(self) -> Scheme {
        match self {
            Self::Rs256 => Scheme::Rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
            Self::Rs384 => Scheme::Rsa(&signature::RSA_PKCS1_2048_8192_SHA384),
            Self::Rs512 => Scheme::Rsa(&signature::RSA_PKCS1_2048_8192_SHA512),
            Self::Ps256 => Scheme::Rsa(&signature::RSA_PSS_2048_8192_SHA256),
            Self::Ps384 => Scheme::Rsa(&signature::RSA_PSS_2048_8192_SHA384),
            Self::Ps512 => Scheme::Rsa(&signature::RSA_PSS_2048_8192_SHA512),
            Self::Es256 => Scheme::Point(&signature::ECDSA_P256_SHA256_FIXED),
            Self::Es384 => Scheme::Point(&signature::ECDSA_P384_SHA384_FIXED),
            Self::EdDsa | Self::Ed25519 => Scheme::Point(&signature::ED25519),
        }
    }

    /// Its hash function, which `at_hash` uses too
    /// ([OpenID Connect Core 3.1.3.6](https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken)). Ed25519 hashes with SHA-512.
    pub fn hash(self) -> &'static digest::Algorithm {
        match self {
            Self::Rs256 | Self::Ps256 | Self::Es256 => &digest::SHA256,
            Self::Rs384 | Self::Ps384 | Self::Es384 => &digest::SHA384,
            Self::Rs512 | Self::Ps512 | Self::EdDsa | Self::Ed25519 => &digest::SHA512,
        }
    }
}

/// What a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Rsa,
    P256,
    P384,
    Ed25519,
}
