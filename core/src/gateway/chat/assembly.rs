//! From the chunks of an answer to the whole of it. An answer that was not streamed is one chunk.

use super::answer::{ChatAnswer, ChatChoice, FinishReason, TokenLogprob, TokenUsage};
use super::event::{ChatEvent, ToolCallPart};
use super::message::ToolCall;
use super::wire::{Choice, Completion, Extra, ToolCallPiece};
use crate::gateway::exchange::model_or;
use std::collections::BTreeMap;

/// An answer that is still arriving.
#[derive(Default)]
pub(super) struct Assembly {
    /// The model that was asked.
    asked: String,
    model: Option<String>,
    choices: BTreeMap<u32, Growing>,
    usage: Option<TokenUsage>,
    extra: Extra,
}

/// A choice that is still arriving.
#[derive(Default)]
struct Growing {
    text: String,
    reasoning: Option<String>,
    refusal: Option<String>,
    calls: Calls,
    logprobs: Vec<TokenLogprob>,
    finished: Option<FinishReason>,
    extra: Extra,
}

#[derive(Default)]
struct Calls {
    calls: Vec<ToolCall>,
    /// Where in `calls` the call is that the server last meant by an index.
    places: BTreeMap<u32, usize>,
}

impl Assembly {
    /// For the answer of this model.
    pub fn of(asked: String) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Adds what a chunk says, and tells it as events.
    pub fn take(&mut self, chunk: Completion<'_>, events: &mut Vec<ChatEvent>) {
        self.extra.keep(chunk.unknown);
        if let (None, Some(model)) = (&self.model, chunk.model) {
            self.model = Some(model.clone());
            events.push(ChatEvent::Started { model });
        }
        for choice in chunk.choices {
            let index = choice.index;
            self.choices.entry(index).or_default().take(choice, index, events);
        }
        if let Some(usage) = chunk.usage {
            self.usage = Some(usage);
            events.push(ChatEvent::Usage { usage });
        }
    }

    /// How many choices the model is done with.
    pub fn finished(&self) -> usize {
        self.choices.values().filter(|choice| choice.finished.is_some()).count()
    }

    /// The first choice's text so far.
    pub fn text(&self) -> &str {
        self.choices.first_key_value().map_or("", |(_, choice)| &choice.text)
    }

    /// What has arrived, as a whole answer; `None` if that is nothing.
    pub fn answer(&self, request_id: Option<String>) -> Option<ChatAnswer> {
        let mut choices = self.choices.iter().map(|(index, choice)| choice.whole(*index));
        let ChatChoice { index: _, text, reasoning, refusal, tool_calls, finish_reason, logprobs, message_extra_json } =
            choices.next()?;
        Some(ChatAnswer {
            text,
            reasoning,
            refusal,
            tool_calls,
            finish_reason,
            logprobs,
            other_choices: choices.collect(),
            model: model_or(self.model.clone(), self.asked.clone()),
            usage: self.usage,
            request_id,
            extra_json: self.extra.to_json(),
            message_extra_json,
        })
    }
}

impl Growing {
    fn take(&mut self, mut piece: Choice<'_>, choice: u32, events: &mut Vec<ChatEvent>) {
        let reason = piece.finished();
        let tokens = piece.take_logprobs();
        if let Some((said, is_whole)) = piece.said() {
            self.extra.keep(said.unknown);
            if let Some(text) = said.reasoning.filter(|text| !text.is_empty()) {
                self.reasoning.get_or_insert_default().push_str(&text);
                events.push(ChatEvent::Reasoning { text, choice });
            }
            if let Some(text) = said.text.filter(|text| !text.is_empty()) {
                self.text.push_str(&text);
                events.push(ChatEvent::Text { text, choice });
            }
            if let Some(text) = said.refusal.filter(|text| !text.is_empty()) {
                self.refusal.get_or_insert_default().push_str(&text);
                events.push(ChatEvent::Refusal { text, choice });
            }
            for call in said.tool_calls {
                let part = self.calls.take(call, is_whole);
                events.push(ChatEvent::ToolCall { part, choice });
            }
        }
        if !tokens.is_empty() {
            self.logprobs.extend_from_slice(&tokens);
            events.push(ChatEvent::Logprobs { tokens, choice });
        }
        if let (None, Some(reason)) = (&self.finished, reason) {
            self.finished = Some(reason.clone());
            events.push(ChatEvent::Finished { reason, choice });
        }
    }

    fn whole(&self, index: u32) -> ChatChoice {
        ChatChoice {
            index,
            text: self.text.clone(),
            reasoning: self.reasoning.clone(),
            refusal: self.refusal.clone(),
            tool_calls: self.calls.calls.clone(),
            finish_reason: self.finished.clone().unwrap_or_else(|| FinishReason::read("")),
            logprobs: self.logprobs.clone(),
            message_extra_json: self.extra.to_json(),
        }
    }
}

impl Calls {
    /// Adds a piece to its call. Which one that is, the server's index tells; but some servers count all calls as the first,
    /// so that a piece with another id, or with a name after arguments, begins a call of its own.
    fn take(&mut self, piece: ToolCallPiece, is_whole: bool) -> ToolCallPart {
        let (index, id) = (piece.index, piece.id.clone().filter(|id| !id.is_empty()));
        let (name, arguments_json) = piece.into_parts();
        let name = name.filter(|name| !name.is_empty());
        let continues = |call: &ToolCall| match &id {
            Some(id) => call.id.is_empty() && name.is_none() || call.id == *id,
            None => name.is_none() || call.arguments_json.is_empty(),
        };
        let place = self.places.get(&index).copied().filter(|&place| !is_whole && continues(&self.calls[place]));
        let place = place.unwrap_or_else(|| {
            self.calls.push(ToolCall::default());
            self.places.insert(index, self.calls.len() - 1);
            self.calls.len() - 1
        });
        let call = &mut self.calls[place];
        for (known, new) in [(&mut call.id, &id), (&mut call.name, &name)] {
            if let (true, Some(new)) = (known.is_empty(), new) {
                known.clone_from(new);
            }
        }
        call.arguments_json.push_str(&arguments_json);
        ToolCallPart { index: place.try_into().unwrap_or(u32::MAX), id, name, arguments_json }
    }
}
