//! What a backend responds with.

/// A text, and the model that it is said to come from.
pub(crate) struct BackendResponse {
    pub(crate) model: String,
    pub(crate) text: String,
}
