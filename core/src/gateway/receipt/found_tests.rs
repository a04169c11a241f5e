use super::*;
use proptest::prelude::*;

const RECEIPT: &str = r#"{"merchant": "A } \" { B", "amount": 1, "items": [{"amount": 2}]}"#;

fn read(answer: &str) -> Option<Fields> {
    found(answer).unwrap_or_else(|Cut| panic!("cut off: {answer:.300}"))
}

fn found(answer: &str) -> Result<Option<Fields>, Cut> {
    receipt(json_in_text::find(answer)).map(|said| said.map(|said| said.summary))
}

/// The amount that is read, as JSON.
fn amount(answer: &str) -> Option<String> {
    let fields = read(answer)?;
    fields.get(&Field::Amount)?.first().map(Json::to_string)
}

// P7
#[test]
fn the_object_is_found_wherever_it_stands() {
    for answer in [
        RECEIPT.to_owned(),
        format!("```json\n{RECEIPT}\n```"),
        format!("```\n{RECEIPT}```\nIs there \"anything\" else?"),
        format!("~~~\n{RECEIPT}\n~~~"),
        format!("```json\n{RECEIPT}"),
        format!("Here's the 12\" {{receipt}} [as asked]({{}}): {RECEIPT} Note that {{}} is \"empty."),
        format!("{{\"thought\": \"no receipt yet\"}}\n{RECEIPT}"),
        format!("{{\"amount\": 9, broken}} {RECEIPT}"),
        format!("[{RECEIPT}]"),
        format!("{{{RECEIPT}}}"),
        format!("{{\"receipt\": {RECEIPT}}}"),
        format!("{{ \"data\" : {{\"receipts\": [ {RECEIPT} ]}}}}"),
        format!("{{\"status\": \"ok\", \"confidence\": 0.9, \"receipt\": {RECEIPT}}}"),
        format!("{{\"receipt\": {RECEIPT}, \"metadata\": {{\"amount\": 3, \"date\": null}}}}"),
        format!("{{\"results\": [{RECEIPT}]}}"),
        format!("{{\"answer\": {}}}", Json::Text(RECEIPT.to_owned())),
        Json::Text(RECEIPT.to_owned()).to_string(),
        format!("```json\n{}\n```", Json::Text(RECEIPT.to_owned())),
        format!("\u{FEFF}{RECEIPT}\0"),
        // P11
        format!("<think>Maybe {{\"amount\": 99}}? No.</think>{RECEIPT}"),
        format!("Maybe {{\"amount\": 99}}? No.</think>\n{RECEIPT}"),
        format!("<reasoning>{{\"amount\": </reasoning>{RECEIPT}"),
        format!("First I read {{\"amount\": 9, \"merchant\": null}} as the subtotal; the total is: {RECEIPT}"),
        format!("{{\"amount\":\"number\",\"merchant\":\"string\"}}\n{RECEIPT}"),
        format!("{{\"amount\":\"<decimal>\",\"merchant\":\"...\"}}\n{RECEIPT}"),
        format!("{{\"amount\": null, \"currency\": null, \"date\": null}}\n{RECEIPT}"),
        format!("{{\"type\":\"object\",\"properties\":{{\"amount\":{{\"type\":\"number\"}}}}}} {RECEIPT}"),
        format!("{RECEIPT}\nI used the schema {{\"amount\": \"number | null\"}}."),
        format!("```json\n{{\"amount\":\n```\nOnce more:\n```json\n{RECEIPT}\n```"),
        format!("{RECEIPT}\n{RECEIPT}"),
    ] {
        let fields = read(&answer).unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(fields.get(&Field::Amount), Some(&vec![Json::Number("1".into())]), "{answer}");
        assert_eq!(fields.get(&Field::Merchant), Some(&vec![Json::Text("A } \" { B".into())]), "{answer}");
    }
}

// P11
#[test]
fn near_json_is_read_where_it_is_plain() {
    for answer in [
        r#"{"merchant": "A", "amount": 12.50,}"#,
        r#"{"merchant": "A", "amount": 12.50 // the total
        }"#,
        r#"{"merchant": "A", /* "amount": 2, */ "amount": 12.50}"#,
        "{\"merchant\": \"A\",\n# the total\n\"amount\": 12.50}",
        r#"{'merchant': 'Joe's "Diner"', 'amount': 12.50, 'date': None}"#,
        r#"{merchant: "A", amount: 12.50, tip: NaN, paid: True}"#,
        r#"{“merchant”: “A”, “amount”: 12.50}"#,
        "{\"merchant\": \"A\"\n\"amount\": 12.50}",
        r#"{{"merchant": "A", "amount": 12.50, "tax": {{"amount": 1}}}}"#,
        "{\"merchant\": \"A\nB\", \"amount\": 12.50}",
    ] {
        assert_eq!(amount(answer).as_deref(), Some("12.50"), "{answer}");
    }
    for answer in [
        r#"{"merchant": "A", "amount": 1,234.56}"#,
        r#"{"merchant": "A", "amount": 12,50}"#,
        r#"{"merchant": "A", "amount": $12.50}"#,
    ] {
        assert_eq!(amount(answer), None, "{answer}");
    }
}

// P11: quotes that do not pair up, in a value and in the prose
#[test]
fn an_odd_quote_does_not_cut_the_answer_off() {
    for (answer, expected) in [
        (r#"{"merchant": "Pizza 12" Deluxe", "amount": 12.50}"#, Some("12.50")),
        (r#"{"merchant": "Pizza 12"", "amount": 12.50}"#, Some("12.50")),
        (r#"{"merchant": "The "Blue" Bar", "amount": "12.50", "note": "5" nails"}"#, Some(r#""12.50""#)),
        (r#"The 12" pizza: {"merchant": "A", "amount": 12.50} for 5" more"#, Some("12.50")),
        (r#"A 12" pizza {see below}: {"merchant": "A", "amount": 12.50}"#, Some("12.50")),
        (r#"{"note": 12" pipe, "amount": 9} {"merchant": "A", "amount": 12.50}"#, Some("12.50")),
        (r#"{"note": "x" y" z, "amount": 9} Once more: {"merchant": "A", "amount": 12.50}"#, Some("12.50")),
        (r#"{"merchant": Pizza 12" Deluxe, "amount": 9}"#, None),
        (r#"{"merchant: "A", "amount": 9}"#, None),
        (r#"{"merchant": "A, "amount": 9}"#, None),
        (r#"{"merchant": "A" "amount": 9}"#, None),
        (r#"{"merchant": "A", "amount": 12.50", "note": 5" nails"}"#, None),
        (r#"{"note": "12" x} z", "items": [{"merchant": "A", "amount": 2}], "amount": 9}"#, None),
        (r#"{"note": "12" x} z", "a": {"merchant": "A", "amount": 2}, "amount": 9}"#, None),
        (r#"{"note": "he said "x", "amount": 99, "y" end", "amount": 9}"#, None),
    ] {
        assert_eq!(amount(answer).as_deref(), expected, "{answer}");
    }
    let odd = r#"{"merchant": "Pizza 12" Deluxe", "items": [{"amount": 2}, {"amount": 3}], "amount": 12.50}"#;
    for end in 1..odd.len() {
        assert_eq!(found(&odd[..end]), Err(Cut), "{}", &odd[..end]);
    }
}

// P11
#[test]
fn a_part_of_a_receipt_does_not_pass_for_the_receipt() {
    for answer in [
        r#"{"merchant": "A", "items": [{"amount": 2}], "amount": 3, bro ken}"#,
        r#"{"items": [{"amount": 2}]}"#,
        r#"{"receipts": [{"amount": 2}, {"amount": 3}]}"#,
        r#"[{"amount": 2}, {"amount": 3}]"#,
        r#"{"first": {"amount": 2}, "second": {"amount": 3}}"#,
        r#"{"vat": {"rate": "19%", "amount": 2.0}}"#,
        r#"{"kassenbon": {"merchant": "A", "amount": 2.0}}"#,
        r#"{"discount": {"amount": 2.0, "currency": "EUR"}}"#,
        r#"{"rate": "19%", "amount": 2.0}"#,
        r#"{"rate": "7%", "amount": 2.0, "merchant": null}"#,
        r#"{"tax_type": "VAT", "amount": 2.0}"#,
        r#"{"title": "Service charge", "amount": 2.0}"#,
        r#"{"method": "cash", "amount": 20, "currency": "EUR"}"#,
        r#"{"receipt": {"amount": 2}}"#,
        r#"{"receipt": {"merchant": "A", "amount": 2}, "data": {"merchant": "B", "amount": 3}}"#,
        r#"{"merchant": "A", "tax": {"amount": 2}}"#,
        r#"{"merchant": "A", "date": "2026-03-04"} {"amount": 2, "name": "Coffee"}"#,
        // Only drafts, examples and schemas.
        r#"<think>{"merchant": "A", "amount": 2}</think>I cannot read it."#,
        r#"<think>{"merchant": "A", "amount": 2}"#,
        r#"{"merchant": "A", "amount": 2}</think>"#,
        r#"For example: {"merchant": "A", "amount": 2}"#,
        "Example:\n```json\n{\"merchant\": \"A\", \"amount\": 2}\n```\nI see no receipt.",
        r#"Maybe {"merchant": "A", "amount": 2}? No."#,
        r#"I read {"merchant": "A", "amount": 2} as the subtotal."#,
        r#"{"merchant": "Store Name", "amount": 2, "date": "YYYY-MM-DD"}"#,
        r#"{"amount": 0, "currency": "", "merchant": "", "date": null}"#,
        r#"{"merchant": "A", "amount": 2} and then {"merchant": "A", "date": null}"#,
        // Nothing says which.
        r#"{"merchant": "A", "amount": 2} {"merchant": "A", "amount": 3}"#,
        "```json\n{\"merchant\": \"A\", \"amount\": 2}\n```\n```json\n{\"merchant\": \"A\", \"amount\": 3}\n```",
        r#"Receipt 1: {"merchant": "A", "amount": 2} Receipt 2: {"merchant": "A", "amount": 3}"#,
        r#"One: {"merchant": "A", "amount": 2} and: {"merchant": "B", "amount": 3}"#,
        r#"{"merchant": "A", "amount": 2} More exactly: {"amount": 3}"#,
    ] {
        assert_eq!(amount(answer), None, "{answer}");
    }
    // What all agree on is sure.
    let fields = read(r#"{"merchant": "A", "amount": 2} {"merchant": "A", "amount": 3}"#).unwrap();
    assert_eq!(fields.get(&Field::Merchant), Some(&vec![Json::Text("A".into())]));
}

// P11: one field that was not read is null; where half of them were not, nothing was read
#[test]
fn a_placeholder_is_its_fields_alone() {
    const WHOLE: [(&str, &str); 4] =
        [("merchant", "Cafe Nord"), ("date", "2026-03-04"), ("amount", "12.50"), ("currency", "EUR")];
    for placeholder in ["XXX", "xx.xx", "...", "<decimal>", "string", "YYYY-MM-DD", "[merchant name]", "Store Name"] {
        for (at, field) in [Field::Merchant, Field::Date, Field::Amount, Field::Currency].into_iter().enumerate() {
            let with = |replaced: &[usize]| {
                let value = |index: usize| if replaced.contains(&index) { placeholder } else { WHOLE[index].1 };
                let members =
                    WHOLE.iter().enumerate().map(|(index, (key, _))| format!("\"{key}\":\"{}\"", value(index)));
                read(&format!("{{{}}}", members.collect::<Vec<_>>().join(",")))
            };
            let fields = with(&[at]).unwrap_or_else(|| panic!("{placeholder} {field:?}"));
            for (index, other) in [Field::Merchant, Field::Date, Field::Amount, Field::Currency].into_iter().enumerate()
            {
                let expected = if index == at { vec![] } else { vec![Json::Text(WHOLE[index].1.into())] };
                assert_eq!(fields.get(&other), Some(&expected), "{placeholder} {field:?}");
            }
            assert_eq!(with(&[at, (at + 1) % 4]), None, "{placeholder} {field:?}");
        }
    }
    for answer in [
        r#"{"merchant": "Example Store", "amount": 99, "currency": "EUR", "date": "2026-03-04"}"#,
        r#"{"merchant": "string", "amount": 99, "date": null}"#,
        r#"{"merchant": {"type": "string"}, "amount": 99}"#,
    ] {
        assert_eq!(read(answer), None, "{answer}");
    }
}

// P7
#[test]
fn a_receipt_is_known_by_its_keys_in_any_style() {
    for key in ["amount", "Total", "grand_total", "totalAmount", "Store Name", "transaction-date", "currency_code"] {
        assert!(read(&format!("{{\"{key}\": null}}")).is_some(), "{key}");
    }
    for answer in ["", "{}", "[]", "no receipt", r#"{"error": "unreadable"}"#, r#"{"totals": 1}"#, r#"{"subtotal": 1}"#]
    {
        assert_eq!(read(answer), None, "{answer}");
    }
}

// P7
#[test]
fn a_receipt_cut_anywhere_is_cut_off() {
    for answer in [
        r#"{"merchant": "A", "amount": 12.50"#,
        r#"{"merchant": "A", "amount": 12.50, "items": [{"amount": 2}"#,
        r#"{"merchant": "A", "items": [{"amount": 2}], "amount":"#,
    ] {
        assert_eq!(found(answer), Err(Cut), "{answer}");
    }
    for end in 1..RECEIPT.len() {
        for answer in [
            RECEIPT[..end].to_owned(),
            format!("[{}", &RECEIPT[..end]),
            format!("{{\"receipt\":{}", &RECEIPT[..end]),
            format!("{{\"merchant\": \"A\", \"amount\": 9}} so {}", &RECEIPT[..end]),
        ] {
            assert_eq!(found(&answer), Err(Cut), "{answer}");
        }
    }
}

/// Twice the text is at most twice the work, and a little.
fn is_linear(name: &str, answer: impl Fn(usize) -> String) {
    const BYTES: usize = 20_000;
    let work = |bytes| work::of(|| found(&answer(bytes)));
    let (once, twice) = (work(BYTES), work(2 * BYTES));
    assert!(once > 0 && twice <= 2 * once + once / 10 + 1000, "{name}: {once}, then {twice}");
}

// S3
#[test]
fn hostile_answers_take_linear_work() {
    for piece in [
        "{",
        "[",
        "{\"",
        "{\"a\":",
        "[{",
        "{\"a\":[",
        "{}",
        "{\"\\",
        "{ ",
        "[{}",
        "{\"a\":{}},",
        "{\"a\":{\"b\":1}x}",
        "{//",
        "{a:",
        "{'",
        "{#}",
        "<think>",
        "<",
        "```\n",
        "{'a':'b'",
        "‘",
        "{\"a\":\"b\" c}",
        "{\"a\":\"b\" c\"}",
        "{a:x \"}",
        "{a:x \"\"}",
        "{a:\"b\"c\"\", b:'x}",
        "{a:x} Corrected: ",
        "{\"a\":\"b\" c\", ",
    ] {
        let repeated = |bytes: usize| piece.repeat(bytes / piece.len());
        is_linear(piece, repeated);
        is_linear(piece, |bytes| format!("{}}}]", repeated(bytes)));
        is_linear(piece, |bytes| format!("{{\"a\":{}", repeated(bytes)));
        for answer in [repeated(20_000), repeated(20_000) + "}]", format!("{{\"a\":{}", repeated(20_000))] {
            assert_eq!(found(&answer).ok().flatten(), None, "{piece}");
        }
    }
    for member in ["\"amount\":1,", "\"amount\":1,\"change\":1,\"cash\":2,", "\"a\":12.50,"] {
        let members = |bytes: usize| member.repeat(bytes / member.len());
        is_linear(member, |bytes| format!("{{{}\"date\":1}} {}", members(bytes), "13.50 ".repeat(bytes / 6)));
    }
    let most = "79228162514264337593543950335";
    read(&format!("{{\"amount\":1,\"cash\":-{most},\"change\":{most}}} {most} {most}.00"));
}

// S3
#[test]
fn many_candidates_and_many_cut_blocks_take_linear_work() {
    let cut = "```json\n{\"merchant\": \"A\", \"amount\":\n```\n";
    let whole = "```json\n{\"merchant\": \"A\", \"amount\": 1}\n```\n";
    for piece in [
        "{\"amount\":1} 12.50 ",
        "{\"amount\":1}\n1. 2.",
        "A: {\"amount\":1}\n",
        "{\"merchant\":\"A\",\"amount\":1}\nCorrected: ",
        cut,
        whole,
        &format!("{whole}{cut}"),
    ] {
        let repeated = |bytes: usize| piece.repeat(bytes / piece.len());
        is_linear(piece, repeated);
        // One long candidate after many short ones: it is compared with each of them.
        let long = |bytes| format!("The total is: {{\"merchant\":\"{}\",\"amount\":1}}", "A".repeat(bytes));
        is_linear(piece, |bytes| repeated(bytes) + &long(bytes));
    }
    assert_eq!(found(&cut.repeat(500)), Err(Cut));
    assert_eq!(found(&format!("{}{whole}", cut.repeat(500))).map(|fields| fields.is_some()), Ok(true));
    assert_eq!(found(&format!("{whole}{}", cut.repeat(500))), Err(Cut));
}

// S3
#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(read(&format!("{{\"amount\":{open}{close}}}")), None);
    let (open, close) = ("{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert_eq!(read(&format!("{open}{{\"amount\":1}}{close}")), None);
}

proptest! {
    // P11
    #[test]
    fn the_answer_after_the_thoughts_is_read(before in "[^{\\[<◁]{0,40}", after in "[xz ]{0,20}") {
        let answer = format!("<think>{before}{{\"amount\": 99}}</think>\n{RECEIPT}\n\nThanks {after}.");
        prop_assert_eq!(amount(&answer), Some("1".to_owned()));
    }
}

proptest! {
    // S3
    #[test]
    fn no_answer_panics(answer in "([{}\\[\\]\":,\\\\ '/#*“”<>`\n]|amount|think|\\\\u|a|1|\\PC){0,60}") {
        _ = found(&answer);
    }
}
