//! A model of the catalogue.

use crate::provider::Capability;

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Model {
    /// The id to call it by, such as `gpt-5-mini` or `gemini/gemini-2.5-flash-lite`.
    pub id: String,
    /// What it is mainly for: as the provider's own words say or, only if there are none, as its id suggests. `None` if
    /// it is for nothing that is known here.
    pub capability: Option<Capability>,
    /// What kind of model it is, in the provider's words, such as `text`, `image` or `audio`; mostly one. Empty if it says
    /// nothing.
    pub kinds: Vec<String>,
    /// What the provider says it can do, in the provider's words, such as `vision`. Empty if it says nothing.
    pub capabilities: Vec<String>,
    /// The endpoints that take it, in the provider's words, such as `chat_completions`. Empty if it says nothing.
    pub methods: Vec<String>,
    /// Who offers it, if the provider says so.
    pub owner: Option<String>,
}
