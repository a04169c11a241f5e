//! Which tools are called, and with which arguments.
//!
//! A tool is called if the request says so, or if the user's last message contains its name. Its arguments fit its schema;
//! texts in them are the user's message.

use serde::Deserialize;
use serde_json::{Value, json};

use super::sample;
use crate::backend::Conversation;
use crate::random;

/// A function that the app offers.
#[derive(Debug, Deserialize)]
pub(super) struct Tool {
    function: Function,
}

#[derive(Debug, Deserialize)]
struct Function {
    name: String,
    #[serde(default)]
    parameters: Value,
}

/// `none`, `auto`, `required`, or one by its name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum ToolChoice {
    Mode(ToolChoiceMode),
    Tool { function: FunctionName },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ToolChoiceMode {
    None,
    Auto,
    Required,
}

#[derive(Debug, Deserialize)]
pub(super) struct FunctionName {
    pub(super) name: String,
}

/// A call of a tool.
#[derive(Debug)]
pub(super) struct ToolCall {
    id: String,
    name: String,
    /// JSON.
    pub(super) arguments: String,
}

impl Tool {
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.function.name == name
    }

    fn call(&self, conversation: &Conversation) -> ToolCall {
        let arguments = match &self.function.parameters {
            Value::Null => json!({}),
            schema => sample::value_for(schema, None, &conversation.question),
        };
        ToolCall { id: random::short("call_"), name: self.function.name.clone(), arguments: arguments.to_string() }
    }
}

impl ToolCall {
    /// OpenAI's `tool_calls` entry with these arguments.
    pub(super) fn to_json(&self, arguments: &str) -> Value {
        json!({ "id": self.id, "type": "function", "function": { "name": self.name, "arguments": arguments } })
    }
}

/// The calls that respond to the request.
pub(super) fn tool_calls(tools: &[Tool], choice: Option<&ToolChoice>, conversation: &Conversation) -> Vec<ToolCall> {
    let named = || tools.iter().filter(|tool| conversation.question.contains(&tool.function.name)).collect();
    let chosen: Vec<&Tool> = match choice {
        Some(ToolChoice::Tool { function }) => tools.iter().filter(|tool| tool.has_name(&function.name)).collect(),
        Some(ToolChoice::Mode(ToolChoiceMode::None)) => Vec::new(),
        Some(ToolChoice::Mode(ToolChoiceMode::Required)) => {
            let named: Vec<&Tool> = named();
            if named.is_empty() { tools.first().into_iter().collect() } else { named }
        }
        // The tool has already been called.
        None | Some(ToolChoice::Mode(ToolChoiceMode::Auto)) if conversation.tool_result.is_some() => Vec::new(),
        None | Some(ToolChoice::Mode(ToolChoiceMode::Auto)) => named(),
    };
    chosen.into_iter().map(|tool| tool.call(conversation)).collect()
}
