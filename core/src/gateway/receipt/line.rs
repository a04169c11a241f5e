//! Whether one item of a receipt adds up, and what it adds to the sum.

use super::Receipt;
use super::details::ReceiptItem;
use super::money::{Money, round_to};
use super::slip::is_one_slip;
use rust_decimal::Decimal;

/// What one item adds to the sum, and whether it adds up itself.
pub(super) struct Line {
    /// Its total, less a discount that is known not to be in it. `None` without a total.
    pub(super) net: Option<Decimal>,
    /// A discount of which it is not known whether the total is before or after it.
    pub(super) discount: Decimal,
    /// What is printed less what was worked out.
    pub(super) off: Option<Decimal>,
    /// Quantity, unit price and total fit.
    pub(super) is_proven: bool,
    /// Its total is before its discount, which is not what the field says.
    pub(super) is_before_discount: bool,
    /// Its unit price or its discount stands in no calculation of its own.
    pub(super) is_open: bool,
}

impl Line {
    pub(super) fn all(receipt: &Receipt, money: &Money) -> Vec<Self> {
        receipt.items.iter().map(|item| Self::of(item, money)).collect()
    }

    /// Whether the price of a weight, or one finer than the currency's unit, may be another by a single slip, because the rounding of
    /// the product hides it.
    pub(super) fn hides_slip(item: &ReceiptItem, money: &Money) -> bool {
        /// Prices around the one that is printed, in its smallest unit.
        const MAX_STEPS: i64 = 99;
        let (Some(price), Some(quantity)) = (item.unit_price, item.quantity) else { return false };
        // Nothing is rounded.
        if quantity.fract().is_zero() && price.normalize().scale() <= money.digits {
            return false;
        }
        let step = Decimal::new(1, price.scale().clamp(money.digits, 9));
        let fits = |price: Decimal| {
            let line = Self::of(&ReceiptItem { unit_price: Some(price), ..item.clone() }, money);
            line.is_proven && line.off.is_none()
        };
        [step, -step].into_iter().any(|step| {
            let prices = (1..=MAX_STEPS).map_while(|steps| price.checked_add(step * Decimal::from(steps)));
            prices.take_while(|price| fits(*price)).any(|other| is_one_slip(price, other))
        })
    }

    pub(super) fn of(item: &ReceiptItem, money: &Money) -> Self {
        let discount = item.discount.unwrap_or_default().abs();
        let Some(total) = item.total else {
            return Self {
                net: None,
                discount: Decimal::ZERO,
                off: None,
                is_proven: false,
                is_before_discount: false,
                is_open: true,
            };
        };
        let mut line =
            Self { net: Some(total), discount, off: None, is_proven: false, is_before_discount: false, is_open: false };
        let quantity = item.quantity.or((item.unit_price == Some(total)).then_some(Decimal::ONE));
        let Some((quantity, price)) = quantity.zip(item.unit_price) else {
            line.is_open = item.unit_price.is_some();
            return line;
        };
        let Some(product) = quantity.checked_mul(price).map(|product| product.abs()) else {
            line.is_open = true;
            return line;
        };
        // A returned article has its minus at the total, at the quantity, or at the price.
        let printed = total.abs();
        let is = |expected: Decimal| money.rounds_to(expected, printed);
        line.is_proven = true;
        if is(product - discount) {
            line.discount = Decimal::ZERO;
        } else if discount > Decimal::ZERO && is(product) {
            (line.is_proven, line.is_before_discount, line.is_open) = (false, true, true);
            line.net = Some(if total.is_sign_negative() { total + discount } else { total - discount });
            line.discount = Decimal::ZERO;
        } else {
            let expected = round_to(product - discount, money.digits);
            line.is_proven = false;
            line.off = Some(if total.is_sign_negative() { total + expected } else { total - expected });
        }
        line
    }
}
