//! Whole receipts, from tesseract's table to the answer.

use serde_json::{Value, json};

use super::{Page, Readings, answer};

const QUESTION: &str = "Extract receipt data in JSON: {amount, items: [{total}]}";

/// A page as tesseract's table has it: what follows two spaces stands in the column at the right.
fn page(lines: &[&str], confidence: u32) -> Page {
    let mut table = String::new();
    for (row, line) in lines.iter().enumerate() {
        let (left, right) = line.split_once("  ").unwrap_or((line, ""));
        let width = |text: &str| 20 * text.chars().count();
        let right = right.trim();
        for (words, mut at) in [(left, 100), (right, 1500 - width(right))] {
            for word in words.split_whitespace() {
                let (left, top) = (at, 100 + 50 * row);
                table.push_str(&format!(
                    "5\t1\t1\t1\t{row}\t1\t{left}\t{top}\t{}\t30\t{confidence}\t{word}\n",
                    width(word)
                ));
                at += width(word) + 20;
            }
        }
    }
    Page::parse(&table)
}

/// The answer about a receipt of which both readings are the same.
fn read(text: &str) -> Value {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    differing(&lines, &lines)
}

fn differing(print: &[&str], heading: &[&str]) -> Value {
    let readings = Readings { print: page(print, 95), heading: page(heading, 95) };
    serde_json::from_str(&answer(&[readings], QUESTION)).expect("JSON")
}

/// The totals of the items.
fn totals(answer: &Value) -> Vec<&Value> {
    answer["items"].as_array().expect("a list").iter().map(|item| &item["total"]).collect()
}

#[test]
fn a_receipt_is_read_whole() {
    let answer = read(
        "Cafe Morgenrot
         Lindenstraße 14, 50674 Köln
         Datum 14.03.2026  09:41
         Vollkornbrot  3,40
         Apfelkuchen  8,40
         2 x 4,20
         Tomaten  1,82 B
         0,456 kg x 3,99
         Rabatt  -1,00
         Zwischensumme  12,62
         Rabatt  -1,26
         SUMME  11,36 €
         A MwSt 19%  1,81
         Karte **** 4821  5,00
         Bar  10,00
         Rückgeld  3,64",
    );
    let item = |name: &str, quantity: Value, unit: Value, price: Value, total: f64, class: Value| json!({"description": name, "quantity": quantity, "unit": unit, "unit_price": price, "total": total, "tax_class": class});
    let null = Value::Null;
    assert_eq!(
        answer["items"],
        json!([
            item("Vollkornbrot", null.clone(), null.clone(), null.clone(), 3.40, null.clone()),
            item("Apfelkuchen", json!(2), null.clone(), json!(4.20), 8.40, null.clone()),
            item("Tomaten", json!(0.456), json!("kg"), json!(3.99), 1.82, json!("B")),
            item("Rabatt", null.clone(), null.clone(), null.clone(), -1.00, null.clone()),
        ])
    );
    for (name, value) in [
        ("merchant", json!("Cafe Morgenrot")),
        ("date", json!("2026-03-14")),
        ("amount", json!(11.36)),
        ("currency", json!("EUR")),
        ("subtotal", json!(12.62)),
        ("discounts", json!([{"name": "Rabatt", "amount": -1.26}])),
        ("tip", Value::Null),
        ("rounding", Value::Null),
        ("tendered", json!(10.0)),
        ("change", json!(3.64)),
        (
            "taxes",
            json!([{"name": "MwSt", "rate": 19, "base": null, "amount": 1.81, "tax_class": "A", "included": true}]),
        ),
        (
            "payments",
            json!([{"method": "Karte", "last_four": "4821", "amount": 5.0}, {"method": "Bar", "last_four": null, "amount": 10.0}]),
        ),
    ] {
        assert_eq!(answer[name], value, "{name}");
    }
}

#[test]
fn taxes_between_subtotal_and_total_are_added() {
    let answer = read(
        "Blue Plate Diner
         2 x Coffee  $8.50
         Pie  $5.00
         Subtotal  $13.50
         Sales tax 8.88%  $1.20
         Tip  $2.00
         TOTAL  $16.70
         VISA **** 7306  $16.70",
    );
    assert_eq!(answer["items"][0]["quantity"], 2);
    assert_eq!(answer["items"][0]["description"], "Coffee");
    assert_eq!((&answer["subtotal"], &answer["tip"], &answer["amount"]), (&json!(13.5), &json!(2.0), &json!(16.7)));
    assert_eq!((&answer["taxes"][0]["rate"], &answer["taxes"][0]["included"]), (&json!(8.88), &json!(false)));
    // Which dollar it is, the receipt does not say.
    assert_eq!(answer["currency"], "$");
}

#[test]
fn whole_yen_are_amounts() {
    let answer = read(
        "喫茶さくら\n日付 2026/05/31  18:42\n伝票 12345\nコーヒー  450\nノート  1,350\n小計  1,800\n合計  ¥1,800\n現金  2,000\nお釣り  200",
    );
    assert_eq!(totals(&answer), [&json!(450), &json!(1350)]);
    assert_eq!((&answer["subtotal"], &answer["amount"], &answer["change"]), (&json!(1800), &json!(1800), &json!(200)));
}

#[test]
fn a_table_of_taxes_has_its_columns_by_the_rate() {
    let answer = read("Markt\nSeife  11,90\nSUMME  11,90 €\nA MwSt 19%  10,00 1,90 11,90");
    let tax = &answer["taxes"][0];
    assert_eq!((&tax["base"], &tax["amount"]), (&json!(10.0), &json!(1.9)));
}

#[test]
fn quantities_and_prices_may_stand_above_or_beside_the_total() {
    let answer = read("Markt\n2 x 1,50\nMilch  3,00\nKäse\n3 x 2,00  6,00\nBrot  4,10\nSUMME  13,10 €");
    assert_eq!(totals(&answer), [&json!(3.0), &json!(6.0), &json!(4.1)]);
    let of = |index: usize, name: &str| answer["items"][index][name].clone();
    assert_eq!((of(0, "unit_price"), of(1, "unit_price"), of(2, "unit_price")), (json!(1.5), json!(2.0), Value::Null));
    assert_eq!(of(1, "description"), "Käse");
}

// Null, never a guess
#[test]
fn what_two_readings_differ_in_is_null() {
    let print = ["Markt", "Milch  3,00", "Brot  4,10", "SUMME  7,10 €"];
    let answer = differing(&print, &["Markt", "Milch  8,00", "Brot  4,10", "SUMME  7,10 €"]);
    assert_eq!(totals(&answer), [&Value::Null, &json!(4.1)]);
    let answer = differing(&print, &["Markt", "Milch  3,00", "Brot  4,10", "SUMME  1,10 €"]);
    assert_eq!(answer["amount"], Value::Null);
    // What one reading has alone counts where it is certain.
    let answer = differing(&print, &["Markt", "Milch", "", "SUMME  7,10 €"]);
    assert_eq!(totals(&answer), [&json!(3.0), &json!(4.1)]);
}

#[test]
fn what_cannot_be_read_is_there_without_an_amount() {
    let answer = read("Markt\nMilch  3,00\nBrot  4,1O\nSubtotal  7,10\nXyzzy  -1,00\nSUMME  6,10 €");
    assert_eq!(totals(&answer), [&json!(3.0), &Value::Null]);
    assert_eq!(answer["items"][1]["description"], "Brot");
    assert_eq!(answer["discounts"], json!([{"name": "Xyzzy", "amount": null}]));
    // A discount whose minus may have been lost.
    let answer = read("Markt\nMilch  3,00\nRabatt  1,00\nSUMME  2,00 €");
    assert_eq!(totals(&answer), [&json!(3.0), &Value::Null]);
    for text in
        ["", "Total", "Total\nCash 50.00", "TOTAL 35750", "Total 12.5", "Total 2026-03-04", "Total 99999999999.00"]
    {
        assert_eq!(read(text)["amount"], Value::Null, "{text}");
    }
}

#[test]
fn the_total_is_the_largest_amount_that_says_so() {
    for (text, amount) in [
        ("Burger  $11.95\nSubtotal  $39.75\nTax  $3.53\nT0TAL  $43.28\nCash  $50.00\nChange  $6.72", "43.28"),
        ("Zwischensumme  1.240,00\nSUMME  1.234,56 €\ninkl. MwSt 19%  197,11", "1234.56"),
        ("Total\n CHF 1'200.50", "1200.50"),
        ("TOTAL  ¥1240", "1240"),
        ("CELKEM  1 143,00 Kč", "1143.00"),
        ("TOTAL  -€16.16", "-16.16"),
    ] {
        let expected: f64 = amount.parse().unwrap();
        assert_eq!(read(text)["amount"].as_f64(), Some(expected), "{text}");
    }
}

#[test]
fn an_item_whose_amount_was_not_read_is_listed() {
    let answer = read("Markt\nMilch  3,00\nKäse\n0,299 kg x 39,20\nBrot  4,10\n2x2,05\nSUMME  18,82 €");
    assert_eq!(totals(&answer), [&json!(3.0), &Value::Null, &json!(4.1)]);
    let prices: Vec<&Value> = answer["items"].as_array().unwrap().iter().map(|item| &item["unit_price"]).collect();
    assert_eq!(prices, [&Value::Null, &json!(39.2), &json!(2.05)]);
    // A price that makes another total is of an item that was not read at all.
    let answer = read("Markt\nMilch  3,00\n2 x 4,00\nSUMME  11,00 €");
    assert_eq!(answer["items"][0]["unit_price"], Value::Null);
}

#[test]
fn a_price_whose_quantity_was_not_read_is_no_total() {
    let lines = ["Markt", "Milch  133,32", "bees 11,11", "Brot  4,10", "SUMME  137,42 €"];
    assert_eq!(totals(&differing(&lines, &lines)), [&json!(133.32), &json!(4.1)]);
    // The beginning of a number may be a word of its own.
    assert_eq!(totals(&read("店\nノート  1, 065\nおにぎり  ¥2, 685\n合計  ¥3,750")), [&json!(1065), &json!(2685)]);
    let answer = read("店\nノート  1,065\nおにぎり  1 685\n合計  ¥2,750");
    assert_eq!(totals(&answer), [&json!(1065), &Value::Null]);
}

#[test]
fn two_photos_of_one_receipt_may_overlap() {
    let first = ["Markt", "Milch  3,00", "Brot  4,10", "Käse  5,00"];
    let second = ["Brot  4,10", "Käse  5,00", "Seife  1,00", "SUMME  13,10 €"];
    let both = [first, second].map(|lines| Readings { print: page(&lines, 95), heading: page(&lines, 95) });
    let answer: Value = serde_json::from_str(&answer(&both, QUESTION)).unwrap();
    assert_eq!(totals(&answer), [&json!(3.0), &json!(4.1), &json!(5.0), &json!(1.0)]);
    assert_eq!(answer["amount"], 13.1);
}

#[test]
fn the_question_decides_how_much_is_answered() {
    let lines = ["Markt", "Milch  3,00", "SUMME  3,00 €"];
    let readings = [Readings { print: page(&lines, 95), heading: page(&lines, 95) }];
    let ask = |question: &str| serde_json::from_str::<Value>(&answer(&readings, question)).unwrap();
    let (summary, whole) = (ask("Extract {amount, currency}"), ask(QUESTION));
    assert!(summary.get("items").is_none());
    summary.as_object().unwrap().iter().for_each(|(name, value)| assert_eq!(&whole[name], value));
    assert_eq!(ask("In JSON: {receipts: [{amount, items}]}"), json!({"receipts": [whole]}));
}
