//! Which provider a sandbox plays.

use std::fmt;
use std::str::FromStr;

/// Which provider a sandbox plays. Written `ai-pass`, `phaseo` or `oauth`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// AI Pass: JSON at the token endpoint, the account API, the models of its catalogue.
    #[default]
    AiPass,
    /// Phaseo, formerly AI Stats: the issuer has a path, the gateway has errors of its own.
    Phaseo,
    /// Any OAuth 2.0 and OpenID provider that follows the standards, with their extensions.
    OAuth,
}

/// The text names no dialect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no dialect: write ai-pass, phaseo or oauth")]
pub struct UnknownDialect(String);

impl Dialect {
    /// The provider's name, as its pages show it.
    pub(crate) fn brand(self) -> &'static str {
        match self {
            Self::AiPass => "AI Pass",
            Self::Phaseo => "Phaseo",
            Self::OAuth => "OAuth",
        }
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "ai-pass" => Ok(Self::AiPass),
            "phaseo" => Ok(Self::Phaseo),
            "oauth" => Ok(Self::OAuth),
            _ => Err(UnknownDialect(text.to_owned())),
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AiPass => "ai-pass",
            Self::Phaseo => "phaseo",
            Self::OAuth => "oauth",
        })
    }
}

/// What an access token looks like. Written `opaque` or `jwt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccessTokens {
    /// A random text, of which only the sandbox knows what it means.
    #[default]
    Opaque,
    /// A signed JWT (RFC 9068). In the dialect `phaseo` this is what its first documents promise: one hour, with refresh
    /// tokens and id_tokens.
    Jwt,
}

/// The text names no form of access tokens.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no form of access tokens: write opaque or jwt")]
pub struct UnknownAccessTokens(String);

impl FromStr for AccessTokens {
    type Err = UnknownAccessTokens;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "opaque" => Ok(Self::Opaque),
            "jwt" => Ok(Self::Jwt),
            _ => Err(UnknownAccessTokens(text.to_owned())),
        }
    }
}
