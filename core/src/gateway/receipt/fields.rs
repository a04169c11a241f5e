//! The fields of a receipt: how they are asked for, and the keys under which models give them. A new field is a case and a row
//! here, a member of [`Receipt`](super::Receipt), and a line in [`reading`](super::reading).

use crate::gateway::json_in_text::plain_key;

/// A field that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Merchant,
    Date,
    Amount,
    Currency,
    Category,
    Confidence,
}

/// How a field is asked for, and the keys under which models give it.
struct Row {
    field: Field,
    /// What the prompt says of it; empty if its name says enough.
    asked: &'static str,
    /// As it is asked for.
    name: &'static str,
    /// Other keys, in the form of [`plain_key`], the likelier ones first.
    other_keys: &'static str,
}

/// In the order of the prompt. Never a key of a subtotal, a tax, a tip, change, or what was tendered.
const ROWS: &[Row] = &[
    Row {
        field: Field::Amount,
        asked: "the total paid, as a number",
        name: "amount",
        other_keys: "total totalamount grandtotal amounttotal totalpaid totalamountpaid amountpaid totaltopay \
            amounttopay totaldue amountdue totalprice totalcost finaltotal finalamount totalinclvat \
            totalincltax totalincludingtax totalincludingvat totalwithtax",
    },
    Row { field: Field::Currency, asked: "ISO 4217 code", name: "currency", other_keys: "currencycode" },
    Row {
        field: Field::Date,
        asked: "YYYY-MM-DD",
        name: "date",
        other_keys: "transactiondate purchasedate receiptdate dateofpurchase dateoftransaction datetime \
            transactiondatetime",
    },
    Row {
        field: Field::Merchant,
        asked: "",
        name: "merchant",
        other_keys: "merchantname vendor vendorname store storename shop shopname seller sellername retailer \
            business businessname restaurant restaurantname",
    },
    Row { field: Field::Category, asked: "", name: "category", other_keys: "" },
    Row { field: Field::Confidence, asked: "0 to 1", name: "confidence", other_keys: "confidencescore" },
];

/// What the model is asked.
pub(super) fn prompt() -> String {
    let names: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
    let asked = ROWS.iter().filter(|row| !row.asked.is_empty());
    let asked: String = asked.map(|row| format!("{}: {}. ", row.name, row.asked)).collect();
    format!(
        "Extract receipt data in JSON: {{{}}}. {asked}Use null for what the receipt does not show. Answer with the JSON object \
         only.",
        names.join(", ")
    )
}

/// Keys of what was paid, which is more than the total where change was given.
const PAID: &[&str] = &["totalpaid", "totalamountpaid", "amountpaid"];
/// Keys of change.
const CHANGE: &[&str] = &["change", "changedue", "changegiven", "changeamount", "changereturned", "cashback"];
/// Keys of what was handed over.
const TENDERED: &[&str] = &[
    "cash",
    "cashgiven",
    "tendered",
    "amounttendered",
    "cashtendered",
    "cashreceived",
    "received",
    "given",
    "payment",
];

/// Keys that an article, a tax, or a payment has. Beside them, without a shop or a date, stands no receipt.
const PART_KEYS: &[&str] = &[
    "rate",
    "percent",
    "percentage",
    "taxrate",
    "vatrate",
    "quantity",
    "qty",
    "unitprice",
    "price",
    "sku",
    "name",
    "description",
    "item",
    "label",
    "title",
    "taxtype",
    "type",
    "kind",
    "method",
    "net",
    "tendered",
];

/// The field that a key is for, and how far the key stands behind the one asked for.
pub(super) fn of(key: &str) -> Option<(Field, usize)> {
    let key = plain_key(key);
    ROWS.iter().find_map(|row| {
        let mut other_keys = row.other_keys.split(' ');
        let is_name = plain_key(row.name) == key;
        let rank = if is_name { 0 } else { 1 + other_keys.position(|known| known == key)? };
        Some((row.field, rank))
    })
}

/// The field that a key is for, if it tells a receipt from other objects.
pub(super) fn telling(key: &str) -> Option<Field> {
    let (field, _) = of(key)?;
    (!matches!(field, Field::Category | Field::Confidence)).then_some(field)
}

pub(super) fn is_of_a_part(key: &str) -> bool {
    PART_KEYS.contains(&plain_key(key).as_str())
}

pub(super) fn is_paid(key: &str) -> bool {
    PAID.contains(&plain_key(key).as_str())
}

pub(super) fn is_tendered(key: &str) -> bool {
    TENDERED.contains(&plain_key(key).as_str())
}

pub(super) fn is_change(key: &str) -> bool {
    CHANGE.contains(&plain_key(key).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    // seed 001: the prompt of the example
    #[test]
    fn the_prompt_asks_for_each_field_once() {
        assert_eq!(
            prompt(),
            "Extract receipt data in JSON: {amount, currency, date, merchant, category, confidence}. amount: the total paid, as \
             a number. currency: ISO 4217 code. date: YYYY-MM-DD. confidence: 0 to 1. Use null for what the receipt does not \
             show. Answer with the JSON object only."
        );
    }
}
