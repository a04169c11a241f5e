//! A model's answer as OpenAI's JSON, whole or in chunks. Unknown and missing fields do no harm (P6), and what has no field
//! here is kept as it came. Lists stay JSON until they are taken item by item: what a list becomes may be far larger (S8).

use super::response::FinishReason;
use crate::gateway::lenient::{self, Key};
use crate::gateway::usage::UsageBody;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// The most members without a field here that are kept of an object.
const MAX_UNKNOWN: usize = 128;

/// A whole answer, or one chunk of a streamed one.
#[derive(Default)]
pub(super) struct Completion<'a> {
    pub model: Option<String>,
    /// A list of [`Choice`].
    pub choices: Option<&'a RawValue>,
    pub usage: Option<UsageBody>,
    pub error: Option<&'a RawValue>,
    pub unknown: Unknown<'a>,
}

#[derive(Deserialize)]
pub(super) struct Choice<'a> {
    /// In a chunk.
    #[serde(default, borrow, deserialize_with = "lenient::optional")]
    pub delta: Option<Delta<'a>>,
    /// In a whole answer; some servers send both.
    #[serde(default, borrow, deserialize_with = "lenient::optional")]
    pub message: Option<Delta<'a>>,
    /// In an answer of the older completions API.
    #[serde(default, deserialize_with = "lenient::text")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    finish_reason: Option<String>,
    #[serde(default, borrow, deserialize_with = "lenient::optional")]
    logprobs: Option<Logprobs<'a>>,
    /// Where some servers put the whole answer's.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub usage: Option<UsageBody>,
    #[serde(default, borrow)]
    pub error: Option<&'a RawValue>,
}

/// What the model said, or the next piece of it.
#[derive(Default)]
pub(super) struct Delta<'a> {
    pub text: Option<String>,
    /// LiteLLM's name for it is `reasoning_content`, others' is `reasoning`.
    pub reasoning: Option<String>,
    pub refusal: Option<String>,
    /// A list of [`ToolCallPiece`].
    pub tool_calls: Option<&'a RawValue>,
    /// The only call, in answers of before there were several.
    pub function_call: Option<FunctionPiece>,
    pub unknown: Unknown<'a>,
}

#[derive(Default, Deserialize)]
pub(super) struct ToolCallPiece {
    #[serde(default, deserialize_with = "lenient::index")]
    pub index: Option<u32>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub function: Option<FunctionPiece>,
}

#[derive(Default, Deserialize)]
pub(super) struct FunctionPiece {
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: Option<String>,
    #[serde(default)]
    pub arguments: lenient::JsonText,
}

#[derive(Deserialize)]
struct Logprobs<'a> {
    #[serde(default, borrow)]
    content: Option<&'a RawValue>,
}

/// The members of an object that have no field here. Null says nothing, and is left out.
#[derive(Default)]
pub(super) struct Unknown<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// What has no field, over all chunks of an answer: the last value of each.
#[derive(Default, Serialize)]
pub(super) struct Extra(BTreeMap<String, Box<RawValue>>);

/// What stands in the place of a reason where there is none.
const NO_REASONS: [&str; 6] = ["", "null", "none", "undefined", "0", "finish_reason_unspecified"];

impl<'a> Choice<'a> {
    /// Why the model stopped, in the chunk that says so.
    pub fn finished(&self) -> Option<FinishReason> {
        let reason = self.finish_reason.as_deref()?.trim();
        let says_nothing = NO_REASONS.iter().any(|nothing| reason.eq_ignore_ascii_case(nothing));
        (!says_nothing).then(|| FinishReason::read(reason))
    }

    /// Whether anything is said about the choice, even if the model itself said nothing.
    pub fn says_something(&self) -> bool {
        self.delta.is_some() || self.message.is_some() || self.text.is_some() || self.finished().is_some()
    }

    /// A list of log-probabilities.
    pub fn logprobs(&self) -> Option<&'a RawValue> {
        self.logprobs.as_ref()?.content
    }
}

impl Extra {
    pub fn keep(&mut self, unknown: Unknown<'_>) {
        for (key, value) in unknown.0 {
            let has_room = self.0.len() < MAX_UNKNOWN;
            match self.0.get_mut(key.as_ref()) {
                // Most chunks repeat what the first one said.
                Some(known) if known.get() == value.get() => {}
                Some(known) => *known = value.to_owned(),
                None if has_room => _ = self.0.insert(key.into_owned(), value.to_owned()),
                None => {}
            }
        }
    }

    /// As a JSON object; `None` if there is nothing.
    pub fn to_json(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        // Growing would take room for it several times (S8).
        let members = self.0.iter().map(|(name, value)| 2 * name.len() + value.get().len() + 8);
        let mut json = Vec::with_capacity(members.sum());
        serde_json::to_writer(&mut json, self).ok()?;
        String::from_utf8(json).ok()
    }
}

impl<'a> Unknown<'a> {
    fn read<A: MapAccess<'a>>(&mut self, key: Key<'a>, map: &mut A) -> Result<(), A::Error> {
        let value: &RawValue = map.next_value()?;
        if value.get() != "null" && self.0.len() < MAX_UNKNOWN {
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
                "choices" => completion.choices = map.next_value()?,
                "usage" => completion.usage = lenient::from_str(map.next_value::<&RawValue>()?.get()).ok(),
                "error" => completion.error = map.next_value()?,
                _ => completion.unknown.read(key, &mut map)?,
            }
        }
        Ok(completion)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Delta<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DeltaVisitor)
    }
}

struct DeltaVisitor;

impl<'de> Visitor<'de> for DeltaVisitor {
    type Value = Delta<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut delta, mut other_reasoning) = (Delta::default(), None);
        while let Some(key) = map.next_key::<Key>()? {
            match key.0.as_ref() {
                "role" => _ = map.next_value::<IgnoredAny>()?,
                "content" => delta.text = map.next_value::<lenient::Content>()?.0,
                "reasoning_content" => delta.reasoning = map.next_value::<lenient::Text>()?.0,
                "reasoning" => other_reasoning = map.next_value::<lenient::Text>()?.0,
                "refusal" => delta.refusal = map.next_value::<lenient::Text>()?.0,
                "tool_calls" => delta.tool_calls = map.next_value()?,
                "function_call" => delta.function_call = lenient::from_str(map.next_value::<&RawValue>()?.get()).ok(),
                _ => delta.unknown.read(key, &mut map)?,
            }
        }
        // Some servers send both, with the same text, and one of them may be empty.
        delta.reasoning = delta.reasoning.filter(|text| !text.is_empty()).or(other_reasoning);
        Ok(delta)
    }
}
