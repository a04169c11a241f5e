//! How the library makes its errors, and what it adds to them on their way to the app.

use super::{Error, ProviderErrorKind};
use crate::redaction::Scrubber;
use std::time::Duration;

/// What is known of a provider's failure. [`Error::Provider`] is made of it, and nowhere else.
pub(crate) struct ProviderFailure {
    pub kind: ProviderErrorKind,
    pub status: Option<u16>,
    pub provider_code: Option<String>,
    pub parameter: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<Duration>,
    pub detail: String,
}

impl ProviderFailure {
    /// A failure of which only the kind is known.
    pub fn new(kind: ProviderErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            status: None,
            provider_code: None,
            parameter: None,
            request_id: None,
            retry_after: None,
            detail: detail.into(),
        }
    }
}

impl From<ProviderFailure> for Error {
    fn from(failure: ProviderFailure) -> Self {
        let ProviderFailure { kind, status, provider_code, parameter, request_id, retry_after, detail } = failure;
        Error::Provider { kind, status, provider_code, parameter, request_id, retry_after, detail, text: None }
    }
}

impl Error {
    pub(crate) fn invalid_input(input: &str, detail: impl Into<String>) -> Self {
        Error::InvalidInput { input: input.to_owned(), detail: detail.into() }
    }

    pub(crate) fn unreadable(status: u16, detail: impl Into<String>) -> Self {
        Self::of_response(ProviderErrorKind::InvalidResponse, Some(status), detail)
    }

    /// A failure of the provider that names nothing more than its kind.
    pub(crate) fn of_response(kind: ProviderErrorKind, status: Option<u16>, detail: impl Into<String>) -> Self {
        ProviderFailure { status, ..ProviderFailure::new(kind, detail) }.into()
    }

    /// The same error without this secret in what it shows of the server's words (S1).
    pub(crate) fn scrubbed(mut self, scrubber: &Scrubber) -> Self {
        if let Error::Provider { provider_code, parameter, request_id, detail, .. } = &mut self {
            [provider_code, parameter].into_iter().flatten().for_each(|text| *text = scrubber.scrub(text));
            request_id.iter_mut().for_each(|text| *text = scrubber.scrub(text));
            *detail = scrubber.scrub(detail);
        }
        if let Error::BudgetExceeded { request_id, detail, .. }
        | Error::RateLimited { request_id, detail, .. }
        | Error::Truncated { request_id, detail, .. }
        | Error::InvalidOutput { request_id, detail, .. } = &mut self
        {
            request_id.iter_mut().for_each(|text| *text = scrubber.scrub(text));
            *detail = scrubber.scrub(detail);
        }
        self
    }

    /// The same error, with the text that was received before it, where it has none (C2).
    pub(crate) fn after_text(mut self, received: &str) -> Self {
        if let Error::Provider { text: text @ None, .. }
        | Error::SpendLimit { text: text @ None, .. }
        | Error::BudgetExceeded { text: text @ None, .. }
        | Error::RateLimited { text: text @ None, .. } = &mut self
            && !received.is_empty()
        {
            *text = Some(received.to_owned());
        }
        self
    }

    /// The same error, with the provider's id of the request where it names none.
    pub(crate) fn of_request(mut self, id: Option<String>) -> Self {
        if let Error::Provider { request_id: known @ None, .. }
        | Error::BudgetExceeded { request_id: known @ None, .. }
        | Error::RateLimited { request_id: known @ None, .. }
        | Error::Truncated { request_id: known @ None, .. }
        | Error::InvalidOutput { request_id: known @ None, .. } = &mut self
        {
            *known = id;
        }
        self
    }

    /// A broken promise inside the library, reported instead of panicking (S3).
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Error::Other { code: "internal".to_owned(), detail: detail.into() }
    }
}
