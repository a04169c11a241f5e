//! A choice that is still arriving.

use super::event::{ChatEvent, Events};
use super::response::{ChatChoice, FinishReason, TokenLogprob};
use super::tool_calls::{MAX_PIECES, ToolCalls};
use super::wire::{Choice, Delta, Extra, ToolCallPiece};
use crate::gateway::lenient;
use serde_json::value::RawValue;

/// The most log-probabilities that are kept of a choice: more than a model's tokens (S8).
const MAX_LOGPROBS: usize = 65_536;

#[derive(Default)]
pub(super) struct ChoiceAccumulator {
    text: String,
    reasoning: String,
    refusal: String,
    calls: ToolCalls,
    /// The server sends calls as `tool_calls`: a `function_call` beside them is one of them.
    has_tool_calls: bool,
    /// The server sends deltas: a message is the whole of them.
    has_deltas: bool,
    logprobs: Vec<TokenLogprob>,
    finished: Option<FinishReason>,
    extra: Extra,
}

impl ChoiceAccumulator {
    /// Adds a piece, and tells it as events.
    pub fn take(&mut self, piece: Choice<'_>, choice: u32, events: &mut Events) {
        let reason = piece.finished();
        let logprobs = piece.logprobs();
        let delta = piece.delta.or(piece.text.map(|text| Delta { text: Some(text), ..Delta::default() }));
        if let Some(delta) = delta {
            self.take_delta(delta, choice, events);
        }
        if let Some(message) = piece.message {
            self.take_message(message, choice, events);
        }
        if let Some(logprobs) = logprobs {
            self.take_logprobs(logprobs, choice, events);
        }
        if let Some(reason) = reason.filter(|reason| !reason.is_error() && self.finished.as_ref() != Some(reason)) {
            self.finished = Some(reason.clone());
            events.push(ChatEvent::Finished { reason, choice });
        }
    }

    /// Adds what the model says, and tells it.
    pub fn say(&mut self, kind: TextKind, text: String, choice: u32, events: &mut Events) {
        self.has_deltas = true;
        self.text_of(kind).push_str(&text);
        events.push(kind.event(text, choice));
    }

    fn take_delta(&mut self, delta: Delta<'_>, choice: u32, events: &mut Events) {
        self.extra.keep(delta.unknown);
        for (kind, piece) in
            [(TextKind::Reasoning, delta.reasoning), (TextKind::Text, delta.text), (TextKind::Refusal, delta.refusal)]
        {
            if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
                self.say(kind, piece, choice, events);
            }
        }
        if let Some(calls) = delta.tool_calls {
            lenient::each(calls, MAX_PIECES, |piece: ToolCallPiece| {
                self.has_tool_calls = true;
                let part = self.calls.take(piece);
                events.extend(part.map(|part| ChatEvent::ToolCall { part, choice }));
            });
        }
        if let Some(function) = delta.function_call.filter(|_| !self.has_tool_calls) {
            let part = self.calls.take(ToolCallPiece { function: Some(function), ..ToolCallPiece::default() });
            events.extend(part.map(|part| ChatEvent::ToolCall { part, choice }));
        }
    }

    /// A whole message. After deltas it says the same again, perhaps with more at its end; where it says something else, what was told
    /// before counts. Without deltas it may be a piece as well.
    fn take_message(&mut self, message: Delta<'_>, choice: u32, events: &mut Events) {
        self.extra.keep(message.unknown);
        for (kind, whole) in [
            (TextKind::Reasoning, message.reasoning),
            (TextKind::Text, message.text),
            (TextKind::Refusal, message.refusal),
        ] {
            let has_deltas = self.has_deltas;
            let known = self.text_of(kind);
            let Some(whole) = whole else { continue };
            let new = match whole.strip_prefix(known.as_str()) {
                Some(_) if known.is_empty() => whole,
                Some(rest) => rest.to_owned(),
                None if has_deltas => continue,
                None => whole,
            };
            if known.is_empty() {
                known.clone_from(&new);
            } else {
                known.push_str(&new);
            }
            if !new.is_empty() {
                events.push(kind.event(new, choice));
            }
        }
        if let Some(calls) = message.tool_calls {
            self.calls.take_whole(calls, |part| events.push(ChatEvent::ToolCall { part, choice }));
        }
        if let Some(function) = message.function_call.filter(|_| self.calls.is_empty()) {
            let part = self.calls.take(ToolCallPiece { function: Some(function), ..ToolCallPiece::default() });
            events.extend(part.map(|part| ChatEvent::ToolCall { part, choice }));
        }
    }

    fn take_logprobs(&mut self, list: &RawValue, choice: u32, events: &mut Events) {
        let tokens: Vec<TokenLogprob> = lenient::first_items(list, MAX_LOGPROBS - self.logprobs.len());
        if tokens.is_empty() {
            return;
        }
        if events.are_wanted() {
            events.push(ChatEvent::Logprobs { tokens: tokens.clone(), choice });
        }
        if self.logprobs.is_empty() {
            self.logprobs = tokens;
        } else {
            self.logprobs.extend(tokens);
        }
    }

    /// Takes it for finished even if the server does not say so.
    pub fn end(&mut self) {
        self.finished.get_or_insert_with(no_reason);
    }

    pub fn is_finished(&self) -> bool {
        self.finished.is_some()
    }

    pub fn has_calls(&self) -> bool {
        !self.calls.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// There is no more to come: gives what can be told only now.
    pub fn settle(&mut self, choice: u32, events: &mut Events) {
        self.calls.settle(|part| events.push(ChatEvent::ToolCall { part, choice }));
    }

    pub fn into_choice(self, index: u32) -> ChatChoice {
        let not_empty = |text: &String| !text.is_empty();
        let finish_reason = self.finished.unwrap_or_else(no_reason);
        ChatChoice {
            index,
            text: self.text,
            reasoning: Some(self.reasoning).filter(not_empty),
            refusal: Some(self.refusal).filter(not_empty),
            tool_calls: self.calls.into_calls(finish_reason.is_cut()),
            finish_reason,
            logprobs: self.logprobs,
            message_extra_json: self.extra.to_json(),
        }
    }

    fn text_of(&mut self, kind: TextKind) -> &mut String {
        match kind {
            TextKind::Text => &mut self.text,
            TextKind::Reasoning => &mut self.reasoning,
            TextKind::Refusal => &mut self.refusal,
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum TextKind {
    Text,
    Reasoning,
    Refusal,
}

impl TextKind {
    pub fn event(self, text: String, choice: u32) -> ChatEvent {
        match self {
            Self::Text => ChatEvent::Text { text, choice },
            Self::Reasoning => ChatEvent::Reasoning { text, choice },
            Self::Refusal => ChatEvent::Refusal { text, choice },
        }
    }
}

fn no_reason() -> FinishReason {
    FinishReason::read("")
}
