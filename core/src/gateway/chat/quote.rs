//! What a chat may cost.

use super::message::{ContentPart, Message};
use super::request::{ChatRequest, ResponseFormat};
use crate::client::AiPass;
use crate::error::Result;
use crate::gateway::quote::{Quote, TokenRange};
use crate::gateway::tokens::photos::{PhotoSize, of_photo};
use crate::gateway::tokens::{Span, of_text};

/// What a message counts besides its text: its role and its marks.
const PER_MESSAGE: Span = Span { min: 1, max: 8 };
/// What a request counts besides its messages.
const PER_REQUEST: Span = Span { min: 0, max: 16 };
/// What a tool counts besides its texts.
const PER_TOOL: Span = Span { min: 1, max: 32 };

impl AiPass {
    /// What a request to this model for an answer in this format may cost. Its photos are prepared, and have these sizes.
    pub(super) async fn chat_quote(
        &self,
        request: &ChatRequest,
        format: Option<&ResponseFormat>,
        model: &str,
        photos: &[PhotoSize],
    ) -> Result<Quote> {
        let list = self.price_list(model).await?;
        let n = u64::from(request.n.unwrap_or(1));
        let longest = request.max_completion_tokens.or(request.max_tokens).map(u64::from);
        let max = longest.or(list.max_output_tokens).and_then(|longest| longest.checked_mul(n));
        let output = TokenRange { min: n, max };
        let seen: Option<Span> = photos.iter().map(|size| of_photo(model, *size)).sum();
        let input = seen.map(|seen| seen + said(request, format));
        let quote = list.for_chat(model.to_owned(), input, output, photos.len() as u64);
        // Such as a search of the web, which is paid apart.
        Ok(if request.extra_json.is_some() { quote.without_bound() } else { quote })
    }
}

/// The tokens of all texts of a request.
fn said(request: &ChatRequest, format: Option<&ResponseFormat>) -> Span {
    let schema = format.map(|format| match format {
        ResponseFormat::JsonObject => Span::default(),
        ResponseFormat::JsonSchema { name, schema_json, .. } => of_text(name) + of_text(schema_json),
    });
    let tools = request
        .tools
        .iter()
        .map(|tool| of_text(&tool.name) + of_text(&tool.description) + of_text(&tool.parameters_json) + PER_TOOL);
    let messages = request.messages.iter().map(said_in);
    PER_REQUEST + schema.unwrap_or_default() + tools.sum() + messages.sum()
}

fn said_in(message: &Message) -> Span {
    let texts = message.content.iter().map(|part| match part {
        ContentPart::Text { text } => of_text(text),
        ContentPart::Photo { .. } => Span::default(),
    });
    let calls = message.tool_calls.iter().map(|call| of_text(&call.name) + of_text(&call.arguments_json) + PER_MESSAGE);
    PER_MESSAGE + texts.sum() + calls.sum()
}
