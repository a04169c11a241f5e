//! A chat request as OpenAI's JSON.

use super::request::{ChatRequest, ContentPart, Message, ResponseFormat, Role, Tool, ToolCall};
use crate::error::{Error, Result};
use crate::gateway::image::{self, Photo};
use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

/// Prepares the request's photos, in the order in which they stand. Before a model is chosen: a photo that cannot be read
/// should fail before the network is asked.
pub(super) async fn data_urls(request: &mut ChatRequest) -> Result<Vec<String>> {
    let mut urls = Vec::new();
    for part in request.messages.iter_mut().flat_map(|message| &mut message.content) {
        if let ContentPart::Photo { photo } = part {
            // Taken out, not copied: a camera's photo is several megabytes.
            let photo = std::mem::replace(photo, Photo::Bytes(Vec::new()));
            urls.push(image::data_url(photo).await?);
        }
    }
    Ok(urls)
}

/// The body. `photos` are the data URLs of the request's photos, in order.
pub(super) fn encode(request: &ChatRequest, photos: &[String], model: &str, stream: bool) -> Result<Bytes> {
    let photo_bytes: usize = photos.iter().map(String::len).sum();
    let mut photos = photos.iter().map(String::as_str);
    let body = Body {
        model,
        messages: request.messages.iter().map(|message| message_body(message, &mut photos)).collect(),
        max_tokens: request.max_tokens,
        temperature: request.temperature,
        tools: request.tools.iter().map(tool_body).collect::<Result<_>>()?,
        response_format: request.response_format.as_ref().map(format_body).transpose()?,
        stream,
        stream_options: stream.then_some(StreamOptions { include_usage: true }),
    };
    let mut json = Vec::with_capacity(photo_bytes + 4096); // growing would copy the photos again and again
    serde_json::to_writer(&mut json, &body).map_err(|_| Error::internal("a chat request cannot be written"))?;
    Ok(json.into())
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<MessageBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<ToolBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<FormatBody<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct MessageBody<'a> {
    role: &'static str,
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

fn message_body<'a>(message: &'a Message, photos: &mut impl Iterator<Item = &'a str>) -> MessageBody<'a> {
    let content = match message.content.as_slice() {
        [] => Content::None,
        [ContentPart::Text { text }] => Content::Text(text),
        parts => Content::Parts(parts.iter().filter_map(|part| part_body(part, photos)).collect()),
    };
    MessageBody {
        role: match message.role {
            Role::System => "system",
            Role::Developer => "developer",
            Role::User => "user",
            Role::Assistant => "assistant",
            Role::Tool => "tool",
        },
        content,
        tool_calls: message.tool_calls.iter().map(tool_call_body).collect(),
        tool_call_id: message.tool_call_id.as_deref(),
    }
}

fn part_body<'a>(part: &'a ContentPart, photos: &mut impl Iterator<Item = &'a str>) -> Option<PartBody<'a>> {
    let image = |url| PartBody::ImageUrl { image_url: ImageUrl { url } };
    match part {
        ContentPart::Text { text } => Some(PartBody::Text { text }),
        ContentPart::Photo { .. } => photos.next().map(image),
        ContentPart::ImageUrl { url } => Some(image(url)),
    }
}

fn tool_call_body(call: &ToolCall) -> ToolCallBody<'_> {
    ToolCallBody::Function {
        id: &call.id,
        function: FunctionCall { name: &call.name, arguments: &call.arguments_json },
    }
}

fn tool_body(tool: &Tool) -> Result<ToolBody<'_>> {
    let parameters = object("tools", &tool.parameters_json)?;
    Ok(ToolBody::Function { function: FunctionBody { name: &tool.name, description: &tool.description, parameters } })
}

fn format_body(format: &ResponseFormat) -> Result<FormatBody<'_>> {
    Ok(match format {
        ResponseFormat::JsonObject => FormatBody::JsonObject,
        ResponseFormat::JsonSchema { name, schema_json } => {
            let schema = object("response_format", schema_json)?;
            FormatBody::JsonSchema { json_schema: SchemaBody { name, strict: true, schema } }
        }
    })
}

/// A JSON object that the app gave as text, checked before it costs money (P8).
fn object<'a>(input: &str, json: &'a str) -> Result<&'a RawValue> {
    let refuse = |why: String| Error::invalid_input(input, format!("its schema is not a JSON object: {why}"));
    let raw: &RawValue = serde_json::from_str(json).map_err(|error| refuse(error.to_string()))?;
    if raw.get().starts_with('{') { Ok(raw) } else { Err(refuse("it does not begin with {".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn encoded(request: &ChatRequest, photos: &[&str], stream: bool) -> Value {
        let photos: Vec<String> = photos.iter().map(ToString::to_string).collect();
        serde_json::from_slice(&encode(request, &photos, "gpt-5-mini", stream).unwrap()).unwrap()
    }

    // seed 001, section 6
    #[test]
    fn a_plain_question_is_the_documented_body() {
        let request = ChatRequest::user("One tip for better focus?").system("You answer briefly.").max_tokens(200);
        let expected = json!({
            "model": "gpt-5-mini",
            "messages": [
                {"role": "system", "content": "You answer briefly."},
                {"role": "user", "content": "One tip for better focus?"},
            ],
            "max_tokens": 200,
            "stream": false,
        });
        assert_eq!(encoded(&request, &[], false), expected);
    }

    // seed 001, section 7
    #[test]
    fn photos_stand_where_they_were_put() {
        let photo = |byte: u8| ContentPart::Photo { photo: Photo::Bytes(vec![byte]) };
        let content = vec![photo(1), ContentPart::text("or"), photo(2)];
        let request = ChatRequest::new(vec![Message { content, ..Message::empty(Role::User) }]);
        let body = encoded(&request, &["data:1", "data:2"], true);
        let expected = json!([
            {"type": "image_url", "image_url": {"url": "data:1"}},
            {"type": "text", "text": "or"},
            {"type": "image_url", "image_url": {"url": "data:2"}},
        ]);
        assert_eq!(body["messages"][0]["content"], expected);
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
    }

    #[test]
    fn tools_their_calls_and_results_and_the_answers_form_are_said_in_openais_words() {
        let call = ToolCall { id: "c1".into(), name: "rate".into(), arguments_json: "{\"to\":\"EUR\"}".into() };
        let mut request = ChatRequest::new(vec![
            Message { tool_calls: vec![call], ..Message::empty(Role::Assistant) },
            Message::tool("c1", "1.08"),
        ]);
        request.tools = vec![Tool::new("rate", "exchange rate", r#"{"type":"object"}"#)];
        request.response_format =
            Some(ResponseFormat::JsonSchema { name: "sum".into(), schema_json: r#"{"type":"object"}"#.into() });
        let body = encoded(&request, &[], false);
        let function = json!({"name": "rate", "arguments": "{\"to\":\"EUR\"}"});
        assert_eq!(
            body["messages"][0],
            json!({
                "role": "assistant", "content": null, "tool_calls": [{"type": "function", "id": "c1", "function": function}],
            })
        );
        assert_eq!(body["messages"][1], json!({"role": "tool", "content": "1.08", "tool_call_id": "c1"}));
        assert_eq!(body["tools"][0]["function"]["parameters"], json!({"type": "object"}));
        assert_eq!(body["response_format"]["json_schema"]["schema"], json!({"type": "object"}));
    }

    // P8
    #[test]
    fn a_schema_that_is_no_object_is_named_before_it_costs_money() {
        let mut request = ChatRequest::user("hi");
        for schema in ["", "[]", "{\"type\":", "nonsense"] {
            request.tools = vec![Tool::new("t", "", schema)];
            let error = encode(&request, &[], "m", false).unwrap_err();
            assert!(matches!(error, Error::InvalidInput { input, .. } if input == "tools"), "{schema}");
        }
    }
}
