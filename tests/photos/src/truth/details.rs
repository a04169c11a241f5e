//! What an answer says beyond the summary: items, taxes, discounts and payments.

use super::answers::{Numbers, Writer};
use super::bill::{Item, Kind};
use super::dress::Value;
use super::money::decimal;

impl Writer<'_> {
    pub(super) fn details(&mut self, members: &mut Vec<(String, Value)>) {
        let bill = self.bill;
        let country = bill.country;
        let said = |text: &str| (!text.is_empty()).then(|| (Value::text(text), text.to_owned()));
        let time = format!("{:02}:{:02}", bill.time.0, bill.time.1);
        self.member(members, "", "time", said(&time));
        self.time_beside_date(&time);
        self.member(members, "", "number", said(&bill.number.to_string()));
        let kind = if bill.kind == Kind::Refund { "refund" } else { "sale" };
        self.member(members, "", "kind", said(kind));
        let language = country.locale.split('-').next().unwrap_or_default();
        self.member(members, "", "language", said(language));
        self.member(members, "", "merchant_address", said(country.address));
        self.member(members, "", "merchant_phone", said(country.phone));
        self.member(members, "", "merchant_tax_id", said(country.tax_id));
        let items = bill.items.iter().enumerate().map(|(at, item)| self.item(at, item)).collect();
        members.push((self.keys.spelled("items", &mut self.random), Value::List(items)));
        let subtotal = self.money(bill.subtotal);
        self.member(members, "", "subtotal", Some(subtotal));
        if bill.discount != 0 {
            let mut discount = Vec::new();
            self.member(&mut discount, "discounts.0.", "name", said(country.words.discount));
            let amount = self.money(bill.discount);
            self.member(&mut discount, "discounts.0.", "amount", Some(amount));
            members
                .push((self.keys.spelled("discounts", &mut self.random), Value::List(vec![Value::Object(discount)])));
        }
        self.taxes(members);
        for (name, amount) in [("tip", bill.tip), ("rounding", bill.rounding)] {
            let amount = self.money_if(amount);
            self.member(members, "", name, amount);
        }
        self.payments(members);
    }

    fn item(&mut self, at: usize, item: &Item) -> Value {
        let path = format!("items.{at}.");
        let mut members = Vec::new();
        self.member(&mut members, &path, "description", Some((Value::text(&item.name), item.name.clone())));
        let quantity = if item.unit.is_some() { decimal(item.quantity, 3) } else { item.quantity.to_string() };
        let said = match self.numbers {
            Numbers::Local => Value::text(quantity.replace('.', &self.bill.country.decimal.to_string())),
            _ => Value::Raw(quantity.clone()),
        };
        self.member(&mut members, &path, "quantity", Some((said, quantity)));
        self.member(&mut members, &path, "unit", item.unit.map(|unit| (Value::text(unit), unit.to_owned())));
        let unit_price = self.money(item.unit_price);
        self.member(&mut members, &path, "unit_price", Some(unit_price));
        let discount = self.money_if(item.discount);
        self.member(&mut members, &path, "discount", discount);
        let total = self.money(item.total);
        self.member(&mut members, &path, "total", Some(total));
        let class = (!item.class.is_empty()).then(|| (Value::text(item.class), item.class.to_owned()));
        self.member(&mut members, &path, "tax_class", class);
        Value::Object(members)
    }

    fn taxes(&mut self, members: &mut Vec<(String, Value)>) {
        let (bill, mut taxes) = (self.bill, Vec::new());
        for (at, line) in bill.taxes.iter().enumerate() {
            let path = format!("taxes.{at}.");
            let mut tax = Vec::new();
            self.member(&mut tax, &path, "name", Some((Value::text(line.tax.name), line.tax.name.to_owned())));
            let rate = decimal(line.tax.rate, 2);
            let rate = rate.strip_suffix(".00").map_or(rate.clone(), str::to_owned);
            let said =
                if self.random.below(3) == 0 { Value::text(format!("{rate}%")) } else { Value::Raw(rate.clone()) };
            self.member(&mut tax, &path, "rate", Some((said, rate)));
            let (base, amount) = (self.money(line.base), self.money(line.amount));
            self.member(&mut tax, &path, "base", Some(base));
            self.member(&mut tax, &path, "amount", Some(amount));
            let class = line.tax.class;
            self.member(&mut tax, &path, "tax_class", Some((Value::text(class), class.to_owned())));
            let included = bill.country.included.to_string();
            self.member(&mut tax, &path, "included", Some((Value::Raw(included.clone()), included)));
            taxes.push(Value::Object(tax));
        }
        members.push((self.keys.spelled("taxes", &mut self.random), Value::List(taxes)));
    }

    fn payments(&mut self, members: &mut Vec<(String, Value)>) {
        let (bill, mut payments) = (self.bill, Vec::new());
        for (at, paid) in bill.payments.iter().enumerate() {
            let path = format!("payments.{at}.");
            let mut payment = Vec::new();
            let method = if paid.card.is_some() { bill.country.words.card } else { bill.country.words.cash };
            self.member(&mut payment, &path, "method", Some((Value::text(method), method.to_owned())));
            let digits = paid.card.map(|card| card.to_string());
            self.member(&mut payment, &path, "last_four", digits.map(|digits| (Value::text(&digits), digits)));
            let amount = self.money(paid.amount);
            self.member(&mut payment, &path, "amount", Some(amount));
            payments.push(Value::Object(payment));
        }
        members.push((self.keys.spelled("payments", &mut self.random), Value::List(payments)));
        for (name, amount) in [("tendered", bill.tendered), ("change", bill.change)] {
            let amount = amount.map(|amount| self.money(amount));
            self.member(members, "", name, amount);
        }
    }
}
