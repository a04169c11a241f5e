//! From the chunks of an answer to the whole of it. An answer that was not streamed is one chunk.

use super::choice::{ChoiceAccumulator, TextKind};
use super::event::{ChatEvent, Events};
use super::response::{ChatAnswer, ChatChoice, FinishReason};
use super::wire::{Choice, Completion, Extra};
use crate::error::{Error, Result};
use crate::gateway::cost;
use crate::gateway::exchange::model_or;
use crate::gateway::fallback::RefusedModel;
use crate::gateway::in_success::{error_in_body, error_in_member, error_with_words};
use crate::gateway::lenient;
use crate::gateway::usage::{TokenUsage, UsageBody};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The most choices that are kept where fewer are asked for (S8).
const MAX_UNASKED_CHOICES: usize = 8;

/// An answer that is still arriving.
#[derive(Default)]
pub(super) struct Assembly {
    /// The model that was asked.
    asked: String,
    /// How many choices were asked for.
    n: usize,
    /// What the headers say that it costs.
    cost: Option<Decimal>,
    /// The models that were asked before it.
    refused: Vec<RefusedModel>,
    model: Option<String>,
    choices: BTreeMap<u32, ChoiceAccumulator>,
    usage: UsageBody,
    extra: Extra,
}

/// What a chunk does to an answer.
#[derive(Default)]
pub(super) struct Taken {
    /// The error that it reports; what it says besides has been added.
    pub error: Option<Error>,
    /// Whether it has a choice that says something.
    pub says_something: bool,
}

impl Assembly {
    /// For the answer of this model with `n` choices.
    pub fn of(asked: String, n: usize, cost: Option<Decimal>) -> Self {
        Self { asked, n, cost, ..Self::default() }
    }

    /// After these models have refused the request.
    pub fn after(self, refused: Vec<RefusedModel>) -> Self {
        Self { refused, ..self }
    }

    /// Adds an answer that came in one piece. It must have a choice.
    pub fn take_whole(&mut self, body: &[u8], events: &mut Events) -> Result<()> {
        let no_completion = || Error::unreadable(200, "the response is not a chat completion");
        let completion: Completion<'_> =
            lenient::from_slice(body).map_err(|_| error_in_body(body, None).unwrap_or_else(no_completion))?;
        let has_choices = completion.choices.is_some_and(|choices| !matches!(choices.get(), "[]" | "null"));
        let taken = self.take(completion, events);
        match taken.error {
            Some(error) => Err(error.after_text(self.text())),
            None if taken.says_something => {
                self.choices.values_mut().for_each(ChoiceAccumulator::end);
                Ok(())
            }
            None if has_choices => Err(Error::unreadable(200, "the response has no message")),
            None => Err(error_in_body(body, None).unwrap_or_else(no_response)),
        }
    }

    /// Adds what a chunk says, and tells it as events.
    pub fn take(&mut self, chunk: Completion<'_>, events: &mut Events) -> Taken {
        self.extra.keep(chunk.unknown);
        if let (None, Some(model)) = (&self.model, chunk.model.filter(|model| !model.is_empty())) {
            self.model = Some(model.clone());
            events.push(ChatEvent::Started { model });
        }
        let mut taken = Taken::default();
        if let Some(choices) = chunk.choices {
            self.take_choices(choices, events, &mut taken);
        }
        self.take_usage(chunk.usage, events);
        let error = chunk.error.and_then(|error| error_in_member(error, None));
        taken.error = error.or(taken.error);
        taken
    }

    /// Adds what a chunk says that was not read as a whole. One of the same choice has been.
    pub fn add(&mut self, kind: TextKind, text: String, choice: u32, events: &mut Events) {
        self.choices.entry(choice).or_default().say(kind, text, choice, events);
    }

    /// Whether a tool is called, or may be.
    pub fn has_calls(&self) -> bool {
        self.choices.values().any(ChoiceAccumulator::has_calls)
    }

    /// How many choices were asked for.
    pub fn n(&self) -> usize {
        self.n
    }

    fn take_choices(&mut self, choices: &RawValue, events: &mut Events, taken: &mut Taken) {
        let most = self.n.max(MAX_UNASKED_CHOICES);
        let indices = self.indices(choices, most);
        let mut position = 0;
        lenient::each(choices, most * 2, |choice: Choice<'_>| {
            let index = indices.get(position).copied();
            position += 1;
            let error = choice.error.and_then(|error| error_in_member(error, None));
            let error = error.or_else(|| choice.finished().filter(FinishReason::is_error).and_then(|_| model_failed()));
            if let Some(error) = error {
                taken.error.get_or_insert(error);
            } else if !choice.says_something() && choice.logprobs().is_none() && choice.usage.is_none() {
                return;
            }
            let Some(index) = index.filter(|index| self.choices.contains_key(index) || self.choices.len() < most)
            else {
                return;
            };
            taken.says_something |= choice.says_something();
            self.take_usage(choice.usage.clone(), events);
            self.choices.entry(index).or_default().take(choice, index, events);
        });
    }

    /// The choices' numbers in this list. Where several were asked for and the list has one number for all, their order counts.
    fn indices(&self, choices: &RawValue, most: usize) -> Vec<u32> {
        #[derive(Deserialize)]
        struct Numbered {
            #[serde(default, deserialize_with = "lenient::index")]
            index: Option<u32>,
        }
        let stated: Vec<Numbered> = lenient::first_items(choices, most * 2);
        let first = stated.first().and_then(|choice| choice.index);
        let in_order = self.n > 1 && stated.len() > 1 && stated.iter().all(|choice| choice.index == first);
        let of = |(position, choice): (u32, &Numbered)| match choice.index {
            Some(index) if !in_order => index,
            _ if self.n > 1 => position,
            _ => 0,
        };
        (0..).zip(&stated).map(of).collect()
    }

    fn take_usage(&mut self, usage: Option<UsageBody>, events: &mut Events) {
        let Some(usage) = usage else { return };
        let before = self.usage.tokens();
        self.usage.update(usage);
        if let Some(usage) = self.usage.tokens().filter(|usage| before != Some(*usage)) {
            events.push(ChatEvent::Usage { usage });
        }
    }

    /// Whether the model gave its reason to stop in every choice that was asked for.
    pub fn is_finished(&self) -> bool {
        self.choices.values().filter(|choice| choice.is_finished()).count() >= self.n
    }

    /// The first choice's text so far.
    pub fn text(&self) -> &str {
        self.choices.first_key_value().map_or("", |(_, choice)| choice.text())
    }

    /// What the call cost, as far as it is told.
    pub fn cost(&self) -> Option<Decimal> {
        cost::told(self.cost, self.usage.cost())
    }

    /// The same of an answer whose headers came before its end: a zero there says nothing.
    pub fn cost_at_end(&self) -> Option<Decimal> {
        cost::told(self.cost.filter(|cost| !cost.is_zero()), self.usage.cost())
    }

    /// The tokens that the call used, if they are told.
    pub fn tokens(&self) -> Option<TokenUsage> {
        self.usage.tokens()
    }

    /// There is no more to come: gives what can be told only now.
    pub fn settle(&mut self, events: &mut Events) {
        for (index, choice) in &mut self.choices {
            choice.settle(*index, events);
        }
    }

    /// What has arrived, as a whole answer. An error if that is nothing.
    pub fn into_response(self, request_id: Option<String>) -> Result<ChatAnswer> {
        let cost = self.cost();
        let mut choices = self.choices.into_iter().map(|(index, choice)| choice.into_choice(index));
        let ChatChoice { index: _, text, reasoning, refusal, tool_calls, finish_reason, logprobs, message_extra_json } =
            choices.next().ok_or_else(no_response)?;
        Ok(ChatAnswer {
            text,
            reasoning,
            refusal,
            tool_calls,
            finish_reason,
            logprobs,
            other_choices: choices.collect(),
            model: model_or(self.model, self.asked),
            usage: self.usage.tokens(),
            cost,
            request_id,
            extra_json: self.extra.to_json(),
            message_extra_json,
            refused_models: self.refused,
        })
    }
}

fn no_response() -> Error {
    Error::unreadable(200, "the response has no choices")
}

/// A choice that ends with the reason "error", and says no more about it.
fn model_failed() -> Option<Error> {
    error_with_words("the model stopped with an error", None)
}
