//! Whether the amounts of a receipt add up (P14): items → subtotal → discounts, taxes, tip, rounding → total → payment.
//!
//! All in exact decimals. What a receipt does not say of itself (whether its taxes are in its prices, whether its subtotal is
//! after the discounts) is tried in each way, and a way counts only if all that is printed fits it. [`ReceiptVerdict::Agrees`]
//! therefore means that each amount that was read stands in an equation, and that each equation holds. The equations are in
//! [`chain`].

use super::Receipt;
use super::chain::{self, Outcome};
use super::details::{ReceiptItem, ReceiptPart, ReceiptVerdict};
use super::line::Line;
use super::money::Money;
use super::place::Place;
use super::rivals;
use chrono::NaiveDate;

/// A receipt with new verdicts, for example after its user corrected an amount that was misread. `locale` is that of the scan, a
/// BCP 47 tag such as `en-US`: in some regions totals in euro are rounded to a coin. A value that was not read and has been filled in
/// counts as any other. Only the verdicts change, those of the receipt and of its items. Nothing is sent and nothing is spent.
#[must_use]
#[cfg_attr(feature = "uniffi", uniffi::export(default(locale = None)))]
pub fn judge_receipt(receipt: Receipt, locale: Option<String>) -> Receipt {
    let mut receipt = receipt;
    let place = Place::new(locale.as_deref(), None, NaiveDate::MIN);
    judge(&mut receipt, place.region.as_deref());
    receipt
}

/// The verdicts on a receipt and its items.
pub(super) fn judge(receipt: &mut Receipt, region: Option<&str>) {
    receipt.verdict = ReceiptVerdict::default();
    receipt.items.iter_mut().for_each(|item| item.verdict = ReceiptVerdict::default());
    if !chain::is_within_reason(receipt) {
        return;
    }
    let money = Money::of(receipt, region);
    let lines = Line::all(receipt, &money);
    for (index, (item, line)) in receipt.items.iter_mut().zip(&lines).enumerate() {
        let at = ReceiptPart::Item { index: index.try_into().unwrap_or(u32::MAX) };
        item.verdict = match line.off {
            Some(by) => ReceiptVerdict::Off { by, at },
            None if line.is_proven => ReceiptVerdict::Agrees,
            None => ReceiptVerdict::CannotTell { missing: vec![at] },
        };
    }
    receipt.verdict = of(receipt, &lines, &money);
    if receipt.verdict == ReceiptVerdict::Agrees {
        receipt.verdict = match rivals::open_parts(receipt, &money) {
            Some(missing) if missing.is_empty() => ReceiptVerdict::Agrees,
            Some(missing) => ReceiptVerdict::CannotTell { missing },
            None => ReceiptVerdict::default(),
        };
    }
}

fn of(receipt: &Receipt, lines: &[Line], money: &Money) -> ReceiptVerdict {
    let off = lines.iter().zip(&receipt.items).find(|(line, _)| line.off.is_some());
    if let Some((_, ReceiptItem { verdict: verdict @ ReceiptVerdict::Off { .. }, .. })) = off {
        return verdict.clone();
    }
    let Some(total) = receipt.amount else { return ReceiptVerdict::CannotTell { missing: vec![ReceiptPart::Total] } };
    let Outcome { off, mut missing, .. } = chain::best(receipt, lines, total, money);
    if let Some((by, at)) = off {
        return ReceiptVerdict::Off { by, at };
    }
    let unread = receipt.unread.iter().filter(|unread| !is_filled_in(receipt, &unread.field));
    missing.extend(unread.filter_map(|unread| part_at(&unread.field)));
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() { ReceiptVerdict::Agrees } else { ReceiptVerdict::CannotTell { missing } }
}

/// The part in whose calculation a value would stand that was not read.
fn part_at(pointer: &str) -> Option<ReceiptPart> {
    let mut segments = pointer.split('/').skip(1);
    let (list, member) = (segments.next()?, segments.nth(1));
    Some(match (list, member) {
        ("items", None | Some("total" | "unit_price" | "discount")) => ReceiptPart::Items,
        ("subtotal", _) => ReceiptPart::Subtotal,
        ("discounts", None | Some("amount")) => ReceiptPart::Discounts,
        ("taxes", None | Some("amount" | "base")) => ReceiptPart::Taxes,
        ("tip", _) => ReceiptPart::Tip,
        ("rounding", _) => ReceiptPart::Rounding,
        ("payments", None | Some("amount")) | ("tendered" | "change", _) => ReceiptPart::Payments,
        _ => return None,
    })
}

/// Whether a value that was not read has been filled in since.
fn is_filled_in(receipt: &Receipt, pointer: &str) -> bool {
    let mut segments = pointer.split('/').skip(1);
    let list = segments.next().unwrap_or_default();
    let index = segments.next().and_then(|index| index.parse::<usize>().ok()).unwrap_or(usize::MAX);
    let item = receipt.items.get(index);
    let tax = receipt.taxes.get(index);
    let amount = match (list, segments.next().unwrap_or_default()) {
        ("items", "total") => item.and_then(|item| item.total),
        ("items", "unit_price") => item.and_then(|item| item.unit_price),
        ("items", "discount") => item.and_then(|item| item.discount),
        ("taxes", "amount") => tax.and_then(|tax| tax.amount),
        ("taxes", "base") => tax.and_then(|tax| tax.base),
        ("discounts", "amount") => receipt.discounts.get(index).and_then(|discount| discount.amount),
        ("payments", "amount") => receipt.payments.get(index).and_then(|payment| payment.amount),
        ("subtotal", _) => receipt.subtotal,
        ("tip", _) => receipt.tip,
        ("rounding", _) => receipt.rounding,
        ("tendered", _) => receipt.tendered,
        ("change", _) => receipt.change,
        _ => None,
    };
    amount.is_some()
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "verdict_property_tests.rs"]
mod property_tests;
