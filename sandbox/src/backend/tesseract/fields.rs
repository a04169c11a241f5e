//! A receipt's fields, by a few rules. What the rules do not find is null.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::dates;
use super::page::Page;
use crate::store::ledger::as_json_number;

/// Words in a shop's name that say what it sells. The first that fits counts: a Baumarkt is no market.
const CATEGORIES: [(&str, &[&str]); 5] = [
    ("hardware", &["hardware", "eisenwaren", "baumarkt", "tools"]),
    ("pharmacy", &["pharmacy", "apotheke", "chemist", "drugstore"]),
    ("books", &["book", "buch", "papeterie", "stationer"]),
    (
        "meals",
        &[
            "caf",
            "coffee",
            "restaurant",
            "bistro",
            "diner",
            "kitchen",
            "tearoom",
            "baker",
            "bäcker",
            "gasthaus",
            "pizz",
            "grill",
            "burger",
            "sushi",
            "ristorante",
            "trattoria",
        ],
    ),
    ("groceries", &["market", "markt", "grocer", "supermarché", "foods"]),
];

/// The summary of a receipt: what the shortest prompt asks for.
#[derive(Debug, Default, Serialize)]
pub(super) struct Fields {
    #[serde(serialize_with = "number_or_null")]
    pub(super) amount: Option<Decimal>,
    pub(super) currency: Option<&'static str>,
    #[serde(serialize_with = "text_or_null")]
    date: Option<NaiveDate>,
    #[serde(serialize_with = "name_or_null")]
    merchant: Option<Heading>,
    category: Option<&'static str>,
    /// The share of amount, currency, date and merchant that was read, times tesseract's mean confidence in its words.
    #[serde(serialize_with = "as_json_number")]
    confidence: Decimal,
}

/// A line that stands where the shop's name does.
#[derive(Debug)]
struct Heading {
    text: String,
    height: f32,
}

impl Fields {
    /// Those of a page with its small print and with its heading, which are two readings of it.
    pub(super) fn of(print: &Page, heading: &Page) -> Self {
        let (print_lines, heading_lines) = (print.texts(), heading.texts());
        let named = |page: &Page, lines: &[String]| {
            merchant(lines).map(|(line, text)| Heading { text, height: page.height(line) })
        };
        // Where the print's name is much taller, the other reading has missed it, and took what stands below it.
        let merchant = match (named(print, &print_lines), named(heading, &heading_lines)) {
            (Some(one), Some(two)) if one.height > 1.3 * two.height => Some(one),
            (one, two) => two.or(one),
        };
        Self {
            amount: None,
            currency: None,
            date: dates::find(&print_lines).or_else(|| dates::find(&heading_lines)),
            category: merchant.as_ref().and_then(|heading| category(&heading.text)),
            merchant,
            confidence: Decimal::try_from(f64::from(print.confidence().max(heading.confidence()))).unwrap_or_default(),
        }
    }

    /// These fields of a receipt with those of its next page, which tell what the first does not.
    pub(super) fn continued_by(self, next: Self) -> Self {
        let (merchant, category) =
            if self.merchant.is_some() { (self.merchant, self.category) } else { (next.merchant, next.category) };
        Self {
            date: self.date.or(next.date),
            merchant,
            category,
            confidence: self.confidence.min(next.confidence),
            ..self
        }
    }

    /// With the total and its currency, which the receipt's rows tell.
    pub(super) fn with_total(self, amount: Option<Decimal>, currency: Option<&'static str>) -> Self {
        let fields = Self { amount, currency, ..self };
        let confidence = fields.confidence * Decimal::from(fields.read()) / Decimal::from(4);
        Self { confidence: confidence.round_dp(2), ..fields }
    }

    pub(super) fn to_json(&self) -> String {
        // Strings, numbers and nulls: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn read(&self) -> usize {
        [self.amount.is_some(), self.currency.is_some(), self.date.is_some(), self.merchant.is_some()]
            .iter()
            .filter(|read| **read)
            .count()
    }
}

/// The first line, if it is a name: three letters in a row, and not the digits of an address.
fn merchant(lines: &[String]) -> Option<(usize, String)> {
    let is_text = |(_, line): &(usize, &String)| {
        line.split(|c: char| !c.is_alphabetic()).any(|letters| letters.chars().count() >= 3)
    };
    let (at, line) = lines.iter().enumerate().find(is_text)?;
    let name = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | ')'));
    // A lone small letter is the edge of the paper: no name begins with one.
    let lone_letter =
        name.split_once(' ').filter(|(start, _)| start.len() == 1 && start.chars().all(char::is_lowercase));
    let name = lone_letter.map_or(name, |(_, rest)| rest);
    let digits = name.chars().filter(char::is_ascii_digit).count();
    (digits < 2 && name.chars().count() <= 60).then(|| (at, name.to_owned()))
}

fn category(merchant: &str) -> Option<&'static str> {
    let merchant = merchant.to_lowercase();
    let fits = |(_, words): &&(&str, &[&str])| words.iter().any(|word| merchant.contains(word));
    CATEGORIES.iter().find(fits).map(|(category, _)| *category)
}

pub(super) fn number_or_null<S: Serializer>(amount: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => as_json_number(amount, serializer),
        None => serializer.serialize_none(),
    }
}

fn text_or_null<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        // chrono writes dates as ISO 8601.
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

fn name_or_null<S: Serializer>(heading: &Option<Heading>, serializer: S) -> Result<S::Ok, S::Error> {
    heading.as_ref().map(|heading| &heading.text).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lines: &[&str]) -> String {
        let rows = lines.iter().enumerate().flat_map(|(line, text)| {
            let words = text.split_whitespace().enumerate();
            words.map(move |(at, word)| format!("5\t1\t1\t1\t{line}\t{at}\t0\t0\t9\t9\t90\t{word}\n"))
        });
        rows.collect()
    }

    #[test]
    fn a_receipt_becomes_the_json_that_a_model_would_answer() {
        let lines = ["| Cafe Morgenrot", "Lindenstr. 14", "Datum 14.03.2026 09:41"];
        let page = Page::parse(&table(&lines));
        let fields = Fields::of(&page, &page).with_total(Some(Decimal::new(1800, 2)), Some("EUR"));
        assert_eq!(
            fields.to_json(),
            r#"{"amount":18.00,"currency":"EUR","date":"2026-03-14","merchant":"Cafe Morgenrot","category":"meals","confidence":0.90}"#
        );
    }

    #[test]
    fn what_cannot_be_read_is_null() {
        let nothing = r#"{"amount":null,"currency":null,"date":null,"merchant":null,"category":null,"confidence":0}"#;
        for text in ["", "garbage", &table(&["~ 12", "1200 Mill Road"])] {
            let page = Page::parse(text);
            assert_eq!(Fields::of(&page, &page).with_total(None, None).to_json(), nothing, "{text}");
        }
    }
}
