//! What Kotlin's developers expect and UniFFI does not write: exceptions whose message is a sentence, no aliases for native
//! types.

use crate::documentation::{self, Spelling};
use crate::names::Names;
use crate::rewrite::{replace_matches, within};
use anyhow::Result;
use heck::{ToLowerCamelCase, ToShoutySnakeCase};

/// Aliases that UniFFI declares for native types, and what they stand for.
const ALIASES: [(&str, &str); 5] = [
    ("Decimal", "java.math.BigDecimal"),
    ("NaiveDate", "java.time.LocalDate"),
    ("PathBuf", "java.io.File"),
    ("Secret", "kotlin.String"),
    ("Url", "java.net.URI"),
];

/// Finishes the generated file.
pub fn finish(code: String, names: &Names) -> Result<String> {
    let mut code = documentation::translate(&code, names, &Kotlin);
    for (alias, native) in ALIASES {
        replace_matches(&mut code, &format!(r"public typealias {alias} = [\w.]+\n"), |_| String::new())?;
        replace_matches(&mut code, &format!(r"(?<before>[^.\w`]){alias}\b"), |found| {
            format!("{}{native}", &found["before"])
        })?;
    }
    // UniFFI joins the fields; the sentence that Rust has for them is what a log should show.
    within(&mut code, "sealed class AiPassException", "companion object ErrorHandler", |part| {
        replace_matches(part, r#"(?<head>override val message\n\s+get\(\) = )".*""#, |found| {
            format!("{}text()", &found["head"])
        })
    })?;
    replace_matches(&mut code, r"[ \t]+\n", |_| "\n".to_owned())?;
    Ok(code)
}

struct Kotlin;

impl Spelling for Kotlin {
    fn type_name(&self, name: &str) -> String {
        match name {
            "Error" => "AiPassException".to_owned(),
            "StoreError" => "StoreException".to_owned(),
            "ServerTrustError" => "ServerTrustException".to_owned(),
            name => name.to_owned(),
        }
    }

    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        if names.flat_enums.contains(owner) && !names.errors.contains(owner) {
            variant.to_shouty_snake_case()
        } else {
            variant.to_owned()
        }
    }

    fn value(&self, name: &str) -> String {
        name.to_lower_camel_case()
    }

    fn nothing(&self) -> &'static str {
        "null"
    }
}
