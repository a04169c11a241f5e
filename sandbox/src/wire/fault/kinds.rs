//! The faults there are.
//!
//! A fault of the account (`expired_token`, `revoked_grant`, `empty_budget`) changes the account before the request is
//! handled, and lasts until the client refreshes, the user signs in again or the budget is raised. `rotated_keys` changes the
//! provider's keys in the same way. All other faults change the network or the response and nothing else; [`Alteration`]
//! lists most of them.

use std::collections::BTreeMap;

use axum::http::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use super::alteration::Alteration;

/// A fault that is not possible, or a text that names no fault or no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidFault(pub(super) String);

/// What goes wrong. As JSON, `kind` names it: `{"kind": "status", "status": 429}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The request waits this long before it is handled.
    Delay {
        /// How long.
        milliseconds: u64,
    },
    /// The response has this status; the request is not handled.
    Status {
        /// From 200 to 599.
        status: u16,
        /// Headers of the response, such as `retry-after`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The response's body; JSON if it begins with `{`, else plain text. Empty by default.
        #[serde(default)]
        body: String,
    },
    /// The response ends after so many bytes of its body, as though it were complete.
    Truncation {
        /// How many bytes of the body are sent.
        bytes: u64,
    },
    /// The connection is reset.
    Reset {
        /// After so many bytes of the response's body; `None`: at once, and the request is not handled.
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// Nothing more is sent, and the connection stays open.
    Stall {
        /// After so many bytes of the response's body; `None`: at once, and the request is not handled.
        #[serde(default)]
        bytes: Option<u64>,
    },
    /// The response's body is replaced by bytes that are no text.
    Garbage {},
    /// `Content-Length` promises more than is sent; then the connection closes.
    WrongLength {},
    /// All access tokens expire; refresh tokens still work.
    ExpiredToken {},
    /// The user takes back the permission: refreshes get `invalid_grant`.
    RevokedGrant {},
    /// The budget becomes what is already spent.
    EmptyBudget {},
    /// JWTs are signed with a new key, which no client has read yet.
    RotatedKeys {},
    /// The response is changed or replaced: `{"kind": "gzip"}`.
    #[serde(untagged)]
    Altered {
        /// How.
        kind: Alteration,
    },
}

/// A kind of fault that is no [`Alteration`].
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Kind {
    pub(crate) kind: &'static str,
    pub(crate) group: &'static str,
    pub(crate) about: &'static str,
    pub(crate) value: Option<KindValue>,
}

/// The number that a fault has.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct KindValue {
    /// The member of the JSON that it stands in.
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// A value that is of use.
    example: u32,
}

/// The kinds that are no alteration.
pub(crate) const KINDS: [Kind; 11] = {
    const fn kind(kind: &'static str, group: &'static str, about: &'static str) -> Kind {
        Kind { kind, group, about, value: None }
    }
    const fn valued(kind: &'static str, about: &'static str, name: &'static str, required: bool, example: u32) -> Kind {
        Kind { kind, group: NETWORK, about, value: Some(KindValue { name, required, example }) }
    }
    const NETWORK: &str = "Network";
    const ACCOUNT: &str = "Account and keys";
    [
        valued("delay", "the request waits before it is handled", "milliseconds", true, 300),
        valued("status", "a response with this status; the request is not handled", "status", true, 429),
        valued("truncation", "the response ends after so many bytes, as though it were complete", "bytes", true, 40),
        valued("reset", "a TCP reset after so many bytes of the response, or before it is handled", "bytes", false, 40),
        valued("stall", "the same, but nothing more is sent and the connection stays open", "bytes", false, 40),
        kind("garbage", NETWORK, "a body that is no text"),
        kind("wrong_length", NETWORK, "Content-Length promises more bytes than are sent"),
        kind("expired_token", ACCOUNT, "all access tokens expire at that moment; a refresh helps"),
        kind("revoked_grant", ACCOUNT, "the grants are revoked at that moment; a sign-in helps"),
        kind("empty_budget", ACCOUNT, "the budget becomes what is spent; a higher one helps"),
        kind("rotated_keys", ACCOUNT, "JWTs are signed with a new key from that moment on"),
    ]
};

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
            Self::RotatedKeys {} => "rotated_keys",
            Self::Altered { kind } => kind.name(),
        }
    }

    /// A response with this status, without headers or a body.
    pub fn status(status: u16) -> Self {
        Self::Status { status, headers: BTreeMap::new(), body: String::new() }
    }

    /// Checks that the fault is possible.
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
}
