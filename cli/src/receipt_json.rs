//! What a receipt says besides its summary, as JSON for programs. Amounts are decimals in strings.

use crate::figures;
use crate::receipt_table;
use aipass::{Receipt, ReceiptKind, ReceiptPart, ReceiptVerdict};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The members, under the names that the library asks for.
pub fn details(receipt: &Receipt) -> Map<String, Value> {
    let merchant = receipt.merchant_details.clone().unwrap_or_default();
    let items = receipt.items.iter().map(|item| {
        json!({
            "description": item.description, "quantity": exact(item.quantity), "unit": item.unit,
            "unit_price": price(item.unit_price), "discount": price(item.discount), "total": price(item.total),
            "tax_class": item.tax_class, "confidence": item.confidence, "verdict": verdict(&item.verdict),
        })
    });
    let discounts = receipt.discounts.iter().map(|it| json!({"name": it.name, "amount": price(it.amount)}));
    let taxes = receipt.taxes.iter().map(|tax| {
        json!({
            "name": tax.name, "rate": exact(tax.rate), "base": price(tax.base), "amount": price(tax.amount),
            "tax_class": tax.tax_class, "included": tax.included,
        })
    });
    let payments = receipt.payments.iter();
    let payments =
        payments.map(|it| json!({"method": it.method, "last_four": it.last_four, "amount": price(it.amount)}));
    let others = receipt.other_amounts.iter().map(|it| json!({"amount": price(it.amount), "currency": it.currency}));
    let unread = receipt.unread.iter().map(|it| json!({"field": it.field, "text": it.text}));
    let details = json!({
        "verdict": verdict(&receipt.verdict),
        "time": receipt.time,
        "time_text": receipt.time_text,
        "number": receipt.number,
        "kind": receipt.kind.map(kind),
        "language": receipt.language,
        "merchant_address": merchant.address,
        "merchant_phone": merchant.phone,
        "merchant_tax_id": merchant.tax_id,
        "items": items.collect::<Vec<_>>(),
        "subtotal": price(receipt.subtotal),
        "discounts": discounts.collect::<Vec<_>>(),
        "taxes": taxes.collect::<Vec<_>>(),
        "tip": price(receipt.tip),
        "rounding": price(receipt.rounding),
        "payments": payments.collect::<Vec<_>>(),
        "tendered": price(receipt.tendered),
        "change": price(receipt.change),
        "other_amounts": others.collect::<Vec<_>>(),
        "unread": unread.collect::<Vec<_>>(),
        "fingerprint": receipt.fingerprint,
        "cost": receipt.cost.map(figures::money),
    });
    match details {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn price(amount: Option<Decimal>) -> Option<String> {
    amount.map(figures::price)
}

fn exact(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.to_string())
}

/// `{"state": "off", "by": "0.30", "at": "taxes"}`. Of an item `at` is its position, from 0: `items/2`.
fn verdict(verdict: &ReceiptVerdict) -> Value {
    let name = |part: ReceiptPart| match part {
        ReceiptPart::Item { index } => format!("items/{index}"),
        part => receipt_table::part(part),
    };
    match verdict {
        ReceiptVerdict::Agrees => json!({"state": "agrees"}),
        ReceiptVerdict::Off { by, at } => json!({"state": "off", "by": figures::price(*by), "at": name(*at)}),
        ReceiptVerdict::CannotTell { missing } => {
            json!({"state": "cannot_tell", "missing": missing.iter().map(|part| name(*part)).collect::<Vec<_>>()})
        }
        _ => json!({"state": "cannot_tell", "missing": []}),
    }
}

fn kind(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Sale => "sale",
        ReceiptKind::Refund => "refund",
        ReceiptKind::Invoice => "invoice",
        ReceiptKind::Order => "order",
        _ => "other",
    }
}
