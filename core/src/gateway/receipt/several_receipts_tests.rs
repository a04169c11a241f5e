use super::*;
use crate::gateway::json_in_text;
use chrono::NaiveDate;
use proptest::prelude::*;

/// The amounts of the receipts; `None` if they cannot be told.
fn amounts(answer: &str) -> Result<Option<Vec<Option<String>>>, Cut> {
    let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let receipts = read_receipts(json_in_text::find(answer), &place)?;
    let amount = |receipt: Receipt| receipt.amount.map(|amount| amount.to_string());
    Ok(receipts.map(|receipts| receipts.into_iter().map(amount).collect()))
}

const ONE: &str = r#"{"merchant": "A", "date": "2026-03-04", "amount": 1, "items": [{"total": 1}]}"#;
const TWO: &str = r#"{"merchant": "B", "date": "2026-03-04", "amount": 2, "items": []}"#;

// P16
#[test]
fn every_receipt_of_the_list_is_read_in_its_order() {
    let both = Some(vec![Some("1".to_owned()), Some("2".to_owned())]);
    for answer in [
        format!(r#"{{"receipts": [{ONE}, {TWO}]}}"#),
        format!("```json\n{{\"receipts\": [{ONE}, {TWO}]}}\n```\nAnything else?"),
        format!("[{ONE}, {TWO}]"),
        format!(r#"{{"data": {{"receipts": [{ONE}, {TWO}]}}}}"#),
        format!(r#"<think>[{TWO}]</think>{{"receipts": [{ONE}, {TWO}]}}"#),
        format!(r#"[{TWO}] Corrected: {{"receipts": [{ONE}, {TWO}]}}"#),
        format!("Left receipt: {ONE}\nRight receipt: {TWO}"),
        format!("{ONE}\n{TWO}"),
        format!("1. {ONE}\n2. {TWO}"),
        format!("{ONE}\n{ONE}\n{TWO}"),
    ] {
        assert_eq!(amounts(&answer), Ok(both.clone()), "{answer}");
    }
    assert_eq!(amounts(&format!(r#"{{"receipts": [{ONE}]}}"#)), Ok(Some(vec![Some("1".to_owned())])));
    assert_eq!(amounts(ONE), Ok(Some(vec![Some("1".to_owned())])));
    assert_eq!(amounts(r#"{"receipts": []}"#), Ok(Some(vec![])));
    assert_eq!(amounts(r#"{"receipts": [{"merchant": "A", "amount": null}]}"#), Ok(Some(vec![None])));
}

// P16, P11
#[test]
fn answers_that_differ_are_no_list() {
    for answer in [
        "I see no receipt.".to_owned(),
        format!(r#"{{"receipts": [{ONE}]}} {{"receipts": [{TWO}]}}"#),
        r#"{"receipts": "two"}"#.to_owned(),
    ] {
        assert_eq!(amounts(&answer), Ok(None), "{answer}");
    }
    for end in 1..ONE.len() {
        assert_eq!(amounts(&format!(r#"{{"receipts": [{TWO}, {}"#, &ONE[..end])), Err(Cut), "{end}");
    }
}

proptest! {
    // S3
    #[test]
    fn no_answer_panics(answer in "([{}\\[\\]\":,\\\\ '\n]|\"receipts\":|\"amount\":|1|\\PC){0,60}") {
        _ = amounts(&answer);
    }
}
