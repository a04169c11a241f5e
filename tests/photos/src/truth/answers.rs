//! What a model may write about a receipt, and what each field of it says.

use super::bill::Bill;
use super::days::DateForm;
use super::dress::{Envelope, Keys, Value};
use super::money::{decimal, local, signed};
use crate::receipts::random::Random;

/// What a field of an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Its name, such as `amount` or `items.0.total`.
    pub field: String,
    /// The value: a date as ISO 8601, a number with a point; `None` where the answer says nothing.
    pub value: Option<String>,
    /// The answer says it in a way that a careful reader may also leave unread.
    pub may_be_unread: bool,
}

/// An answer of a model, with what it says.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the model writes.
    pub text: String,
    /// The locale that the app tells, a BCP 47 tag.
    pub locale: Option<&'static str>,
    /// The currency that the app expects, an ISO 4217 code.
    pub expected_currency: Option<&'static str>,
    /// Field by field.
    pub expected: Vec<Expected>,
    /// It has items, taxes and payments, and says all that the receipt does.
    pub is_complete: bool,
}

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// `12.40`
    Json,
    /// `"12.40"`
    Text,
    /// `"1.234,40"`
    Local,
    /// `"1.234,40 €"`
    Signed,
    /// `"1.234,40 EUR"`
    Coded,
}

pub(super) struct Writer<'a> {
    pub(super) bill: &'a Bill,
    pub(super) random: Random,
    pub(super) keys: Keys,
    pub(super) numbers: Numbers,
    expected: Vec<Expected>,
    may_leave_out: bool,
    has_time_beside_date: bool,
    /// Something that the receipt says was left out.
    has_gaps: bool,
}

impl Answer {
    /// An answer about the receipt of the same seed.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        Self::of(&Bill::random(seed), seed)
    }

    /// The same about a receipt of which the model misread one amount; what it misread is told.
    #[must_use]
    pub fn misread(seed: u64) -> (Self, String) {
        let mut bill = Bill::random(seed);
        let misread = bill.misread(seed);
        (Self::of(&bill, seed), misread)
    }

    fn of(bill: &Bill, seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x414E_5357_4552);
        let keys = *random.pick(&Keys::ALL);
        let numbers = *random.pick(&[
            Numbers::Json,
            Numbers::Json,
            Numbers::Json,
            Numbers::Text,
            Numbers::Local,
            Numbers::Signed,
            Numbers::Coded,
        ]);
        let mut envelope = *random.pick(&Envelope::ALL);
        // A model that takes its JSON back behind it is seldom.
        if envelope == Envelope::CorrectedAfter && random.below(2) == 0 {
            envelope = Envelope::Bare;
        }
        let whole = random.below(5) > 1;
        let hinted = random.below(12) > 0;
        let may_leave_out = random.below(3) > 0;
        let mut writer = Writer {
            bill,
            random,
            keys,
            numbers,
            expected: Vec::new(),
            may_leave_out,
            has_time_beside_date: false,
            has_gaps: false,
        };
        let value = writer.object(whole, envelope);
        let Writer { mut random, mut expected, has_gaps, .. } = writer;
        let other = bill.total + if bill.total < 0 { -700 } else { 700 };
        let draft = with_total(&value, keys, other, bill);
        let other_total = decimal(other, bill.country.digits);
        if envelope == Envelope::CorrectedAfter {
            // Which of the two counts is for the user to say; the first one does not.
            for expected in expected.iter_mut().filter(|expected| expected.field == "amount") {
                *expected = Expected { value: Some(other_total.clone()), may_be_unread: true, ..expected.clone() };
            }
        }
        let text = envelope.around(&value, &draft, &other_total, &mut random);
        Self {
            text,
            locale: hinted.then_some(bill.country.locale),
            expected_currency: hinted.then_some(bill.country.currency),
            expected,
            is_complete: whole && !has_gaps && envelope != Envelope::CorrectedAfter,
        }
    }
}

/// The same object with another total.
fn with_total(value: &Value, keys: Keys, total: i64, bill: &Bill) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let mut members = members.clone();
    let names = ["amount", "Amount", "total", "grand_total", "totalAmount", "amount_due"];
    let amount = members.iter_mut().find(|(key, _)| names.contains(&key.as_str()));
    match amount {
        Some((_, value)) => *value = Value::Raw(decimal(total, bill.country.digits)),
        None => {
            members.push((keys.spelled("amount", &mut Random::new(1)), Value::Raw(decimal(total, bill.country.digits))))
        }
    }
    Value::Object(members)
}

impl Writer<'_> {
    fn says(&mut self, field: &str, value: Option<String>) {
        self.expected.push(Expected { field: field.to_owned(), value, may_be_unread: false });
    }

    /// Whether a field is left out, and if so how.
    fn left_out(&mut self) -> Option<Option<Value>> {
        if !self.may_leave_out || self.random.below(12) > 0 {
            return None;
        }
        Some(match self.random.below(5) {
            0 => None,
            1 => Some(Value::text("")),
            2 => Some(Value::text("N/A")),
            _ => Some(Value::Null),
        })
    }

    /// Adds a member, or leaves it out.
    pub(super) fn member(
        &mut self,
        members: &mut Vec<(String, Value)>,
        path: &str,
        name: &str,
        said: Option<(Value, String)>,
    ) {
        let (value, truth) = match (self.left_out(), said) {
            (None, Some((value, truth))) => (Some(value), Some(truth)),
            (Some(empty), said) => {
                self.has_gaps |= said.is_some();
                (empty, None)
            }
            (None, None) => (Some(Value::Null), None),
        };
        self.says(&format!("{path}{name}"), truth);
        if let Some(value) = value {
            let key = if path.is_empty() { self.keys } else { self.keys.inside() };
            members.push((key.spelled(name, &mut self.random), value));
        }
    }

    pub(super) fn money(&self, units: i64) -> (Value, String) {
        let (country, plain) = (self.bill.country, decimal(units, self.bill.country.digits));
        let grouped = units.abs() / 10_i64.pow(country.digits) >= 1000;
        let value = match self.numbers {
            Numbers::Json => Value::Raw(plain.clone()),
            Numbers::Text => Value::text(plain.clone()),
            Numbers::Local => Value::text(local(units, country, grouped)),
            Numbers::Signed => Value::text(signed(units, country, grouped)),
            Numbers::Coded => Value::text(format!("{} {}", local(units, country, grouped), country.currency)),
        };
        (value, plain)
    }

    /// Money, or nothing where it is 0.
    pub(super) fn money_if(&self, units: i64) -> Option<(Value, String)> {
        (units != 0).then(|| self.money(units))
    }

    fn object(&mut self, whole: bool, envelope: Envelope) -> Value {
        let bill = self.bill;
        let mut members = Vec::new();
        let said = |text: &str| Some((Value::text(text), text.to_owned()));
        self.member(&mut members, "", "merchant", said(bill.merchant));
        let date = self.date();
        self.member(&mut members, "", "date", Some(date));
        let amount = self.money(bill.total);
        self.member(&mut members, "", "amount", Some(amount));
        let currency = self.currency();
        self.member(&mut members, "", "currency", currency);
        self.currency_beside_amount();
        let category = *self.random.pick(&["meals", "groceries", "books", "office supplies"]);
        self.member(&mut members, "", "category", said(category));
        let percent = 60 + self.random.below(40);
        let confidence = match self.random.below(3) {
            0 => Value::text(format!("{percent}%")),
            _ => Value::Raw(format!("0.{percent}")),
        };
        self.member(&mut members, "", "confidence", Some((confidence, format!("0.{percent}"))));
        if whole {
            self.details(&mut members);
        }
        if envelope != Envelope::NearJson && self.random.below(3) == 0 {
            let by = 2.min(members.len().saturating_sub(1));
            members.rotate_left(by);
        }
        Value::Object(members)
    }

    /// Where the answer names no currency and its amount does, the amount's is the answer's.
    fn currency_beside_amount(&mut self) {
        let value = |field: &str, expected: &[Expected]| {
            expected.iter().find(|expected| expected.field == field).and_then(|expected| expected.value.clone())
        };
        let (amount, currency) = (value("amount", &self.expected), value("currency", &self.expected));
        if amount.is_some() && currency.is_none() && matches!(self.numbers, Numbers::Signed | Numbers::Coded) {
            let code = self.bill.country.currency.to_owned();
            for expected in self.expected.iter_mut().filter(|expected| expected.field == "currency") {
                (expected.value, expected.may_be_unread) = (Some(code.clone()), true);
            }
        }
    }

    /// Where the answer gives no time of its own, the one beside its date is the answer's.
    pub(super) fn time_beside_date(&mut self, time: &str) {
        let says =
            |field: &str, expected: &[Expected]| expected.iter().any(|it| it.field == field && it.value.is_some());
        if self.has_time_beside_date && says("date", &self.expected) && !says("time", &self.expected) {
            for expected in self.expected.iter_mut().filter(|expected| expected.field == "time") {
                (expected.value, expected.may_be_unread) = (Some(time.to_owned()), true);
            }
        }
    }

    fn currency(&mut self) -> Option<(Value, String)> {
        let country = self.bill.country;
        let value = match self.random.below(4) {
            0 => country.currency.to_lowercase(),
            1 => country.sign.to_owned(),
            _ => country.currency.to_owned(),
        };
        Some((Value::text(value), country.currency.to_owned()))
    }

    fn date(&mut self) -> (Value, String) {
        let (country, day) = (self.bill.country, self.bill.day);
        let form = if self.random.below(2) == 0 { DateForm::YearFirst('-') } else { *self.random.pick(country.dates) };
        let written = day.written(form, country.months).unwrap_or_else(|| day.iso());
        let (hour, minute) = self.bill.time;
        self.has_time_beside_date = self.random.below(8) == 0;
        let written = if self.has_time_beside_date { format!("{written} {hour:02}:{minute:02}") } else { written };
        (Value::text(written), day.iso())
    }
}
