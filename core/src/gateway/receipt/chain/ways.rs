//! What a receipt leaves open, and the ways in which it may be meant.

use super::Sums;
use super::below::Below;
use rust_decimal::Decimal;

/// What a receipt leaves open, decided in one of the ways that are possible.
#[derive(Clone, Copy, Default)]
pub(super) struct Way {
    /// The items' totals are before their own discounts.
    pub lines_before_discounts: bool,
    /// Taxes of which the receipt does not say it are added to the prices.
    pub unsaid_taxes_added: bool,
    /// The discounts repeat what the items say: they lower nothing.
    pub discounts_in_items: bool,
    pub discounts_negated: bool,
    /// The tip is paid on top of the total.
    pub tip_outside: bool,
    pub subtotal_after_discounts: bool,
    /// The subtotal is without the taxes that are in the prices.
    pub subtotal_without_taxes: bool,
    pub rounding_negated: bool,
    /// The rounding is between the total and what was paid.
    pub rounding_outside: bool,
    /// Which items stand below the subtotal, so that it is without them.
    pub below_subtotal: Below,
}

impl Way {
    /// Whether a receipt may agree in this way. In the others an amount stands for something else than its field says, so that a
    /// misread amount would fit too: the total is not what was paid, the items' totals are before their discounts, or some items are
    /// not in the subtotal.
    pub fn is_usual(&self) -> bool {
        let moves_total = self.tip_outside || self.rounding_negated || self.rounding_outside;
        !self.lines_before_discounts && !moves_total && self.below_subtotal != Below::Charges
    }
}

impl Sums<'_> {
    /// Every combination of what this receipt leaves open.
    pub(super) fn ways(&self) -> impl Iterator<Item = Way> {
        let receipt = self.receipt;
        let (has_discounts, has_subtotal) = (!receipt.discounts.is_empty(), receipt.subtotal.is_some());
        let (has_tip, has_rounding) = (receipt.tip.is_some(), receipt.rounding.is_some());
        let open = [
            self.open_discounts > Decimal::ZERO,
            receipt.taxes.iter().any(|tax| tax.included.is_none()),
            has_discounts && self.discounts_repeat_items,
            has_discounts && self.is_refund,
            has_tip,
            has_discounts && has_subtotal,
            has_subtotal && !receipt.taxes.is_empty(),
            has_rounding,
            has_rounding,
            has_subtotal && self.ends_with_coupon(),
        ];
        let closed = (0..open.len()).filter(|bit| !open[*bit]).fold(0_u32, |bits, bit| bits | 1 << bit);
        let ways = (0..1_u32 << open.len()).filter(move |bits| bits & closed == 0);
        ways.map(|bits| {
            let is = |bit: u32| bits & 1 << bit != 0;
            Way {
                lines_before_discounts: is(0),
                unsaid_taxes_added: is(1),
                discounts_in_items: is(2),
                discounts_negated: is(3),
                tip_outside: is(4),
                subtotal_after_discounts: is(5),
                subtotal_without_taxes: is(6),
                rounding_negated: is(7),
                rounding_outside: is(8),
                below_subtotal: if is(9) { Below::Coupons } else { Below::None },
            }
        })
    }
}
