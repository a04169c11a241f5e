//! The taxes of a receipt: in its prices or added to them, each from its base.

use super::money::{Money, round_to};
use super::{Receipt, ReceiptTax};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The taxes of a receipt, and what its items say of them.
pub(super) struct Taxes<'a> {
    rows: &'a [ReceiptTax],
    money: &'a Money,
    /// The items' sums by their tax class, if all items have a total.
    classes: BTreeMap<&'a str, Decimal>,
    /// All items have a class, and nothing but them makes up the goods.
    classes_are_whole: bool,
    /// An item lowers the others' sum: the tax may be of what it was before.
    has_coupons: bool,
    /// Each base is that of every row, as where a region and a state tax the same goods.
    have_one_base: bool,
    items: usize,
}

/// The taxes in one way of reading them, and which of them an equation proves.
pub(super) struct Checked<'a> {
    taxes: &'a Taxes<'a>,
    /// The sum of those that are added to the prices; `None` if one has no amount.
    pub(super) added: Option<Decimal>,
    /// The sum of those in the prices.
    pub(super) included: Option<Decimal>,
    /// The bases and their taxes are all the goods.
    pub(super) cover_goods: bool,
    /// The bases are with their taxes, or without them, if the goods tell.
    bases_have_tax: Option<bool>,
    /// How many taxes fit their rate, and how many bases their class.
    pub(super) held: usize,
    is_added: Vec<bool>,
    proven: Vec<bool>,
    proven_bases: Vec<bool>,
}

impl<'a> Taxes<'a> {
    pub(super) fn of(receipt: &'a Receipt, nets: Option<&[Decimal]>, money: &'a Money) -> Self {
        let rows = receipt.taxes.as_slice();
        let mut classes: BTreeMap<&str, Decimal> = BTreeMap::new();
        let class = |class: &'a Option<String>| class.as_deref().map(str::trim).filter(|class| !class.is_empty());
        for (item, net) in receipt.items.iter().zip(nets.into_iter().flatten()) {
            if let Some(class) = class(&item.tax_class) {
                *classes.entry(class).or_default() += net;
            }
        }
        let signs = |is: fn(&Decimal) -> bool| nets.into_iter().flatten().any(is);
        let all_have_one = receipt.items.iter().all(|item| class(&item.tax_class).is_some());
        let mut of_rows: Vec<&str> = rows.iter().filter_map(|row| class(&row.tax_class)).collect();
        of_rows.sort_unstable();
        let are_those_of_items = of_rows.len() == rows.len() && classes.keys().copied().eq(of_rows.iter().copied());
        let bases: Option<Vec<Decimal>> = rows.iter().map(|row| row.base).collect();
        let is_one = |bases: &Vec<Decimal>| bases.len() > 1 && bases.iter().all(|base| Some(base) == bases.first());
        Self {
            rows,
            money,
            classes,
            classes_are_whole: nets.is_some() && all_have_one && are_those_of_items && receipt.discounts.is_empty(),
            has_coupons: signs(|net| *net < Decimal::ZERO) && signs(|net| *net > Decimal::ZERO),
            have_one_base: bases.is_some_and(|bases| is_one(&bases)),
            items: receipt.items.len(),
        }
    }

    /// With those that do not say it added to the prices, or in them.
    pub(super) fn in_way(&'a self, unsaid_are_added: bool) -> Checked<'a> {
        let is_added: Vec<bool> =
            self.rows.iter().map(|row| row.included.map_or(unsaid_are_added, |included| !included)).collect();
        let sum = |added: bool| {
            let rows = self.rows.iter().zip(&is_added).filter(|(_, is_added)| **is_added == added);
            rows.map(|(row, _)| row.amount).sum::<Option<Decimal>>()
        };
        let (added, included) = (sum(true), sum(false));
        let none = vec![false; self.rows.len()];
        Checked {
            taxes: self,
            added,
            included,
            cover_goods: false,
            bases_have_tax: None,
            held: 0,
            is_added,
            proven: none.clone(),
            proven_bases: none,
        }
    }
}

impl Checked<'_> {
    pub(super) fn prove_added(&mut self) {
        self.proven.iter_mut().zip(&self.is_added).for_each(|(proven, added)| *proven |= added);
    }

    pub(super) fn prove_included(&mut self) {
        self.proven.iter_mut().zip(&self.is_added).for_each(|(proven, added)| *proven |= !added);
    }

    /// Checks each tax against its base, and the bases against the goods, which are the prices with all taxes. What is printed
    /// less what was worked out, if a tax does not fit.
    ///
    /// `from_items` says that the goods are the items with the added taxes, which then do not prove themselves.
    pub(super) fn check(&mut self, goods: Option<Decimal>, from_items: bool) -> Option<Decimal> {
        let taxes = self.taxes;
        self.cover(goods, from_items);
        let mut wrong = None;
        for (index, row) in taxes.rows.iter().enumerate() {
            let Some(amount) = row.amount else { continue };
            let class = row.tax_class.as_deref().and_then(|class| taxes.classes.get(class.trim())).copied();
            if let (Some(base), Some(class)) = (row.base, class) {
                let is_with_tax = class == base + amount && !self.is_added[index];
                if is_with_tax || class == base {
                    self.held += 1;
                    self.proven_bases[index] = true;
                    self.proven[index] |= is_with_tax;
                } else if taxes.classes_are_whole && !taxes.has_coupons {
                    wrong = wrong.or(Some(class - base - if self.is_added[index] { Decimal::ZERO } else { amount }));
                }
            }
            let Some(rate) = row.rate else { continue };
            let expected = self.expected(index, rate, row.base, class, goods);
            if expected.iter().any(|expected| taxes.money.rounds_to(*expected, amount.abs())) {
                // The base is not proven by it: rounding hides what differs by less than a cent of tax.
                self.held += 1;
                self.proven[index] = true;
            } else if row.base.is_some() {
                // The tax may be the sum of what was rounded for each item.
                let items = Decimal::from(taxes.items.max(2));
                let tolerance = taxes.money.unit() * items / Decimal::TWO;
                let nearest = expected.iter().min_by_key(|expected| (**expected - amount.abs()).abs());
                let differ = nearest.map(|nearest| amount.abs() - round_to(*nearest, taxes.money.digits));
                wrong = wrong.or(differ.filter(|differ| differ.abs() > tolerance));
                // Where the total may have been rounded too, the sum does not prove such a tax.
                self.proven[index] &= taxes.money.coin.is_none();
            }
        }
        wrong
    }

    /// What the taxes may be, exactly, with every meaning of their bases.
    pub(super) fn worked_out(&self, goods: Option<Decimal>) -> Vec<Decimal> {
        let rows = self.taxes.rows.iter().enumerate();
        let rated = rows.filter_map(|(index, row)| row.rate.map(|rate| (index, rate, row)));
        let worked_out = rated.flat_map(|(index, rate, row)| {
            let class = row.tax_class.as_deref().and_then(|class| self.taxes.classes.get(class.trim())).copied();
            self.expected(index, rate, row.base, class, goods)
        });
        worked_out.collect()
    }

    /// What a tax may be, exactly.
    fn expected(
        &self,
        index: usize,
        rate: Decimal,
        base: Option<Decimal>,
        class: Option<Decimal>,
        goods: Option<Decimal>,
    ) -> Vec<Decimal> {
        let is_added = self.is_added[index];
        let hundred = Decimal::ONE_HUNDRED;
        let rates = |added: bool| -> Decimal {
            let rows = self.taxes.rows.iter().zip(&self.is_added).filter(|(_, is_added)| **is_added == added);
            rows.filter_map(|(row, _)| row.rate).sum()
        };
        let of_net = |net: Decimal| (net * rate / hundred).abs();
        let of_gross =
            |gross: Decimal, rates: Decimal| (gross * rate).checked_div(hundred + rates).unwrap_or_default().abs();
        match (base, class) {
            (Some(base), _) if is_added => vec![of_net(base)],
            (Some(base), _) => {
                let net = [of_net(base)];
                let gross =
                    [of_gross(base, rate), of_gross(base, if self.taxes.have_one_base { rates(false) } else { rate })];
                let of_class = class.filter(|class| *class == base).map(|_| true);
                match self.bases_have_tax.or(of_class) {
                    Some(true) => gross.to_vec(),
                    Some(false) => net.to_vec(),
                    None => [&net[..], &gross[..]].concat(),
                }
            }
            (None, Some(class)) if is_added => vec![of_net(class)],
            (None, Some(class)) => vec![of_gross(class, rate)],
            (None, None) => match (goods, self.added) {
                (Some(goods), Some(added)) if is_added => vec![of_net(goods - added)],
                (Some(goods), _) if !is_added => vec![of_gross(goods, rates(false))],
                _ => Vec::new(),
            },
        }
    }

    /// Whether the bases, with or without their taxes, are all the goods.
    fn cover(&mut self, goods: Option<Decimal>, from_items: bool) {
        let rows = self.taxes.rows;
        // Goods without a tax may be printed with a rate of zero alone.
        let amount = |row: &ReceiptTax| row.amount.or_else(|| row.rate.filter(Decimal::is_zero));
        let amounts = rows.iter().map(amount).sum::<Option<Decimal>>();
        let bases = rows.iter().map(|row| row.base).sum::<Option<Decimal>>();
        let (Some(goods), Some(amounts), Some(bases), false) = (goods, amounts, bases, rows.is_empty()) else { return };
        let base = if self.taxes.have_one_base { rows[0].base.unwrap_or(bases) } else { bases };
        let all_in_prices = !self.is_added.contains(&true);
        let with_taxes = [bases, base].iter().any(|sum| sum + amounts == goods);
        let without = all_in_prices && [bases, base].contains(&goods);
        self.cover_goods = with_taxes || without;
        self.bases_have_tax = self.cover_goods.then_some(!with_taxes);
        if self.cover_goods {
            self.proven_bases.fill(true);
        }
        if with_taxes {
            self.prove_included();
        }
        if with_taxes && !from_items {
            self.prove_added();
        }
    }

    /// Whether a tax or a base is left that no equation proves.
    pub(super) fn are_open(&self) -> bool {
        let counts = |amount: Option<Decimal>| amount.is_some_and(|amount| !amount.is_zero());
        self.taxes.rows.iter().enumerate().any(|(index, row)| {
            // Zero proves itself only at a rate of zero: with any other, or with none, it may be misread.
            let is_exempt = row.rate.is_some_and(|rate| rate.is_zero()) && !counts(row.amount);
            row.amount.is_some() && !is_exempt && !self.proven[index]
                || counts(row.base) && !self.proven_bases[index]
                || row.amount.is_none() && self.is_added[index]
        })
    }
}
