//! What a call may cost: prices times what the call may use.

use super::bill::Ceiling;
use super::models::is_same_model;
use super::rates::TokenRates;
use super::tokens::Span;
use crate::client::AiPass;
use crate::error::Result;
use crate::money::{Price, PriceUnit};
use rust_decimal::Decimal;

/// What a call may cost, in US dollars, from prices and from counts that are approximations. The real cost may lie outside:
/// `docs/money.md` has the rules and their measured errors.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CostEstimate {
    /// The model that the call would take.
    pub model: String,
    /// The least that the call may cost; `None` if it is unknown, which is not zero.
    pub low: Option<Decimal>,
    /// The most that the call may cost; `None` if it is unknown: there is no price, or neither the request nor the
    /// catalogue limits the answer's length.
    pub high: Option<Decimal>,
    /// The request's tokens; `None` if they are unknown, or the price is for something else.
    pub input_tokens: Option<TokenRange>,
    /// The answer's tokens; `None` if the price is for something else.
    pub output_tokens: Option<TokenRange>,
    /// Where the prices are from.
    pub basis: PriceBasis,
}

/// So many tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenRange {
    /// The fewest.
    pub min: u64,
    /// The most; `None` if there is no limit.
    pub max: Option<u64>,
}

/// Where prices are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PriceBasis {
    /// The provider's catalogue.
    Catalogue,
    /// The app's own table, [`Config::prices`](crate::Config): the catalogue shows none of this model.
    AppPrices,
    /// Neither has a price of this model.
    Unknown,
}

/// What is known of a model's prices.
pub(super) struct PriceList {
    prices: Vec<Price>,
    pub max_output_tokens: Option<u64>,
    basis: PriceBasis,
}

impl AiPass {
    /// The prices of a model: the catalogue's, else the app's own.
    pub(super) async fn price_list(&self, model: &str) -> Result<PriceList> {
        let listed = self.listed(model).await?.unwrap_or_default();
        let own = self.config().prices.iter().find(|own| is_same_model(&own.model, model));
        let max_output_tokens = listed.max_output_tokens.or(own.and_then(|own| own.max_output_tokens));
        let (prices, basis) = match own {
            _ if !listed.prices.is_empty() => (listed.prices, PriceBasis::Catalogue),
            Some(own) => (own.prices.clone(), PriceBasis::AppPrices),
            None => (Vec::new(), PriceBasis::Unknown),
        };
        Ok(PriceList { prices, max_output_tokens, basis })
    }
}

/// An estimate, and what the tokens cost that the answer will tell of.
pub(super) struct Quote {
    pub estimate: CostEstimate,
    rates: Option<TokenRates>,
}

/// The most that a call may use.
struct Uses {
    input: u64,
    /// `None` if that has no limit.
    output: Option<u64>,
    /// Photos in the request, or images that it makes: some gateways bill these by the price of a photo.
    photos: u64,
    /// `None` if it is unknown, as of the following.
    images: Option<u64>,
    characters: Option<u64>,
}

/// What a token of a request may be. It is billed by one of these prices.
const INPUT: [PriceUnit; 4] =
    [PriceUnit::InputToken, PriceUnit::CachedInputToken, PriceUnit::CacheWriteToken, PriceUnit::InputImageToken];
/// What a token of an answer may be.
const OUTPUT: [PriceUnit; 3] = [PriceUnit::OutputToken, PriceUnit::ReasoningToken, PriceUnit::OutputImageToken];

impl PriceList {
    /// A chat. An input of `None` is unknown; an answer without a most has no limit.
    pub fn for_chat(self, model: String, input: Option<Span>, output: TokenRange, photos: u64) -> Quote {
        let uses = |input: Span| Uses { input: input.max, output: output.max, photos, images: None, characters: None };
        let low = input.and_then(|input| self.least_of_tokens(input.min, output.min));
        let is_priced = self.find(PriceUnit::InputToken).is_some() && self.find(PriceUnit::OutputToken).is_some();
        let high = input.filter(|_| is_priced).and_then(|input| self.most(&uses(input)));
        let rates = self.rates(&uses(Span::default())).filter(|rates| is_priced && rates.output.is_some());
        let input_tokens = input.map(|input| TokenRange { min: input.min, max: Some(input.max) });
        let unknown = CostEstimate::unknown(model, self.basis);
        Quote { estimate: CostEstimate { low, high, input_tokens, output_tokens: Some(output), ..unknown }, rates }
    }

    /// Texts that become vectors.
    pub fn for_embeddings(self, model: String, input: Span, characters: u64) -> Quote {
        let uses = |input| Uses { input, output: Some(0), photos: 0, images: Some(0), characters: Some(characters) };
        let low = self.least_of_tokens(input.min, 0);
        let is_priced = self.find(PriceUnit::InputToken).is_some();
        let high = if is_priced { self.most(&uses(input.max)) } else { None };
        let rates = self.rates(&uses(0)).filter(|_| is_priced).map(|rates| TokenRates { output: None, ..rates });
        let input_tokens = Some(TokenRange { min: input.min, max: Some(input.max) });
        Quote { estimate: CostEstimate { low, high, input_tokens, ..CostEstimate::unknown(model, self.basis) }, rates }
    }

    /// So many images, which must have a price, from a prompt.
    pub fn for_images(self, model: String, count: u64, prompt: Span) -> Quote {
        let low = self.least_of_units(PriceUnit::OutputImage, count);
        let output = self.max_output_tokens.and_then(|most| most.checked_mul(count));
        let uses = Uses { input: prompt.max, output, photos: count, images: Some(count), characters: None };
        let high = low.and_then(|_| self.most(&uses));
        Quote { estimate: CostEstimate { low, high, ..CostEstimate::unknown(model, self.basis) }, rates: None }
    }

    /// So many characters to be spoken, which must have a price; the most includes what is not spoken. They are so many tokens.
    pub fn for_speech(self, model: String, characters: TokenRange, tokens: Span) -> Quote {
        let low = self.least_of_units(PriceUnit::InputCharacter, characters.min);
        let (output, characters) = (self.max_output_tokens, characters.max);
        let uses = Uses { input: tokens.max, output, photos: 0, images: None, characters };
        let high = low.and_then(|_| self.most(&uses));
        Quote { estimate: CostEstimate { low, high, ..CostEstimate::unknown(model, self.basis) }, rates: None }
    }

    fn find(&self, unit: PriceUnit) -> Option<&Price> {
        self.prices.iter().find(|price| price.unit == unit)
    }

    /// The prices of these units that are known.
    fn among(&self, units: &'static [PriceUnit]) -> impl Iterator<Item = &Price> {
        units.iter().filter_map(|unit| self.find(*unit))
    }

    fn least_of_tokens(&self, input: u64, output: u64) -> Option<Decimal> {
        let least = |units, count: u64| -> Option<Decimal> {
            self.among(units).map(|price| price.usd).min()?.checked_mul(count.into())
        };
        self.find(PriceUnit::InputToken)?;
        let answered =
            if output == 0 { Decimal::ZERO } else { self.find(PriceUnit::OutputToken).and(least(&OUTPUT, output))? };
        least(&INPUT, input)?.checked_add(answered)?.checked_add(self.per_request()).map(|cost| cost.normalize())
    }

    fn least_of_units(&self, unit: PriceUnit, count: u64) -> Option<Decimal> {
        let cost = self.find(unit)?.usd.checked_mul(count.into())?;
        cost.checked_add(self.per_request()).map(|cost| cost.normalize())
    }

    /// The most that a call may cost by all prices that are known of the model; `None` if one of them counts what is unknown.
    fn most(&self, uses: &Uses) -> Option<Decimal> {
        // A price that holds up to a length is unknown above it.
        let holds = |price: &Price| price.max_input_tokens.is_none_or(|most| uses.input <= most);
        if !self.prices.iter().all(holds) {
            return None;
        }
        let TokenRates { input, output, fixed, .. } = self.rates(uses)?;
        let sent = input.checked_mul(uses.input.into())?;
        let answered = match output {
            Some(output) => output.checked_mul(uses.output?.into())?,
            None => Decimal::ZERO,
        };
        sent.checked_add(answered)?.checked_add(fixed).map(|cost| cost.normalize())
    }

    /// What tokens cost at most, and what the rest of these uses costs; `None` if a price counts what is unknown.
    fn rates(&self, uses: &Uses) -> Option<TokenRates> {
        let rest = [
            (PriceUnit::Request, Some(1)),
            (PriceUnit::InputImage, Some(uses.photos)),
            (PriceUnit::OutputImage, uses.images),
            (PriceUnit::InputCharacter, uses.characters),
            (PriceUnit::Other, None),
        ];
        let mut fixed = Decimal::ZERO;
        for (unit, count) in rest {
            if let Some(price) = self.find(unit) {
                fixed = fixed.checked_add(price.usd.checked_mul(count?.into())?)?;
            }
        }
        Some(TokenRates {
            input: self.among(&INPUT).map(|price| price.usd).max().unwrap_or_default(),
            output: self.among(&OUTPUT).map(|price| price.usd).max(),
            fixed,
            max_input_tokens: self.prices.iter().filter_map(|price| price.max_input_tokens).min(),
        })
    }

    fn per_request(&self) -> Decimal {
        self.find(PriceUnit::Request).map_or(Decimal::ZERO, |price| price.usd)
    }
}

impl Quote {
    /// The same where the call asks for something whose price is not known.
    pub fn without_bound(self) -> Self {
        Self { estimate: CostEstimate { high: None, ..self.estimate }, rates: None }
    }

    /// What is reserved for the call.
    pub fn ceiling(self) -> Ceiling {
        let CostEstimate { high, output_tokens, .. } = self.estimate;
        Ceiling { high, output_tokens: output_tokens.and_then(|output| output.max), rates: self.rates }
    }
}

impl CostEstimate {
    fn unknown(model: String, basis: PriceBasis) -> Self {
        Self { model, low: None, high: None, input_tokens: None, output_tokens: None, basis }
    }
}

#[cfg(test)]
#[path = "quote_tests.rs"]
mod tests;
