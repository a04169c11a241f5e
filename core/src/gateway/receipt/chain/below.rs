//! Items below the subtotal: coupons, and charges such as a fee for the delivery.

use super::Sums;
use rust_decimal::Decimal;

/// Which items stand below the subtotal, so that it is without them.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Below {
    #[default]
    None,
    /// Coupons: the subtotal is before these discounts, as it may be before others.
    Coupons,
    /// Anything else.
    Charges,
}

/// An item with those that follow it.
pub(super) struct LastItem {
    /// Their sum.
    sum: Decimal,
    /// All of them lower the sum of the items.
    are_coupons: bool,
}

impl LastItem {
    /// From the last item to the second.
    pub(super) fn of(nets: &[Decimal]) -> Vec<Self> {
        let all: Decimal = nets.iter().sum();
        let lowers = |net: Decimal| !net.is_zero() && net.is_sign_negative() != all.is_sign_negative();
        let mut last = Self { sum: Decimal::ZERO, are_coupons: true };
        let items = nets.iter().skip(1).rev().map(|net| {
            last = Self { sum: last.sum + net, are_coupons: last.are_coupons && lowers(*net) };
            Self { ..last }
        });
        items.collect()
    }
}

impl Sums<'_> {
    pub(super) fn ends_with_coupon(&self) -> bool {
        self.last_items.first().is_some_and(|last| last.are_coupons)
    }

    /// The sums of the coupons at the end: of the last one, of the last two and so on.
    pub(super) fn coupons(&self) -> impl Iterator<Item = Decimal> {
        self.last_items.iter().take_while(|item| item.are_coupons).map(|item| item.sum)
    }

    /// The sum of the items below the subtotal, which would be `of_all` with all items; zero if no last items explain the difference.
    pub(super) fn below_subtotal(&self, below: Below, of_all: Option<Decimal>) -> Decimal {
        let Some(differ) = of_all.zip(self.receipt.subtotal).map(|(of_all, subtotal)| of_all - subtotal) else {
            return Decimal::ZERO;
        };
        let is_found = match below {
            Below::None => false,
            Below::Coupons => self.coupons().any(|sum| sum == differ),
            Below::Charges => self.last_items.iter().any(|item| item.sum == differ),
        };
        if is_found { differ } else { Decimal::ZERO }
    }
}
