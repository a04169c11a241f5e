//! The equations of what was paid: tendered − change, or all payments, is the total.

use super::{Proven, Sums};
use crate::gateway::receipt::details::ReceiptPayment;
use crate::gateway::receipt::money::is_card;
use rust_decimal::Decimal;

impl Sums<'_> {
    /// Checks what was paid; what is printed less what was to pay, if that differs.
    pub(super) fn payment(&self, tip: Decimal, rounding: Decimal, proven: &mut Proven) -> Option<Decimal> {
        let receipt = self.receipt;
        let to_pay = (self.total + tip + rounding).abs();
        let fits = |paid: Decimal| paid == to_pay || self.money.is_in_coins(paid, to_pay);
        let amounts: Option<Vec<Decimal>> = receipt.payments.iter().map(|payment| payment.amount).collect();
        let paid = amounts.filter(|all| !all.is_empty()).map(|all| all.iter().sum::<Decimal>().abs());
        let (tendered, change) = (receipt.tendered.map(|it| it.abs()), receipt.change.map(|it| it.abs()));
        let back = change.unwrap_or_default();
        let mut wrong = None;
        let is_paid = |proven: &mut Proven, amount: Decimal| {
            proven.tip |= !tip.is_zero();
            proven.rounding |= !rounding.is_zero();
            proven.is_rounded |= amount != to_pay;
            proven.payments_held += 1;
        };
        if let Some(tendered) = tendered {
            let in_cash = tendered - back;
            // Paid in part by card or voucher: what was handed over is for the rest.
            let has_parts = receipt.payments.len() > 1 && paid.is_some_and(fits);
            let is_part = |it: &ReceiptPayment| !is_card(it) && it.amount.is_some_and(|part| part.abs() == in_cash);
            // The part in cash may be what was handed over.
            let is_whole = |it: &ReceiptPayment| !is_card(it) && it.amount.is_some_and(|part| part.abs() == tendered);
            let has_whole = receipt.payments.len() > 1 && paid.is_some_and(|paid| fits(paid - back));
            if has_parts && receipt.payments.iter().any(is_part) || has_whole && receipt.payments.iter().any(is_whole) {
                (proven.tendered, proven.change) = (true, true);
                proven.payments_held += 1;
            } else if fits(in_cash) {
                (proven.tendered, proven.change) = (!has_parts, !has_parts);
                is_paid(proven, in_cash);
            } else if change.is_some() && (paid.is_none() || !back.is_zero()) || tendered < to_pay && paid.is_none() {
                wrong = Some(tendered - back - to_pay);
            }
        }
        if let Some(paid) = paid {
            let is_tendered = tendered == Some(paid);
            if fits(paid) || is_tendered {
                proven.payments = true;
                proven.tendered |= is_tendered;
                proven.change |= back.is_zero() && fits(paid) && receipt.payments.iter().all(is_card);
                if !is_tendered {
                    is_paid(proven, paid);
                }
            } else if !back.is_zero() && fits(paid - back) {
                (proven.payments, proven.change) = (true, true);
                is_paid(proven, paid - back);
            } else {
                wrong = wrong.or(Some(paid - to_pay));
            }
        }
        wrong
    }
}
