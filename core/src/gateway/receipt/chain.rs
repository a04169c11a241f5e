//! The equations of a receipt, and the ways in which it may mean its amounts.
//!
//! | equation | what it proves |
//! |---|---|
//! | items + discounts + added taxes + tip + rounding = total | all of these |
//! | items (less discounts, less included taxes) = subtotal | items, subtotal |
//! | subtotal (+ discounts, + taxes) + tip + rounding = total | all of these |
//! | base × rate = tax, and all bases with their taxes = goods | taxes and bases |
//! | items of a tax's class = its base, with or without the tax | bases |
//! | tendered − change, or all payments = total | payments |
//!
//! An amount that no equation proves is missing from the verdict's point of view, and a total that no equation of the goods proves
//! is not proven by its payment alone. Zeros need no proof: they change nothing.

mod below;
mod missing;
mod payment;
mod ways;

use super::Receipt;
use super::details::{MAX_ITEMS, ReceiptKind, ReceiptPart};
use super::line::Line;
use super::money::{Money, round_to};
use super::taxes::Taxes;
use below::{Below, LastItem};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use ways::Way;

/// What the best way of meaning the amounts comes to.
#[derive(Debug)]
pub(super) struct Outcome {
    /// How many equations do not hold, and how many do.
    faults: usize,
    held: usize,
    /// The signs of the discounts are not those of a receipt of this kind.
    is_unusual: bool,
    /// The equation that does not hold: what is printed less what was worked out.
    pub(super) off: Option<(Decimal, ReceiptPart)>,
    /// The parts that no equation proves.
    pub(super) missing: Vec<ReceiptPart>,
}

/// Larger than any receipt's amount: sums of such amounts cannot overflow.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// The outcome of the way that fits best.
pub(super) fn best(receipt: &Receipt, lines: &[Line], total: Decimal, money: &Money) -> Outcome {
    let sums = Sums::of(receipt, lines, total, money);
    let rated = |outcome: Outcome| {
        let by = outcome.off.map_or(Decimal::ZERO, |(by, _)| by.abs());
        ((outcome.faults, outcome.missing.len(), by), outcome)
    };
    // The first way, in which nothing is open, is always possible.
    let first = rated(sums.outcome(&Way::default()));
    let others = sums.ways().skip(1).map(|way| rated(sums.outcome(&way)));
    let smaller = |best: Rated, other: Rated| if other.0 < best.0 { other } else { best };
    let best = others.fold(first, smaller);
    if best.1.off.is_none() || receipt.subtotal.is_none() || lines.len() < 2 {
        return best.1;
    }
    let with_charges = sums.ways().map(|way| Way { below_subtotal: Below::Charges, ..way });
    with_charges.map(|way| rated(sums.outcome(&way))).fold(best, smaller).1
}

/// How many equations do not hold, how many parts are not proven, by how much it is off: the smallest is the best way.
type Rated = ((usize, usize, Decimal), Outcome);

/// How many calculations come out in the usual way of meaning the amounts in which most do; `None` if in each of these ways one
/// does not. An unusual way is one of those in which a receipt never agrees.
pub(super) fn held(receipt: &Receipt, lines: &[Line], total: Decimal, money: &Money) -> Option<usize> {
    let sums = Sums::of(receipt, lines, total, money);
    let outcomes = sums.ways().filter(Way::is_usual).map(|way| sums.outcome(&way));
    outcomes.filter(|outcome| outcome.faults == 0 && !outcome.is_unusual).map(|outcome| outcome.held).max()
}

/// By how much the calculations differ in all ways of meaning the amounts, and what the taxes may be in them.
pub(super) fn differences(
    receipt: &Receipt,
    lines: &[Line],
    total: Decimal,
    money: &Money,
) -> (BTreeSet<Decimal>, BTreeSet<Decimal>) {
    let sums = Sums::of(receipt, lines, total, money);
    let mut taxes = BTreeSet::new();
    let mut differences: BTreeSet<Decimal> =
        sums.discounted.into_iter().chain(sums.discounts).map(|it| it.abs()).collect();
    differences.insert(Decimal::ZERO);
    for way in sums.ways() {
        let Worked { goods, from_items, from_subtotal, to_subtotal, .. } = sums.work_out(&way);
        let of_total = [from_items, from_subtotal].into_iter().flatten().map(|sum| sums.total - sum);
        // Another subtotal may be above the coupons.
        let above_coupons = to_subtotal.into_iter().flat_map(|differ| sums.coupons().map(move |sum| differ + sum));
        differences.extend(of_total.chain(to_subtotal).chain(above_coupons).map(|differ| differ.abs()));
        let checked = sums.taxes.in_way(way.unsaid_taxes_added);
        taxes.extend(checked.worked_out(goods).into_iter().map(|tax| round_to(tax, money.digits)));
    }
    (differences, taxes)
}

/// Whether no amount is too large for any receipt.
pub(super) fn is_within_reason(receipt: &Receipt) -> bool {
    let items = receipt.items.iter().flat_map(|item| [item.quantity, item.unit_price, item.discount, item.total]);
    let taxes = receipt.taxes.iter().flat_map(|tax| [tax.base, tax.amount, tax.rate]);
    let single = [receipt.amount, receipt.subtotal, receipt.tip, receipt.rounding, receipt.tendered, receipt.change];
    let listed = receipt.discounts.iter().map(|it| it.amount).chain(receipt.payments.iter().map(|it| it.amount));
    let mut amounts = items.chain(taxes).chain(single).chain(listed).flatten();
    amounts.all(|amount| amount.abs() <= MAX_AMOUNT.into() && amount.scale() <= 9)
}

/// The equations of one way, worked out.
struct Worked {
    tip: (Decimal, Decimal),
    rounding: (Decimal, Decimal),
    /// Items, discounts and added taxes.
    goods: Option<Decimal>,
    /// What the total would be.
    from_items: Option<Decimal>,
    from_subtotal: Option<Decimal>,
    /// The subtotal less what it would be.
    to_subtotal: Option<Decimal>,
    discounts: Option<Decimal>,
}

/// The amounts of a receipt as its equations take them.
struct Sums<'a> {
    receipt: &'a Receipt,
    money: &'a Money,
    total: Decimal,
    /// Of all items, less the discounts that are known to lower them; `None` if one has no total.
    items: Option<Decimal>,
    /// From the last item to the second.
    last_items: Vec<LastItem>,
    /// The items' discounts of which it is not known whether the totals are before or after them.
    open_discounts: Decimal,
    /// An item has a price or a discount that nothing of its own proves.
    has_open_items: bool,
    discounts: Option<Decimal>,
    /// The sum of the items' discounts, and that of the items below zero.
    discounted: [Decimal; 2],
    /// The discounts say no more than the items do.
    discounts_repeat_items: bool,
    taxes: Taxes<'a>,
    is_refund: bool,
}

/// Which amounts an equation has proven.
#[derive(Default)]
struct Proven {
    items: bool,
    subtotal: bool,
    discounts: bool,
    tip: bool,
    rounding: bool,
    total: bool,
    payments: bool,
    tendered: bool,
    change: bool,
    /// A calculation comes out only if an amount was rounded to a coin, and no line says so.
    is_rounded: bool,
    /// How many calculations of payments come out.
    payments_held: usize,
}

impl<'a> Sums<'a> {
    fn of(receipt: &'a Receipt, lines: &[Line], total: Decimal, money: &'a Money) -> Self {
        let is_complete = !lines.is_empty() && lines.len() < MAX_ITEMS;
        let nets: Option<Vec<Decimal>> = lines.iter().map(|line| line.net).collect();
        let nets = nets.filter(|_| is_complete);
        let items = nets.as_ref().map(|nets| nets.iter().sum::<Decimal>());
        let discounts: Option<Vec<Decimal>> = receipt.discounts.iter().map(|discount| discount.amount).collect();
        let has_minus = discounts.iter().flatten().any(|amount| *amount < Decimal::ZERO);
        let discounts = discounts.map(|all| all.iter().sum::<Decimal>()).map(|sum| if has_minus { sum } else { -sum });
        let of_items: Decimal = receipt.items.iter().filter_map(|item| item.discount).map(|it| it.abs()).sum();
        let negative: Decimal = nets.iter().flatten().filter(|net| **net < Decimal::ZERO).sum();
        let repeats = |sum: Decimal| !sum.is_zero() && discounts.is_some_and(|discounts| discounts.abs() == sum.abs());
        let has_none_below_zero = nets.iter().flatten().chain(&receipt.subtotal).all(|it| *it >= Decimal::ZERO)
            && receipt.taxes.iter().filter_map(|tax| tax.amount).all(|tax| tax >= Decimal::ZERO);
        let is_below_zero = items.or(receipt.subtotal).is_some_and(|sum| sum < Decimal::ZERO);
        // Refunds have their minus at the total, at the items, at both, or nowhere.
        let is_refund = total < Decimal::ZERO || is_below_zero || receipt.kind == Some(ReceiptKind::Refund);
        let has_none_above_zero = nets.iter().flatten().all(|net| *net <= Decimal::ZERO);
        let is_turned = total < Decimal::ZERO && has_none_below_zero
            || total > Decimal::ZERO && is_below_zero && has_none_above_zero;
        Self {
            receipt,
            money,
            total: if is_turned { -total } else { total },
            items,
            last_items: receipt.subtotal.zip(nets.as_deref()).map(|(_, nets)| LastItem::of(nets)).unwrap_or_default(),
            open_discounts: lines.iter().map(|line| line.discount).sum(),
            has_open_items: lines.iter().any(|line| line.is_open),
            discounts,
            discounted: [of_items, negative],
            discounts_repeat_items: repeats(of_items) || repeats(negative),
            taxes: Taxes::of(receipt, nets.as_deref(), money),
            is_refund,
        }
    }

    fn work_out(&self, way: &Way) -> Worked {
        let receipt = self.receipt;
        let zero = Decimal::ZERO;
        let items = self.items.map(|items| match way.lines_before_discounts {
            true if items < zero => items + self.open_discounts,
            true => items - self.open_discounts,
            false => items,
        });
        let discounts = match way.discounts_in_items {
            true => Some(zero),
            false => self.discounts.map(|sum| if way.discounts_negated { -sum } else { sum }),
        };
        let taxes = self.taxes.in_way(way.unsaid_taxes_added);
        let (added, included) = (taxes.added, taxes.included);
        let tip = receipt.tip.unwrap_or_default();
        let rounding = receipt.rounding.map_or(zero, |it| if way.rounding_negated { -it } else { it });
        let tip = if way.tip_outside { (zero, tip) } else { (tip, zero) };
        let rounding = if way.rounding_outside { (zero, rounding) } else { (rounding, zero) };
        let on_top = |goods: Decimal| goods + tip.0 + rounding.0;

        // What the subtotal would be, with all items.
        let of_all = (|| {
            let discounts = if way.subtotal_after_discounts { discounts? } else { zero };
            let included = if way.subtotal_without_taxes { included? } else { zero };
            Some(items? + discounts - included)
        })();
        let below = self.below_subtotal(way.below_subtotal, of_all);

        let goods = (|| Some(items? + discounts? + added?))();
        let from_subtotal = (|| {
            let discounts = if way.subtotal_after_discounts { zero } else { discounts? };
            let included = if way.subtotal_without_taxes { included? } else { zero };
            Some(on_top(receipt.subtotal? + below + discounts + included + added?))
        })();
        let to_subtotal = receipt.subtotal.zip(of_all).map(|(subtotal, of_all)| subtotal + below - of_all);
        Worked { tip, rounding, goods, from_items: goods.map(on_top), from_subtotal, to_subtotal, discounts }
    }

    /// What this way comes to.
    fn outcome(&self, way: &Way) -> Outcome {
        let receipt = self.receipt;
        let Worked { tip, rounding, goods, from_items, from_subtotal, to_subtotal, discounts } = self.work_out(way);
        let ((tip_inside, tip_outside), (rounding_inside, rounding_outside)) = (tip, rounding);
        let mut taxes = self.taxes.in_way(way.unsaid_taxes_added);
        let is_total = |sum: Decimal| sum == self.total;
        let is_rounded = |sum: Decimal| !is_total(sum) && self.money.is_in_coins(self.total, sum);
        let fits = |sum: Decimal| is_total(sum) || is_rounded(sum);

        let mut proven = Proven { discounts: way.discounts_in_items, ..Proven::default() };
        if from_items.is_some_and(is_total) {
            (proven.items, proven.discounts, proven.total) = (true, true, true);
            (proven.tip, proven.rounding) = (!way.tip_outside, !way.rounding_outside);
            taxes.prove_added();
        }
        if to_subtotal.is_some_and(|differ| differ.is_zero()) {
            (proven.items, proven.subtotal) = (true, true);
            proven.discounts |= way.subtotal_after_discounts;
            if way.subtotal_without_taxes {
                taxes.prove_included();
            }
        }
        if from_subtotal.is_some_and(is_total) {
            proven.subtotal = true;
            proven.discounts |= !way.subtotal_after_discounts;
            proven.tip |= !way.tip_outside;
            proven.rounding |= !way.rounding_outside;
            // A total that only repeats the subtotal proves neither.
            proven.total |= receipt.subtotal.is_some_and(|subtotal| subtotal != self.total);
            taxes.prove_added();
            if way.subtotal_without_taxes {
                taxes.prove_included();
            }
        }
        let is_rounded_to_coins =
            from_items.is_some_and(is_rounded) || from_items.is_none() && from_subtotal.is_some_and(is_rounded);
        proven.total |= is_rounded_to_coins;
        proven.is_rounded = is_rounded_to_coins;
        let sum = goods.or_else(|| Some(self.total - tip_inside - rounding_inside));
        let wrong_tax = taxes.check(sum, goods.is_some());
        if taxes.cover_goods {
            match goods {
                Some(_) => (proven.items, proven.discounts) = (true, true),
                None => proven.total = true,
            }
        }
        // What may be said twice or be two discounts is neither for certain.
        proven.discounts &= way.discounts_in_items || !self.discounts_repeat_items;
        let wrong_payment = self.payment(tip_outside, rounding_outside, &mut proven);

        let off_total = from_items.or(from_subtotal).filter(|sum| !fits(*sum)).map(|sum| self.total - sum);
        let off_by_subtotal = from_subtotal.is_some_and(|sum| !fits(sum));
        let off_subtotal = to_subtotal.filter(|differ| !differ.is_zero());
        let of_the_sum = match (off_total, off_subtotal) {
            (Some(_), Some(differ)) if from_subtotal.is_some() && !off_by_subtotal => {
                Some((-differ, ReceiptPart::Items))
            }
            (Some(by), _) => Some((by, ReceiptPart::Total)),
            (None, Some(by)) => Some((by, ReceiptPart::Subtotal)),
            (None, None) => None,
        };
        let faults = [
            off_total.is_some(),
            off_subtotal.is_some(),
            off_by_subtotal,
            wrong_tax.is_some(),
            wrong_payment.is_some(),
        ];
        let held = [
            from_items.is_some_and(fits),
            from_subtotal.is_some_and(fits),
            to_subtotal.is_some_and(|differ| differ.is_zero()),
            taxes.cover_goods,
            way.discounts_in_items,
        ];
        let count = |all: [bool; 5]| all.into_iter().filter(|is| *is).count();
        // A discount lowers what is to pay, or what is paid back.
        let is_below_zero = self.items.or(receipt.subtotal).unwrap_or(self.total) < Decimal::ZERO;
        let is_unusual = discounts.is_some_and(|sum| !sum.is_zero() && (sum < Decimal::ZERO) == is_below_zero);
        let off = wrong_tax.map(|by| (by, ReceiptPart::Taxes)).or(of_the_sum);
        let off = off.or(wrong_payment.map(|by| (by, ReceiptPart::Payments)));
        let off = off.map(|(by, at)| (round_to(by, self.money.digits.max(by.scale().min(4))), at));
        let missing = self.missing(way, &proven, &taxes, is_rounded_to_coins, is_unusual);
        let held = count(held) + taxes.held + proven.payments_held;
        Outcome { faults: count(faults), held, is_unusual, off, missing }
    }
}
