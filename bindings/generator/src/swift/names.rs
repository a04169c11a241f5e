//! Names as Apple's guidelines want them.

use crate::api::Api;
use anyhow::Result;
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use regex::{Captures, Regex};
use std::sync::LazyLock;
use uniffi_bindgen::interface::{AsType, Type};
use uniffi_dart_generator::Names;
use uniffi_dart_generator::documentation::Spelling;
use uniffi_jni_generator::rewrite::{replace, replace_matches, replace_matches_if_any, within};

/// UniFFI renames a thrown enum, but not where it is thrown.
pub(super) fn rename_thrown_errors(code: &mut String, api: &Api) -> Result<()> {
    for error in api.names.errors.iter().filter(|error| api.naming.rename.contains_key(*error)) {
        let renamed = type_name(error, api);
        replace(code, &format!("FfiConverterType{error}_"), &format!("FfiConverterType{renamed}_"))?;
    }
    Ok(())
}

/// `case Offline(…)` becomes `case offline(…)`, as in every enum that is not an error.
pub(super) fn lower_cases_of_errors(code: &mut String, api: &Api) -> Result<()> {
    for error in &api.names.errors {
        let name = type_name(error, api);
        let written = name.to_upper_camel_case(); // UniFFI writes AiPassError for AIPassError
        let converter = format!("public func FfiConverterType{name}_lift(");
        within(code, &format!("enum {written}: "), &converter, |part| {
            replace_matches(part, r"(?<before>\n    case |case (?:let )?\.|return \.)(?<case>[A-Z]\w*)", |found| {
                format!("{}{}", &found["before"], found["case"].to_lower_camel_case())
            })
        })?;
    }
    Ok(())
}

/// A public alias such as `Decimal` would be ambiguous with Foundation's type.
pub(super) fn replace_aliases(code: &mut String, api: &Api) -> Result<()> {
    for (alias, native) in api.custom_types("String") {
        replace_matches(code, &format!(r"public typealias {alias} = \w+\n"), |_| String::new())?;
        replace_matches(code, &format!(r"(?<before>[^.\w`]){alias}\b"), |found| {
            format!("{}{native}", &found["before"])
        })?;
    }
    Ok(())
}

/// UniFFI writes `AiPass` for `AIPass`.
pub(super) fn spell_renamed_types(code: &mut String, api: &Api) -> Result<()> {
    for renamed in api.naming.rename.values() {
        let written = renamed.to_upper_camel_case();
        if written != *renamed {
            replace_matches(code, &format!(r"\b{written}(?<rest>Protocol)?\b"), |found| {
                format!("{renamed}{}", found.name("rest").map_or("", |rest| rest.as_str()))
            })?;
        }
    }
    Ok(())
}

/// Acronyms in names: `clientID`, `redirectURI`, `JSONExtraction`.
pub(super) fn spell_acronyms(code: &mut String, api: &Api) -> Result<()> {
    for type_ in api.names.types.iter().filter(|type_| type_.contains("Json")) {
        replace_matches(code, &format!(r"\b{type_}\b"), |name| name[0].replace("Json", "JSON"))?;
    }
    replace_matches(code, r"\b[a-z][A-Za-z0-9]*\b", |name| acronyms(&name[0]))
}

/// The method's name says what its record is: `chat(_ request: ChatRequest)`. An object, a text or a number has a label.
pub(super) fn leave_out_labels(code: &mut String, api: &Api) -> Result<()> {
    for object in api.interface.object_definitions() {
        for method in object.methods() {
            let Some(argument) = method.arguments().first().copied().cloned() else { continue };
            let path = format!("{}.{}.{}", object.name(), method.name(), argument.name());
            let is_record = matches!(argument.as_type(), Type::Record { .. });
            if (is_record && !api.naming.labels.contains(&path)) || api.naming.no_labels.contains(&path) {
                let (method, argument) = (value(method.name()), value(argument.name()));
                replace_matches_if_any(code, &format!(r"\bfunc {method}\({argument}: "), |_| {
                    format!("func {method}(_ {argument}: ")
                })?;
            }
        }
    }
    Ok(())
}

/// Apple's guidelines write acronyms in one case: `clientID`, `redirectURI`.
fn acronyms(name: &str) -> String {
    #[allow(clippy::expect_used, reason = "constants, compiled by every test")]
    static WORDS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
        let pattern = |word: &str| Regex::new(&format!("(?<before>[A-Za-z]){word}(?<after>s?(?:[A-Z]|$))"));
        let words = ["Api", "Id", "Json", "Ttl", "Uri", "Url"];
        words.iter().map(|word| (pattern(word).expect("a valid pattern"), word.to_uppercase())).collect()
    });
    if name.starts_with("uniffi") || name.starts_with("ffi") {
        return name.to_owned();
    }
    WORDS.iter().fold(name.to_owned(), |name, (pattern, word)| {
        let upper = |found: &Captures<'_>| format!("{}{word}{}", &found["before"], &found["after"]);
        pattern.replace_all(&name, upper).into_owned()
    })
}

/// A type, as `uniffi.toml` names it.
pub(super) fn type_name(name: &str, api: &Api) -> String {
    api.naming.rename.get(name).map_or(name, String::as_str).to_owned()
}

/// A method, function, field or argument.
pub(super) fn value(name: &str) -> String {
    acronyms(&value_before_acronyms(name))
}

/// As UniFFI writes it.
pub(super) fn value_before_acronyms(name: &str) -> String {
    name.to_lower_camel_case()
}

/// Names in documentation.
pub(super) struct Swift<'a>(pub &'a Api);

impl Spelling for Swift<'_> {
    fn type_name(&self, name: &str) -> String {
        type_name(name, self.0)
    }

    fn variant(&self, _owner: &str, variant: &str, _names: &Names) -> String {
        value(variant)
    }

    fn value(&self, name: &str) -> String {
        value(name)
    }

    fn nothing(&self) -> &'static str {
        "nil"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_have_one_case() {
        for (given, wanted) in [
            ("clientId", "clientID"),
            ("minTtl", "minTTL"),
            ("notAUrl", "notAURL"),
            ("modelApi", "modelAPI"),
            ("imageUrl", "imageURL"),
            ("redirectUri", "redirectURI"),
            ("redirectUris", "redirectURIs"),
            ("idle", "idle"),
            ("jsonSchema", "jsonSchema"),
            ("toolCallIdText", "toolCallIDText"),
            ("uniffiCloneUrl", "uniffiCloneUrl"),
        ] {
            assert_eq!(acronyms(given), wanted);
        }
    }
}
