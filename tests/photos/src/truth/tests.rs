use super::*;
use std::collections::BTreeSet;

const SEEDS: u64 = 2000;

#[test]
fn the_same_seed_makes_the_same_bill_and_answer() {
    assert_eq!(format!("{:?}", Bill::random(7)), format!("{:?}", Bill::random(7)));
    assert_eq!(Answer::random(7).text, Answer::random(7).text);
    assert_ne!(Answer::random(7).text, Answer::random(7 + COUNTRIES.len() as u64).text);
}

#[test]
fn the_figures_of_a_bill_add_up() {
    for seed in 0..SEEDS {
        let bill = Bill::random(seed);
        let items: i64 = bill.items.iter().map(|item| item.total).sum();
        assert_eq!(items, bill.subtotal, "seed {seed}");
        let added: i64 = bill.taxes.iter().filter(|_| !bill.country.included).map(|line| line.amount).sum();
        assert_eq!(bill.subtotal + bill.discount + added + bill.tip + bill.rounding, bill.total, "seed {seed}");
        assert!(bill.rounding.abs() * 2 <= bill.country.cash_unit, "seed {seed}: {}", bill.rounding);
        assert_eq!(bill.payments.iter().map(|payment| payment.amount).sum::<i64>(), bill.total, "seed {seed}");
        if let (Some(tendered), Some(change)) = (bill.tendered, bill.change) {
            let cash: i64 = bill.payments.iter().filter(|payment| payment.card.is_none()).map(|it| it.amount).sum();
            assert_eq!(tendered - change, cash, "seed {seed}");
        }
        assert_eq!(bill.kind == Kind::Refund, bill.total < 0, "seed {seed}");
    }
}

#[test]
fn every_country_and_peculiarity_is_there() {
    let bills: Vec<Bill> = (0..300).map(Bill::random).collect();
    let regions: BTreeSet<&str> = bills.iter().map(|bill| bill.country.region).collect();
    assert!(regions.len() >= 20, "{regions:?}");
    let some = |has: &dyn Fn(&Bill) -> bool| assert!(bills.iter().filter(|bill| has(bill)).count() > 5);
    some(&|bill| bill.kind == Kind::Refund);
    some(&|bill| bill.discount != 0);
    some(&|bill| bill.rounding != 0);
    some(&|bill| bill.tip != 0);
    some(&|bill| bill.payments.len() > 1);
    some(&|bill| bill.taxes.len() > 1);
    some(&|bill| bill.items.iter().any(|item| item.unit.is_some()));
    some(&|bill| bill.items.iter().any(|item| item.discount != 0));
    some(&|bill| bill.items.iter().any(|item| item.name == bill.country.words.deposit));
}

#[test]
fn days_are_counted_as_the_calendars_do() {
    assert_eq!(Day::new(1970, 1, 1).0, 0);
    assert_eq!(Day::new(2000, 3, 1).0, 11_017);
    for day in (-1000..40_000).step_by(17).map(Day) {
        let (year, month, of_month) = day.civil();
        assert_eq!(Day::new(year, month, of_month), day);
    }
    let months = &["x"; 12];
    let written = |form| Day::new(2026, 3, 14).written(form, months).unwrap();
    assert_eq!(written(days::DateForm::Hijri), "25/09/1447");
    assert_eq!(written(days::DateForm::Buddhist), "14/03/2569");
    assert_eq!(written(days::DateForm::Reiwa), "令和8年3月14日");
    assert_eq!(written(days::DateForm::MinguoShort), "115/03/14");
}

#[test]
fn amounts_are_written_as_in_their_country() {
    let written = |region: &str, units| {
        let country = COUNTRIES.iter().find(|country| country.region == region).unwrap();
        money::signed(units, country, true)
    };
    assert_eq!(written("DE", 123_440), "1.234,40 €");
    assert_eq!(written("US", -123_440), "-$1,234.40");
    assert_eq!(written("JP", 1234), "¥1,234");
    assert_eq!(written("IN", 123_456_700), "₹12,34,567.00");
    assert_eq!(written("KW", 12_350), "KD 12.350");
    assert_eq!(written("CH", 123_440), "CHF 1'234.40");
    assert_eq!(plain_number("12.40"), "12.4");
    assert_eq!(plain_number("-0.00"), "0");
}
