//! What the tokens cost that an answer tells of.

use super::usage::TokenUsage;
use rust_decimal::Decimal;

/// What a call costs by the tokens that its answer tells of; at most, because a part of them may have cost less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TokenRates {
    pub input: Decimal,
    /// `None` where an answer has no tokens.
    pub output: Option<Decimal>,
    /// What is paid for besides.
    pub fixed: Decimal,
    /// The rates hold up to so many input tokens.
    pub max_input_tokens: Option<u64>,
}

impl TokenRates {
    /// What these tokens cost at most. `None` if the usage does not count both sides of the call, as where a gateway writes 0 for
    /// what it does not know, or where the prices do not hold.
    pub fn cost(&self, usage: &TokenUsage) -> Option<Decimal> {
        let TokenUsage { prompt_tokens, completion_tokens, total_tokens, .. } = *usage;
        let answered = match self.output {
            Some(output) if completion_tokens > 0 => output.checked_mul(completion_tokens.into())?,
            Some(_) => return None,
            None => Decimal::ZERO,
        };
        let holds = self.max_input_tokens.is_none_or(|most| prompt_tokens <= most);
        // Some providers count reasoning in the total alone.
        let is_whole = total_tokens <= prompt_tokens.saturating_add(completion_tokens);
        if prompt_tokens == 0 || !holds || !is_whole {
            return None;
        }
        let sent = self.input.checked_mul(prompt_tokens.into())?;
        sent.checked_add(answered)?.checked_add(self.fixed).map(|cost| cost.normalize())
    }
}
