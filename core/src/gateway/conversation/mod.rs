//! A conversation that remembers what was said, within a budget.
//!
//! It holds the history and nothing else: no client, no session. Where a call fails, the history is as it was before.

mod budget;
mod saved;

pub use budget::ConversationBudget;

use super::chat::photos;
use super::chat::{ChatAnswer, ChatRequest, ChatStream, Message, OnAnswer, Preparation, check_tool_calls};
use crate::client::AiPass;
use crate::error::{Error, Result};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A conversation with a model. It keeps as many messages as the budget allows, and sends them with each question.
///
/// The messages are in memory only; [`save`](Self::save) returns them as text, for the app to store.
///
/// ```no_run
/// # async fn example(ai: aipass::AiPass) -> aipass::Result<()> {
/// use aipass::{ChatRequest, Conversation, ConversationBudget, Message};
///
/// let start = ChatRequest::new(vec![Message::system("You answer in one sentence.")]);
/// let budget = ConversationBudget { max_tokens: Some(4000), ..ConversationBudget::default() };
/// let conversation = Conversation::new(start, budget)?;
/// conversation.ask(&ai, vec![Message::user("What is a receipt?")]).await?;
/// let answer = conversation.ask(&ai, vec![Message::user("And who keeps it?")]).await?;
/// println!("{}", answer.text);
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Conversation {
    start: ChatRequest,
    budget: ConversationBudget,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    history: Vec<Message>,
    /// A call is under way. Two at once would answer past each other.
    busy: bool,
    /// How often the history was cleared: what is answered after that belongs to a history that is gone.
    cleared: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Conversation {
    /// An empty conversation. `start` is the part that all of its requests have: the model, the tools, the limits. Its
    /// messages are the rules: they come before the history and are never left out.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `budget` if it allows nothing, or `messages` if those of `start` call tools without an
    /// answer.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(start: ChatRequest, budget: ConversationBudget) -> Result<Self> {
        budget.check()?;
        if let Some(call) = check_tool_calls(&start.messages)? {
            return Err(Error::invalid_input("messages", format!("the tool call {call:?} has no result")));
        }
        Ok(Self { start, budget, state: Arc::default() })
    }

    /// A conversation that continues from what [`save`](Self::save) returned. That does not include `start` and
    /// `budget`: they may differ from before.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`Error::InvalidInput`] naming `saved` if that is not what a conversation saved.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn resume(start: ChatRequest, budget: ConversationBudget, saved: String) -> Result<Self> {
        let conversation = Self::new(start, budget)?;
        conversation.state().history = saved::read(&saved)?;
        Ok(conversation)
    }

    /// Sends `messages` and waits for the answer. Then both are in the history. One paid call.
    ///
    /// If the last answer called tools, `messages` are their results, one for each call. Otherwise they are mostly one
    /// message of the user.
    ///
    /// # Errors
    /// Those of [`AiPass::chat`]. [`Error::InvalidInput`] naming `conversation` if another call of this conversation is
    /// running, or `budget` if `messages` alone do not fit. The history is then as it was.
    pub async fn ask(&self, ai: &AiPass, messages: Vec<Message>) -> Result<ChatAnswer> {
        let (turn, request) = self.begin(ai, messages).await?;
        let answer = ai.chat(request).await?;
        turn.end(&answer);
        Ok(answer)
    }

    /// Sends `messages` and returns the answer as a stream. Both are in the history as soon as the model has finished.
    /// If the stream fails, is cancelled or is released before that, the history is as it was.
    ///
    /// # Errors
    /// As [`ask`](Self::ask); what goes wrong later comes out of [`ChatStream::next`].
    pub async fn stream(&self, ai: &AiPass, messages: Vec<Message>) -> Result<ChatStream> {
        let (turn, request) = self.begin(ai, messages).await?;
        let end: OnAnswer = Box::new(move |answer| turn.end(answer));
        ai.chat_stream_then(request, Preparation::default(), Some(end)).await
    }

    /// The history, oldest message first, without the rules. Messages that no longer fitted into the budget are gone:
    /// an app that shows the whole conversation must keep its own copy. Photos are as they were sent.
    pub fn messages(&self) -> Vec<Message> {
        self.state().history.clone()
    }

    /// Clears the history. A running call still gets its answer, which is not added.
    pub fn clear(&self) {
        let mut state = self.state();
        state.history.clear();
        state.cleared += 1;
    }

    /// The history as JSON text, for [`resume`](Self::resume). It has the conversation's text and photos: store it as
    /// safely as those.
    ///
    /// # Errors
    /// [`Error::Other`] if it cannot be written, which would be a bug.
    pub fn save(&self) -> Result<String> {
        saved::write(&self.state().history)
    }
}

impl Conversation {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Takes the conversation for one call, and makes the request of it.
    async fn begin(&self, ai: &AiPass, messages: Vec<Message>) -> Result<(Turn, ChatRequest)> {
        if messages.is_empty() {
            return Err(Error::invalid_input("messages", "there is none; say something"));
        }
        let mut turn = {
            let mut state = self.state();
            if state.busy {
                return Err(Error::invalid_input("conversation", "a call of it is under way; wait for its end"));
            }
            state.busy = true;
            Turn { state: Arc::clone(&self.state), messages: state.history.clone(), cleared: state.cleared }
        };
        // Made fit once, for this call and for all that send them again.
        let mut messages = messages;
        let messages = ai.run(|_| async move { photos::prepare(&mut messages, false).await.map(|_| messages) }).await?;
        let kept = self.budget.first_that_fits(&self.start, &turn.messages, &messages)?;
        turn.messages.drain(..kept);
        turn.messages.extend(messages);
        let mut request = self.start.clone();
        request.messages.extend_from_slice(&turn.messages);
        Ok((turn, request))
    }
}

/// A call of a conversation, from its question to its answer. Where there is none, the next call may begin.
struct Turn {
    state: Arc<Mutex<State>>,
    /// What is sent after the rules.
    messages: Vec<Message>,
    cleared: u64,
}

impl Turn {
    fn end(mut self, answer: &ChatAnswer) {
        self.messages.push(answer.into());
        let messages = std::mem::take(&mut self.messages);
        let mut state = lock(&self.state);
        if state.cleared == self.cleared {
            state.history = messages;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock(&self.state).busy = false;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
