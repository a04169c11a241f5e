//! What a receipt says besides its summary, as rows for people.

use crate::figures;
use crate::output;
use aipass::{Receipt, ReceiptItem, ReceiptPart, ReceiptVerdict};
use rust_decimal::Decimal;

/// The columns that a row's value has beside its name.
const MAX_COLUMNS: usize = output::WIDTH - 16;

/// Names and values; a row without a name goes on with the one before.
pub fn rows(receipt: &Receipt) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    let mut add = |name, value: Option<String>| rows.extend(value.map(|value| (name, value)));
    add("time", receipt.time.clone());
    add("number", receipt.number.clone());
    let table = table(&receipt.items);
    for (index, line) in table.into_iter().enumerate() {
        add(if index == 0 { "items" } else { "" }, Some(line));
    }
    add("subtotal", receipt.subtotal.map(figures::price));
    for discount in &receipt.discounts {
        add("discount", named(discount.name.as_deref(), discount.amount));
    }
    for tax in &receipt.taxes {
        let rate = tax.rate.map(|rate| format!("{} %", rate.normalize()));
        // Many receipts have the rate in the tax's name.
        let rate = rate.filter(|_| !tax.name.as_deref().unwrap_or_default().contains('%'));
        let name = [tax.name.clone(), rate].into_iter().flatten().collect::<Vec<_>>().join(" ");
        add("tax", named(Some(&name), tax.amount));
    }
    add("tip", receipt.tip.map(figures::price));
    add("rounding", receipt.rounding.map(figures::price));
    for payment in &receipt.payments {
        let digits = payment.last_four.as_ref().map(|digits| format!("…{digits}"));
        let name = [payment.method.clone(), digits].into_iter().flatten().collect::<Vec<_>>().join(" ");
        add("paid", named(Some(&name), payment.amount));
    }
    add("tendered", receipt.tendered.map(figures::price));
    add("change", receipt.change.map(figures::price));
    if !rows.is_empty() {
        rows.push(("verdict", verdict(&receipt.verdict)));
    }
    rows
}

/// `agrees`, `off by 0.30 (in: taxes)`, `cannot tell (missing: items)`.
pub fn verdict(verdict: &ReceiptVerdict) -> String {
    match verdict {
        ReceiptVerdict::Agrees => "agrees".to_owned(),
        ReceiptVerdict::Off { by, at } => format!("off by {} (in: {})", figures::price(*by), part(*at)),
        ReceiptVerdict::CannotTell { missing } if missing.is_empty() => "cannot tell".to_owned(),
        ReceiptVerdict::CannotTell { missing } => {
            let missing: Vec<String> = missing.iter().map(|missing| part(*missing)).collect();
            format!("cannot tell (missing: {})", missing.join(", "))
        }
        _ => "cannot tell".to_owned(),
    }
}

/// A part as people count: the first item is item 1.
pub fn part(part: ReceiptPart) -> String {
    match part {
        ReceiptPart::Item { index } => format!("item {}", u64::from(index) + 1),
        ReceiptPart::Items => "items".to_owned(),
        ReceiptPart::Subtotal => "subtotal".to_owned(),
        ReceiptPart::Discounts => "discounts".to_owned(),
        ReceiptPart::Taxes => "taxes".to_owned(),
        ReceiptPart::Tip => "tip".to_owned(),
        ReceiptPart::Rounding => "rounding".to_owned(),
        ReceiptPart::Total => "total".to_owned(),
        ReceiptPart::Payments => "payments".to_owned(),
        _ => "other".to_owned(),
    }
}

fn named(name: Option<&str>, amount: Option<Decimal>) -> Option<String> {
    let amount = amount.map(figures::price);
    let parts: Vec<String> =
        name.filter(|name| !name.is_empty()).map(str::to_owned).into_iter().chain(amount).collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}

/// Quantity, description and price in columns.
fn table(items: &[ReceiptItem]) -> Vec<String> {
    let width = |text: &str| text.chars().count();
    let cells: Vec<[String; 3]> = items.iter().map(cells).collect();
    let widest = |column: usize| cells.iter().map(|cells| width(&cells[column])).max().unwrap_or(0);
    let (quantity, price) = (widest(0).min(12), widest(2));
    let names = widest(1).min(MAX_COLUMNS.saturating_sub(quantity + price + 4));
    let line = |(cells, item): (&[String; 3], &ReceiptItem)| {
        let name: String = match width(&cells[1]) <= names {
            true => cells[1].clone(),
            false => cells[1].chars().take(names.saturating_sub(1)).chain(['…']).collect(),
        };
        let off = match item.verdict {
            ReceiptVerdict::Off { by, .. } => format!("  off by {}", figures::price(by)),
            _ => String::new(),
        };
        format!("{:>quantity$}  {name:<names$}  {:>price$}{off}", cells[0], cells[2])
    };
    cells.iter().zip(items).map(line).collect()
}

/// Cleaned here, because what is escaped is wider.
fn cells(item: &ReceiptItem) -> [String; 3] {
    let quantity = item.quantity.map(|quantity| quantity.normalize().to_string());
    let quantity: Vec<String> = quantity.into_iter().chain(item.unit.clone()).collect();
    let description = item.description.as_deref().unwrap_or("?");
    let total = item.total.map_or_else(|| "?".to_owned(), figures::price);
    [output::printable(&quantity.join(" ")), output::printable(description), total]
}
