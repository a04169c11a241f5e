//! How Dart spells names.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

/// Words that name nothing in Dart, and members that everything has.
const TAKEN: [&str; 38] = [
    "assert",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "for",
    "hashCode",
    "if",
    "in",
    "index",
    "is",
    "new",
    "noSuchMethod",
    "null",
    "rethrow",
    "return",
    "runtimeType",
    "super",
    "switch",
    "this",
    "throw",
    "toString",
    "true",
    "try",
    "values",
    "var",
    "while",
    "with",
];

/// A field, argument, method, function or plain enum's value.
pub fn value(name: &str) -> String {
    let spelt = name.to_lower_camel_case();
    if TAKEN.contains(&spelt.as_str()) { format!("{spelt}Value") } else { spelt }
}

/// What is thrown ends in `Exception`: Dart's errors are for bugs.
pub fn error_type(name: &str) -> String {
    name.strip_suffix("Error").map_or_else(|| name.to_owned(), |stem| format!("{stem}Exception"))
}

/// The class of an enum's case.
pub fn case_type(owner: &str, variant: &str) -> String {
    format!("{owner}{}", variant.to_upper_camel_case())
}

/// The class of an error's case.
pub fn error_case_type(owner: &str, variant: &str) -> String {
    let stem = owner.strip_suffix("Exception").unwrap_or(owner);
    format!("{stem}{}Exception", variant.to_upper_camel_case())
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' | '$' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            character => quoted.push(character),
        }
    }
    quoted + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_dart_takes() {
        assert_eq!(value("redirect_uri"), "redirectUri");
        assert_eq!(value("KeyLost"), "keyLost");
        assert_eq!(value("with"), "withValue");
        assert_eq!(value("hash_code"), "hashCodeValue");
        assert_eq!(error_type("StoreError"), "StoreException");
        assert_eq!(error_case_type("AiPassException", "Timeout"), "AiPassTimeoutException");
        assert_eq!(case_type("ChatEvent", "ToolCall"), "ChatEventToolCall");
    }

    #[test]
    fn texts_are_quoted_so_that_they_stay_what_they_are() {
        assert_eq!(quoted(r"it's \ $5"), r"'it\'s \\ \$5'");
        assert_eq!(quoted("a\nb"), r"'a\nb'");
    }
}
