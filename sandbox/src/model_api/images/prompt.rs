//! What a prompt for images and videos may be.

use crate::model_api::errors::invalid;
use crate::wire::errors::RequestError;

/// OpenAI's limit, in characters.
const MAX_PROMPT: usize = 32_000;

pub(crate) fn check_prompt(prompt: &str) -> Result<(), RequestError> {
    if prompt.trim().is_empty() || prompt.chars().count() > MAX_PROMPT {
        return Err(invalid(format!("prompt must have 1 to {MAX_PROMPT} characters.")));
    }
    Ok(())
}
