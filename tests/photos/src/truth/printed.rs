//! What a photo of a bill shows, field by field.

use std::collections::BTreeMap;

use super::bill::{Bill, Item};
use super::money::decimal;
use super::plain_number;

/// The fields of one entry of a list, by their names.
pub type Entry = BTreeMap<&'static str, String>;

/// The printed fields of a bill, under the names that a model is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// What stands once; `None` where nothing is printed.
    pub single: Vec<(&'static str, Option<String>)>,
    /// The items, as they are printed: a discount on an item is a line of its own.
    pub items: Vec<Entry>,
    /// The taxes.
    pub taxes: Vec<Entry>,
    /// The discounts on all of it.
    pub discounts: Vec<Entry>,
    /// The payments. What was handed over in cash stands in place of what was paid of it.
    pub payments: Vec<Entry>,
}

impl Bill {
    /// What its photo shows.
    #[must_use]
    pub fn printed(&self) -> Printed {
        let money = |units: i64| plain_number(&decimal(units, self.country.digits));
        let money_if = |units: i64| (units != 0).then(|| money(units));
        let taxes = self.taxes.iter().map(|line| {
            let rate = plain_number(&decimal(line.tax.rate, 2));
            Entry::from([("rate", rate), ("amount", money(line.amount))])
        });
        let payments = self.payments.iter().map(|payment| match payment.card {
            Some(digits) => Entry::from([("last_four", digits.to_string()), ("amount", money(payment.amount))]),
            None => Entry::from([("amount", money(self.tendered.unwrap_or(payment.amount)))]),
        });
        Printed {
            single: vec![
                ("merchant", Some(self.merchant.to_owned())),
                ("date", Some(self.day.iso())),
                ("currency", Some(self.country.currency.to_owned())),
                ("amount", Some(money(self.total))),
                ("subtotal", Some(money(self.subtotal))),
                ("tip", money_if(self.tip)),
                ("rounding", money_if(self.rounding)),
                ("tendered", self.tendered.map(money)),
                ("change", self.change.map(money)),
            ],
            items: self.items.iter().flat_map(|item| self.lines_of(item)).collect(),
            taxes: taxes.collect(),
            discounts: money_if(self.discount).map(|amount| Entry::from([("amount", amount)])).into_iter().collect(),
            payments: payments.collect(),
        }
    }

    fn lines_of(&self, item: &Item) -> Vec<Entry> {
        let money = |units: i64| plain_number(&decimal(units, self.country.digits));
        let mut line = Entry::from([("description", item.name.clone()), ("total", money(item.total - item.discount))]);
        if item.unit.is_some() || item.quantity != 1 {
            let decimals = if item.unit.is_some() { 3 } else { 0 };
            line.insert("quantity", plain_number(&decimal(item.quantity, decimals)));
            line.insert("unit_price", money(item.unit_price));
        }
        let discount =
            || Entry::from([("description", self.country.words.discount.to_owned()), ("total", money(item.discount))]);
        std::iter::once(line).chain((item.discount != 0).then(discount)).collect()
    }
}
