use super::super::reading::read_receipt;
use super::*;
use crate::gateway::json_in_text;
use crate::gateway::receipt::ReceiptKind;
use chrono::NaiveDate;
use proptest::prelude::*;

fn read(members: &str) -> Receipt {
    let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let answer = format!(r#"{{"merchant": "A", "currency": "EUR", {members}}}"#);
    read_receipt(json_in_text::find(&answer), &place).unwrap_or_else(|_| panic!("cut: {answer:.300}"))
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

/// The texts that were not read, with their places.
fn unread(receipt: &Receipt) -> Vec<(&str, &str)> {
    receipt.unread.iter().map(|unread| (unread.field.as_str(), unread.text.as_str())).collect()
}

/// An item in one line: quantity, unit, unit price, discount, total, tax class; `-` for none.
fn line(item: &ReceiptItem) -> String {
    let shown = |value: Option<Decimal>| value.map_or("-".to_owned(), |value| value.to_string());
    let word = |word: &Option<String>| word.clone().unwrap_or("-".to_owned());
    [
        word(&item.description),
        shown(item.quantity),
        word(&item.unit),
        shown(item.unit_price),
        shown(item.discount),
        shown(item.total),
        word(&item.tax_class),
    ]
    .join("|")
}

// P13
#[test]
fn the_answer_asked_for_is_read_whole() {
    let receipt = read(
        r#""amount": 20.40, "date": "2026-03-04", "time": "09:41", "number": 20417, "kind": "sale", "language": "de-DE",
        "merchant_address": "Lindenstraße 14, Köln", "merchant_phone": "0221 5550134", "merchant_tax_id": "DE123",
        "items": [{"description": "Käse", "quantity": 0.456, "unit": "kg", "unit_price": 9.95, "discount": null, "total": 4.54,
        "tax_class": "B", "confidence": 0.9}], "subtotal": 22.40, "discounts": [{"name": "Rabatt", "amount": -2.00}],
        "taxes": [{"name": "MwSt", "rate": 7, "base": 19.07, "amount": 1.33, "tax_class": "B", "included": true}],
        "tip": 1.00, "rounding": 0.01, "payments": [{"method": "Visa", "last_four": "4821", "amount": 20.40}],
        "tendered": null, "change": 0, "other_amounts": [{"amount": 22.15, "currency": "USD"}]"#,
    );
    assert_eq!(receipt.time.as_deref(), Some("09:41"));
    assert_eq!((receipt.number.as_deref(), receipt.kind), (Some("20417"), Some(ReceiptKind::Sale)));
    assert_eq!(receipt.language.as_deref(), Some("de-DE"));
    let merchant =
        ReceiptMerchant {
            address: text("Lindenstraße 14, Köln"), phone: text("0221 5550134"), tax_id: text("DE123")
        };
    assert_eq!(receipt.merchant_details, Some(merchant));
    assert_eq!(receipt.items.iter().map(line).collect::<Vec<_>>(), ["Käse|0.456|kg|9.95|-|4.54|B"]);
    assert_eq!(receipt.items[0].confidence, Some(0.9));
    assert_eq!((receipt.subtotal, receipt.tip, receipt.rounding), (decimal("22.40"), decimal("1.00"), decimal("0.01")));
    assert_eq!(receipt.discounts, [ReceiptDiscount { name: text("Rabatt"), amount: decimal("-2.00") }]);
    let tax = ReceiptTax {
        name: text("MwSt"),
        rate: decimal("7"),
        base: decimal("19.07"),
        amount: decimal("1.33"),
        tax_class: text("B"),
        included: Some(true),
    };
    assert_eq!(receipt.taxes, [tax]);
    assert_eq!(
        receipt.payments,
        [ReceiptPayment { method: text("Visa"), last_four: text("4821"), amount: decimal("20.40") }]
    );
    assert_eq!((receipt.tendered, receipt.change), (None, decimal("0")));
    assert_eq!(receipt.other_amounts, [ReceiptAmount { amount: decimal("22.15"), currency: text("USD") }]);
    assert_eq!(unread(&receipt), []);
}

// P13: the ways in which models write an item
#[test]
fn items_are_read_in_any_dress() {
    for (item, expected) in [
        (r#"{"description": "Tea", "quantity": 2, "unit_price": 1.5, "total": 3}"#, "Tea|2|-|1.5|-|3|-"),
        (r#"{"name": "Tea", "qty": "2", "price": "1,50", "amount": "3,00"}"#, "Tea|2|-|1.50|-|3.00|-"),
        (r#"{"Item Name": "Tea", "Unit Price": "€ 1,50", "Line Total": "3,00 €"}"#, "Tea|-|-|1.50|-|3.00|-"),
        (r#"{"description": "Tea", "quantity": "2 x 1,50", "total": "3,00"}"#, "Tea|2|-|1.50|-|3.00|-"),
        (r#"{"description": "Tea", "unit_price": "2 x 1,50", "total": "3,00"}"#, "Tea|2|-|1.50|-|3.00|-"),
        (
            r#"{"description": "Tea", "quantity": 2, "unit_price": "2 x 1,50", "total": "3,00"}"#,
            "Tea|2|-|1.50|-|3.00|-",
        ),
        (
            r#"{"description": "Ham", "quantity": "0,456 kg x 9,95 €/kg", "total": "4,54"}"#,
            "Ham|0.456|kg|9.95|-|4.54|-",
        ),
        (
            r#"{"description": "Ham", "quantity": "0,456", "unit_price": "9,95 €/kg", "total": "4,54"}"#,
            "Ham|0.456|kg|9.95|-|4.54|-",
        ),
        (r#"{"description": "Ham", "quantity": "0,456 kg", "unit": "KG", "total": "4,54"}"#, "Ham|0.456|KG|-|-|4.54|-"),
        (r#"{"description": "Tea", "total": "2,50 A"}"#, "Tea|-|-|-|-|2.50|A"),
        (r#"{"description": "Tea", "total": "2,50 € B"}"#, "Tea|-|-|-|-|2.50|B"),
        (r#"{"description": "Tea", "total": "2,50 A", "tax_class": "1"}"#, "Tea|-|-|-|-|2.50|1"),
        (r#"{"description": "Rabatt", "total": "-1,00"}"#, "Rabatt|-|-|-|-|-1.00|-"),
        (r#"{"description": "Rabatt", "total": "1,00-"}"#, "Rabatt|-|-|-|-|-1.00|-"),
        (r#"{"description": "Rabatt", "total": "(1,00)"}"#, "Rabatt|-|-|-|-|-1.00|-"),
        (
            r#"{"description": "Tea", "quantity": 2, "unit_price": 3, "discount": "-0,50", "total": 5.50}"#,
            "Tea|2|-|3|-0.50|5.50|-",
        ),
        (
            r#"{"description": "E10", "quantity": "32,45", "unit_price": "1,789", "total": "58,05"}"#,
            "E10|32.45|-|1.789|-|58.05|-",
        ),
        (
            r#"{"description": "E10", "quantity": 32.45, "unit_price": 1.789, "total": 58.05}"#,
            "E10|32.45|-|1.789|-|58.05|-",
        ),
        (
            r#"{"description": "Car", "quantity": 2, "unit_price": "1.789", "total": "3.578,00"}"#,
            "Car|2|-|1789|-|3578.00|-",
        ),
        (r#"{"description": 7, "total": 1}"#, "7|-|-|-|-|1|-"),
        (r#"{"description": "N/A", "quantity": null, "total": "1.00", "unit": ""}"#, "-|-|-|-|-|1.00|-"),
        (r#"{"description": "string", "total": "1.00"}"#, "-|-|-|-|-|1.00|-"),
        (r#"{"description": "Tea", "amount": 3, "total": 4}"#, "Tea|-|-|-|-|4|-"),
        (r#"{"description": "Tea", "total": 4, "total": 5}"#, "Tea|-|-|-|-|5|-"),
        (r#""Tea""#, "Tea|-|-|-|-|-|-"),
        ("3.50", "-|-|-|-|-|3.50|-"),
    ] {
        let receipt = read(&format!(r#""items": [{item}]"#));
        assert_eq!(receipt.items.iter().map(line).collect::<Vec<_>>(), [expected], "{item}");
        assert_eq!(unread(&receipt), [], "{item}");
    }
}

// P13: null, never a guess, and the model's text is kept
#[test]
fn what_cannot_be_read_is_listed_with_its_place() {
    for (members, places) in [
        (r#""items": [{"total": "3.0.0"}]"#, &[("/items/0/total", "3.0.0")][..]),
        (r#""items": [{"total": "12 kg"}]"#, &[("/items/0/total", "12 kg")]),
        (r#""items": [{"total": "$3.00"}]"#, &[("/items/0/total", "$3.00")]),
        (r#""items": [{"total": 45.000}]"#, &[("/items/0/total", "45.000")]),
        (r#""items": [{"total": {"value": 3}}]"#, &[("/items/0/total", r#"{"value": 3}"#)]),
        (r#""items": [{"total": true}]"#, &[("/items/0/total", "true")]),
        (r#""items": [{"total": 1}, {"quantity": "a few", "total": 1}]"#, &[("/items/1/quantity", "a few")]),
        (r#""items": [{"quantity": "2 kg x 3 m", "total": 1}]"#, &[("/items/0/unit_price", "3 m")]),
        (r#""items": [{"unit_price": "1,789", "total": 1}]"#, &[("/items/0/unit_price", "1,789")]),
        (r#""items": [{"unit_price": "10%", "total": 1}]"#, &[("/items/0/unit_price", "10%")]),
        (r#""items": [[1, 2], true]"#, &[("/items/0", "[1, 2]"), ("/items/1", "true")]),
        (r#""subtotal": "about 12""#, &[("/subtotal", "about 12")]),
        (r#""subtotal": 12, "sub_total": 13"#, &[]),
        (r#""tip": 1, "gratuity": 2"#, &[("/tip", "1")]),
        (r#""tip": "15 %""#, &[("/tip", "15 %")]),
        (r#""discounts": [{"name": "Sale", "amount": "10%"}]"#, &[("/discounts/0/amount", "10%")]),
        (r#""taxes": [{"rate": 0.19, "amount": 1}]"#, &[("/taxes/0/rate", "0.19")]),
        (
            r#""taxes": [{"rate": "A", "amount": 1, "included": "perhaps"}]"#,
            &[("/taxes/0/rate", "A"), ("/taxes/0/included", "perhaps")],
        ),
        (r#""kind": "thing", "language": "German""#, &[("/kind", "thing"), ("/language", "German")]),
        (r#""other_amounts": [{"amount": 1, "currency": "$"}]"#, &[("/other_amounts/0/currency", "$")]),
        (r#""tendered": "20 + 5""#, &[("/tendered", "20 + 5")]),
    ] {
        assert_eq!(unread(&read(members)), places, "{members}");
    }
    let receipt = read(r#""time": "noon""#);
    assert_eq!((receipt.time, receipt.time_text.as_deref()), (None, Some("noon")));
}

// P13
#[test]
fn lists_are_read_in_any_shape() {
    let items = |members: &str| read(members).items.iter().map(line).collect::<Vec<_>>();
    assert_eq!(
        items(r#""items": {"Tea": 3.50, "Cake": "2,00", "Ham": {"quantity": 2, "total": 4}}"#),
        ["Tea|-|-|-|-|3.50|-", "Cake|-|-|-|-|2.00|-", "Ham|2|-|-|-|4|-"]
    );
    assert_eq!(items(r#""items": {"description": "Tea", "total": 3.50}"#), ["Tea|-|-|-|-|3.50|-"]);
    assert_eq!(items(r#""line_items": [null, {"total": 1}, null]"#), ["-|-|-|-|-|1|-"]);
    for none in ["null", "[]", "{}", r#""""#, r#""N/A""#] {
        assert_eq!(items(&format!(r#""items": {none}"#)), Vec::<String>::new(), "{none}");
    }
    let taxes = |members: &str| {
        let taxes = read(members).taxes;
        taxes.into_iter().map(|tax| (tax.name, tax.rate, tax.amount)).collect::<Vec<_>>()
    };
    assert_eq!(taxes(r#""tax": 0.83"#), [(None, None, decimal("0.83"))]);
    assert_eq!(taxes(r#""tax": 0.83, "taxes": []"#), [(None, None, decimal("0.83"))]);
    assert_eq!(taxes(r#""vat": {"rate": "19 %", "amount": "0,83 €"}"#), [(None, decimal("19"), decimal("0.83"))]);
    assert_eq!(taxes(r#""taxes": {"VAT 19%": 0.83}"#), [(text("VAT 19%"), None, decimal("0.83"))]);
    assert_eq!(read(r#""discount": "-2,00""#).discounts[0].amount, decimal("-2.00"));
    assert_eq!(read(r#""payment": "Visa""#).payments[0].method, text("Visa"));
    assert_eq!(
        read(r#""payments": {"cash": 20}"#).payments[0],
        ReceiptPayment { method: text("cash"), last_four: None, amount: decimal("20") }
    );
}

// P13: one decision per receipt
#[test]
fn the_clear_amounts_decide_what_a_mark_means() {
    let totals = |members: &str| read(members).items.iter().map(|item| item.total).collect::<Vec<_>>();
    assert_eq!(totals(r#""items": [{"total": "1.234"}, {"total": "12,50"}]"#), [decimal("1234"), decimal("12.50")]);
    assert_eq!(totals(r#""items": [{"total": "1.234"}, {"total": "12.50"}]"#), [None, decimal("12.50")]);
    assert_eq!(totals(r#""items": [{"total": "1.234"}]"#), [decimal("1234")]);
    let dinars = |items: &str| {
        let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
        let answer = format!(r#"{{"merchant": "A", "currency": "KWD", "items": {items}}}"#);
        let receipt = read_receipt(json_in_text::find(&answer), &place).unwrap_or_default();
        receipt.items.iter().map(|item| item.total).collect::<Vec<_>>()
    };
    assert_eq!(dinars(r#"[{"total": "1.250"}, {"total": "0.500"}]"#), [decimal("1.250"), decimal("0.500")]);
    assert_eq!(dinars(r#"[{"total": "1.250"}, {"total": "0,500"}]"#), [decimal("1250"), decimal("0.500")]);
    assert_eq!(dinars(r#"[{"total": "1.250"}]"#), [None]);
}

// P13, S1
#[test]
fn a_card_number_is_not_kept() {
    let receipt =
        read(r#""payments": [{"method": "Visa 4111 1111 1111 4821", "last_four": "4111111111114821", "amount": 1}]"#);
    assert_eq!(receipt.payments[0].last_four.as_deref(), Some("4821"));
    assert_eq!(receipt.payments[0].method.as_deref(), Some("Visa **** **** **** 4821"));
}

// P11: details are those of the receipt that is meant
#[test]
fn details_of_a_draft_are_not_read() {
    let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let items = |answer: &str| {
        let receipt = read_receipt(json_in_text::find(answer), &place).unwrap_or_default();
        (receipt.amount, receipt.items.iter().map(|item| item.total).collect::<Vec<_>>())
    };
    let of = |total| format!(r#"{{"merchant": "A", "amount": 5, "items": [{{"total": {total}}}]}}"#);
    assert_eq!(items(&format!("<think>{}</think>{}", of(4), of(5))), (decimal("5"), vec![decimal("5")]));
    assert_eq!(items(&format!("Draft: {}\nCorrected: {}", of(4), of(5))), (decimal("5"), vec![decimal("5")]));
    assert_eq!(items(&format!("{}\n{}", of(5), of(5))), (decimal("5"), vec![decimal("5")]));
    // Nothing says which.
    assert_eq!(items(&format!("{}\n{}", of(4), of(5))), (decimal("5"), vec![]));
    assert_eq!(
        items(&format!("{}\n{}", of(4), r#"{"merchant": "A", "amount": 6, "items": [{"total": 6}]}"#)),
        (None, vec![])
    );
}

// P13: a model writes a weight as a number of JSON beside amounts as they are printed
#[test]
fn a_weight_in_json_is_no_grouped_number() {
    let receipt = read(
        r#""items": [{"quantity": 1.383, "unit": "kg", "unit_price": "9,90", "total": "13,69"}],
        "subtotal": "1.013,69""#,
    );
    let item = &receipt.items[0];
    assert_eq!((item.quantity, item.unit_price), (Some(Decimal::new(1383, 3)), Some(Decimal::new(990, 2))));
}

// S3: as many items as a receipt may have, and work that grows with the text only
#[test]
fn hostile_lists_are_bounded() {
    let many = read(&format!(r#""items": [{}]"#, vec![r#"{"total": 1}"#; 5000].join(",")));
    assert_eq!(many.items.len(), MAX_ITEMS);
    assert_eq!(unread(&many), [("/items/2000", r#"{"total": 1}"#)]);
    let many = read(&format!(r#""taxes": [{}]"#, vec!["1"; 5000].join(",")));
    assert_eq!((many.taxes.len(), many.unread.len()), (MAX_PARTS, 1));
    let long = "9".repeat(200_000);
    let receipt = read(&format!(
        r#""subtotal": "{long}", "items": [{{"description": "{long}", "quantity": "{long}", "{long}": 1}}]"#
    ));
    assert_eq!((receipt.subtotal, receipt.items[0].quantity), (None, None));
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    assert_eq!(read(&format!(r#""items": [{deep}]"#)).items.len(), 1);
}

proptest! {
    // S3
    #[test]
    fn no_details_panic(value in "([0-9.,:x*/%{}\\[\\]\" -]|null|\"total\":|\"rate\":|\\PC){0,40}", key in "(items|taxes|tip|time|payments|kind|discounts)") {
        let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
        for value in [value.clone(), Json::Text(value.clone()).to_string(), format!("[{{{value}}}]")] {
            let answer = format!(r#"{{"merchant": "A", "amount": 1, "{key}": {value}}}"#);
            _ = read_receipt(json_in_text::find(&answer), &place);
        }
    }
}
