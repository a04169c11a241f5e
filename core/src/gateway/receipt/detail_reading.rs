//! The details of a receipt, read as far as they can be read (P13): items, taxes, discounts, payments, and what else is printed.
//!
//! As in [`reading`](super::reading), what is clear becomes a value. What is not is listed in
//! [`Receipt::unread`](super::Receipt::unread) as the model gave it. One receipt has one decimal mark and one currency: what its
//! clear amounts show decides the others.

use super::amount::{self, Decimals, Written};
use super::details::{
    MAX_ITEMS, ReceiptAmount, ReceiptDiscount, ReceiptItem, ReceiptMerchant, ReceiptPayment, ReceiptTax, UnreadValue,
};
use super::entries::{Entry, Members, entries, is_figure, words};
use super::fields::{self, Field, Part};
use super::found::{Fields, Said};
use super::place::Place;
use super::texts::{agreed, all, first, text};
use super::{Receipt, currency, values};
use crate::gateway::json_in_text::Json;
use rust_decimal::Decimal;

/// More taxes, discounts or payments than a receipt has (S3).
const MAX_PARTS: usize = 64;

/// Adds the details to what was read of a receipt's summary.
pub(super) fn add(receipt: &mut Receipt, said: &Said, decimals: Decimals, place: &Place) {
    let mut reader = Reader { said: &said.details, decimals, receipt, place };
    reader.decimals = decimals.shown(reader.decimal_mark());
    reader.read();
}

struct Reader<'a> {
    said: &'a Fields,
    decimals: Decimals,
    receipt: &'a mut Receipt,
    place: &'a Place,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let words = |field| first(self.said, field).and_then(words);
        let (number, address) = (words(Field::Number), words(Field::MerchantAddress));
        let (phone, tax_id) = (words(Field::MerchantPhone), words(Field::MerchantTaxId));
        let merchant = ReceiptMerchant { address, phone, tax_id };
        self.receipt.number = number;
        self.receipt.merchant_details = (merchant != ReceiptMerchant::default()).then_some(merchant);
        self.receipt.kind = self.value(Field::Kind, |said| values::kind(&text(said)));
        self.receipt.language = self.value(Field::Language, |said| values::language(&text(said)));
        self.read_time();
        self.receipt.subtotal = self.money(Field::Subtotal);
        self.receipt.tip = self.money(Field::Tip);
        self.receipt.rounding = self.money(Field::Rounding);
        self.receipt.tendered = self.money(Field::Tendered);
        self.receipt.change = self.money(Field::Change);
        self.receipt.items = self.list(Field::Items, MAX_ITEMS, Self::item);
        self.receipt.discounts = self.list(Field::Discounts, MAX_PARTS, Self::discount);
        self.receipt.taxes = self.list(Field::Taxes, MAX_PARTS, Self::tax);
        self.receipt.payments = self.list(Field::Payments, MAX_PARTS, Self::payment);
        self.receipt.other_amounts = self.list(Field::OtherAmounts, MAX_PARTS, Self::other_amount);
    }

    /// The time under its own key, or beside the date.
    fn read_time(&mut self) {
        let said = all(self.said, Field::Time);
        self.receipt.time_text = said.first().map(text);
        self.receipt.time = match said {
            [] => self.receipt.date_text.as_deref().filter(|text| text.contains(':')).and_then(values::time),
            said => agreed(said, |said| values::time(&text(said))),
        };
    }

    /// What all values of a field say; if nothing, the first of them is listed as unread.
    fn value<T: PartialEq>(&mut self, field: Field, read: impl Fn(&Json) -> Option<T>) -> Option<T> {
        let said = all(self.said, field);
        let value = agreed(said, read);
        if let (None, Some(said)) = (&value, said.first()) {
            self.unread(format!("/{}", fields::name(field)), text(said));
        }
        value
    }

    fn money(&mut self, field: Field) -> Option<Decimal> {
        let said = all(self.said, field);
        let value = agreed(said, |said| self.amount(said).map(|(value, _)| value));
        if let (None, Some(said)) = (value, said.first()) {
            self.unread(format!("/{}", fields::name(field)), text(said));
        }
        value
    }

    fn unread(&mut self, field: String, text: String) {
        self.receipt.unread.push(UnreadValue { field, text });
    }

    /// An amount of the receipt's currency, and the mark of a tax that stands behind it, as in `2,50 A`.
    fn amount(&self, said: &Json) -> Option<(Decimal, Option<String>)> {
        match said {
            Json::Number(number) => amount::from_json(number, &self.decimals).map(|value| (value, None)),
            Json::Text(text) => {
                let written = Written::new(text.trim())?;
                let tax_class = self.is_beside_money(&written)?;
                let value = written.value(&self.decimals).or_else(|| amount::from_exponent(text.trim()))?;
                Some((value, tax_class))
            }
            _ => None,
        }
    }

    /// Whether what stands around a number is the receipt's currency, perhaps with the mark of a tax, or nothing.
    fn is_beside_money(&self, written: &Written) -> Option<Option<String>> {
        let [before, after] = &written.around;
        let mut tax_class = None;
        let after = match after.rsplit_once(' ').or(Some(("", after))) {
            Some((rest, mark)) if is_tax_class(mark) && !self.is_currency(after) => {
                tax_class = Some(mark.to_owned());
                rest.trim()
            }
            _ => after,
        };
        let fits = |text: &str| text.is_empty() || self.is_currency(text);
        (fits(before) && fits(after)).then_some(tax_class)
    }

    fn is_currency(&self, text: &str) -> bool {
        let known = self.receipt.currency.as_deref();
        let expected: Vec<&str> = currency::usual(self.place).into_iter().chain(known).collect();
        let meanings = currency::meanings(text, &expected);
        known.map_or(!meanings.is_empty(), |known| meanings.contains(&known))
    }

    /// The decimal mark that the clear amounts of the receipt show, if they agree.
    fn decimal_mark(&self) -> Option<char> {
        let mut marks = [false; 2];
        let mut note = |said: &Json| {
            if let Json::Text(text) = said
                && let Some(mark) = Written::new(text.trim()).and_then(|written| written.decimal_mark())
            {
                marks[usize::from(mark == ',')] = true;
            }
        };
        let lists = [Field::Items, Field::Taxes, Field::Discounts, Field::Payments];
        let entries = lists.into_iter().flat_map(|field| self.entries(field));
        for entry in entries.take(MAX_ITEMS) {
            match entry.value {
                Json::Object(members) => members.iter().filter(|it| is_figure(&it.0)).for_each(|it| note(&it.1)),
                value => note(value),
            }
        }
        let single = [Field::Subtotal, Field::Tip, Field::Tendered, Field::Change, Field::Rounding];
        single.into_iter().flat_map(|field| all(self.said, field)).for_each(&mut note);
        if let Some(text) = &self.receipt.amount_text {
            note(&Json::Text(text.clone()));
        }
        match marks {
            [true, false] => Some('.'),
            [false, true] => Some(','),
            _ => None,
        }
    }

    /// The entries of the likeliest key that has any.
    fn entries(&self, field: Field) -> Vec<Entry<'a>> {
        let lists = all(self.said, field).iter().map(|said| entries(said, field));
        lists.into_iter().find(|entries| !entries.is_empty()).unwrap_or_default()
    }

    fn list<T>(&mut self, field: Field, most: usize, read: fn(&mut Self, Members<'_>, &Entry<'_>) -> T) -> Vec<T> {
        let mut list = Vec::new();
        for entry in self.entries(field) {
            let at = format!("/{}/{}", fields::name(field), list.len());
            if list.len() == most {
                // More than a receipt has: that they are not all read is to be seen.
                self.unread(at, text(entry.value));
                break;
            }
            let members = Members::of(&entry, field, at);
            if members.values.is_empty() && matches!(entry.value, Json::List(_) | Json::Object(_) | Json::Bool(_)) {
                self.unread(members.at.clone(), text(entry.value));
            }
            list.push(read(self, members, &entry));
        }
        list
    }

    fn item(&mut self, members: Members<'_>, entry: &Entry<'_>) -> ReceiptItem {
        let mut item = ReceiptItem {
            description: members.words(Part::Description).or_else(|| entry.name.map(str::to_owned)),
            unit: members.words(Part::Unit),
            tax_class: members.words(Part::TaxClass),
            confidence: members.confidence(),
            discount: self.part(&members, Part::Discount),
            ..ReceiptItem::default()
        };
        if let Some(said) = members.values.get(&Part::Total) {
            match self.amount(said) {
                Some((total, tax_class)) => {
                    item.total = Some(total);
                    item.tax_class = item.tax_class.or(tax_class);
                }
                None => self.unread(members.pointer(Part::Total), text(said)),
            }
        }
        self.quantity_and_price(&mut item, &members);
        item
    }

    /// Each may be in the text of the other: `2 x 1,50`.
    fn quantity_and_price(&mut self, item: &mut ReceiptItem, members: &Members<'_>) {
        let said = |part| members.values.get(&part).map(|said| text(said));
        let (quantity, price) = (said(Part::Quantity), said(Part::UnitPrice));
        let product = |text: &Option<String>| {
            let (quantity, price) = values::product(text.as_deref()?)?;
            Some((quantity.to_owned(), price.to_owned()))
        };
        let (quantity, price) = match (product(&quantity), product(&price)) {
            (Some((count, inner)), None) => (Some(count), price.or(Some(inner))),
            (None, Some((count, inner))) => (quantity.or(Some(count)), Some(inner)),
            _ => (quantity, price),
        };
        if let Some(quantity) = &quantity {
            // A number in JSON has a point, whatever mark the receipt's amounts have.
            let is_number = matches!(members.values.get(&Part::Quantity), Some(Json::Number(_)));
            let exact = || amount::exact(quantity).map(|value| values::Quantity { value, unit: None });
            let read = if is_number { exact() } else { values::quantity(quantity, &self.decimals) };
            match read {
                Some(read) => {
                    item.quantity = Some(read.value);
                    item.unit = item.unit.take().or(read.unit);
                }
                None => self.unread(members.pointer(Part::Quantity), quantity.clone()),
            }
        }
        if let Some(price) = &price {
            let is_number = matches!(members.values.get(&Part::UnitPrice), Some(Json::Number(_)));
            let (price, unit) = values::per_unit(price);
            item.unit_price = self.unit_price(price, is_number, item);
            match item.unit_price {
                Some(_) => item.unit = item.unit.take().or(unit.map(str::to_owned)),
                None => self.unread(members.pointer(Part::UnitPrice), price.to_owned()),
            }
        }
    }

    /// A price with three decimals may be one of fuel, or a grouped thousand: the line's own total tells.
    fn unit_price(&self, price: &str, is_number: bool, item: &ReceiptItem) -> Option<Decimal> {
        let written = Written::new(price)?;
        if self.is_beside_money(&written)?.is_some() {
            return None;
        }
        let usual = if is_number { amount::from_json(price, &self.decimals) } else { written.value(&self.decimals) };
        let Some(fine) = written.value_in_thousandths().filter(|fine| usual != Some(*fine)) else {
            return usual.or_else(|| amount::from_exponent(price));
        };
        let (quantity, total) = (item.quantity?, item.total?);
        let discount = item.discount.unwrap_or_default().abs();
        let makes_total = |price: Decimal| {
            let product = quantity.checked_mul(price).map(|product| product.abs());
            let is_total =
                |sum: Decimal| sum.checked_sub(total.abs()).is_some_and(|differ| differ.abs() <= Decimal::new(5, 3));
            product.is_some_and(|product| is_total(product) || product.checked_sub(discount).is_some_and(is_total))
        };
        match (makes_total(fine), usual.filter(|usual| makes_total(*usual))) {
            (true, None) => Some(fine),
            (false, Some(usual)) => Some(usual),
            _ => None,
        }
    }

    fn discount(&mut self, members: Members<'_>, entry: &Entry<'_>) -> ReceiptDiscount {
        let name = members.words(Part::Name).or_else(|| entry.name.map(str::to_owned));
        ReceiptDiscount { name, amount: self.part(&members, Part::Amount) }
    }

    fn tax(&mut self, members: Members<'_>, entry: &Entry<'_>) -> ReceiptTax {
        let (base, amount) = (self.part(&members, Part::Base), self.part(&members, Part::Amount));
        let mut tax = ReceiptTax {
            name: members.words(Part::Name).or_else(|| entry.name.map(str::to_owned)),
            base,
            amount,
            tax_class: members.words(Part::TaxClass),
            ..ReceiptTax::default()
        };
        let fits = |rate: Decimal| {
            let hundredths = |base: Decimal| base.checked_mul(rate).zip(tax.amount?.checked_mul(Decimal::ONE_HUNDRED));
            tax.base.and_then(hundredths).is_some_and(|(expected, said)| {
                expected.checked_sub(said).is_some_and(|differ| differ.abs() <= Decimal::ONE)
            })
        };
        if let Some(said) = members.values.get(&Part::Rate) {
            tax.rate = values::rate(&text(said), &self.decimals, fits);
            if tax.rate.is_none() {
                self.unread(members.pointer(Part::Rate), text(said));
            }
        }
        if let Some(said) = members.values.get(&Part::Included) {
            tax.included = match said {
                Json::Bool(included) => Some(*included),
                said => match text(said).to_ascii_lowercase().as_str() {
                    "true" | "yes" | "included" | "inclusive" => Some(true),
                    "false" | "no" | "added" | "exclusive" => Some(false),
                    _ => None,
                },
            };
            if tax.included.is_none() {
                self.unread(members.pointer(Part::Included), text(said));
            }
        }
        tax
    }

    fn payment(&mut self, members: Members<'_>, entry: &Entry<'_>) -> ReceiptPayment {
        let last_four = members.values.get(&Part::LastFour).and_then(|said| values::last_four(&text(said)));
        let method = members.words(Part::Method).or_else(|| entry.name.map(str::to_owned));
        ReceiptPayment { method: method.map(without_card_number), last_four, amount: self.part(&members, Part::Amount) }
    }

    fn other_amount(&mut self, members: Members<'_>, entry: &Entry<'_>) -> ReceiptAmount {
        let code = members.words(Part::Currency).or_else(|| entry.name.map(str::to_owned));
        let meanings = code.as_deref().map(|code| currency::meanings(code, &currency::usual(self.place)));
        let code = meanings.as_deref().and_then(|meanings| currency::choose(&[], meanings, self.place));
        let decimals = Decimals::of(code.as_slice(), self.place);
        let said = members.values.get(&Part::Amount);
        let amount = said.and_then(|said| match said {
            Json::Number(number) => amount::from_json(number, &decimals),
            said => Written::new(&text(said)).filter(|it| it.around.iter().all(String::is_empty))?.value(&decimals),
        });
        for (part, is_read) in [(Part::Amount, amount.is_some()), (Part::Currency, code.is_some())] {
            if let Some(said) = members.values.get(&part).filter(|_| !is_read) {
                self.unread(members.pointer(part), text(said));
            }
        }
        ReceiptAmount { amount, currency: code.map(str::to_owned) }
    }

    /// An amount of an entry.
    fn part(&mut self, members: &Members<'_>, part: Part) -> Option<Decimal> {
        let said = members.values.get(&part)?;
        let amount = self.amount(said).map(|(value, _)| value);
        if amount.is_none() {
            self.unread(members.pointer(part), text(said));
        }
        amount
    }
}

/// `A`, `B*`, `1`: at most two signs, one of them a capital or a star.
fn is_tax_class(mark: &str) -> bool {
    let mut chars = mark.chars();
    let starts = chars.next().is_some_and(|char| char.is_ascii_uppercase() || matches!(char, '*' | '#'));
    starts && mark.len() <= 2 && chars.all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '*')
}

/// A payment's name without a card's number: at most its last four digits stay.
fn without_card_number(method: String) -> String {
    const MAX_DIGITS: usize = 4;
    let mut digits = method.chars().filter(char::is_ascii_digit).count();
    if digits <= MAX_DIGITS {
        return method;
    }
    let hide = |char: char| {
        if !char.is_ascii_digit() {
            return char;
        }
        digits -= 1;
        if digits < MAX_DIGITS { char } else { '*' }
    };
    method.chars().map(hide).collect()
}

#[cfg(test)]
#[path = "detail_reading_tests.rs"]
mod tests;
