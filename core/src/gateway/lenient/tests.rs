use super::*;

#[derive(Deserialize)]
struct Probe {
    #[serde(default, deserialize_with = "text")]
    text: Option<String>,
    #[serde(default, deserialize_with = "count")]
    count: Option<u64>,
    #[serde(default, deserialize_with = "decimal")]
    money: Option<Decimal>,
}

fn probe(json: &str) -> Probe {
    serde_json::from_str(json).unwrap()
}

// P6
#[test]
fn every_form_that_servers_send_is_read() {
    for (json, expected) in [
        (r#"{"text":"a"}"#, Some("a")),
        (r#"{"text":"a\nb"}"#, Some("a\nb")),
        (r#"{"text":[{"type":"text","text":"a"},{"type":"image"},"b"]}"#, Some("ab")),
        (r#"{"text":null}"#, None),
        (r#"{"text":[]}"#, None),
        (r#"{"text":true}"#, None),
        (r#"{}"#, None),
    ] {
        assert_eq!(probe(json).text.as_deref(), expected, "{json}");
    }
    for (json, expected) in
        [("7", Some(7)), ("\"7\"", Some(7)), ("7.0", Some(7)), ("-7", None), ("null", None), ("[]", None)]
    {
        assert_eq!(probe(&format!("{{\"count\":{json}}}")).count, expected, "{json}");
    }
}

#[test]
fn a_boolean_has_several_spellings() {
    let read = |json: &str| boolean(&mut serde_json::Deserializer::from_str(json)).unwrap();
    for (json, expected) in [
        ("true", Some(true)),
        ("\"True\"", Some(true)),
        ("\" false \"", Some(false)),
        ("1", Some(true)),
        ("0.0", Some(false)),
        ("\"1\"", None),
        ("null", None),
        ("{}", None),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
}

// P6
#[test]
fn base64_is_read_with_breaks_and_escapes() {
    for text in ["+/+/AQ==", "+/+/AQ", "+/\n+/\r\nAQ==", r"+\/+\/AQ==", r"\u002b/\n+\/AQ\u003d\u003D"] {
        assert_eq!(base64(text).as_deref(), Some([0xFB, 0xFF, 0xBF, 1].as_slice()), "{text}");
    }
    for text in ["!", r"AQ\", r"AQ\u00", r"\u20ac", "é"] {
        assert_eq!(base64(text), None, "{text}");
    }
}

// S8
#[test]
fn a_lists_items_are_read_one_by_one() {
    let items = |json: &str, most| first_items::<u8>(serde_json::from_str(json).unwrap(), most);
    let first = items("[1,2,\"x\",3]", 2);
    assert_eq!((first.as_slice(), first.capacity()), ([1, 2].as_slice(), 2));
    assert_eq!(items("[1,\"x\",2,3]", 3), [1, 2], "what cannot be read is left out, and counts");
    assert!([items("{}", 2), items("null", 2), items("7", 2)].iter().all(Vec::is_empty));
}

// P7
#[test]
fn money_keeps_its_digits() {
    for (json, expected) in [
        ("0.1", Some("0.1")),
        ("2.45", Some("2.45")),
        ("\"7.55\"", Some("7.55")),
        ("1e-7", Some("0.0000001")),
        ("0.30000000000000004", Some("0.30000000000000004")),
        ("null", None),
        ("\"much\"", None),
        ("{}", None),
    ] {
        let money = probe(&format!("{{\"money\":{json}}}")).money;
        assert_eq!(money, expected.map(|text| text.parse().unwrap()), "{json}");
    }
}
