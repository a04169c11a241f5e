//! A model's answer in words, as the commands print it that ask for one.

use crate::failure::Failure;
use crate::output;
use crate::receipt_view::Tokens;
use aipass::{ChatAnswer, FinishReason};
use serde::Serialize;

/// What `--json` prints.
#[derive(Serialize)]
struct Answer {
    text: String,
    model: String,
    finish_reason: String,
    tokens: Option<Tokens>,
}

/// Prints an answer that is there as a whole.
pub fn print(answer: ChatAnswer, json: bool) -> Result<(), Failure> {
    let finish_reason = reason(&answer.finish_reason).to_owned();
    if json {
        let tokens = answer.usage.map(Tokens::from);
        return output::json(&Answer { text: answer.text, model: answer.model, finish_reason, tokens }, false);
    }
    output::line(output::readable(&answer.text))?;
    note_cut(&answer.finish_reason);
    Ok(())
}

/// Says if the answer is not all of it.
pub fn note_cut(reason: &FinishReason) {
    match reason {
        FinishReason::Length => output::note("The answer is cut off at --max-tokens."),
        FinishReason::ContentFilter => output::note("The provider's filter ended the answer."),
        _ => {}
    }
}

fn reason(reason: &FinishReason) -> &str {
    match reason {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
        FinishReason::ToolCalls => "tool_calls",
        FinishReason::ContentFilter => "content_filter",
        FinishReason::Other { name } => name,
        _ => "other",
    }
}
