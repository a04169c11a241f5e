//! Tools: which are called, and with what.
//!
//! A tool is called where the request says so, or where the user's last message has its name in it. Its arguments fit its
//! schema; texts in them are the user's message.

use serde::Deserialize;
use serde_json::{Value, json};

use super::message::Conversation;
use super::sample;
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
pub(super) enum Choice {
    Word(Word),
    Tool { function: Named },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Word {
    None,
    Auto,
    Required,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

/// A tool that is to be called.
#[derive(Debug)]
pub(super) struct Call {
    id: String,
    name: String,
    /// JSON.
    pub(super) arguments: String,
}

impl Tool {
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.function.name == name
    }

    fn call(&self, conversation: &Conversation) -> Call {
        let arguments = match &self.function.parameters {
            Value::Null => json!({}),
            schema => sample::fitting(schema, None, &conversation.question),
        };
        Call { id: random::short("call_"), name: self.function.name.clone(), arguments: arguments.to_string() }
    }
}

impl Call {
    /// OpenAI's `tool_calls` entry, with these of its arguments.
    pub(super) fn shown(&self, arguments: &str) -> Value {
        json!({ "id": self.id, "type": "function", "function": { "name": self.name, "arguments": arguments } })
    }
}

/// The calls that the request leads to.
pub(super) fn called(tools: &[Tool], choice: Option<&Choice>, conversation: &Conversation) -> Vec<Call> {
    let named = || tools.iter().filter(|tool| conversation.question.contains(&tool.function.name)).collect();
    let chosen: Vec<&Tool> = match choice {
        Some(Choice::Tool { function }) => tools.iter().filter(|tool| tool.is_called(&function.name)).collect(),
        Some(Choice::Word(Word::None)) => Vec::new(),
        Some(Choice::Word(Word::Required)) => {
            let named: Vec<&Tool> = named();
            if named.is_empty() { tools.first().into_iter().collect() } else { named }
        }
        // What the tool answered is not asked for again.
        None | Some(Choice::Word(Word::Auto)) if conversation.tool_result.is_some() => Vec::new(),
        None | Some(Choice::Word(Word::Auto)) => named(),
    };
    chosen.into_iter().map(|tool| tool.call(conversation)).collect()
}
