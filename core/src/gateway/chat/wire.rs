//! A model's answer as OpenAI's JSON, whole or in chunks. Unknown and missing fields do no harm (P6), and what has no field
//! here is kept as it came.

use super::answer::{FinishReason, TokenLogprob, TokenUsage};
use crate::gateway::lenient;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A whole answer, or one chunk of a streamed one.
#[derive(Default)]
pub(super) struct Completion<'a> {
    pub model: Option<String>,
    pub choices: Vec<Choice<'a>>,
    pub usage: Option<TokenUsage>,
    pub has_error: bool,
    pub unknown: Unknown<'a>,
}

#[derive(Deserialize)]
pub(super) struct Choice<'a> {
    #[serde(default, deserialize_with = "lenient::index")]
    pub index: u32,
    /// In a chunk.
    #[serde(default, borrow)]
    delta: Option<Said<'a>>,
    /// In a whole answer; some servers send both.
    #[serde(default, borrow)]
    message: Option<Said<'a>>,
    #[serde(default, deserialize_with = "lenient::text")]
    finish_reason: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    logprobs: Option<Logprobs>,
}

/// What the model said, or the next piece of it.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub text: Option<String>,
    /// LiteLLM's name for it is `reasoning_content`, others' is `reasoning`.
    pub reasoning: Option<String>,
    pub refusal: Option<String>,
    pub tool_calls: Vec<ToolCallPiece>,
    pub unknown: Unknown<'a>,
}

#[derive(Deserialize)]
pub(super) struct ToolCallPiece {
    #[serde(default, deserialize_with = "lenient::index")]
    pub index: u32,
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    #[serde(default)]
    function: Option<FunctionPiece>,
}

#[derive(Deserialize)]
struct FunctionPiece {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    arguments: Option<String>,
}

#[derive(Deserialize)]
struct Logprobs {
    #[serde(default, deserialize_with = "lenient::list")]
    content: Vec<TokenLogprob>,
}

/// The usage in its several dresses: OpenAI's details, LiteLLM's and DeepSeek's own counts of what was cached.
#[derive(Deserialize)]
pub(super) struct UsageBody {
    #[serde(default, deserialize_with = "lenient::count")]
    prompt_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    completion_tokens: Option<u64>,
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
}

#[derive(Deserialize)]
struct UsageDetails {
    #[serde(default, deserialize_with = "lenient::count")]
    cached_tokens: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    reasoning_tokens: Option<u64>,
}

/// The members of an object that have no field here. Null says nothing, and is left out.
#[derive(Default)]
pub(super) struct Unknown<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// What has no field, over all chunks of an answer: the last value of each.
#[derive(Default, Serialize)]
pub(super) struct Extra(BTreeMap<String, Box<RawValue>>);

impl Choice<'_> {
    pub fn says_something(&self) -> bool {
        self.delta.is_some() || self.message.is_some()
    }

    /// Why the model stopped, in the chunk that says so.
    pub fn finished(&self) -> Option<FinishReason> {
        self.finish_reason.as_deref().map(FinishReason::read)
    }

    /// There is no more to come, even if the server does not say so.
    pub fn end(&mut self) {
        self.finish_reason.get_or_insert_default();
    }

    pub fn take_logprobs(&mut self) -> Vec<TokenLogprob> {
        self.logprobs.take().map(|logprobs| logprobs.content).unwrap_or_default()
    }
}

impl<'a> Choice<'a> {
    /// What the model said, and whether that is all of it.
    pub fn said(self) -> Option<(Said<'a>, bool)> {
        let piece = self.delta.map(|said| (said, false));
        piece.or(self.message.map(|said| (said, true)))
    }
}

impl ToolCallPiece {
    /// The tool's name and the next piece of its arguments.
    pub fn into_parts(self) -> (Option<String>, String) {
        let function = self.function.map(|function| (function.name, function.arguments));
        let (name, arguments) = function.unwrap_or_default();
        (name, arguments.unwrap_or_default())
    }
}

impl From<UsageBody> for TokenUsage {
    fn from(body: UsageBody) -> Self {
        let cached = body.prompt_tokens_details.and_then(|details| details.cached_tokens);
        Self {
            prompt_tokens: body.prompt_tokens.unwrap_or_default(),
            completion_tokens: body.completion_tokens.unwrap_or_default(),
            total_tokens: body.total_tokens.unwrap_or_default(),
            cached_tokens: cached.or(body.cache_read_input_tokens).or(body.prompt_cache_hit_tokens),
            reasoning_tokens: body.completion_tokens_details.and_then(|details| details.reasoning_tokens),
        }
    }
}

impl Extra {
    pub fn keep(&mut self, unknown: Unknown<'_>) {
        for (key, value) in unknown.0 {
            match self.0.get_mut(key.as_ref()) {
                // Most chunks repeat what the first one said.
                Some(known) if known.get() == value.get() => {}
                Some(known) => *known = value.to_owned(),
                None => _ = self.0.insert(key.into_owned(), value.to_owned()),
            }
        }
    }

    /// As a JSON object; `None` if there is nothing.
    pub fn to_json(&self) -> Option<String> {
        if self.0.is_empty() { None } else { serde_json::to_string(self).ok() }
    }
}

/// A member's name, copied only if it has escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> Unknown<'a> {
    fn read<A: MapAccess<'a>>(&mut self, key: Key<'a>, map: &mut A) -> Result<(), A::Error> {
        let value: &RawValue = map.next_value()?;
        if value.get() != "null" {
            self.0.push((key.0, value));
        }
        Ok(())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Completion<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CompletionVisitor)
    }
}

struct CompletionVisitor;

impl<'de> Visitor<'de> for CompletionVisitor {
    type Value = Completion<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a chat completion")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut completion = Completion::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key.0.as_ref() {
                "model" => completion.model = map.next_value::<lenient::Text>()?.0,
                "choices" => completion.choices = map.next_value::<Option<_>>()?.unwrap_or_default(),
                "usage" => completion.usage = serde_json::from_str(map.next_value::<&RawValue>()?.get()).ok(),
                "error" => completion.has_error = map.next_value::<Option<IgnoredAny>>()?.is_some(),
                _ => completion.unknown.read(key, &mut map)?,
            }
        }
        Ok(completion)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Said<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SaidVisitor)
    }
}

struct SaidVisitor;

impl<'de> Visitor<'de> for SaidVisitor {
    type Value = Said<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut said, mut other_reasoning) = (Said::default(), None);
        while let Some(key) = map.next_key::<Key>()? {
            match key.0.as_ref() {
                "role" => _ = map.next_value::<IgnoredAny>()?,
                "content" => said.text = map.next_value::<lenient::Text>()?.0,
                "reasoning_content" => said.reasoning = map.next_value::<lenient::Text>()?.0,
                "reasoning" => other_reasoning = map.next_value::<lenient::Text>()?.0,
                "refusal" => said.refusal = map.next_value::<lenient::Text>()?.0,
                "tool_calls" => said.tool_calls = map.next_value::<Option<_>>()?.unwrap_or_default(),
                _ => said.unknown.read(key, &mut map)?,
            }
        }
        said.reasoning = said.reasoning.or(other_reasoning); // some servers send both, with the same text
        Ok(said)
    }
}
