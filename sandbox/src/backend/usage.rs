//! What a chat costs.
//!
//! The backends that play back or read receipts count no real tokens. They count **four characters as one token**, rounded
//! up, over all text in the request and the response, and **258 tokens for a photo**, which is what Gemini counts for one
//! tile. The messages before the latest one of the assistant count as cached, at the full price. Reasoning, if
//! `reasoning_effort` asks for it, counts 64 (low) to 4096 tokens (xhigh).
//! Prices are **2.50 US dollars for a million prompt tokens and 10.00 for a million completion tokens**.

use rust_decimal::Decimal;
use serde::Serialize;

const CHARACTERS_PER_TOKEN: usize = 4;
const TOKENS_PER_PHOTO: u64 = 258;
/// 0.0000025 US dollars.
pub(crate) const PRICE_OF_PROMPT_TOKEN: Decimal = Decimal::from_parts(25, 0, 0, false, 7);
/// 0.00001 US dollars.
pub(crate) const PRICE_OF_COMPLETION_TOKEN: Decimal = Decimal::from_parts(1, 0, 0, false, 5);

/// OpenAI's `usage`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Usage {
    pub(crate) prompt_tokens: u64,
    pub(crate) completion_tokens: u64,
    pub(crate) total_tokens: u64,
    prompt_tokens_details: PromptDetails,
    completion_tokens_details: CompletionDetails,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct PromptDetails {
    cached_tokens: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct CompletionDetails {
    reasoning_tokens: u64,
}

impl Usage {
    pub(crate) fn new(prompt_tokens: u64, completion_tokens: u64) -> Self {
        let total_tokens = prompt_tokens.saturating_add(completion_tokens);
        Self { prompt_tokens, completion_tokens, total_tokens, ..Self::default() }
    }

    /// The same with cached prompt tokens, and with reasoning tokens added to those of the completion.
    pub(crate) fn with_details(self, cached_tokens: u64, reasoning_tokens: u64) -> Self {
        Self {
            prompt_tokens_details: PromptDetails { cached_tokens },
            completion_tokens_details: CompletionDetails { reasoning_tokens },
            ..Self::new(self.prompt_tokens, self.completion_tokens.saturating_add(reasoning_tokens))
        }
    }

    /// In US dollars.
    pub(crate) fn cost(&self) -> Decimal {
        let sent = Decimal::from(self.prompt_tokens).saturating_mul(PRICE_OF_PROMPT_TOKEN);
        sent.saturating_add(Decimal::from(self.completion_tokens).saturating_mul(PRICE_OF_COMPLETION_TOKEN))
    }
}

/// The tokens that a text counts for.
pub(crate) fn text_tokens(text: &str) -> u64 {
    u64::try_from(text.chars().count().div_ceil(CHARACTERS_PER_TOKEN)).unwrap_or(u64::MAX)
}

/// The tokens that this number of photos counts for.
pub(crate) fn photo_tokens(photos: usize) -> u64 {
    u64::try_from(photos).unwrap_or(u64::MAX).saturating_mul(TOKENS_PER_PHOTO)
}

/// The beginning of `text` that counts for at most `tokens`; `None` if the whole text does.
pub(crate) fn truncate(text: &str, tokens: u64) -> Option<&str> {
    let characters = usize::try_from(tokens).unwrap_or(usize::MAX).saturating_mul(CHARACTERS_PER_TOKEN);
    text.char_indices().nth(characters).map(|(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_tokens_cost_what_the_price_list_says() {
        assert_eq!(Usage::new(1_000_000, 0).cost(), Decimal::new(250, 2));
        assert_eq!(Usage::new(0, 1_000_000).cost(), Decimal::TEN);
    }

    #[test]
    fn only_a_longer_text_is_truncated() {
        assert_eq!(text_tokens("12345"), 2);
        assert_eq!(truncate("12345", 1), Some("1234"));
        assert_eq!(truncate("12345", 2), None);
        assert_eq!(truncate("ääääß", 1), Some("ääää"));
    }
}
