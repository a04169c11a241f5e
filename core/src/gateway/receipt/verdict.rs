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
use super::rivals;

/// The verdicts on a receipt and its items.
pub(super) fn judge(receipt: &mut Receipt, region: Option<&str>) {
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
    missing.extend(receipt.unread.iter().filter_map(|unread| part_at(&unread.field)));
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

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "verdict_property_tests.rs"]
mod property_tests;
