//! Whether another value of one amount would fit a receipt as well.
//!
//! A misread amount may come out in another way of meaning the receipt: a tax in the prices instead of added to them, a total that
//! was rounded to a coin. So each amount is replaced by every value that some way gives for it, one at a time, and the receipt is
//! worked out again. If then as many calculations come out, the receipt does not tell which of the two values is printed.
//!
//! A subtotal, a base and a payment stand for one of several sums, so that another value nearly always comes out. These are open
//! only if a single slip of a reader leads to that value, see [`ReceiptVerdict::Agrees`](super::ReceiptVerdict::Agrees).

use super::Receipt;
use super::chain;
use super::details::ReceiptPart;
use super::line::Line;
use super::money::{Money, round_to};
use super::slip::is_one_slip;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// How many times an item or a tax is looked at, at most. A receipt that needs more is not judged.
const MAX_WORK: usize = 1_000_000;

/// An amount that may be replaced.
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
    Base(usize),
    Payment(usize),
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
            Self::Base(index) => &mut receipt.taxes[index].base,
            Self::Payment(index) => &mut receipt.payments[index].amount,
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
            Self::Tendered | Self::Change | Self::Payment(_) => ReceiptPart::Payments,
            Self::Discount(_) => ReceiptPart::Discounts,
            Self::Tax(_) | Self::Base(_) => ReceiptPart::Taxes,
            Self::ItemTotal(_) | Self::ItemPrice(_) | Self::ItemDiscount(_) => ReceiptPart::Items,
        }
    }

    /// Whether only a value that a single slip leads to counts. Where a tax may be in the prices or added, any subtotal does.
    fn is_vague(self, receipt: &Receipt) -> bool {
        match self {
            Self::Subtotal => receipt.taxes.iter().all(|tax| tax.included.is_some()),
            Self::Base(_) | Self::Payment(_) => true,
            _ => false,
        }
    }
}

/// The parts that may have another amount, without one that appears twice; `None` if that takes too much work.
pub(super) fn open_parts(receipt: &mut Receipt, money: &Money) -> Option<Vec<ReceiptPart>> {
    let lines = Line::all(receipt, money);
    let (differences, taxes) = chain::differences(receipt, &lines, receipt.amount?, money);
    let of_vague = by_meaning(receipt, &differences);
    let held = held(receipt, money);
    let slots = slots(receipt);
    let steps = of_vague.len() * 6 + taxes.len();
    let size = receipt.items.len() + 8 * (1 + receipt.taxes.len());
    if slots.len().saturating_mul(steps).saturating_mul(size) > MAX_WORK {
        return None;
    }
    let mut open = BTreeSet::new();
    for slot in slots {
        let Some(printed) = *slot.of(receipt) else { continue };
        let differences = if slot.is_vague(receipt) { &of_vague } else { &differences };
        let found = rivals(slot, printed, differences, &taxes, receipt, money).into_iter().any(|rival| {
            *slot.of(receipt) = Some(rival);
            self::held(receipt, money) >= held
        });
        *slot.of(receipt) = Some(printed);
        if found {
            open.insert(slot.part());
        }
    }
    let hidden = receipt.items.iter().enumerate().filter(|(_, item)| Line::hides_slip(item, money));
    open.extend(hidden.map(|(index, _)| ReceiptPart::Item { index: index.try_into().unwrap_or(u32::MAX) }));
    Some(open.into_iter().collect())
}

/// By how much an amount with several meanings may differ: by the taxes of a base, by what was paid otherwise and the change.
fn by_meaning(receipt: &Receipt, differences: &BTreeSet<Decimal>) -> BTreeSet<Decimal> {
    let taxes = || receipt.taxes.iter().filter_map(|tax| tax.amount);
    let paid = receipt.payments.iter().filter_map(|payment| payment.amount);
    let more = taxes().chain([taxes().sum()]).chain(paid).chain(receipt.change).map(|amount| amount.abs());
    differences.iter().copied().chain(more).collect()
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
    let mut slots = vec![Slot::Total, Slot::Subtotal, Slot::Tip, Slot::Rounding, Slot::Tendered, Slot::Change];
    slots.extend((0..receipt.discounts.len()).map(Slot::Discount));
    slots.extend((0..receipt.taxes.len()).flat_map(|index| [Slot::Tax(index), Slot::Base(index)]));
    slots.extend((0..receipt.payments.len()).map(Slot::Payment));
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
    let is_vague = slot.is_vague(receipt);
    rivals.retain(|rival| !rival.is_zero() && rival.abs() != printed.abs());
    rivals.retain(|rival| !is_vague || is_one_slip(*rival, printed));
    rivals.into_iter().collect()
}
