//! Which parts of a receipt no equation proves.

use super::below::Below;
use super::ways::Way;
use super::{Proven, Sums};
use crate::gateway::receipt::details::ReceiptPart;
use crate::gateway::receipt::taxes::Checked;
use rust_decimal::Decimal;

impl Sums<'_> {
    /// The parts that no equation proves.
    pub(super) fn missing(
        &self,
        way: &Way,
        proven: &Proven,
        taxes: &Checked<'_>,
        is_rounded: bool,
        is_unusual: bool,
    ) -> Vec<ReceiptPart> {
        let receipt = self.receipt;
        let counts = |amount: Option<Decimal>| amount.is_some_and(|amount| !amount.is_zero());
        let mut missing = Vec::new();
        let mut note = |is_missing: bool, part: ReceiptPart| missing.extend(is_missing.then_some(part));
        let has_items = !receipt.items.is_empty();
        let discounts_of_items_open =
            self.open_discounts > Decimal::ZERO && !way.lines_before_discounts && !way.discounts_in_items;
        let items_open = has_items && (!proven.items || self.has_open_items || discounts_of_items_open);
        note(items_open && (!is_rounded || self.has_open_items), ReceiptPart::Items);
        note(items_open && is_rounded && !proven.items, ReceiptPart::Rounding);
        note(counts(receipt.subtotal) && !proven.subtotal, ReceiptPart::Subtotal);
        note(!proven.discounts && self.discounts.is_none_or(|sum| !sum.is_zero()), ReceiptPart::Discounts);
        note(taxes.are_open(), ReceiptPart::Taxes);
        note(counts(receipt.tip) && !proven.tip, ReceiptPart::Tip);
        note(counts(receipt.rounding) && !proven.rounding, ReceiptPart::Rounding);
        let is_moved = |amount: Option<Decimal>, is: bool| is && counts(amount);
        note(way.lines_before_discounts, ReceiptPart::Items);
        note(way.below_subtotal == Below::Charges, ReceiptPart::Subtotal);
        note(is_unusual, ReceiptPart::Discounts);
        note(is_moved(receipt.tip, way.tip_outside), ReceiptPart::Tip);
        note(is_moved(receipt.rounding, way.rounding_negated || way.rounding_outside), ReceiptPart::Rounding);
        note(proven.is_rounded, ReceiptPart::Rounding);
        let has_paid = receipt.payments.iter().any(|payment| payment.amount.is_some());
        let paid_open = has_paid && !proven.payments || counts(receipt.tendered) && !proven.tendered;
        note(paid_open || receipt.change.is_some() && !proven.change, ReceiptPart::Payments);
        note(!proven.total && !has_items, ReceiptPart::Items);
        note(!proven.total && has_items && proven.items, ReceiptPart::Total);
        missing
    }
}
