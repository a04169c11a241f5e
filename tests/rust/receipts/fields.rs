//! What the library read, in the form of the truth.

use std::collections::BTreeMap;

use aipass::{Receipt, ReceiptKind};
use aipass_photo_tests::truth::plain_number;

/// The fields of a receipt that were read, by the names that the model was asked for.
pub fn of(receipt: &Receipt) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut add = |name: String, value: Option<String>| {
        if let Some(value) = value {
            fields.insert(name, value);
        }
    };
    let share = |share: f64| plain_number(&format!("{share:.4}"));
    let number = |number: rust_decimal::Decimal| plain_number(&number.to_string());
    let kind = |kind: ReceiptKind| format!("{kind:?}").to_lowercase();
    for (name, value) in [
        ("merchant", receipt.merchant.clone()),
        ("date", receipt.date.map(|date| date.to_string())),
        ("amount", receipt.amount.map(number)),
        ("currency", receipt.currency.clone()),
        ("category", receipt.category.clone()),
        ("confidence", receipt.confidence.map(share)),
        ("time", receipt.time.clone()),
        ("number", receipt.number.clone()),
        ("kind", receipt.kind.map(kind)),
        ("language", receipt.language.clone()),
        ("subtotal", receipt.subtotal.map(number)),
        ("tip", receipt.tip.map(number)),
        ("rounding", receipt.rounding.map(number)),
        ("tendered", receipt.tendered.map(number)),
        ("change", receipt.change.map(number)),
    ] {
        add(name.to_owned(), value);
    }
    let merchant = receipt.merchant_details.clone();
    add("merchant_address".to_owned(), merchant.as_ref().and_then(|it| it.address.clone()));
    add("merchant_phone".to_owned(), merchant.as_ref().and_then(|it| it.phone.clone()));
    add("merchant_tax_id".to_owned(), merchant.as_ref().and_then(|it| it.tax_id.clone()));
    for (at, item) in receipt.items.iter().enumerate() {
        add(format!("items.{at}.description"), item.description.clone());
        add(format!("items.{at}.quantity"), item.quantity.map(number));
        add(format!("items.{at}.unit"), item.unit.clone());
        add(format!("items.{at}.unit_price"), item.unit_price.map(number));
        add(format!("items.{at}.discount"), item.discount.map(number));
        add(format!("items.{at}.total"), item.total.map(number));
        add(format!("items.{at}.tax_class"), item.tax_class.clone());
    }
    for (at, discount) in receipt.discounts.iter().enumerate() {
        add(format!("discounts.{at}.name"), discount.name.clone());
        add(format!("discounts.{at}.amount"), discount.amount.map(number));
    }
    for (at, tax) in receipt.taxes.iter().enumerate() {
        add(format!("taxes.{at}.name"), tax.name.clone());
        add(format!("taxes.{at}.rate"), tax.rate.map(number));
        add(format!("taxes.{at}.base"), tax.base.map(number));
        add(format!("taxes.{at}.amount"), tax.amount.map(number));
        add(format!("taxes.{at}.tax_class"), tax.tax_class.clone());
        add(format!("taxes.{at}.included"), tax.included.map(|included| included.to_string()));
    }
    for (at, payment) in receipt.payments.iter().enumerate() {
        add(format!("payments.{at}.method"), payment.method.clone());
        add(format!("payments.{at}.last_four"), payment.last_four.clone());
        add(format!("payments.{at}.amount"), payment.amount.map(number));
    }
    fields
}

/// A field's value as it is compared.
pub fn plain(field: &str, value: &str) -> String {
    const NUMBERS: [&str; 13] = [
        "amount",
        "confidence",
        "subtotal",
        "tip",
        "rounding",
        "tendered",
        "change",
        "quantity",
        "unit_price",
        "discount",
        "total",
        "rate",
        "base",
    ];
    let name = field.rsplit('.').next().unwrap_or(field);
    if NUMBERS.contains(&name) { plain_number(value) } else { value.to_owned() }
}
