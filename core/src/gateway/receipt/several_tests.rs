//! Two answers where one was asked for: a revision replaces what it revises, another receipt does not (P11).
//!
//! In the places of `{1}` and `{2}` stand the answers.

use super::model_texts_tests::amount;

/// Two receipts of one shop and day, the first of 99 and the second of 12.50, or two readings that nothing tells apart.
const TWO: &[&str] = &[
    "Left receipt: {1}\nRight receipt: {2}",
    "Left: {1}. Right: {2}",
    "The upper one:\n```json\n{1}\n```\nThe one below it:\n```json\n{2}\n```",
    "Receipt A: {1}\nReceipt B: {2}",
    "Receipt:\n{1}\nReceipt:\n{2}",
    "Result: {1}\nResult: {2}",
    "**Final answer:** {1}\n**Final answer:** {2}",
    "1. {1}\n2. {2}",
    "Bon 1: {1}\nBon 2: {2}",
    "## Photo 1\n{1}\n## Photo 2\n{2}",
    "Links: {1}\nRechts: {2}",
    "En haut : {1}\nEn bas : {2}",
    "Der eine Beleg: {1}\nDer andere Beleg: {2}",
    "From the lunch: {1}\nFrom the coffee afterwards: {2}",
    "{1}\nThe other receipt, with its corrected total:\n{2}",
    "Left receipt: {1}\nRight receipt: {1}\nFinal answer: {2}",
    "{1} or {2}",
    "{1}\n{2}",
];

/// The first answer is revised by the second.
const REVISED: &[&str] = &[
    "{1}\nCorrection: the total is at the bottom.\n{2}",
    "{1}\nCorrected:\n```json\n{2}\n```",
    "First reading: {1}\nFinal answer: {2}",
    "Draft: {1}\nHere is the JSON: {2}",
    "I first read {1} as the subtotal. The receipt says: {2}",
    "{1}\nWait, that is the subtotal. The total is: {2}",
    "{1}\nLet me look at the bottom again.\n{2}",
    "{1}\nKorrigiert: {2}",
    "{1}\nRéponse : {2}",
    "{1}\nИсправлено: {2}",
    "{1}\n訂正：{2}",
    "{1}\n更正：{2}",
];

// R2 of P11's rule: two answers that do not revise each other are two readings
#[test]
fn of_two_receipts_none_is_taken_for_the_one() {
    let of =
        |amount| format!(r#"{{"merchant": "Cafe Nord", "date": "2026-03-04", "amount": {amount}, "currency": "EUR"}}"#);
    let fill = |around: &str| around.replace("{1}", &of("99")).replace("{2}", &of("12.50"));
    for around in TWO {
        assert_eq!(amount(&fill(around)), None, "{around}");
    }
    for around in REVISED {
        assert_eq!(amount(&fill(around)).as_deref(), Some("12.50"), "{around}");
    }
    for around in TWO.iter().chain(REVISED).filter(|around| !around.contains("raft") && !around.contains("irst")) {
        let twice = around.replace("{1}", &of("12.50")).replace("{2}", &of("12.50"));
        assert_eq!(amount(&twice).as_deref(), Some("12.50"), "{around}");
    }
}

// P11: the draft is not the answer because its correction cannot be read
#[test]
fn a_revision_that_cannot_be_read_withdraws_what_it_revises() {
    let first = r#"{"merchant": "Cafe Nord", "amount": 99}"#;
    let broken = ["{\"amount\": 1,234.56}", r#"{"merchant": "A" B", "amount": 12 EUR}"#, r#"{"amount": $12}"#];
    for broken in broken {
        for words in ["Corrected:", "The total is:", "**Final answer:**", "Wait, it is", "訂正："] {
            for answer in [format!("{first}\n{words} {broken}"), format!("{first}\n{words}\n```json\n{broken}\n```")] {
                assert_eq!(amount(&answer), None, "{answer}");
            }
        }
    }
    for note in ["The schema was {\"amount\": number, \"merchant\": string}.", "Keys: {\"a\": x} and so on"] {
        assert_eq!(amount(&format!("{first}\n{note}")).as_deref(), Some("99"), "{note}");
    }
}
