//! Why no response came, or only a part of one. For money the difference between "not sent" and "maybe sent" matters.

use crate::error::{Error, ProviderErrorKind, TimeLimit};
use std::time::Duration;

/// A call that failed below HTTP's own statuses.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum HttpFailure {
    /// No connection, or HTTP/2 says that the request was not looked at: certainly not processed.
    #[error("no connection: {detail}")]
    NotSent { detail: String },
    /// No connection within the limit: certainly not sent.
    #[error("no connection within {limit:?}")]
    ConnectTimeout { limit: Duration },
    /// The connection broke: the server may have processed the request.
    #[error("the connection broke: {detail}")]
    Broken { detail: String },
    #[error("nothing arrived for {limit:?}")]
    IdleTimeout { limit: Duration },
    #[error("not done within {limit:?}")]
    TotalTimeout { limit: Duration },
    #[error("the response is larger than {limit} bytes")]
    TooLarge { limit: usize },
    /// A response came that is not HTTP, or whose content coding is damaged. The server processed the request.
    #[error("the response cannot be read: {detail}")]
    Malformed { detail: String },
    /// The body is in a content coding that is not decoded (T8).
    #[error("the response has the content coding {name:?}, which is not decoded")]
    UnknownCoding { name: String },
    /// The URL came out of a response and leads to an address that only a device's own network reaches (S9). Not sent.
    #[error("{detail}")]
    NotPublic { detail: String },
    /// The key that the request's token is bound to made no proof. Not sent.
    #[cfg(feature = "dpop")]
    #[error("not sent: {error}")]
    NotProven { error: Box<Error> },
    #[error("cancelled")]
    Cancelled,
}

impl HttpFailure {
    /// Whether the server certainly did not get the request (P1).
    pub fn was_not_sent(&self) -> bool {
        matches!(self, Self::NotSent { .. } | Self::ConnectTimeout { .. })
    }
}

impl From<HttpFailure> for Error {
    fn from(failure: HttpFailure) -> Self {
        let detail = failure.to_string();
        match failure {
            HttpFailure::NotSent { .. } => Error::Offline { maybe_sent: false, detail },
            HttpFailure::Broken { .. } => Error::Offline { maybe_sent: true, detail },
            HttpFailure::ConnectTimeout { limit } => {
                Error::Timeout { limit: TimeLimit::Connect, after: limit, last_status: None }
            }
            HttpFailure::IdleTimeout { limit } => {
                Error::Timeout { limit: TimeLimit::Idle, after: limit, last_status: None }
            }
            HttpFailure::TotalTimeout { limit } => {
                Error::Timeout { limit: TimeLimit::Total, after: limit, last_status: None }
            }
            HttpFailure::TooLarge { .. } => Error::of_response(ProviderErrorKind::ResponseTooLarge, None, detail),
            HttpFailure::Malformed { .. } | HttpFailure::UnknownCoding { .. } => {
                Error::of_response(ProviderErrorKind::InvalidResponse, None, detail)
            }
            HttpFailure::NotPublic { .. } => Error::invalid_input("url", detail),
            #[cfg(feature = "dpop")]
            HttpFailure::NotProven { error } => *error,
            HttpFailure::Cancelled => Error::Cancelled,
        }
    }
}
