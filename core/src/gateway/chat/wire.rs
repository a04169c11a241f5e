//! A model's answer as OpenAI's JSON, whole or in chunks. Unknown and missing fields do no harm (P6).

use super::ChatAnswer;
use super::request::ToolCall;
use crate::error::{Error, Result};
use crate::gateway::{lenient, refusal};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Why a model stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FinishReason {
    /// It was done.
    Stop,
    /// It reached `max_tokens`: the text is cut off.
    Length,
    /// It wants tools called.
    ToolCalls,
    /// The provider's filter stopped it.
    ContentFilter,
    /// The provider gives no reason, or one that is not known here.
    Other {
        /// The provider's word; empty if there is none.
        name: String,
    },
}

/// How many tokens a call used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenUsage {
    /// Tokens of the question, photos included.
    #[serde(default, deserialize_with = "zero_count")]
    pub prompt_tokens: u64,
    /// Tokens of the answer.
    #[serde(default, deserialize_with = "zero_count")]
    pub completion_tokens: u64,
    /// Both together.
    #[serde(default, deserialize_with = "zero_count")]
    pub total_tokens: u64,
}

fn zero_count<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    lenient::count(deserializer).map(Option::unwrap_or_default)
}

impl FinishReason {
    fn read(name: Option<String>) -> Self {
        match name.unwrap_or_default().as_str() {
            "stop" | "end_turn" | "eos" => Self::Stop,
            "length" | "max_tokens" => Self::Length,
            "tool_calls" | "function_call" => Self::ToolCalls,
            "content_filter" => Self::ContentFilter,
            name => Self::Other { name: name.to_owned() },
        }
    }
}

/// A whole answer, or one chunk of a streamed one.
#[derive(Deserialize)]
pub(super) struct Completion {
    #[serde(default, deserialize_with = "lenient::text")]
    pub model: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub choices: Vec<Choice>,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub usage: Option<TokenUsage>,
    #[serde(default)]
    pub error: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(default, deserialize_with = "lenient::index")]
    pub index: u32,
    /// In a chunk.
    #[serde(default)]
    delta: Option<Delta>,
    /// In a whole answer; some servers send both.
    #[serde(default)]
    message: Option<Delta>,
    #[serde(default, deserialize_with = "lenient::text")]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Delta {
    #[serde(default, deserialize_with = "lenient::text")]
    pub content: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub tool_calls: Vec<ToolCallDelta>,
}

#[derive(Deserialize)]
pub(super) struct ToolCallDelta {
    #[serde(default, deserialize_with = "lenient::index")]
    pub index: u32,
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    #[serde(default)]
    function: Option<FunctionDelta>,
}

#[derive(Deserialize)]
struct FunctionDelta {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    arguments: Option<String>,
}

impl Choice {
    /// What the model said.
    pub fn said(self) -> Option<Delta> {
        self.delta.or(self.message)
    }

    /// Why the model stopped, in the chunk that says so.
    pub fn finished(&self) -> Option<FinishReason> {
        self.finish_reason.clone().map(|name| FinishReason::read(Some(name)))
    }
}

impl ToolCallDelta {
    /// The tool's name and the next piece of its arguments.
    pub fn into_parts(self) -> (Option<String>, String) {
        let function = self.function.map(|function| (function.name, function.arguments));
        let (name, arguments) = function.unwrap_or_default();
        (name, arguments.unwrap_or_default())
    }
}

/// Reads a whole answer.
pub(super) fn read_completion(body: &[u8], request_id: Option<String>) -> Result<ChatAnswer> {
    let unreadable = |detail: &str| Error::unreadable(200, detail);
    let Ok(completion) = serde_json::from_slice::<Completion>(body) else {
        let error = refusal::in_successful_answer(body, request_id);
        return Err(error.unwrap_or_else(|| unreadable("the answer is not a chat completion")));
    };
    let first = completion.choices.into_iter().min_by_key(|choice| choice.index);
    let Some(choice) = first else {
        let error = refusal::in_successful_answer(body, request_id);
        return Err(error.unwrap_or_else(|| unreadable("the answer has no choices")));
    };
    let finish_reason = FinishReason::read(choice.finish_reason.clone());
    let message = choice.said().ok_or_else(|| unreadable("the answer has no message"))?;
    let tool_calls = message.tool_calls.into_iter().map(|call| {
        let id = call.id.clone().unwrap_or_default();
        let (name, arguments_json) = call.into_parts();
        ToolCall { id, name: name.unwrap_or_default(), arguments_json }
    });
    Ok(ChatAnswer {
        text: message.content.unwrap_or_default(),
        tool_calls: tool_calls.collect(),
        finish_reason,
        model: completion.model.unwrap_or_default(),
        usage: completion.usage,
        request_id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ProviderErrorKind;

    fn read(json: &str) -> Result<ChatAnswer> {
        read_completion(json.as_bytes(), None)
    }

    #[test]
    fn an_answer_is_read() {
        let answer = read(
            r#"{"id":"x","model":"gpt-5-mini","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},
            "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":"2","total_tokens":7.0}}"#,
        )
        .unwrap();
        let usage = TokenUsage { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
        assert_eq!((answer.text.as_str(), answer.finish_reason, answer.usage), ("Hi", FinishReason::Stop, Some(usage)));
    }

    // P6
    #[test]
    fn what_is_missing_or_unknown_does_no_harm() {
        let answer = read(
            r#"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}],"x":1},"finish_reason":"new"}]}"#,
        );
        let answer = answer.unwrap();
        assert_eq!((answer.text.as_str(), answer.usage), ("ab", None));
        assert_eq!(answer.finish_reason, FinishReason::Other { name: "new".into() });
        let answer =
            read(r#"{"choices":[{"message":{"content":null,"tool_calls":null}}],"usage":null,"error":null}"#).unwrap();
        assert_eq!((answer.text.as_str(), answer.tool_calls.len()), ("", 0));
    }

    // P6: a paid answer is not lost over a detail
    #[test]
    fn odd_details_cost_no_answer() {
        let odd = r#"{"choices":[{"index":null,"delta":{"content":"a"},"message":{"content":"a"}}],"usage":"none"}"#;
        let answer = read(odd).unwrap();
        assert_eq!((answer.text.as_str(), answer.usage), ("a", None));
        let odd = r#"{"choices":[{"index":"0","message":{"content":"a","tool_calls":[{"index":null}]}}]}"#;
        assert_eq!(read(odd).unwrap().text, "a");
    }

    #[test]
    fn tool_calls_are_read() {
        let answer = read(
            r#"{"choices":[{"message":{"tool_calls":[{"id":"c1","type":"function","function":{"name":"rate","arguments":"{}"}}]},
            "finish_reason":"tool_calls"}]}"#,
        );
        let call = ToolCall { id: "c1".into(), name: "rate".into(), arguments_json: "{}".into() };
        assert_eq!(answer.unwrap().tool_calls, [call]);
    }

    #[test]
    fn what_is_no_answer_is_a_typed_error() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"choices":[]}"#,
            r#"{"choices":[{}]}"#,
            r#"{"choices":[{"message":{"content":"cut"#,
        ] {
            let error = read(body).unwrap_err();
            assert!(
                matches!(error, Error::Provider { kind: ProviderErrorKind::UnreadableAnswer, .. }),
                "{body}: {error}"
            );
        }
        let error = read(r#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#).unwrap_err();
        assert_eq!(error.code(), "budget_exceeded");
    }
}
