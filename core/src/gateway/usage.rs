//! What a call used and cost, as its answer tells it.

use crate::gateway::lenient;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// How many tokens a call used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "UsageBody")]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenUsage {
    /// Tokens of the question, photos included.
    pub prompt_tokens: u64,
    /// Tokens of the answer, reasoning included.
    pub completion_tokens: u64,
    /// Both together.
    pub total_tokens: u64,
    /// How many of the question's tokens the provider took from its cache, which costs less; `None` if it does not say.
    pub cached_tokens: Option<u64>,
    /// How many of the answer's tokens were spent on reasoning, if the provider says so.
    pub reasoning_tokens: Option<u64>,
}

/// The usage in its several forms: OpenAI's details and its names for images, LiteLLM's and DeepSeek's own counts of what was
/// cached, OpenRouter's and Perplexity's costs.
#[derive(Clone, Default, Deserialize)]
pub(super) struct UsageBody {
    #[serde(default, deserialize_with = "lenient::count")]
    prompt_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    input_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    completion_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    output_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    total_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional")]
    prompt_tokens_details: Option<UsageDetails>,
    #[serde(default, deserialize_with = "lenient::optional")]
    completion_tokens_details: Option<UsageDetails>,
    #[serde(default, deserialize_with = "lenient::count")]
    cache_read_input_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    prompt_cache_hit_tokens: Option<u64>,
    #[serde(default, deserialize_with = "cost")]
    cost: Option<Decimal>,
    #[serde(default, deserialize_with = "cost")]
    cost_details: Option<Decimal>,
}

#[derive(Clone, Copy, Default, Deserialize)]
struct UsageDetails {
    #[serde(default, deserialize_with = "lenient::count")]
    cached_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    reasoning_tokens: Option<u64>,
}

/// A usage that counts nothing, such as `{}`: unknown, not zero.
#[derive(Debug, thiserror::Error)]
#[error("the usage counts nothing")]
pub(super) struct NoUsage;

/// The cost as a number, or as the total of an object.
fn cost<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    #[derive(Deserialize)]
    struct Costs {
        #[serde(default, deserialize_with = "lenient::decimal")]
        total_cost: Option<Decimal>,
    }
    let json = <&RawValue>::deserialize(deserializer)?.get();
    let cost = match lenient::from_str::<Costs>(json) {
        Ok(costs) => costs.total_cost,
        Err(_) => lenient::parse_decimal(json.trim_matches('"')),
    };
    Ok(cost.filter(|cost| !cost.is_sign_negative()))
}

impl UsageBody {
    /// Adds what a later usage of the same answer says. What it leaves out, and a zero behind a count, say nothing.
    pub fn update(&mut self, later: Self) {
        fn count(known: &mut Option<u64>, later: Option<u64>) {
            if later.is_some_and(|later| later > 0) || known.is_none() {
                *known = later;
            }
        }
        count(&mut self.prompt_tokens, later.prompt_tokens.or(later.input_tokens));
        count(&mut self.completion_tokens, later.completion_tokens.or(later.output_tokens));
        count(&mut self.total_tokens, later.total_tokens);
        count(&mut self.cache_read_input_tokens, later.cache_read_input_tokens);
        count(&mut self.prompt_cache_hit_tokens, later.prompt_cache_hit_tokens);
        for (known, later) in [
            (&mut self.prompt_tokens_details, later.prompt_tokens_details),
            (&mut self.completion_tokens_details, later.completion_tokens_details),
        ] {
            if let Some(later) = later {
                let known = known.get_or_insert_default();
                count(&mut known.cached_tokens, later.cached_tokens);
                count(&mut known.reasoning_tokens, later.reasoning_tokens);
            }
        }
        let cost = later.cost.or(later.cost_details);
        if cost.is_some_and(|cost| !cost.is_zero()) || self.cost.is_none() {
            self.cost = cost;
        }
    }

    /// The tokens; `None` if none are counted.
    pub fn tokens(&self) -> Option<TokenUsage> {
        let prompt = self.prompt_tokens.or(self.input_tokens);
        let completion = self.completion_tokens.or(self.output_tokens);
        let sum = || prompt.unwrap_or_default().checked_add(completion.unwrap_or_default());
        let is_known = prompt.or(completion).or(self.total_tokens).is_some();
        let cached = self.prompt_tokens_details.and_then(|details| details.cached_tokens);
        is_known.then(|| TokenUsage {
            prompt_tokens: prompt.unwrap_or_default(),
            completion_tokens: completion.unwrap_or_default(),
            total_tokens: self.total_tokens.filter(|total| *total > 0).or_else(sum).unwrap_or_default(),
            cached_tokens: cached.or(self.cache_read_input_tokens).or(self.prompt_cache_hit_tokens),
            reasoning_tokens: self.completion_tokens_details.and_then(|details| details.reasoning_tokens),
        })
    }

    /// What the call cost in US dollars, if that is told.
    pub fn cost(&self) -> Option<Decimal> {
        self.cost.or(self.cost_details)
    }
}

impl TryFrom<UsageBody> for TokenUsage {
    type Error = NoUsage;

    fn try_from(body: UsageBody) -> Result<Self, NoUsage> {
        body.tokens().ok_or(NoUsage)
    }
}
