//! How a currency rounds: its smallest unit, and the smallest coin where prices are finer.

use super::{Receipt, ReceiptPayment, currency};
use rust_decimal::{Decimal, RoundingStrategy};

/// Currencies without a smaller unit in use.
const WHOLE: &str = "BIF CLP COP DJF GNF IDR IQD ISK JPY KMF KRW LAK MGA MMK PYG RWF TZS UGX UYI VND VUV XAF XOF XPF";

/// The smallest coin in hundredths, where totals in cash are rounded to it. In euro by region: not all round.
const COINS: &[(&str, i64)] = &[
    ("AUD", 5),
    ("CAD", 5),
    ("CHF", 5),
    ("CZK", 100),
    ("DKK", 50),
    ("HKD", 10),
    ("HUF", 500),
    ("ILS", 10),
    ("INR", 100),
    ("MYR", 5),
    ("NOK", 100),
    ("NZD", 10),
    ("SEK", 100),
    ("SGD", 5),
    ("ZAR", 10),
];

/// Regions, and languages of receipts, where cash in euro is rounded to five cents.
const EURO_REGIONS: &str = "BE EE FI IE IT LT NL SK";
const EURO_LANGUAGES: &str = "et fi ga lt nl sk";

/// Words of payments that are not in cash, in lower case.
const CARDS: &str = "card|visa|master|amex|american express|maestro|girocard|debit|credit|karte|carte|tarjeta|kort|pay|twint|\
    swish|paypal|ideal|pix|upi|bancontact|klarna|transfer|kontaktlos|contactless|v pay|ec-|voucher|gift|カード|卡";

/// How amounts round.
pub(super) struct Money {
    /// The decimals of the currency's smallest unit.
    pub(super) digits: u32,
    /// The smallest coin, where the total may have been rounded to it and no rounding is printed.
    pub(super) coin: Option<Decimal>,
    /// All amounts are whole, so that products may have been rounded to whole units too.
    is_whole: bool,
}

impl Money {
    pub(super) fn of(receipt: &Receipt, region: Option<&str>) -> Self {
        let amounts = receipt.items.iter().filter_map(|item| item.total).chain(receipt.amount).chain(receipt.subtotal);
        // 3.00 is as fine as the cent, although it is whole.
        let has_fractions = amounts.clone().any(|amount| amount.scale() > 0);
        let printed = amounts.map(|amount| amount.normalize().scale()).max().unwrap_or(0);
        let code = receipt.currency.as_deref();
        let lists = |list: &str, wanted: &str| list.split(' ').any(|known| known == wanted);
        let digits = match code {
            Some(code) if lists(WHOLE, code) => printed.min(2),
            Some(code) if currency::has_only_three_decimals(code) => 3,
            Some(_) => 2,
            // Not known: as fine as what is printed.
            None => printed.clamp(2, 3),
        };
        let coin =
            COINS.iter().find(|(known, _)| code == Some(known)).map(|(_, hundredths)| Decimal::new(*hundredths, 2));
        let language = receipt.language.as_deref().and_then(|tag| tag.split('-').next()).unwrap_or_default();
        let rounds_euro = region
            .map_or_else(|| lists(EURO_LANGUAGES, &language.to_lowercase()), |region| lists(EURO_REGIONS, region));
        let coin = coin.or((code == Some("EUR") && rounds_euro).then(|| Decimal::new(5, 2)));
        let in_cash = !receipt.payments.iter().any(is_card);
        Self { digits, coin: coin.filter(|_| in_cash && receipt.rounding.is_none()), is_whole: !has_fractions }
    }

    /// The smallest unit.
    pub(super) fn unit(&self) -> Decimal {
        Decimal::new(1, self.digits)
    }

    /// Whether an exact value is printed as this: rounded half up or down to the even digit, or cut.
    pub(super) fn rounds_to(&self, exact: Decimal, printed: Decimal) -> bool {
        let to = |digits| {
            let ways = [
                RoundingStrategy::MidpointAwayFromZero,
                RoundingStrategy::MidpointNearestEven,
                RoundingStrategy::ToZero,
            ];
            ways.into_iter().any(|way| exact.round_dp_with_strategy(digits, way) == printed)
        };
        to(self.digits) || self.is_whole && to(0)
    }

    /// Whether a total may be this sum after rounding to the smallest coin.
    pub(super) fn is_in_coins(&self, total: Decimal, sum: Decimal) -> bool {
        let Some(coin) = self.coin else { return false };
        let differ = total.checked_sub(sum).map(|differ| differ.abs() + differ.abs());
        total.checked_rem(coin) == Some(Decimal::ZERO) && differ.is_some_and(|twice| twice <= coin)
    }
}

/// Whether a payment was not in cash, by its card's digits or its method's name.
pub(super) fn is_card(payment: &ReceiptPayment) -> bool {
    let method = payment.method.as_deref().unwrap_or_default().to_lowercase();
    payment.last_four.is_some() || CARDS.split('|').any(|card| method.contains(card))
}

/// Half up, to so many decimals.
pub(super) fn round_to(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}
