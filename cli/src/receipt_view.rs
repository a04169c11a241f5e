//! How a receipt is shown: as rows for people, as JSON for programs.

use crate::failure::Failure;
use crate::figures;
use crate::output::{self, DIM};
use crate::{receipt_csv, receipt_json, receipt_table};
use aipass::{Receipt, TokenUsage};
use serde::Serialize;
use serde_json::{Map, Value};

/// So much of a model's answer is quoted, in characters.
const MAX_QUOTE: usize = 300;

/// A receipt as JSON. What could not be read is `null`; the model's own words stand beside it.
#[derive(Debug, Serialize)]
pub struct ReceiptView {
    merchant: Option<String>,
    /// ISO 8601.
    date: Option<String>,
    /// A decimal as text: JSON's numbers are binary fractions in most readers.
    amount: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    category: Option<String>,
    confidence: Option<f64>,
    model: String,
    date_text: Option<String>,
    amount_text: Option<String>,
    currency_text: Option<String>,
    tokens: Option<Tokens>,
    /// Why the photo may not be readable, if that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    photo_hints: Vec<String>,
    /// Items, taxes, payments, the verdict and all else, under the library's names.
    #[serde(flatten)]
    details: Map<String, Value>,
    #[serde(skip)]
    receipt: Receipt,
}

/// How much of a receipt was read.
pub enum Completeness {
    /// Merchant, date, amount and currency.
    Complete,
    /// Some of them; which ones not, is said.
    Incomplete(Failure),
    /// None of them.
    Nothing(Failure),
}

/// What a call used.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Tokens {
    pub prompt: u64,
    pub completion: u64,
    pub total: u64,
}

impl From<TokenUsage> for Tokens {
    fn from(usage: TokenUsage) -> Self {
        Self { prompt: usage.prompt_tokens, completion: usage.completion_tokens, total: usage.total_tokens }
    }
}

impl Tokens {
    /// The tokens of two calls.
    pub fn and(self, other: Self) -> Self {
        Self {
            prompt: self.prompt.saturating_add(other.prompt),
            completion: self.completion.saturating_add(other.completion),
            total: self.total.saturating_add(other.total),
        }
    }
}

impl ReceiptView {
    pub fn of(receipt: &Receipt) -> Self {
        Self {
            merchant: receipt.merchant.clone(),
            date: receipt.date.map(|date| date.to_string()),
            amount: receipt.amount.map(figures::price),
            currency: receipt.currency.clone(),
            category: receipt.category.clone(),
            confidence: receipt.confidence,
            model: receipt.model.clone(),
            date_text: receipt.date_text.clone(),
            amount_text: receipt.amount_text.clone(),
            currency_text: receipt.currency_text.clone(),
            tokens: receipt.usage.map(Tokens::from),
            photo_hints: receipt.photo_hints.iter().map(ToString::to_string).collect(),
            details: receipt_json::details(receipt),
            receipt: receipt.clone(),
        }
    }

    /// Lines for a spreadsheet.
    pub fn csv(&self, file: &str) -> String {
        receipt_csv::lines(file, &self.receipt)
    }

    /// What the scan used, if the provider says so.
    pub fn tokens(&self) -> Option<Tokens> {
        self.tokens
    }

    /// Whether the fields that a receipt is scanned for were read. `answer` is what the model said.
    pub fn completeness(&self, answer: &str) -> Completeness {
        let fields = [
            ("merchant", &self.merchant),
            ("date", &self.date),
            ("amount", &self.amount),
            ("currency", &self.currency),
        ];
        let missing: Vec<&str> = fields.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
        if missing.is_empty() {
            return Completeness::Complete;
        }
        if missing.len() == fields.len() {
            let answer: String = output::printable(answer.trim()).chars().take(MAX_QUOTE).collect();
            let sentence = format!("No receipt was read; {} answered: {answer}", output::printable(&self.model));
            return Completeness::Nothing(Failure::other("nothing_read", sentence));
        }
        let sentence = format!("Not read: {}; take the photo again, flat and in good light.", missing.join(", "));
        Completeness::Incomplete(Failure::other("incomplete", sentence))
    }

    /// Names and values, one row a line, aligned and so far indented.
    pub fn rows(&self, indent: usize) -> String {
        let shown =
            |name: &str, value: &str| format!("{:indent$}{DIM}{name:<12}{DIM:#}{}", "", output::printable(value));
        let wanted = |name: &str, value: &Option<String>, words: &Option<String>| match (value, words) {
            (Some(value), _) => shown(name, value),
            (None, Some(words)) => shown(name, &format!("not read (the model wrote {words:?})")),
            (None, None) => shown(name, "not read"),
        };
        let mut rows = vec![
            wanted("merchant", &self.merchant, &None),
            wanted("date", &self.date, &self.date_text),
            wanted("amount", &self.amount, &self.amount_text),
            wanted("currency", &self.currency, &self.currency_text),
        ];
        rows.extend(self.category.as_deref().map(|category| shown("category", category)));
        rows.extend(self.confidence.map(|sure| shown("confidence", &format!("{:.0} %", sure * 100.0))));
        rows.extend(receipt_table::rows(&self.receipt).iter().map(|(name, value)| shown(name, value)));
        rows.join("\n")
    }

    /// What was read, for a model that is asked about the receipt.
    pub fn for_model(&self) -> String {
        let (merchant, date, amount, currency) = (&self.merchant, &self.date, &self.amount, &self.currency);
        serde_json::json!({ "merchant": merchant, "date": date, "amount": amount, "currency": currency }).to_string()
    }
}
