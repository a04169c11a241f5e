use super::*;
use proptest::prelude::*;

fn texts(text: &str) -> Vec<String> {
    find(text).pieces.into_iter().map(|piece| piece.json.to_string()).collect()
}

// P11
#[test]
fn a_string_may_hold_several_pieces() {
    for text in [r#""{}{}""#, r#""{} {} or {}""#, "```json\n\"{}{}\"\n``` and {}", r#"{"a": "{} {}"}"#] {
        assert!(!texts(text).is_empty(), "{text}");
    }
    let found = find(r#""First: {\"a\":1} The total is: {\"a\":2}""#);
    assert_eq!(found.pieces.len(), 2);
    let presentation = found.pieces[1].presentation;
    assert!(presentation.introduction == Introduction::Revision && !presentation.is_draft);
}

// P11
#[test]
fn whole_pieces_are_found_one_by_one_and_nothing_inside_a_cut_one() {
    let text = r#"See [1] and {this}: ```json {"a": "}"} ``` or [ {"b": [2]}], {} done"#;
    assert_eq!(texts(text), [r#"{"a": "}"}"#, r#"[{"b": [2]}]"#, "{}"]);
    for (text, pieces, is_cut) in [
        (r#"{"a": 1} {"b": {"c": 2}, "#, 1, true),
        (r#"[{"a": 1}, {"b": 2}"#, 0, true),
        (r#"{"a": 1}"#, 1, false),
        ("<think>{\"a\": 1}", 0, false),
        ("[1, 2", 0, true),
        ("Take {a, b and [1", 0, false),
        ("{", 0, true),
        ("", 0, false),
        ("No {braces} here.", 0, false),
    ] {
        let found = find(text);
        assert_eq!((found.pieces.len(), found.is_cut), (pieces, is_cut), "{text}");
    }
}

// P11
#[test]
fn a_piece_is_alone_without_words_beside_it() {
    for (text, alone) in [
        (r#"{"a": 1}"#, true),
        ("```json\n{\"a\": 1}\n```", true),
        ("<think>Words.</think>\n[1, 2]\n", true),
        (r#"Here: {"a": 1}"#, false),
        (r#"{"a": 1} Done"#, false),
        (r#"{"a": 1} {"a": 1}"#, false),
        (r#"{"a": 1} {"a"#, false),
    ] {
        assert_eq!(find(text).is_alone, alone, "{text}");
    }
}

// P11
#[test]
fn the_prose_tells_drafts_and_second_answers() {
    use Introduction::{Another, Nothing, Revision, Words};
    for (text, is_draft, introduction) in [
        (r#"The total is: {"a": 1}"#, false, Revision),
        (r#"{"a": 1}"#, false, Nothing),
        ("```json\n{\"a\": 1}\n```", false, Nothing),
        (r#"E.g. {"a": 1}"#, true, Words),
        (r#"The example is above. The answer: {"a": 1}"#, false, Revision),
        (r#"The subtotal is 10, the total is: {"a": 1}"#, false, Revision),
        (r#"The subtotal is {"a": 1}"#, true, Words),
        (r#"{"a": 1}? No."#, true, Nothing),
        (r#"{"a": 1} Wait, that is wrong."#, true, Nothing),
        (r#"{"a": 1} The date is not visible."#, false, Nothing),
        (r#"Rascunho: {"a": 1}"#, true, Words),
        (r#"черновик: {"a": 1}"#, true, Words),
        (r#"先ほど {"a": 1} と読みましたが、違います。"#, true, Words),
        (r#"In the format {"a": 1}"#, true, Words),
        (r#"{"a": 1} Nein, das ist falsch."#, true, Nothing),
        (r#"{"a": 1} いいえ、違います。"#, true, Nothing),
        ("{\"a\": 1}\nLet me recheck.", true, Nothing),
        ("{\"a\": 1}\nCorrection: the amount is 2.", true, Nothing),
        ("{\"a\": 1}\n\nI misread it: the total is 2.", true, Nothing),
        (r#"And the second receipt: {"a": 1}"#, false, Another),
        (r#"Right receipt: {"a": 1}"#, false, Another),
        (r#"Here is the JSON: {"a": 1}"#, false, Words),
        (r#"Corrected: {"a": 1}"#, false, Revision),
        ("**Respuesta:**\n{\"a\": 1}", false, Revision),
    ] {
        let [piece] = &find(text).pieces[..] else { panic!("{text}") };
        let Presentation { is_draft: draft, introduction: introduced, .. } = piece.presentation;
        assert_eq!((draft, introduced), (is_draft, introduction), "{text}");
    }
}

// S8
#[test]
fn more_values_than_can_be_meant_are_none() {
    assert_eq!(find(&format!("[{}0]", "0,".repeat(MAX_VALUES))), Found::default());
    assert_eq!(find(&"{} ".repeat(MAX_VALUES + 1)), Found::default());
}

proptest! {
    // S3
    #[test]
    fn what_is_found_is_json(text in "([{}\\[\\]\":,\\\\ '/#*“”<>`\n]|think|\\\\u[0-9a-f]{4}|a|1|-|\\.|\\PC){0,60}") {
        for piece in find(&text).pieces {
            let text = piece.json.to_string();
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }
}
