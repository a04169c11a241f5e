//! What the builder fixes for the life of a sandbox.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::dialect::{AccessTokens, Dialect};

/// The settings that request handlers read.
pub(crate) struct Settings {
    pub(crate) dialect: Dialect,
    pub(crate) port: u16,
    /// `name:port` for every name of this machine that leads here.
    pub(crate) hosts: Vec<String>,
    /// The name of what responds to chats.
    pub(crate) backend: &'static str,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) refresh_takes: Duration,
    pub(crate) chunk_delay: Duration,
    pub(crate) video_takes: Duration,
    pub(crate) linked_videos: bool,
    pub(crate) revocation: Revocation,
    pub(crate) catalogue: Catalogue,
    /// Whether the catalogue shows prices, and streams say what they cost.
    pub(crate) prices: bool,
    pub(crate) strict_parameters: bool,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) refresh_tokens: bool,
    pub(crate) require_pushed_requests: bool,
    /// `None`: the device is not told how long to wait between two polls, and must wait 5 seconds.
    pub(crate) device_interval: Option<Duration>,
}

impl Settings {
    /// Whether a sign-in with the scope `openid` gets an id_token.
    pub(crate) fn issues_id_tokens(&self) -> bool {
        match self.dialect {
            Dialect::AiPass => false,
            // Phaseo issues none beside its opaque tokens.
            Dialect::Phaseo => self.access_tokens == AccessTokens::Jwt,
            Dialect::OAuth => true,
        }
    }
}

/// Which requests the revocation endpoint accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revocation {
    /// The form body of RFC 7009, and the query with a bearer header.
    #[default]
    FormOrQuery,
    /// Only the query with a bearer header. A form gets the error that its token parameter is missing.
    QueryOnly,
}

/// Which models `GET /models` lists, and how. Written `today` or `seeds`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Catalogue {
    /// As AI Pass documents it today: ids without slashes, each model with its `type`, `methods` and `capabilities`, filters
    /// on the server.
    #[default]
    Today,
    /// As the older documents show it: ids with slashes and without metadata; filters are ignored.
    Seeds,
}

/// The text names no catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no catalogue: write today or seeds")]
pub struct UnknownCatalogue(String);

impl FromStr for Catalogue {
    type Err = UnknownCatalogue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "today" => Ok(Self::Today),
            "seeds" => Ok(Self::Seeds),
            _ => Err(UnknownCatalogue(text.to_owned())),
        }
    }
}

impl fmt::Display for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Today => "today",
            Self::Seeds => "seeds",
        })
    }
}
