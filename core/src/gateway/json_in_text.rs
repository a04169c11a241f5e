//! The JSON in what a model wrote, between its fences and its prose.
//!
//! Nothing is mended. What is inside a piece that is cut off is not looked at: a part of an answer must not pass for the
//! answer. The work is linear in the text's length, and there is no recursion to overflow.

/// The objects, and the arrays of objects, that stand in a text, each whole; none from the one on that is cut off.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = bytes[from..].iter().position(|byte| matches!(byte, b'{' | b'[')) {
            let start = from + at;
            if opens_json(&bytes[start..]) {
                // Without an end, all that follows is inside, so there is nothing further to look for.
                let end = json_length(&bytes[start..]).map(|length| start + length);
                from = end.unwrap_or(bytes.len());
                return end.map(|end| &text[start..end]);
            }
            from = start + 1;
        }
        None
    })
}

/// Whether a brace or bracket opens JSON, and not a `{name}`, `[link]` or `{{` of prose.
fn opens_json(bytes: &[u8]) -> bool {
    let next = bytes[1..].iter().find(|byte| !byte.is_ascii_whitespace());
    match bytes[0] {
        b'{' => matches!(next, Some(b'"' | b'}')),
        _ => matches!(next, Some(b'{')),
    }
}

/// The length in bytes of the object or array that begins here, by its brackets outside strings; `None` if it has no end.
fn json_length(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    // P7
    #[test]
    fn whole_pieces_are_found_one_by_one_and_nothing_inside_a_cut_one() {
        let found = |text| pieces(text).collect::<Vec<_>>();
        let text = r#"See [1] and {this}: ```json {"a": "}"} ``` or [ {"b": [2]}], {} done"#;
        assert_eq!(found(text), [r#"{"a": "}"}"#, r#"[ {"b": [2]}]"#, "{}"]);
        assert_eq!(found(r#"{"a": 1} {"b": {"c": 2}, "#), [r#"{"a": 1}"#]);
        assert_eq!(found(r#"[{"a": 1}, {"b": 2}"#), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
