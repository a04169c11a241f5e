//! What a receipt says in its rows: items above the subtotal, what is added and taken off below it, payments below the total.

use rust_decimal::Decimal;
use serde::Serialize;

use super::fields::number_or_null;
use super::figure::half_up;
use super::rows::{Product, Row, name};
use super::taxes::{Tax, is_tax, tax};
use super::vocabulary::{self, Role};

/// What was read of a receipt besides its summary. `None` is what could not be read for certain.
#[derive(Debug, Default, Serialize)]
pub(super) struct Bill {
    pub(super) items: Vec<Item>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) subtotal: Option<Decimal>,
    pub(super) discounts: Vec<Named>,
    pub(super) taxes: Vec<Tax>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) tip: Option<Decimal>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) rounding: Option<Decimal>,
    /// The total, if a line says so. The summary has it.
    #[serde(skip)]
    pub(super) total: Option<Decimal>,
    pub(super) payments: Vec<Payment>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) tendered: Option<Decimal>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) change: Option<Decimal>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Item {
    pub(super) description: Option<String>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) quantity: Option<Decimal>,
    pub(super) unit: Option<String>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) unit_price: Option<Decimal>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) total: Option<Decimal>,
    pub(super) tax_class: Option<String>,
}

/// An amount with its name.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) name: Option<String>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) amount: Option<Decimal>,
}

#[derive(Debug, Serialize)]
pub(super) struct Payment {
    pub(super) method: Option<String>,
    pub(super) last_four: Option<String>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) amount: Option<Decimal>,
}

/// Where on a receipt a row is.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Items,
    /// Between the subtotal and the total.
    Sums,
    Payments,
}

impl Bill {
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut bill = Self::default();
        let total = total_row(rows);
        let mut section = Section::Items;
        let mut products: Vec<(usize, &Product)> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let role = vocabulary::role(&row.label);
            if Some(index) == total {
                bill.total = row.amount().or_else(|| below(rows, index));
                section = Section::Payments;
            } else if let (Section::Items, Some(product), true) = (section, &row.product, row.figures.is_empty()) {
                // A price beside a name is the line's: `Coffee 2 x 1,50`.
                if !is_name(&row.label) {
                    // A name without an amount above it is an item whose amount was not read.
                    let above = index.checked_sub(1).map(|above| &rows[above]).filter(|above| is_lone_name(above));
                    if let Some(above) = above.filter(|_| !bill.items.is_empty()) {
                        bill.items.push(item(above));
                    }
                    products.push((bill.items.len(), product));
                    continue;
                }
                bill.items.push(item(row));
            } else if bill.has_amount(row) && role != Some(Role::Header) {
                let above = index.checked_sub(1).map(|above| &rows[above]);
                section = bill.add(row, above, role, section, total.is_some());
            }
        }
        let are_above = products.iter().any(|(next, _)| *next == 0);
        for (next, product) in products {
            bill.add_product(next, product, are_above);
        }
        bill.leading_quantities();
        bill.tendered = bill.change.and(bill.cash());
        bill
    }

    /// Whether an amount stands in a row. An address may look like one that cannot be read, but only above all items.
    fn has_amount(&self, row: &Row) -> bool {
        !row.figures.is_empty() || row.is_unreadable && !self.items.is_empty()
    }

    /// Adds a row with an amount, and says where the next one is.
    fn add(
        &mut self,
        row: &Row,
        above: Option<&Row>,
        role: Option<Role>,
        section: Section,
        has_total: bool,
    ) -> Section {
        let (name, amount) = (name(&row.label), row.amount());
        match (section, role) {
            (Section::Items, Some(Role::Subtotal)) => {
                self.subtotal = amount;
                return Section::Sums;
            }
            (Section::Items, Some(Role::Tax)) if is_tax(row) => {
                self.taxes.push(tax(row, None));
                return Section::Sums;
            }
            // Without a total, what was paid ends the items.
            (Section::Items, Some(Role::Cash | Role::Card)) if !has_total => {
                self.payments.push(payment(row));
                return Section::Payments;
            }
            (Section::Items, Some(Role::Discount)) => {
                // With its minus only: without one it may have been lost.
                let before = self.items.iter().rev().find_map(|item| item.total);
                let lowers =
                    |amount: &Decimal| before.is_some_and(|it| it.is_sign_negative() != amount.is_sign_negative());
                self.items.push(Item { total: amount.filter(lowers), ..item(row) });
            }
            (Section::Items, _) if is_name(&row.label) => self.items.push(item(row)),
            // `2 x 1,50  3,00` below a name.
            (Section::Items, _) if row.product.is_some() => {
                let above = above.filter(|above| is_lone_name(above));
                let description = above.and_then(|above| self::name(&above.label));
                self.items.push(Item { description, ..item(row) });
            }
            (Section::Items, _) => {}
            (Section::Sums, Some(Role::Subtotal)) => self.subtotal = None,
            (Section::Sums, Some(Role::Tax)) => {
                let between = self.subtotal.is_some().then_some(false);
                self.taxes.push(tax(row, between.filter(|_| has_total)));
            }
            (Section::Sums, Some(Role::Discount)) => self.discounts.push(Named { name, amount }),
            (Section::Sums, Some(Role::Tip)) => self.tip = amount,
            (Section::Sums, Some(Role::Rounding)) => self.rounding = amount,
            // Something is added or taken off, and it is not known what: it is there, without an amount.
            (Section::Sums, _) if has_total && is_name(&row.label) => self.discounts.push(Named { name, amount: None }),
            (Section::Sums, _) => {}
            (Section::Payments, Some(Role::Tax)) => self.taxes.push(tax(row, Some(true))),
            (Section::Payments, Some(Role::Change)) => self.change = amount,
            (Section::Payments, Some(Role::Cash | Role::Card)) => self.payments.push(payment(row)),
            (Section::Payments, _) => {}
        }
        section
    }

    /// `2 x 1,50` below or above the item that it is of: whose total it makes, or else where such lines stand on this receipt.
    fn add_product(&mut self, next: usize, product: &Product, are_above: bool) {
        let fits = |item: &Item| {
            let product = product.quantity.value.zip(product.price.value);
            let digits = product.map_or(0, |(_, price)| price.scale());
            let exact = product.and_then(|(quantity, price)| quantity.checked_mul(price));
            let rounded = exact.map(|exact| half_up(exact, digits).abs());
            item.unit_price.is_none() && rounded.is_some() && rounded == item.total.map(|total| total.abs())
        };
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten();
        let found: Vec<usize> = near.filter(|at| self.items.get(*at).is_some_and(fits)).collect();
        let usual = if are_above { Some(next) } else { next.checked_sub(1) };
        // Where it makes another total than the item's, it is of an item that was not read.
        let is_open = |item: &Item| fits(item) || item.unit_price.is_none() && item.total.is_none();
        let at = match found[..] {
            [at] => Some(at),
            _ => usual.filter(|at| self.items.get(*at).is_some_and(is_open)),
        };
        if let Some(item) = at.and_then(|at| self.items.get_mut(at)) {
            item.quantity = product.quantity.value;
            item.unit.clone_from(&product.unit);
            item.unit_price = product.price.value;
        }
    }

    /// `2 Coffee` in a column of quantities, or `2 x Coffee`.
    fn leading_quantities(&mut self) {
        let split = |item: &Item| {
            let (number, rest) = item.description.as_deref()?.split_once(' ')?;
            let is_small = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
            let rest = rest.trim();
            let (times, rest) = match rest.split_once(' ') {
                Some(("x" | "X" | "×", rest)) => (true, rest),
                _ => (false, rest),
            };
            let quantity = number.parse::<Decimal>().ok().filter(|_| is_small && is_name(rest))?;
            Some((quantity, times, rest.to_owned()))
        };
        let all: Vec<_> = self.items.iter().map(split).collect();
        let is_column = all.len() > 1 && all.iter().all(Option::is_some);
        for (item, found) in self.items.iter_mut().zip(all) {
            if let Some((quantity, times, rest)) = found
                && (times || is_column)
                && item.quantity.is_none()
            {
                (item.quantity, item.description) = (Some(quantity), Some(rest));
            }
        }
    }

    /// What was paid in cash, if it was one payment.
    fn cash(&self) -> Option<Decimal> {
        let is_cash = |payment: &&Payment| {
            payment.method.as_deref().is_some_and(|method| vocabulary::role(method) == Some(Role::Cash))
        };
        let mut cash = self.payments.iter().filter(is_cash);
        cash.next().filter(|_| cash.next().is_none())?.amount
    }
}

/// The row of the total: the largest amount that says so. Tips and taxes come before it, change after it.
fn total_row(rows: &[Row]) -> Option<usize> {
    let says_total = |index: &usize| vocabulary::role(&rows[*index].label) == Some(Role::Total);
    let amount = |index: usize| rows[index].amount().or_else(|| below(rows, index)).map(|amount| amount.abs());
    let found: Vec<usize> = (0..rows.len()).filter(says_total).collect();
    let largest = found.iter().copied().max_by_key(|index| amount(*index));
    // Where one of them was not read, it may be the largest.
    largest.filter(|_| found.len() == 1 || found.iter().all(|index| amount(*index).is_some()))
}

/// The amount below a total without one, if nothing else is said there.
fn below(rows: &[Row], index: usize) -> Option<Decimal> {
    let next = rows.get(index + 1).filter(|_| !rows[index].has_amount())?;
    next.label.chars().all(|char| !char.is_alphabetic()).then(|| next.amount()).flatten()
}

/// Whether a row has a name and nothing else.
fn is_lone_name(row: &Row) -> bool {
    !row.has_amount() && row.product.is_none() && is_name(&row.label) && vocabulary::role(&row.label).is_none()
}

fn item(row: &Row) -> Item {
    let product = row.product.as_ref();
    // `Coffee 2 x 1,50` without another amount says no total.
    Item {
        description: name(&row.label),
        quantity: product.and_then(|product| product.quantity.value),
        unit: product.and_then(|product| product.unit.clone()),
        unit_price: product.and_then(|product| product.price.value),
        total: row.amount(),
        tax_class: row.class.clone(),
    }
}

fn payment(row: &Row) -> Payment {
    let is_digits = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let last = row.label.split_whitespace().last().filter(is_digits);
    let method = row.label.split(|char: char| char == '*' || char.is_ascii_digit()).next().unwrap_or_default();
    Payment { method: name(method), last_four: last.map(str::to_owned), amount: row.amount() }
}

/// Whether a label has a word: two letters in a row, or one of a script without an alphabet.
fn is_name(label: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= 2 || word.chars().any(|char| char > '\u{2e80}');
    label.split(|char: char| !char.is_alphabetic()).any(is_word)
}
