//! How much of a conversation is sent again.

use super::super::chat::{ChatRequest, ContentPart, Message, Role};
use crate::error::{Error, Result};

/// How much of a conversation goes with each question, its rules and the question included. Without a limit the whole
/// conversation goes, and each question costs more than the one before.
///
/// Tokens are estimated, because each model counts in its own way: a token for four ASCII characters or one other
/// character, four more for each message, 1,600 for a photo. The estimate is close to what models count for English
/// text, and mostly too high for other languages and photos. Leave room for the answer, which is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ConversationBudget {
    /// The most tokens that are sent, as estimated.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// The most messages that are sent.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_messages: Option<u32>,
}

/// What each message has besides its words, as OpenAI counts it.
const TOKENS_OF_A_MESSAGE: usize = 4;
/// About the most that the models of AI Pass count for 2048 by 1536 pixels: from 800 to 1,600.
const TOKENS_OF_A_PHOTO: usize = 1600;

impl ConversationBudget {
    pub(super) fn check(self) -> Result<()> {
        if self.max_tokens == Some(0) || self.max_messages == Some(0) {
            return Err(Error::invalid_input("budget", "it is 0: nothing could be said"));
        }
        Ok(())
    }

    /// From which message of the history on it all fits, together with what is said now. Whole turns are left out, the oldest
    /// first, so that no tool's result loses its call. The turn to which a tool's result belongs stays.
    pub(super) fn first_that_fits(self, start: &ChatRequest, history: &[Message], now: &[Message]) -> Result<usize> {
        let mut messages = start.messages.len() + now.len();
        let mut tokens = of_tools(start) + of_messages(&start.messages) + of_messages(now);
        let fits = |messages: usize, tokens: usize| {
            self.max_tokens.is_none_or(|most| tokens <= most as usize)
                && self.max_messages.is_none_or(|most| messages <= most as usize)
        };
        let mut first = None;
        if now.first().is_some_and(begins_a_turn) && fits(messages, tokens) {
            first = Some(history.len());
        }
        for (index, message) in history.iter().enumerate().rev() {
            messages += 1;
            tokens += of_message(message);
            if !fits(messages, tokens) {
                break;
            }
            let after_an_answer = index == 0 || !begins_a_turn(&history[index - 1]);
            if index == 0 || begins_a_turn(message) && after_an_answer {
                first = Some(index);
            }
        }
        if history.is_empty() && fits(messages, tokens) {
            first = Some(0);
        }
        let larger = || Error::invalid_input("budget", "what must be sent now is larger: raise it, or say less");
        first.ok_or_else(larger)
    }
}

/// A turn begins where the app or the user speaks after the model.
fn begins_a_turn(message: &Message) -> bool {
    !matches!(message.role, Role::Assistant | Role::Tool)
}

fn of_tools(start: &ChatRequest) -> usize {
    let texts = start.tools.iter().flat_map(|tool| [&tool.name, &tool.description, &tool.parameters_json]);
    texts.map(|text| of_text(text)).sum()
}

fn of_messages(messages: &[Message]) -> usize {
    messages.iter().map(of_message).sum()
}

fn of_message(message: &Message) -> usize {
    let content = message.content.iter().map(|part| match part {
        ContentPart::Text { text } => of_text(text),
        ContentPart::Photo { .. } => TOKENS_OF_A_PHOTO,
    });
    let calls = message.tool_calls.iter().map(|call| of_text(&call.name) + of_text(&call.arguments_json));
    TOKENS_OF_A_MESSAGE + content.chain(calls).sum::<usize>()
}

fn of_text(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let characters = text.chars().count();
    ascii.div_ceil(4) + characters - ascii
}

#[cfg(test)]
mod tests {
    use super::super::super::chat::{ToolCall, check_tool_calls};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_estimate_is_what_is_documented() {
        assert_eq!(
            [of_text(""), of_text("four"), of_text("fives"), of_text("東京"), of_text("Grüße")],
            [0, 1, 2, 2, 3]
        );
        let photo = Message::with_photos("four", vec![Vec::new().into(), Vec::new().into()]);
        assert_eq!(of_message(&photo), 4 + 1 + 3200);
    }

    /// A conversation of turns, each with so many pairs of a tool's call and its result.
    fn history(turns: &[usize]) -> Vec<Message> {
        let mut messages = Vec::new();
        for (turn, &calls) in turns.iter().enumerate() {
            messages.push(Message::user(format!("question {turn}")));
            for call in 0..calls {
                let call = ToolCall { id: format!("{turn}-{call}"), name: "t".into(), arguments_json: "{}".into() };
                let result = Message::tool(call.id.clone(), "1");
                messages.push(Message { tool_calls: vec![call], ..Message::empty(Role::Assistant) });
                messages.push(result);
            }
            messages.push(Message::assistant("answer"));
        }
        messages
    }

    proptest! {
        #[test]
        fn as_many_whole_turns_are_kept_as_fit(
            turns in prop::collection::vec(0_usize..3, 0..6),
            max_messages in 1_u32..30,
            max_tokens in 1_u32..200,
        ) {
            let history = history(&turns);
            let budget = ConversationBudget { max_tokens: Some(max_tokens), max_messages: Some(max_messages) };
            let start = ChatRequest::user("").system("rules");
            let now = [Message::user("and now?")];
            let size = |kept: &[Message]| {
                let all = [&start.messages, kept, &now].concat();
                (all.len() as u32 <= max_messages) && of_messages(&all) as u32 <= max_tokens
            };
            match budget.first_that_fits(&start, &history, &now) {
                Err(error) => prop_assert!(!size(&[]), "{error}"),
                Ok(first) => {
                    let kept = &history[first..];
                    prop_assert!(size(kept));
                    prop_assert!(kept.first().is_none_or(begins_a_turn));
                    prop_assert_eq!(check_tool_calls(kept), Ok(None));
                    let before = history[..first].iter().rposition(begins_a_turn);
                    prop_assert!(before.is_none_or(|before| !size(&history[before..])), "one turn more would fit");
                }
            }
        }
    }

    #[test]
    fn a_tools_result_keeps_the_turn_that_it_belongs_to() {
        let mut history = history(&[1, 1]);
        history.truncate(history.len() - 2); // the last call has no result yet
        let now = [Message::tool("1-0", "2")];
        let start = ChatRequest::default();
        for (max_messages, expected) in [(7, Some(0)), (6, Some(4)), (3, Some(4)), (2, None)] {
            let budget = ConversationBudget { max_messages: Some(max_messages), max_tokens: None };
            let first = budget.first_that_fits(&start, &history, &now);
            assert_eq!(first.as_ref().ok().copied(), expected, "{max_messages}: {first:?}");
        }
    }
}
