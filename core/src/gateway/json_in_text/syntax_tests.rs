use super::*;

fn read(text: &str) -> Result<String, Fault> {
    value(text, 0, &mut 1000).map(|(json, _)| json.to_string())
}

// P11
#[test]
fn slips_that_leave_the_meaning_clear_are_read() {
    for (text, json) in [
        (r#"{"a": 1, "b": [1, "x", null, true],}"#, r#"{"a": 1, "b": [1, "x", null, true]}"#),
        ("{'a': 'it's', \"b\": \"it's\"}", r#"{"a": "it's", "b": "it's"}"#),
        ("{a: None, b_1: True, c: NaN, d: undefined}", r#"{"a": null, "b_1": true, "c": null, "d": null}"#),
        ("{“a”: „b”, ‘c’: ‘d’}", r#"{"a": "b", "c": "d"}"#),
        ("{/* x */ \"a\": 1, // y }\n # z }\n \"b\": 2}", r#"{"a": 1, "b": 2}"#),
        ("{\"a\": 1\n\"b\": 2}", r#"{"a": 1, "b": 2}"#),
        ("{{\"a\": {{\"b\": 1}}}}", r#"{"a": {"b": 1}}"#),
        (
            r#"{"a": +1.50, "b": .5, "c": 5., "d": 007, "e": 1e2}"#,
            r#"{"a": 1.50, "b": 0.5, "c": 5, "d": "007", "e": 1e2}"#,
        ),
        (r#"{"a": "\u00e9\ud83d\ude00\ud800\'\n"}"#, r#"{"a": "é😀\\ud800'\n"}"#),
        ("{\"a\": \"b\nc\"}", r#"{"a": "b\nc"}"#),
    ] {
        assert_eq!(read(text).as_deref(), Ok(json), "{text}");
    }
}

// P11: a quote that should have been escaped
#[test]
fn a_quote_inside_of_a_string_is_read_where_its_end_is_clear() {
    for (text, json) in [
        (r#"{"a": "Pizza 12" Deluxe", "b": 1}"#, r#"{"a": "Pizza 12\" Deluxe", "b": 1}"#),
        (r#"{"a": "b" c"}"#, r#"{"a": "b\" c"}"#),
        (r#"{"a": "Pipe 12"", "b": 1}"#, r#"{"a": "Pipe 12\"", "b": 1}"#),
        (r#"{"a": ""Blue" Bar", "b": 1}"#, r#"{"a": "\"Blue\" Bar", "b": 1}"#),
        (r#"{"a": "The "Blue, Red" Bar", "b": 1,}"#, r#"{"a": "The \"Blue, Red\" Bar", "b": 1}"#),
        (r#"{"a": "x" y", z" and w", "b": 1}"#, r#"{"a": "x\" y\", z\" and w", "b": 1}"#),
        (r#"{"a": ["12" pipe", "13" pipe"], b: 1}"#, r#"{"a": ["12\" pipe", "13\" pipe"], "b": 1}"#),
        ("{\"a\": \"12\" b\"\n\"c\": 1}", r#"{"a": "12\" b", "c": 1}"#),
        ("{\"a\": \"12\" b\", // c\n'd': 1}", r#"{"a": "12\" b", "d": 1}"#),
    ] {
        assert_eq!(read(text).as_deref(), Ok(json), "{text}");
    }
    for text in [
        r#"{"a": "b" "c": 1}"#,
        r#"{"a": "x", "y" z", "b": 1}"#,
        r#"{"a": "x" {"b": 1}"#,
        "{\"a\": \"x\" y\nz\", \"b\": 1}",
        r#"{"a" b": 1}"#,
        r#"{"a": 12" pipe, "b": 1}"#,
    ] {
        let read = read(text);
        assert!(matches!(read, Err(Fault::Malformed(_) | Fault::OddQuotes(_))), "{text}: {read:?}");
    }
    // What is plain JSON has no inner quotes.
    assert_eq!(read(r#"{"a": "b", "c": "d"}"#).as_deref(), Ok(r#"{"a": "b", "c": "d"}"#));
}

// P11
#[test]
fn what_has_two_readings_or_no_end_is_not() {
    for text in [
        r#"{"a": 1,234.56}"#,
        r#"{"a": 12,50}"#,
        r#"{"a": $12}"#,
        r#"{"a": 12 EUR}"#,
        r#"{"a": 1 "b": 2}"#,
        r#"{"a" 1}"#,
        r#"{"a": 1-2}"#,
        r#"{"a": 0x10}"#,
        r#"{"a": ...}"#,
        r#"{"a": 1;}"#,
        "{{\"a\": 1}, {\"b\": 2}}",
    ] {
        assert!(matches!(read(text), Err(Fault::Malformed(_) | Fault::OddQuotes(_))), "{text}: {:?}", read(text));
    }
    let whole = r#"{"a": [1, {"b": 'c'}, "d"], /* e */ f: 2}"#;
    for end in (0..whole.len()).filter(|&end| !whole[..end].ends_with('/') || whole[..end].ends_with("*/")) {
        assert_eq!(read(&whole[..end]), Err(Fault::Unclosed), "{}", &whole[..end]);
    }
    assert_eq!(read(&"[".repeat(MAX_DEPTH + 2)), Err(Fault::Malformed(MAX_DEPTH + 1)));
    assert!(value("[1, 2, 3]", 0, &mut 3).is_err(), "more values than the budget has");
}
