//! Why a tool did nothing, in a sentence that the assistant reads.

use aipass::Error;
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Value, json};

/// A tool's failure. It holds no secret: the library's errors hold none, and arguments are named and not repeated.
#[derive(Debug)]
pub struct ToolError {
    /// Stable, for programs: the library's own code where the library failed.
    code: String,
    sentence: String,
}

pub type ToolResult = Result<Value, ToolError>;

impl ToolError {
    /// An argument that cannot be used.
    pub fn argument(name: &str, why: &str) -> Self {
        Self { code: "invalid_input".to_owned(), sentence: format!("The argument {name:?} cannot be used: {why}.") }
    }

    pub fn new(code: &str, sentence: impl Into<String>) -> Self {
        Self { code: code.to_owned(), sentence: sentence.into() }
    }
}

impl From<Error> for ToolError {
    fn from(error: Error) -> Self {
        match &error {
            Error::InvalidInput { input, detail } => Self::argument(input, detail),
            Error::Unsupported { what } => Self::new("unsupported", format!("This server does not offer {what}.")),
            _ => Self::new(error.code(), format!("It failed: {error}.")),
        }
    }
}

/// The result as the protocol has it.
pub fn to_result(outcome: ToolResult) -> CallToolResult {
    match outcome {
        Ok(value) => CallToolResult::structured(value),
        Err(ToolError { code, sentence }) => {
            let mut result = CallToolResult::error(vec![ContentBlock::text(sentence.clone())]);
            result.structured_content = Some(json!({ "error": { "code": code, "sentence": sentence } }));
            result
        }
    }
}
