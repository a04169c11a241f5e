//! Prices and limits that an app sets. What is done with them is in `gateway`.

use crate::error::{Error, Result};
use rust_decimal::Decimal;

/// What a model costs, for models whose price the catalogue does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelPrices {
    /// The model's id, in either spelling: `gemini/gemini-2.5-flash` and `gemini-2.5-flash` are the same.
    pub model: String,
    /// Its prices. What has no price here is unknown, not free.
    pub prices: Vec<Price>,
    /// The longest answer that the model gives, in tokens. Without it, the upper bound of a chat that sets no
    /// `max_tokens` is unknown.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_output_tokens: Option<u64>,
}

/// A price in US dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Price {
    /// What it is for.
    pub unit: PriceUnit,
    /// US dollars for one unit, such as 0.00000025 for a token. Exact.
    pub usd: Decimal,
    /// The price holds for requests of at most so many input tokens, and is unknown above. `None` if it holds for all.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_input_tokens: Option<u64>,
}

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PriceUnit {
    /// A token of the request, photos included.
    InputToken,
    /// A token of the request that the provider has in its cache.
    CachedInputToken,
    /// A token of the answer. Reasoning costs the same, unless it has a price of its own.
    OutputToken,
    /// A request, besides its tokens.
    Request,
    /// A photo in the request, besides its tokens.
    InputImage,
    /// An image that is made.
    OutputImage,
    /// A character of a text that is spoken.
    InputCharacter,
    /// A token of the request that the provider puts into its cache.
    CacheWriteToken,
    /// A token of a photo in the request, where it has a price of its own.
    InputImageToken,
    /// A token of the answer that is reasoning, where it has a price of its own.
    ReasoningToken,
    /// A token of an image in the answer, where it has a price of its own.
    OutputImageToken,
    /// Anything else that a call may be billed for, such as a second, or a price that depends on the time. No estimate
    /// counts it: with such a price, the most that a call may cost is unknown.
    Other,
}

/// Limits of what calls may cost, in US dollars. They are compared with estimates before a call is sent, see
/// [`AiPass::estimate`](crate::AiPass::estimate): a call over a limit is [`Error::SpendLimit`], and nothing is sent. A
/// field that is `None` limits nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SpendLimits {
    /// The most that one call may cost. [`CallOptions::max_cost`](crate::CallOptions) replaces it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub per_call: Option<Decimal>,
    /// The most that all calls of one sign-in may cost together.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub per_session: Option<Decimal>,
    /// The most that all calls of a day may cost together. A day is the device's local date.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub per_day: Option<Decimal>,
    /// Whether a call is sent whose highest cost is unknown. Default false: it is refused.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub allow_unknown_prices: bool,
}

impl Price {
    /// A price that holds for requests of any length.
    pub fn new(unit: PriceUnit, usd: Decimal) -> Self {
        Self { unit, usd, max_input_tokens: None }
    }
}

impl SpendLimits {
    pub(crate) fn check(&self) -> Result<()> {
        match [self.per_call, self.per_session, self.per_day].into_iter().flatten().find(Decimal::is_sign_negative) {
            Some(limit) => Err(Error::invalid_input("spend_limits", format!("{limit} is below zero"))),
            None => Ok(()),
        }
    }
}

impl ModelPrices {
    pub(crate) fn check(&self) -> Result<()> {
        match self.prices.iter().find(|price| price.usd.is_sign_negative()) {
            Some(price) => {
                let detail = format!("{:?}: {:?} costs {}, which is below zero", self.model, price.unit, price.usd);
                Err(Error::invalid_input("prices", detail))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P8
    #[test]
    fn negative_limits_and_prices_are_refused() {
        let below = Some(Decimal::NEGATIVE_ONE);
        for limits in [
            SpendLimits { per_call: below, ..SpendLimits::default() },
            SpendLimits { per_session: below, ..SpendLimits::default() },
            SpendLimits { per_day: below, ..SpendLimits::default() },
        ] {
            let named = limits.check();
            assert!(matches!(named, Err(Error::InvalidInput { input, .. }) if input == "spend_limits"));
        }
        let prices = vec![Price::new(PriceUnit::Request, Decimal::NEGATIVE_ONE)];
        let named = ModelPrices { model: "a".into(), prices, max_output_tokens: None }.check();
        assert!(matches!(named, Err(Error::InvalidInput { input, .. }) if input == "prices"));
        assert_eq!(SpendLimits { per_day: Some(Decimal::ZERO), ..SpendLimits::default() }.check(), Ok(()));
    }
}
