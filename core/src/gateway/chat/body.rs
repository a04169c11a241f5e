//! A chat request as OpenAI's JSON.

use super::message::{ContentPart, Message, Role, ToolCall};
use super::request::{ChatRequest, ResponseFormat, Tool, ToolChoice};
use crate::error::{Error, Result};
use crate::gateway::photo::Photo;
use crate::json_body::extra_members;
use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The members of a body that a request has fields for: what the app adds may not be one of them.
const MODELLED: [&str; 21] = [
    "model",
    "messages",
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "top_p",
    "stop",
    "presence_penalty",
    "frequency_penalty",
    "seed",
    "n",
    "logprobs",
    "top_logprobs",
    "reasoning_effort",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "user",
    "stream",
    "stream_options",
];

/// The body of a request that asks this model for an answer in this format. The request's photos are prepared.
pub(super) fn encode(
    request: &ChatRequest,
    format: Option<&ResponseFormat>,
    model: &str,
    stream: bool,
) -> Result<Bytes> {
    let photo_bytes: usize =
        request.messages.iter().flat_map(|message| &message.content).filter_map(url).map(str::len).sum();
    let extra = request.extra_json.as_deref().map(|json| extra_members(json, |name| MODELLED.contains(&name)));
    let body = Body {
        model,
        messages: messages(&request.messages)?,
        max_tokens: request.max_tokens,
        max_completion_tokens: request.max_completion_tokens,
        temperature: request.temperature,
        top_p: request.top_p,
        stop: &request.stop,
        presence_penalty: request.presence_penalty,
        frequency_penalty: request.frequency_penalty,
        seed: request.seed,
        n: request.n,
        logprobs: request.top_logprobs.map(|_| true),
        top_logprobs: request.top_logprobs,
        reasoning_effort: request.reasoning_effort.as_ref().map(|effort| effort.wire()),
        tools: request.tools.iter().map(tool_body).collect::<Result<_>>()?,
        tool_choice: request.tool_choice.as_ref().map(choice_body),
        parallel_tool_calls: request.parallel_tool_calls,
        response_format: format.map(format_body).transpose()?,
        user: request.user.as_deref(),
        stream,
        stream_options: stream.then_some(StreamOptions { include_usage: true }),
        extra: extra.transpose()?.unwrap_or_default(),
    };
    let mut json = Vec::with_capacity(photo_bytes + 4096); // growing would copy the photos again and again
    serde_json::to_writer(&mut json, &body).map_err(|_| Error::internal("a chat request cannot be written"))?;
    Ok(json.into())
}

/// These messages in OpenAI's words. Their photos are prepared.
pub(in crate::gateway) fn messages(messages: &[Message]) -> Result<Vec<MessageBody<'_>>> {
    messages.iter().map(message_body).collect()
}

/// The URL of a prepared photo.
fn url(part: &ContentPart) -> Option<&str> {
    match part {
        ContentPart::Photo { photo: Photo::Url(url) } => Some(url),
        _ => None,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<MessageBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    stop: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    presence_penalty: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency_penalty: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logprobs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_logprobs: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<ToolBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<ChoiceBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<FormatBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a str>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(flatten)]
    extra: BTreeMap<String, &'a RawValue>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
pub(in crate::gateway) struct MessageBody<'a> {
    role: Role,
    content: Content<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<ToolCallBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_call_id: Option<&'a str>,
}

/// Servers that know no parts still take plain text.
#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    None,
    Text(&'a str),
    Parts(Vec<PartBody<'a>>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum PartBody<'a> {
    Text { text: &'a str },
    ImageUrl { image_url: ImageUrl<'a> },
}

#[derive(Serialize)]
struct ImageUrl<'a> {
    url: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ToolCallBody<'a> {
    Function { id: &'a str, function: FunctionCall<'a> },
}

#[derive(Serialize)]
struct FunctionCall<'a> {
    name: &'a str,
    arguments: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ToolBody<'a> {
    Function { function: FunctionBody<'a> },
}

#[derive(Serialize)]
struct FunctionBody<'a> {
    name: &'a str,
    description: &'a str,
    parameters: &'a RawValue,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    strict: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ChoiceBody<'a> {
    Word(&'static str),
    Tool(NamedTool<'a>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum NamedTool<'a> {
    Function { function: ToolName<'a> },
}

#[derive(Serialize)]
struct ToolName<'a> {
    name: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum FormatBody<'a> {
    JsonObject,
    JsonSchema { json_schema: SchemaBody<'a> },
}

#[derive(Serialize)]
struct SchemaBody<'a> {
    name: &'a str,
    strict: bool,
    schema: &'a RawValue,
}

fn message_body(message: &Message) -> Result<MessageBody<'_>> {
    let content = match message.content.as_slice() {
        [] => Content::None,
        [ContentPart::Text { text }] => Content::Text(text),
        parts => Content::Parts(parts.iter().map(part_body).collect::<Result<_>>()?),
    };
    Ok(MessageBody {
        role: message.role,
        content,
        tool_calls: message.tool_calls.iter().map(tool_call_body).collect(),
        tool_call_id: message.tool_call_id.as_deref(),
    })
}

fn part_body(part: &ContentPart) -> Result<PartBody<'_>> {
    match part {
        ContentPart::Text { text } => Ok(PartBody::Text { text }),
        photo => {
            let url = url(photo).ok_or_else(|| Error::internal("a photo was not prepared"))?;
            Ok(PartBody::ImageUrl { image_url: ImageUrl { url } })
        }
    }
}

fn tool_call_body(call: &ToolCall) -> ToolCallBody<'_> {
    ToolCallBody::Function {
        id: &call.id,
        function: FunctionCall { name: &call.name, arguments: &call.arguments_json },
    }
}

fn tool_body(tool: &Tool) -> Result<ToolBody<'_>> {
    let Tool { name, description, parameters_json, strict } = tool;
    let parameters = object("tools", "its schema", parameters_json)?;
    Ok(ToolBody::Function { function: FunctionBody { name, description, parameters, strict: *strict } })
}

fn choice_body(choice: &ToolChoice) -> ChoiceBody<'_> {
    match choice {
        ToolChoice::Auto => ChoiceBody::Word("auto"),
        ToolChoice::Never => ChoiceBody::Word("none"),
        ToolChoice::Required => ChoiceBody::Word("required"),
        ToolChoice::Tool { name } => ChoiceBody::Tool(NamedTool::Function { function: ToolName { name } }),
    }
}

fn format_body(format: &ResponseFormat) -> Result<FormatBody<'_>> {
    Ok(match format {
        ResponseFormat::JsonObject => FormatBody::JsonObject,
        ResponseFormat::JsonSchema { name, schema_json, strict } => {
            let schema = object("response_format", "its schema", schema_json)?;
            FormatBody::JsonSchema { json_schema: SchemaBody { name, strict: *strict, schema } }
        }
    })
}

/// A JSON object that the app gave as text, checked before it costs money (P8).
pub(in crate::gateway) fn object<'a>(input: &str, what: &str, json: &'a str) -> Result<&'a RawValue> {
    let refuse = |why: String| Error::invalid_input(input, format!("{what} is not a JSON object: {why}"));
    let raw: &RawValue = serde_json::from_str(json).map_err(|error| refuse(error.to_string()))?;
    if raw.get().starts_with('{') { Ok(raw) } else { Err(refuse("it does not begin with {".to_owned())) }
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
