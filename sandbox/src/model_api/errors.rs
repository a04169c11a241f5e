//! The error of a request that cannot be granted as it is.

use crate::wire::errors::RequestError;

/// OpenAI's `type` of such an error.
pub(super) const CODE: &str = "invalid_request_error";

/// A response with status 400.
pub(super) fn invalid(text: impl Into<String>) -> RequestError {
    RequestError::bad_request(CODE, text)
}
