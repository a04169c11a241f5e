//! A request that the app keeps, so that it can be sent again after a used-up budget was topped up.
//!
//! A [`ChatRequest`] or [`ReceiptScan`] is a value: an app can always send it again. What these objects add: the photos are
//! read and shrunk once, and the request is paid for once, however often "Try again" is pressed, and by the same user.
//!
//! | outcome of a send | then |
//! |---|---|
//! | none was made yet | it can be sent |
//! | over the budget, without a word of an answer (402) | it can be sent once more, by the same user |
//! | certainly not sent: no connection, no session, a limit of the app's, an input that was refused | as before |
//! | an answer; any other failure; the call was dropped | it cannot be sent again |
//! | another send is under way | it cannot be sent now |
//!
//! Nothing is ever sent by itself.

use super::chat::photos;
use super::chat::{ChatAnswer, ChatRequest, ChatStream, ContentPart, Message, Preparation};
use super::photo::Photo;
use super::photo_check::{self, PhotoHint};
use super::receipt::{Receipt, ReceiptScan};
use super::tokens::photos::PhotoSize;
use crate::client::AiPass;
use crate::client::call::Account;
use crate::error::{Error, Result, TimeLimit};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A chat request whose photos are ready, to be paid for once; see [`AiPass::prepared_chat`].
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct PreparedChat {
    ai: AiPass,
    request: ChatRequest,
    photos: Vec<PhotoSize>,
    sends: Sends,
}

/// A receipt whose photos are ready, to be paid for once; see [`AiPass::prepared_scan`].
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct PreparedScan {
    ai: AiPass,
    scan: ReceiptScan,
    photos: Vec<PhotoSize>,
    hints: Vec<PhotoHint>,
    sends: Sends,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Prepares a chat that can be sent again after [`Error::BudgetExceeded`], once: its photos are read and shrunk now.
    /// Nothing is sent.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo`.
    pub async fn prepared_chat(&self, mut request: ChatRequest) -> Result<PreparedChat> {
        self.run(|ai| async move {
            let photos = photos::prepare(&mut request.messages, false).await?.sizes;
            Ok(PreparedChat { ai, request, photos, sends: Sends::default() })
        })
        .await
    }

    /// The same of a receipt. The parts of a long photo are sent as pages of one receipt. If the scan asks for a look at its
    /// photos, this is when they are looked at.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo`.
    pub async fn prepared_scan(&self, mut scan: ReceiptScan) -> Result<PreparedScan> {
        self.run(|ai| async move {
            let mut pages = [Message::with_photos("", std::mem::take(&mut scan.photos))];
            let check = scan.photo_check.take(); // not of the parts that are sent
            let sent = photos::prepare(&mut pages, check.is_some()).await?;
            let hints = check.map_or(Ok(Vec::new()), |check| photo_check::checked(&sent.measures, check))?;
            scan.photos = pages.into_iter().flat_map(|page| page.content).filter_map(photo).collect();
            Ok(PreparedScan { ai, scan, photos: sent.sizes, hints, sends: Sends::default() })
        })
        .await
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl PreparedChat {
    /// Sends it and waits for the whole answer, as [`AiPass::chat`].
    ///
    /// # Errors
    /// Those of [`AiPass::chat`]. After [`Error::BudgetExceeded`] it can be sent once more, and after an error before
    /// anything was sent, such as [`Error::Offline`] without `maybe_sent`, as if it had not been tried.
    /// [`Error::InvalidInput`] naming `prepared` if it cannot be sent, see [`can_send`](Self::can_send), or if another
    /// user has signed in since it was refused.
    pub async fn send(&self) -> Result<ChatAnswer> {
        let send = || self.ai.chat_prepared(self.request.clone(), self.preparation());
        self.sends.send(&self.ai, send).await.map(|(answer, _)| answer)
    }

    /// The same with the answer as a stream, as [`AiPass::chat_stream`]. Once the stream has begun, the request cannot be
    /// sent again.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn stream(&self) -> Result<ChatStream> {
        let send = || self.ai.chat_stream_then(self.request.clone(), self.preparation(), None);
        self.sends.send(&self.ai, send).await
    }

    /// Whether it can be sent now, for a button such as "Try again".
    pub fn can_send(&self) -> bool {
        self.sends.can_begin()
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl PreparedScan {
    /// Sends it, as [`AiPass::scan_receipt`].
    ///
    /// # Errors
    /// Those of [`AiPass::scan_receipt`], and as [`PreparedChat::send`].
    pub async fn send(&self) -> Result<Receipt> {
        let send = || self.ai.scan_ready(self.scan.clone(), self.photos.clone());
        let receipt = self.sends.send(&self.ai, send).await?;
        Ok(Receipt { photo_hints: self.hints.clone(), ..receipt })
    }

    /// Whether it can be sent now, for a button such as "Try again".
    pub fn can_send(&self) -> bool {
        self.sends.can_begin()
    }
}

impl PreparedChat {
    fn preparation(&self) -> Preparation {
        Preparation { ready: Some(self.photos.clone()), ..Preparation::default() }
    }
}

fn photo(part: ContentPart) -> Option<Photo> {
    match part {
        ContentPart::Photo { photo } => Some(photo),
        ContentPart::Text { .. } => None,
    }
}

/// How often a request was sent, and by whom.
#[derive(Default)]
struct Sends(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    phase: Phase,
    /// Who sent it first.
    account: Option<Account>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Ready,
    /// Refused, because the budget was used up.
    Refused,
    Sending,
    Spent,
}

/// A send that is under way. If it is dropped before its end, the request may have been paid for.
struct Sending {
    state: Arc<Mutex<State>>,
    before: Phase,
    after: Phase,
}

impl Sends {
    async fn send<T, F: Future<Output = Result<T>>>(&self, ai: &AiPass, call: impl FnOnce() -> F) -> Result<T> {
        let account = ai.run(|ai| async move { ai.account().await }).await?;
        let mut sending = self.begin(account)?;
        let outcome = call().await;
        sending.end(outcome.as_ref().err());
        outcome
    }

    fn can_begin(&self) -> bool {
        matches!(lock(&self.0).phase, Phase::Ready | Phase::Refused)
    }

    fn begin(&self, account: Account) -> Result<Sending> {
        let refuse = |why: &str| Err(Error::invalid_input("prepared", why));
        let mut state = lock(&self.0);
        match state.phase {
            Phase::Sending => return refuse("it is being sent"),
            Phase::Spent => return refuse("it was sent, and may have been paid for; prepare a new one to pay again"),
            Phase::Ready | Phase::Refused => {}
        }
        match &state.account {
            Some(first) if *first != account => return refuse("another user has signed in since it was sent"),
            Some(_) => {}
            None => state.account = Some(account).filter(|account| account.0.is_some()),
        }
        let before = std::mem::replace(&mut state.phase, Phase::Sending);
        Ok(Sending { state: Arc::clone(&self.0), before, after: Phase::Spent })
    }
}

impl Sending {
    fn end(&mut self, error: Option<&Error>) {
        self.after = match (error, self.before) {
            (Some(Error::BudgetExceeded { text: None, .. }), Phase::Ready) => Phase::Refused,
            (Some(error), before) if was_not_sent(error) => before,
            _ => Phase::Spent,
        };
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.phase = self.after;
        if self.after == Phase::Ready {
            state.account = None; // as if it had not been tried
        }
    }
}

/// Whether no model can have seen the request.
fn was_not_sent(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidInput { .. }
            | Error::Unsupported { .. }
            | Error::SignInRequired { .. }
            | Error::Storage { .. }
            | Error::SpendLimit { text: None, .. }
            | Error::Offline { maybe_sent: false, .. }
            | Error::Timeout { limit: TimeLimit::Connect, .. }
    )
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for PreparedChat {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PreparedChat")
    }
}

impl std::fmt::Debug for PreparedScan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PreparedScan")
    }
}

#[cfg(test)]
#[path = "prepared_tests.rs"]
mod tests;
