//! What a provider's refusal or an unreadable answer means to the protocol (RFC 6749 5.2).

use crate::error::{Error, ProviderErrorKind};

/// A sign-in endpoint's answer that is not what was asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum OAuthFailure {
    /// The provider said no, in the standard's form or with a bare status.
    #[error("status {status}: {code}{}", description.as_deref().map(|text| format!(": {text}")).unwrap_or_default())]
    Refused { status: u16, code: String, description: Option<String> },
    /// The provider is broken or overloaded: nothing is known about the grant (T6).
    #[error("status {status}: unavailable")]
    Unavailable { status: u16 },
    /// The answer is not what the standard says.
    #[error("status {status}: {detail}")]
    Unreadable { status: u16, detail: String },
}

impl OAuthFailure {
    /// Reads an answer that is not a success. `scrub` removes credentials from text that a server sent.
    pub fn read(status: u16, body: &[u8], scrub: impl Fn(&str) -> String) -> Self {
        if status == 429 || status >= 500 {
            return Self::Unavailable { status };
        }
        let member = |object: &serde_json::Value, name| object.get(name)?.as_str().map(&scrub);
        match serde_json::from_slice::<serde_json::Value>(body) {
            Ok(object) if object.get("error").is_some_and(serde_json::Value::is_string) => Self::Refused {
                status,
                code: member(&object, "error").unwrap_or_default(),
                description: member(&object, "error_description").or_else(|| member(&object, "message")),
            },
            Ok(object) if status >= 400 && object.is_object() => {
                Self::Refused { status, code: format!("http_{status}"), description: member(&object, "message") }
            }
            _ if status >= 400 => Self::Refused { status, code: format!("http_{status}"), description: None },
            _ => Self::Unreadable { status, detail: "the answer is not a JSON object".to_owned() },
        }
    }

    /// Whether the provider ended the grant for good. Nothing else ends a session (T6).
    pub fn ends_the_grant(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == "invalid_grant")
    }
}

impl From<OAuthFailure> for Error {
    fn from(failure: OAuthFailure) -> Self {
        let (kind, status, code) = match &failure {
            OAuthFailure::Refused { status, code, .. } => {
                (ProviderErrorKind::SignInRefused, *status, Some(code.clone()))
            }
            OAuthFailure::Unavailable { status } => (ProviderErrorKind::Unavailable, *status, None),
            OAuthFailure::Unreadable { status, .. } => (ProviderErrorKind::InvalidResponse, *status, None),
        };
        Error::Provider {
            kind,
            status: Some(status),
            provider_code: code,
            parameter: None,
            request_id: None,
            retry_after: None,
            detail: failure.to_string(),
        }
    }
}
