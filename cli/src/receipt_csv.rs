//! Receipts as lines for a spreadsheet: RFC 4180, a line for each item.

use crate::figures;
use crate::output;
use crate::receipt_table;
use aipass::Receipt;
use rust_decimal::Decimal;

/// The columns.
pub const HEADER: &str = "file,merchant,date,time,amount,currency,category,number,verdict,\
    item,quantity,unit,unit_price,discount,total,tax_class";

/// A line for each item; one without an item where there is none.
pub fn lines(file: &str, receipt: &Receipt) -> String {
    let whole = [
        text(file),
        text(receipt.merchant.as_deref().unwrap_or_default()),
        receipt.date.map(|date| date.to_string()).unwrap_or_default(),
        receipt.time.clone().unwrap_or_default(),
        number(receipt.amount),
        receipt.currency.clone().unwrap_or_default(),
        text(receipt.category.as_deref().unwrap_or_default()),
        text(receipt.number.as_deref().unwrap_or_default()),
        text(&receipt_table::verdict(&receipt.verdict)),
    ];
    let whole = whole.join(",");
    if receipt.items.is_empty() {
        return format!("{whole},,,,,,,");
    }
    let items = receipt.items.iter().map(|item| {
        let of_item = [
            text(item.description.as_deref().unwrap_or_default()),
            item.quantity.map(|quantity| quantity.normalize().to_string()).unwrap_or_default(),
            text(item.unit.as_deref().unwrap_or_default()),
            number(item.unit_price),
            number(item.discount),
            number(item.total),
            text(item.tax_class.as_deref().unwrap_or_default()),
        ];
        format!("{whole},{}", of_item.join(","))
    });
    items.collect::<Vec<_>>().join("\n")
}

/// An amount, which a spreadsheet reads as a number, also if it is negative.
fn number(amount: Option<Decimal>) -> String {
    amount.map(figures::price).unwrap_or_default()
}

/// Text that a spreadsheet does not take for a formula: an apostrophe before `=`, `+`, `-` and `@` (OWASP, "CSV Injection").
fn text(text: &str) -> String {
    const BEGIN_FORMULAS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let text = output::printable(text);
    let guarded = if text.trim_start().starts_with(BEGIN_FORMULAS) { format!("'{text}") } else { text };
    if guarded.contains(['"', ',', ';', '\'', ' ']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;

    // G14: a model's text does not become a formula, and a number stays one
    #[test]
    fn what_begins_a_formula_is_guarded() {
        for (written, expected) in [
            ("Tea", "Tea"),
            ("Tea, black", "\"Tea, black\""),
            ("12\" pizza", "\"12\"\" pizza\""),
            ("=1+1", "\"'=1+1\""),
            ("=HYPERLINK(\"http://a.example\")", "\"'=HYPERLINK(\"\"http://a.example\"\")\""),
            ("+49 221", "\"'+49 221\""),
            ("-5", "\"'-5\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("＝1", "\"'＝1\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"' =1\""),
            ("\r=1", "\\u000d=1"),
            ("a\nb", "\"a b\""),
            ("\u{1b}[2J", "\\u001b[2J"),
        ] {
            assert_eq!(text(written), expected, "{written:?}");
        }
        assert_eq!(number(Some(Decimal::new(-50, 2))), "-0.50");
        assert_eq!(HEADER.split(',').count(), 16);
    }
}
