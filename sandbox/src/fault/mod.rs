//! Faults: what a sandbox does wrong on purpose, per endpoint.
//!
//! A fault of the account (`expired_token`, `revoked_grant`, `empty_budget`) happens at the moment of the request, which
//! then meets it; it lasts until the client refreshes, the user signs in again or the budget is raised. All other faults
//! are of the network or of the answer, and change nothing else; [`Alteration`] has most of them.

mod active;
mod alteration;
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
pub use alteration::Alteration;
pub(crate) use alteration::Asked;
pub(crate) use broken_body::{CutOff, cut_off};
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
    /// The answer is changed or replaced: `{"kind": "gzip"}`.
    #[serde(untagged)]
    Altered {
        /// How.
        kind: Alteration,
    },
}

/// What a fault does to a request.
pub(crate) enum Effect {
    /// Its answer is left alone.
    None,
    /// Its answer is changed by [`Fault::change`].
    ChangedAnswer,
    /// It is answered with this, and not looked at.
    Replaced(Response<Body>),
    /// It is not answered: its connection is reset.
    Reset,
    /// It is not answered, for ever.
    Stalled,
}

impl From<Alteration> for Fault {
    fn from(kind: Alteration) -> Self {
        Self::Altered { kind }
    }
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
            Self::Altered { kind } => kind.name(),
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

    /// Happens before the request is looked at.
    pub(crate) async fn begin(&self, asked: Asked<'_>) -> Effect {
        let shared: &Shared = asked.shared;
        match self {
            Self::Delay { milliseconds } => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
                Effect::None
            }
            Self::Status { status, headers, body } => Effect::Replaced(replacement(*status, headers, body)),
            Self::Reset { bytes: None } => Effect::Reset,
            Self::Stall { bytes: None } => Effect::Stalled,
            Self::ExpiredToken {} => {
                lock(&shared.grants).expire_access_tokens();
                Effect::None
            }
            Self::RevokedGrant {} => {
                lock(&shared.grants).revoke_all();
                Effect::None
            }
            Self::EmptyBudget {} => {
                lock(&shared.ledger).set_remaining(rust_decimal::Decimal::ZERO);
                Effect::None
            }
            Self::Altered { kind } => kind.replacement(asked).map_or(Effect::ChangedAnswer, Effect::Replaced),
            _ => Effect::ChangedAnswer,
        }
    }

    /// Changes the answer on its way out.
    pub(crate) async fn change(
        &self,
        asked: Asked<'_>,
        response: Response<Body>,
        connection: &Connection,
    ) -> Response<Body> {
        match self {
            Self::Truncation { bytes } => cut_off(response, *bytes, CutOff::End),
            Self::Reset { bytes: Some(bytes) } => cut_off(response, *bytes, CutOff::Reset(connection.clone())),
            Self::Stall { bytes: Some(bytes) } => cut_off(response, *bytes, CutOff::Stall),
            Self::Garbage {} => response.map(|_| Body::from(GARBAGE)),
            Self::WrongLength {} => broken_body::with_wrong_length(response),
            Self::Altered { kind } => kind.apply(asked, response).await,
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
