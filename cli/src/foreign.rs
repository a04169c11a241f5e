//! Text of models, servers and files: shown so that it cannot drive a terminal or hide what it says.
//!
//! Escaped, as JSON does (`\u001b`), are control characters (up to U+001F, and U+007F to U+009F), line and paragraph
//! separators, the controls of writing direction, and zero-width characters without a meaning of their own. The zero-width
//! joiner and non-joiner stay: emoji, Persian and Hindi are written with them.

use std::fmt::Write as _;

/// Foreign text in one line: its line ends and tabs become blanks.
pub fn printable(text: &str) -> String {
    let blank = |c| if matches!(c, '\n' | '\t') { ' ' } else { c };
    escaped(lines(text).map(blank), |_| false)
}

/// Foreign text with its line ends and tabs.
pub fn readable(text: &str) -> String {
    escaped(lines(text), |c| matches!(c, '\n' | '\t'))
}

/// JSON that means the same. In its texts every character above is escaped, the joiners too: programs read them back.
pub fn json(text: &str) -> String {
    // JSON has control characters as they are between its values only, where a blank is as good.
    let characters = text.chars().map(|c| if c == '\r' { ' ' } else { c });
    let mut out = String::with_capacity(text.len());
    for c in characters {
        if c != '\n' && c != '\t' && (is_active(c) || matches!(c, '\u{200c}' | '\u{200d}')) {
            escape(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out
}

/// A character of a longer text, as it is shown.
pub fn push_readable(c: char, out: &mut String) {
    if is_active(c) { escape(c, out) } else { out.push(c) }
}

/// Line ends of Windows as those of all others.
fn lines(text: &str) -> impl Iterator<Item = char> {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || {
        let next = characters.next()?;
        if next == '\r' { characters.next_if_eq(&'\n').or(Some(next)) } else { Some(next) }
    })
}

fn escaped(characters: impl Iterator<Item = char>, allowed: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in characters {
        if allowed(c) { out.push(c) } else { push_readable(c, &mut out) }
    }
    out
}

fn escape(c: char, out: &mut String) {
    // Writing into a text does not fail.
    let _ = write!(out, "\\u{:04x}", u32::from(c));
}

/// Whether it does something other than being seen. All of these have four hexadecimal digits.
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    // G14
    const ACTIVE: [char; 14] = [
        '\u{0}', '\u{7}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9b}', '\u{9f}', '\u{61c}', '\u{200b}', '\u{200f}',
        '\u{2028}', '\u{202e}', '\u{2066}', '\u{feff}',
    ];

    #[test]
    fn what_drives_a_terminal_is_escaped_and_not_lost() {
        for c in ACTIVE {
            let shown = format!("a\\u{:04x}b", u32::from(c));
            assert_eq!(readable(&format!("a{c}b")), shown);
            assert_eq!(printable(&format!("a{c}b")), shown);
        }
        assert_eq!(readable("a\n\tb\r\nc\rd"), "a\n\tb\nc\\u000dd");
        assert_eq!(printable("a\n\tb\r\nc"), "a  b c");
        for text in ["Café 東京 שלום", "👩\u{200d}🚀", "می\u{200c}خواهم", "12,50 €"] {
            assert_eq!((readable(text).as_str(), printable(text).as_str()), (text, text));
        }
    }

    #[test]
    fn json_stays_the_same_value() {
        for c in ACTIVE.into_iter().chain(['\u{200c}', '\u{200d}', '\n', '\t', '\r', '"', '\\', 'é', '😀']) {
            let value = serde_json::json!({ "text": format!("a{c}b") });
            let written = json(&value.to_string());
            assert!(!written.chars().any(is_active), "{written:?}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
        }
        assert_eq!(json("{\r\n\t\"a\":\r1}"), "{ \n\t\"a\": 1}");
    }
}
