//! Faults: what a sandbox does wrong on purpose, per endpoint.
//!
//! A fault of the account (`expired_token`, `revoked_grant`, `empty_budget`) happens at the moment of the request, which
//! then meets it; it lasts until the client refreshes, the user signs in again or the budget is raised. All other faults
//! are of the network and change nothing but the answer.

mod active;
mod broken_body;
mod endpoint;
mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::server::connection::Connection;
use crate::state::{Shared, lock};

pub(crate) use active::Active;
pub(crate) use broken_body::{Break, broken};
pub use endpoint::Endpoint;
pub use text::InvalidFault;

/// No JSON, no UTF-8, no HTML.
const GARBAGE: &[u8] = b"\xff\xfe\x00\x93{\"\x80<\xc3\x28 garbage \xf0\x9f\x00";

/// What goes wrong. As JSON, `kind` names it: `{"kind": "status", "status": 429}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The request waits this long before it is looked at.
    Delay {
        /// How long.
        milliseconds: u64,
    },
    /// Answered with this status; the request is not looked at.
    Status {
        /// From 200 to 599.
        status: u16,
        /// Headers of the answer, such as `retry-after`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The answer's body; JSON where it begins with `{`, else plain text. Empty by default.
        #[serde(default)]
        body: String,
    },
    /// The answer ends after so many bytes of its body, as though that were all.
    Truncation {
        /// How many bytes of the body are sent.
        bytes: u64,
    },
    /// The connection is reset.
    Reset {
        /// After so many bytes of the answer's body; `None`: at once, and the request is not looked at.
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// Nothing more comes, and the connection stays open.
    Stall {
        /// After so many bytes of the answer's body; `None`: at once, and the request is not looked at.
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// The answer's body is replaced by bytes that are no text.
    Garbage {},
    /// `Content-Length` promises more than is sent; then the connection closes.
    WrongLength {},
    /// All access tokens expire; refresh tokens still work.
    ExpiredToken {},
    /// The user takes back the permission: refreshes get `invalid_grant`.
    RevokedGrant {},
    /// The budget becomes what is already spent.
    EmptyBudget {},
}

/// What a fault makes of a request.
pub(crate) enum Met {
    /// It goes on, and its answer is left alone.
    Unharmed,
    /// It goes on, and its answer is changed by [`Fault::spoil`].
    Answered,
    /// It is answered with this.
    Replaced(Response<Body>),
    /// It is not answered: its connection is reset.
    Reset,
    /// It is not answered, for ever.
    Stalled,
}

impl Fault {
    /// The `kind` that names it in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::Status { .. } => "status",
            Self::Truncation { .. } => "truncation",
            Self::Reset { .. } => "reset",
            Self::Stall { .. } => "stall",
            Self::Garbage {} => "garbage",
            Self::WrongLength {} => "wrong_length",
            Self::ExpiredToken {} => "expired_token",
            Self::RevokedGrant {} => "revoked_grant",
            Self::EmptyBudget {} => "empty_budget",
        }
    }

    /// Answers with a status, without headers or a body.
    pub fn status(status: u16) -> Self {
        Self::Status { status, headers: BTreeMap::new(), body: String::new() }
    }

    /// What is wrong with the fault itself.
    pub(crate) fn check(&self) -> Result<(), InvalidFault> {
        let Self::Status { status, headers, .. } = self else { return Ok(()) };
        if !(200..=599).contains(status) {
            return Err(InvalidFault(format!("status {status} is not from 200 to 599")));
        }
        for (name, value) in headers {
            if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                return Err(InvalidFault(format!("{name:?} with its value is no header")));
            }
        }
        Ok(())
    }

    /// Before the request is looked at.
    pub(crate) async fn meet(&self, shared: &Shared) -> Met {
        match self {
            Self::Delay { milliseconds } => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
                Met::Unharmed
            }
            Self::Status { status, headers, body } => Met::Replaced(replacement(*status, headers, body)),
            Self::Reset { bytes: None } => Met::Reset,
            Self::Stall { bytes: None } => Met::Stalled,
            Self::ExpiredToken {} => {
                lock(&shared.grants).expire_access_tokens();
                Met::Unharmed
            }
            Self::RevokedGrant {} => {
                lock(&shared.grants).revoke_all();
                Met::Unharmed
            }
            Self::EmptyBudget {} => {
                lock(&shared.ledger).set_remaining(rust_decimal::Decimal::ZERO);
                Met::Unharmed
            }
            _ => Met::Answered,
        }
    }

    /// Changes the answer on its way out.
    pub(crate) fn spoil(&self, response: Response<Body>, connection: &Connection) -> Response<Body> {
        match self {
            Self::Truncation { bytes } => broken(response, *bytes, Break::End),
            Self::Reset { bytes: Some(bytes) } => broken(response, *bytes, Break::Reset(connection.clone())),
            Self::Stall { bytes: Some(bytes) } => broken(response, *bytes, Break::Stall),
            Self::Garbage {} => response.map(|_| Body::from(GARBAGE)),
            Self::WrongLength {} => broken_body::too_long_a_promise(response),
            _ => response,
        }
    }
}

/// A checked fault of this kind as an answer.
fn replacement(status: u16, headers: &BTreeMap<String, String>, body: &str) -> Response<Body> {
    let kind = if body.trim_start().starts_with('{') { "application/json" } else { "text/plain; charset=utf-8" };
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
