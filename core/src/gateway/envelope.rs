//! The account API's envelope: `{success, message?, data}`.

use super::refusal;
use crate::error::{Error, Result};
use serde::Deserialize;

/// What the envelope holds. `what` names it in the error of one that cannot be read.
pub(super) fn open<'a, T: Deserialize<'a>>(body: &'a [u8], what: &str) -> Result<T> {
    #[derive(Deserialize)]
    struct Envelope<T> {
        data: T,
    }
    if let Some(error) = refusal::in_successful_answer(body, None) {
        return Err(error);
    }
    let unreadable = |_| Error::unreadable(200, format!("the answer has no readable {what}"));
    serde_json::from_slice(body).map(|envelope: Envelope<T>| envelope.data).map_err(unreadable)
}
