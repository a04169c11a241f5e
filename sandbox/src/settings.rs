//! What the builder fixes for the life of a sandbox.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The settings that request handlers read.
pub(crate) struct Settings {
    pub(crate) port: u16,
    /// `name:port` for every name of this machine that leads here.
    pub(crate) hosts: Vec<String>,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) refresh_takes: Duration,
    pub(crate) chunk_delay: Duration,
    pub(crate) video_takes: Duration,
    pub(crate) linked_videos: bool,
    pub(crate) revocation: Revocation,
    pub(crate) catalogue: Catalogue,
    pub(crate) strict_parameters: bool,
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
