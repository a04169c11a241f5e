use super::*;

fn value(json: &str) -> &RawValue {
    serde_json::from_str(json).unwrap()
}

// K4
#[test]
fn the_last_of_two_members_counts_however_its_name_is_written() {
    let object = Object::at_start(r#"{"a":1,"b":2,"\u0061":3} and more"#).unwrap();
    assert_eq!(object.get("a").unwrap().get(), "3");
    assert!(object.get("c").is_none());
}

#[test]
fn an_odd_value_spoils_no_other() {
    let object = Object::at_start(r#"{"huge":1e999,"half":"\ud800","a":"x"}"#).unwrap();
    assert_eq!(text(object.get("a").unwrap()).as_deref(), Some("x"));
    assert_eq!(text(object.get("half").unwrap()), None);
    assert_eq!(text(object.get("huge").unwrap()).as_deref(), Some("1e999"));
}

// T7: an error that says nothing is none
#[test]
fn empty_values_say_nothing() {
    for nothing in [
        "null",
        "false",
        "0",
        "0.0",
        "\"\"",
        "\" \"",
        "\"null\"",
        "{}",
        "[]",
        "[null]",
        "[{}]",
        r#"{"message":"","code":null}"#,
        r#"{"error":{"message":[]}}"#,
    ] {
        assert!(!says_something(value(nothing)), "{nothing}");
    }
    for something in ["true", "1", "\"x\"", r#"{"message":"","code":"x"}"#, "[\"x\"]", "[[[[[[[[]]]]]]]]"] {
        assert!(says_something(value(something)), "{something}");
    }
}

#[test]
fn every_encoding_of_text_is_read() {
    let json = r#"{"a":"é"}"#;
    let utf16 = |unit: fn(u16) -> [u8; 2]| json.encode_utf16().flat_map(unit).collect::<Vec<_>>();
    let marked = [&[0xff, 0xfe], utf16(u16::to_le_bytes).as_slice()].concat();
    let bodies = [
        json.into(),
        format!("\u{feff}{json}").into_bytes(),
        format!(" \r\n{json}\n").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        marked,
        serde_json::to_vec(json).unwrap(),
    ];
    for body in bodies {
        assert_eq!(*json_text(&body), json, "{body:?}");
    }
    assert_eq!(*json_text(b"{\"a\":\"caf\xe9\"}"), "{\"a\":\"caf\u{fffd}\"}");
    assert_eq!(*json_text(b"access_token=a%22b&scope=c+d"), r#"{"access_token":"a\"b","scope":"c d"}"#);
    assert_eq!(*json_text(b"no form=here"), "no form=here");
}

#[test]
fn the_object_nearest_to_the_top_is_found_with_those_around_it() {
    fn found(text: &str) -> Vec<Object<'_>> {
        find(text, |object| object.get("a").is_some())
    }
    let path = found(r#"{"x":{"a":1},"y":[{"a":2}],"z":{"z":{"a":3}}}"#);
    assert_eq!(path[0].get("a").unwrap().get(), "2");
    assert_eq!(path.len(), 2);
    assert_eq!(found(r#"[{"a":1},{"a":2}]"#)[0].get("a").unwrap().get(), "2");
    assert_eq!(found("Warning: x in y\n{\"a\":1}").len(), 1);
    assert!(found(r#"{"b":{"b":{"b":{"b":{"a":1}}}}}"#).is_empty());
    let (lists, objects) = ("[".repeat(200_000), format!("{}1{}", "{\"b\":".repeat(40_000), "}".repeat(40_000)));
    assert!(found(&lists).is_empty() && found(&objects).is_empty());
}
