//! Whether another value of one amount would fit a receipt as well.
//!
//! A misread amount may come out in another way of meaning the receipt: a tax in the prices instead of added to them, a total that
//! was rounded to a coin. So each amount is replaced by every value that some way gives for it, one at a time, and the receipt is
//! worked out again. If then as many calculations come out, the receipt does not tell which of the two values is printed.

use super::Receipt;
use super::chain;
use super::details::ReceiptPart;
use super::line::Line;
use super::money::{Money, round_to};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// How many times an item or a tax is looked at, at most. A receipt that needs more is not judged.
const MAX_WORK: usize = 1_000_000;

/// An amount that may be replaced: a subtotal only where a tax may be in the prices or added. Other subtotals, a base and a payment are none: they stand for one of several sums, see
/// [`ReceiptVerdict::Agrees`](super::ReceiptVerdict::Agrees).
#[derive(Debug, Clone, Copy)]
enum Slot {
    Total,
    Subtotal,
    Tip,
    Rounding,
    Tendered,
    Change,
    Discount(usize),
    Tax(usize),
    ItemTotal(usize),
    ItemPrice(usize),
    ItemDiscount(usize),
}

impl Slot {
    fn of(self, receipt: &mut Receipt) -> &mut Option<Decimal> {
        match self {
            Self::Total => &mut receipt.amount,
            Self::Subtotal => &mut receipt.subtotal,
            Self::Tip => &mut receipt.tip,
            Self::Rounding => &mut receipt.rounding,
            Self::Tendered => &mut receipt.tendered,
            Self::Change => &mut receipt.change,
            Self::Discount(index) => &mut receipt.discounts[index].amount,
            Self::Tax(index) => &mut receipt.taxes[index].amount,
            Self::ItemTotal(index) => &mut receipt.items[index].total,
            Self::ItemPrice(index) => &mut receipt.items[index].unit_price,
            Self::ItemDiscount(index) => &mut receipt.items[index].discount,
        }
    }

    fn part(self) -> ReceiptPart {
        match self {
            Self::Total => ReceiptPart::Total,
            Self::Subtotal => ReceiptPart::Subtotal,
            Self::Tip => ReceiptPart::Tip,
            Self::Rounding => ReceiptPart::Rounding,
            Self::Tendered | Self::Change => ReceiptPart::Payments,
            Self::Discount(_) => ReceiptPart::Discounts,
            Self::Tax(_) => ReceiptPart::Taxes,
            Self::ItemTotal(_) | Self::ItemPrice(_) | Self::ItemDiscount(_) => ReceiptPart::Items,
        }
    }
}

/// The parts that may have another amount, without one that appears twice; `None` if that takes too much work.
pub(super) fn open_parts(receipt: &mut Receipt, money: &Money) -> Option<Vec<ReceiptPart>> {
    let lines = Line::all(receipt, money);
    let (differences, taxes) = chain::differences(receipt, &lines, receipt.amount?, money);
    let held = held(receipt, money);
    let slots = slots(receipt);
    let steps = differences.len() * 6 + taxes.len();
    let size = receipt.items.len() + 8 * (1 + receipt.taxes.len());
    if slots.len().saturating_mul(steps).saturating_mul(size) > MAX_WORK {
        return None;
    }
    let mut open = BTreeSet::new();
    for slot in slots {
        let Some(printed) = *slot.of(receipt) else { continue };
        let found = rivals(slot, printed, &differences, &taxes, receipt, money).into_iter().any(|rival| {
            *slot.of(receipt) = Some(rival);
            self::held(receipt, money) >= held
        });
        *slot.of(receipt) = Some(printed);
        if found {
            open.insert(slot.part());
        }
    }
    Some(open.into_iter().collect())
}

/// How many calculations come out; `None` if one does not.
fn held(receipt: &Receipt, money: &Money) -> Option<usize> {
    let lines = Line::all(receipt, money);
    if lines.iter().any(|line| line.off.is_some() || line.is_before_discount) {
        return None;
    }
    let of_lines = lines.iter().filter(|line| line.is_proven).count();
    chain::held(receipt, &lines, receipt.amount?, money).map(|held| held + of_lines)
}

/// The amounts to replace. Of items that differ in their amounts only, one stands for all.
fn slots(receipt: &Receipt) -> Vec<Slot> {
    let mut slots = vec![Slot::Total, Slot::Tip, Slot::Rounding, Slot::Tendered, Slot::Change];
    slots.extend(receipt.taxes.iter().any(|tax| tax.included.is_none()).then_some(Slot::Subtotal));
    slots.extend((0..receipt.discounts.len()).map(Slot::Discount));
    slots.extend((0..receipt.taxes.len()).map(Slot::Tax));
    let mut kinds = BTreeSet::new();
    for (index, item) in receipt.items.iter().enumerate() {
        let sign = item.total.map(|total| total.cmp(&Decimal::ZERO));
        let is_one = item.unit_price == item.total;
        let is_whole = item.quantity.is_none_or(|quantity| quantity.fract().is_zero());
        let given = [item.quantity, item.unit_price, item.discount].map(|value| value.is_some());
        if kinds.insert((item.tax_class.as_deref(), sign, is_one, is_whole, given)) {
            slots.extend([Slot::ItemTotal(index), Slot::ItemDiscount(index)]);
            // A weight's price is hidden by the rounding of their product.
            slots.extend(is_whole.then_some(Slot::ItemPrice(index)));
        }
    }
    slots
}

/// The other values that some way gives for an amount. Another sign alone is no other value, and nothing prints a zero in its place.
fn rivals(
    slot: Slot,
    printed: Decimal,
    differences: &BTreeSet<Decimal>,
    taxes: &BTreeSet<Decimal>,
    receipt: &Receipt,
    money: &Money,
) -> Vec<Decimal> {
    let unit = money.unit();
    let steps = [Decimal::ZERO, unit, -unit];
    let around = |at: Decimal| steps.map(|step| at + step);
    let in_coins = |exact: Decimal| {
        let below = money.coin.map(|coin| ((exact / coin).floor() * coin, coin));
        below.into_iter().flat_map(|(below, coin)| [below, below + coin])
    };
    let differing = differences.iter().flat_map(|by| [printed + by, printed - by]);
    let mut rivals: BTreeSet<Decimal> = differing.flat_map(around).collect();
    match slot {
        Slot::Total => rivals.extend(in_coins(printed)),
        Slot::Tax(_) => rivals.extend(taxes.iter().copied().flat_map(around)),
        Slot::ItemPrice(index) => {
            let item = &receipt.items[index];
            let discount = item.discount.unwrap_or_default().abs();
            let totals = item.total.map(|total| [total.abs(), total.abs() + discount]).into_iter().flatten();
            let priced = totals.filter_map(|total| total.checked_div(item.quantity?.abs()));
            rivals.extend(priced.map(|price| round_to(price, money.digits)));
        }
        Slot::Tendered => {
            let change = receipt.change.unwrap_or_default();
            rivals.extend(in_coins(printed - change).map(|paid| paid + change));
        }
        Slot::Change => {
            let tendered = receipt.tendered.unwrap_or_default();
            rivals.extend(in_coins(tendered - printed).map(|paid| tendered - paid));
        }
        _ => {}
    }
    rivals.retain(|rival| !rival.is_zero() && rival.abs() != printed.abs());
    rivals.into_iter().collect()
}
