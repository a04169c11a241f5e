//! Names in Dart.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

/// Words that cannot be names in Dart, and members that every object or enum has.
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

/// The name of a field, argument, method, function, or value of an enum without data.
pub fn value(name: &str) -> String {
    let spelt = name.to_lower_camel_case();
    if TAKEN.contains(&spelt.as_str()) { format!("{spelt}Value") } else { spelt }
}

/// The name of an error's class. It ends in `Exception`, because in Dart an `Error` is a bug.
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

/// A string literal.
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
    fn names_are_valid_in_dart() {
        assert_eq!(value("redirect_uri"), "redirectUri");
        assert_eq!(value("KeyLost"), "keyLost");
        assert_eq!(value("with"), "withValue");
        assert_eq!(value("hash_code"), "hashCodeValue");
        assert_eq!(error_type("StoreError"), "StoreException");
        assert_eq!(error_case_type("ClientException", "Timeout"), "ClientTimeoutException");
        assert_eq!(case_type("ChatEvent", "ToolCall"), "ChatEventToolCall");
    }

    #[test]
    fn string_literals_escape_quotes_dollars_and_line_breaks() {
        assert_eq!(quoted(r"it's \ $5"), r"'it\'s \\ \$5'");
        assert_eq!(quoted("a\nb"), r"'a\nb'");
    }
}
