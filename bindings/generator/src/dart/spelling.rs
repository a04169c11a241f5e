//! How Dart spells names, and tells documentation.

use super::config::Config;
use crate::documentation::{self, Spelling};
use crate::names::Names;
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

/// Documentation, with the names of Dart.
pub struct Documentation<'a> {
    pub names: &'a Names,
    pub config: &'a Config,
}

impl Documentation<'_> {
    /// As a comment before a declaration; `otherwise` where Rust says nothing.
    pub fn comment(&self, text: Option<&str>, otherwise: &str) -> String {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let told = text.map_or_else(|| otherwise.to_owned(), |text| documentation::tell(text, self.names, self));
        let told = told.replace("# Errors\n-", "Throws:\n-").replace("# Errors\n", "Throws: ");
        let lines = told.trim().lines().map(|line| format!("/// {line}").trim_end().to_owned() + "\n");
        lines.collect()
    }

    fn renamed(&self, name: &str) -> String {
        self.config.rename.get(name).and_then(|renamed| renamed.as_str()).unwrap_or(name).to_owned()
    }
}

impl Spelling for Documentation<'_> {
    fn type_name(&self, name: &str) -> String {
        let renamed = self.renamed(name);
        if self.names.errors.contains(name) { error_type(&renamed) } else { renamed }
    }

    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        let owner_type = self.type_name(owner);
        if names.errors.contains(owner) {
            return error_case_type(&owner_type, variant);
        }
        if names.flat_enums.contains(owner) { value(variant) } else { case_type(&owner_type, variant) }
    }

    fn qualified_variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        let spelt = self.variant(owner, variant, names);
        if names.flat_enums.contains(owner) && !names.errors.contains(owner) {
            format!("{}.{spelt}", self.type_name(owner))
        } else {
            spelt
        }
    }

    fn value(&self, name: &str) -> String {
        if let Some(constructor) = self.config.constructors.get(name) {
            return constructor.clone();
        }
        let is_method = |path: &str| path.rsplit_once('.').is_some_and(|(_, method)| method == name);
        let renamed =
            self.config.rename.iter().find(|(path, _)| is_method(path)).and_then(|(_, renamed)| renamed.as_str());
        value(renamed.unwrap_or(name))
    }

    fn nothing(&self) -> &'static str {
        "null"
    }
}
