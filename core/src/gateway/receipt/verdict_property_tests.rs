//! A wrong amount does not stand beside [`ReceiptVerdict::Agrees`] (P14).
//!
//! Each amount of a receipt is misread in the ways in which models and OCR misread: another digit, the decimal mark lost or moved,
//! two digits in the wrong order, a digit too many or too few, another amount of the receipt. What the verdict does not vouch for is
//! left out: quantities and rates.

use super::super::details::{ReceiptDiscount, ReceiptPayment, ReceiptTax};
use super::tests::{AGREE, AMBIGUOUS, judged, said};
use super::*;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Misreadings that no calculation can tell from the truth, and that [`ReceiptVerdict::Agrees`] names.
const UNDETECTABLE: &[&str] = &[
    // The base of a tax is with the tax or without it.
    "DE: two rates in the prices, by class: base 10.55 for 8.87",
    "DE: two rates in the prices, by class: base 2.14 for 2.00",
    // A payment is what was handed over, or what was paid of it.
    "CH: a part by card, and change for the rest: payment 40.00 for 39.75",
    "DE: the tax is said to be in the prices: base 11.90 for 10.00",
    // A subtotal is after the discounts or before them, and with the tax in the prices or without it.
    "US: a coupon after the subtotal, without its minus; they say so: subtotal 18.00 for 20.00",
    "FR: a net subtotal and its TVA: subtotal 23.40 for 19.50",
    "GB: VAT at 20 % with its base: base 23.40 for 19.50",
    "a coupon among the items, below the subtotal: subtotal 18.15 for 20.50",
    "a coupon that is listed as a discount too, below the subtotal: subtotal 18.15 for 20.50",
    "GB: goods without VAT, whose row has no amount: base 23.40 for 19.50",
    "a refund with its minus everywhere: base -11.90 for -10.00",
    "what was handed over is the payment: payment 17.00 for 20.00",
    "DE: the tax is not said to be in the prices: base 11.90 for 10.00",
    // An item's total is what the field says, after the discount, although the receipt prints it before.
    "a discount in the line, after its total: total 5.50 for 6.00",
    // The fee is in the subtotal.
    "a fee below the subtotal: subtotal 18.50 for 15.00",
];

/// All amounts of a receipt. Quantities and rates are none.
fn amounts(receipt: &mut Receipt) -> Vec<(&'static str, &mut Decimal)> {
    let mut amounts = vec![
        ("amount", &mut receipt.amount),
        ("subtotal", &mut receipt.subtotal),
        ("tip", &mut receipt.tip),
        ("rounding", &mut receipt.rounding),
        ("tendered", &mut receipt.tendered),
        ("change", &mut receipt.change),
    ];
    for item in &mut receipt.items {
        amounts.extend([("total", &mut item.total), ("discount", &mut item.discount), ("price", &mut item.unit_price)]);
    }
    for tax in &mut receipt.taxes {
        amounts.extend([("tax", &mut tax.amount), ("base", &mut tax.base)]);
    }
    amounts.extend(receipt.discounts.iter_mut().map(|discount| ("whole discount", &mut discount.amount)));
    amounts.extend(receipt.payments.iter_mut().map(|payment| ("payment", &mut payment.amount)));
    amounts.into_iter().filter_map(|(name, amount)| Some((name, amount.as_mut()?))).collect()
}

/// The other values that an amount is misread as: another digit, the mark lost or moved, two digits in the wrong order, a digit too
/// many, a digit too few, all digits zero, and another amount of the receipt.
fn misread(amount: Decimal, others: &[Decimal]) -> BTreeSet<Decimal> {
    let written = amount.to_string();
    let whole = written.replace('.', "");
    let mut texts: Vec<String> = (0..whole.len()).map(|at| format!("{}.{}", &whole[..at], &whole[at..])).collect();
    texts.push(whole);
    let places: Vec<usize> = written.match_indices(|char: char| char.is_ascii_digit()).map(|(at, _)| at).collect();
    for (index, at) in places.iter().copied().enumerate() {
        let (before, digit, after) = (&written[..at], &written[at..=at], &written[at + 1..]);
        texts.extend((0..10).map(|other| format!("{before}{other}{after}")));
        texts.extend([0, 5].map(|more| format!("{before}{more}{digit}{after}")));
        texts.push(format!("{before}{after}"));
        if let Some(next) = places.get(index + 1) {
            let mut turned: Vec<char> = written.chars().collect();
            turned.swap(at, *next);
            texts.push(turned.into_iter().collect());
        }
    }
    let misread =
        texts.iter().filter_map(|text| text.parse().ok()).chain(others.iter().copied()).chain([Decimal::ZERO]);
    // Another sign alone is no other amount.
    misread.filter(|value: &Decimal| value.abs() != amount.abs()).collect()
}

/// All receipts of the tests that add up: name, locale, members.
fn samples() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    AGREE.iter().copied().chain(AMBIGUOUS.iter().map(|(name, locale, members, _)| (*name, *locale, *members)))
}

// P14: every single misreading of every amount, also of receipts that do not agree themselves
#[test]
fn a_misread_amount_is_not_said_to_agree() {
    let mut wrong = Vec::new();
    for (name, locale, members) in samples() {
        let mut receipt = judged(members, locale);
        let region = locale.split_once('-').map(|(_, region)| region);
        let all: Vec<Decimal> = amounts(&mut receipt).into_iter().map(|(_, amount)| *amount).collect();
        for (index, printed) in all.iter().copied().enumerate() {
            for misread in misread(printed, &all) {
                *amounts(&mut receipt)[index].1 = misread;
                judge(&mut receipt, region);
                if receipt.verdict == ReceiptVerdict::Agrees {
                    let key = amounts(&mut receipt)[index].0;
                    wrong.push(format!("{name}: {key} {misread} for {printed}"));
                }
            }
            *amounts(&mut receipt)[index].1 = printed;
        }
    }
    assert_eq!(wrong, UNDETECTABLE);
}

/// A receipt that adds up: goods in cents, and what else is on it.
fn receipt(goods: &[(i64, i64)], tax: (i64, Option<bool>), parts: [Option<i64>; 4], paid: Option<bool>) -> Receipt {
    let cents = |cents: i64| Decimal::new(cents, 2);
    let [coupon, discount, tip, subtotal] = parts;
    let item = |&(quantity, price): &(i64, i64)| ReceiptItem {
        quantity: Some(quantity.into()),
        unit_price: Some(cents(price)),
        total: Some(cents(quantity * price)),
        ..ReceiptItem::default()
    };
    let mut items: Vec<ReceiptItem> = goods.iter().map(item).collect();
    let above: i64 = goods.iter().map(|(quantity, price)| quantity * price).sum();
    items.extend(coupon.map(|coupon| ReceiptItem { total: Some(cents(-coupon)), ..ReceiptItem::default() }));
    let goods = above - coupon.unwrap_or_default() - discount.unwrap_or_default();
    let (rate, included) = tax;
    let amount = if included == Some(false) { goods * rate / 100 } else { goods * rate / (100 + rate) };
    let added = if included == Some(false) { amount } else { 0 };
    let base = if included == Some(false) { goods } else { goods - amount };
    let lowered = |by: i64| ReceiptDiscount { amount: Some(cents(-by)), ..ReceiptDiscount::default() };
    let tax = ReceiptTax {
        rate: Some(rate.into()),
        base: Some(cents(base)),
        amount: Some(cents(amount)),
        included,
        ..ReceiptTax::default()
    };
    let total = goods + added + tip.unwrap_or_default();
    let tendered = (total / 1000 + 1) * 1000;
    let card =
        ReceiptPayment { method: Some("Visa".to_owned()), amount: Some(cents(total)), ..ReceiptPayment::default() };
    Receipt {
        amount: Some(cents(total)),
        currency: Some("USD".to_owned()),
        items,
        subtotal: subtotal.map(|_| cents(above)),
        taxes: included.map(|_| tax).into_iter().collect(),
        discounts: discount.map(lowered).into_iter().collect(),
        tip: tip.map(cents),
        payments: (paid == Some(true)).then_some(card).into_iter().collect(),
        tendered: (paid == Some(false)).then(|| cents(tendered)),
        change: (paid == Some(false)).then(|| cents(tendered - total)),
        ..Receipt::default()
    }
}

/// The receipts of [`receipt`].
fn receipts() -> impl Strategy<Value = Receipt> {
    let some = |amounts: std::ops::Range<i64>| prop::option::of(amounts);
    let goods = prop::collection::vec((1..4_i64, 200..3000_i64), 1..5);
    // A discount like the coupon may be the coupon, said twice.
    let parts = (some(5..50), some(50..90), some(10..500), some(0..1));
    let tax = (prop::sample::select(vec![5_i64, 7, 8, 19, 20, 25]), any::<Option<bool>>());
    (goods, tax, parts, any::<Option<bool>>()).prop_map(|(goods, tax, (coupon, discount, tip, subtotal), paid)| {
        receipt(&goods, tax, [coupon, discount, tip, subtotal], paid)
    })
}

proptest! {
    // P14: of any receipt, whatever is on it
    #[test]
    fn no_slip_of_any_amount_agrees(mut receipt in receipts(), at in any::<prop::sample::Index>()) {
        judge(&mut receipt, Some("US"));
        let off = matches!(receipt.verdict, ReceiptVerdict::Off { .. });
        prop_assert!(!off, "{:?}: {receipt:#?}", receipt.verdict);
        let before = receipt.clone();
        let at = at.index(amounts(&mut receipt).len());
        let printed = *amounts(&mut receipt)[at].1;
        for misread in misread(printed, &[]) {
            *amounts(&mut receipt)[at].1 = misread;
            judge(&mut receipt, Some("US"));
            let name = amounts(&mut receipt)[at].0;
            prop_assert!(receipt.verdict != ReceiptVerdict::Agrees, "{name} {misread} for {printed}: {before:#?}");
        }
    }

    // P14
    #[test]
    fn a_verdict_changes_no_field(receipt in receipts(), by in -500..500_i64) {
        let amount = receipt.amount.map(|amount| amount + Decimal::new(by, 2));
        let receipt = Receipt { amount, ..receipt };
        let mut judged = judge_receipt(receipt.clone(), None);
        judged.verdict = receipt.verdict.clone();
        judged.items.iter_mut().for_each(|item| item.verdict = ReceiptVerdict::default());
        prop_assert_eq!(judged, receipt);
    }

    // S3
    #[test]
    fn no_amounts_panic(
        amounts in prop::collection::vec(prop::option::of((any::<i64>(), 0..28_u32)), 24),
        flags in prop::collection::vec(any::<Option<bool>>(), 4),
        currency in prop::option::of("(EUR|JPY|KWD|CHF|XXX)"),
    ) {
        let decimal = |at: usize| amounts[at].map(|(digits, scale)| Decimal::new(digits, scale));
        let item = |at: usize| ReceiptItem {
            quantity: decimal(at), unit_price: decimal(at + 1), discount: decimal(at + 2), total: decimal(at + 3),
            tax_class: flags[0].map(|class| class.to_string()), ..ReceiptItem::default()
        };
        let tax = |at: usize| ReceiptTax {
            rate: decimal(at), base: decimal(at + 1), amount: decimal(at + 2), included: flags[1],
            tax_class: flags[2].map(|class| class.to_string()), ..ReceiptTax::default()
        };
        let mut receipt = Receipt {
            amount: decimal(0), currency, subtotal: decimal(1), tip: decimal(2), rounding: decimal(3), tendered: decimal(4),
            change: decimal(5), items: vec![item(6), item(10)], taxes: vec![tax(14), tax(17)],
            discounts: vec![ReceiptDiscount { amount: decimal(20), ..ReceiptDiscount::default() }],
            payments: vec![ReceiptPayment { amount: decimal(21), ..ReceiptPayment::default() }],
            ..Receipt::default()
        };
        judge(&mut receipt, None);
    }
}

// S3
#[test]
fn the_largest_amounts_do_not_panic() {
    const MAX: &str = "79228162514264337593543950335";
    for (one, other) in [(MAX, "-79228162514264337593543950335"), ("-79228162514264337593543950335", MAX), (MAX, MAX)] {
        let item = format!(r#"{{"quantity": {one}, "unit_price": {other}, "discount": {one}, "total": {other}}}"#);
        let small = format!(r#"{{"quantity": 1, "unit_price": "1,234", "discount": {one}, "total": {other}}}"#);
        let tax = format!(r#"{{"rate": 0.5, "base": {one}, "amount": {other}}}"#);
        let members = format!(
            r#""amount": {one}, "currency": "EUR", "items": [{item}, {small}], "taxes": [{tax}], "subtotal": {other}, "tip": {one}"#
        );
        assert_eq!(said(&judged(&members, "").verdict), "?");
    }
}

// S3: the ways are bounded, whatever the receipt leaves open
#[test]
fn the_largest_receipt_is_judged() {
    let item = r#"{"quantity": 1, "unit_price": 1.00, "discount": 0.10, "total": 0.90, "tax_class": "A"}"#;
    let items = vec![item; 1999].join(",");
    let taxes = vec![r#"{"rate": 1, "amount": 0.01}"#; 64].join(",");
    let members = format!(
        r#""amount": 1799.10, "currency": "EUR", "items": [{items}], "subtotal": 1799.10, "taxes": [{taxes}],
        "discounts": [{{"amount": 1}}], "tip": 1, "rounding": 1"#
    );
    assert_ne!(judged(&members, "").verdict, ReceiptVerdict::Agrees);
    let members = format!(r#""amount": 1799.10, "currency": "EUR", "items": [{items}]"#);
    assert_eq!(judged(&members, "").verdict, ReceiptVerdict::Agrees);
    // As many as are read: there may be more.
    let members = format!(r#""amount": 1800.00, "currency": "EUR", "items": [{items}, {item}]"#);
    assert_eq!(said(&judged(&members, "").verdict), "? Items");
}
