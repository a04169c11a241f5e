//! A model of the catalogue.

use crate::money::Price;
use crate::provider::Capability;

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Model {
    /// The id to call it by, such as `gpt-5-mini` or `gemini/gemini-2.5-flash-lite`.
    pub id: String,
    /// What it is mainly for, by the provider's description or, only if there is none, by its id. `None` if that is
    /// nothing that this library knows.
    pub capability: Option<Capability>,
    /// What kind of model it is, in the provider's words, such as `text`, `image` or `audio`; mostly one. Empty if the
    /// provider does not say.
    pub kinds: Vec<String>,
    /// What it can do, in the provider's words, such as `vision`. Empty if the provider does not say.
    pub capabilities: Vec<String>,
    /// The endpoints that accept it, in the provider's words, such as `chat_completions`. Empty if the provider does
    /// not say.
    pub methods: Vec<String>,
    /// Who offers it, if the provider says so.
    pub owner: Option<String>,
    /// What it costs, as far as the provider says so: LiteLLM's `input_cost_per_token` and its like, OpenRouter's `pricing`.
    /// Empty if the provider does not say, as AI Pass.
    pub prices: Vec<Price>,
    /// The longest answer that it gives, in tokens, if the provider says so.
    pub max_output_tokens: Option<u64>,
}
