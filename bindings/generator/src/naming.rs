//! The part `[crates.NAME.bindings.LANGUAGE]` of `uniffi.toml`, as far as UniFFI has no such key, or keeps it to itself.

use anyhow::{Context, Result};
use camino::Utf8Path;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the API is named in one language.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Naming {
    /// UniFFI's own: new names by Rust's.
    pub rename: BTreeMap<String, String>,
    /// UniFFI's own: the native types of custom types.
    pub custom_types: BTreeMap<String, CustomType>,
    /// Arguments of constructors with another default than in Rust: the argument and an expression, in the language's
    /// spelling.
    pub defaults: BTreeMap<String, String>,
    /// Fields that are printed without what may be secret in them: `Record.field`, or `Enum.Variant.` for a field without a
    /// name.
    pub hidden: Vec<String>,
    /// First arguments that keep their label, though their type would leave it out: `Type.method.argument`.
    pub labels: Vec<String>,
    /// First arguments that have no label, though their type would give them one.
    pub no_labels: Vec<String>,
}

/// A custom type.
#[derive(Deserialize)]
pub struct CustomType {
    /// The native type.
    pub type_name: String,
}

impl Naming {
    /// Reads what the file says about the crate in a language.
    pub fn read(file: &Utf8Path, crate_name: &str, language: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct File {
            crates: BTreeMap<String, Crate>,
        }
        #[derive(Deserialize)]
        struct Crate {
            bindings: BTreeMap<String, toml::Value>,
        }
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
        let mut parsed: File = toml::from_str(&text).with_context(|| format!("cannot parse {file}"))?;
        let part = parsed.crates.remove(crate_name).and_then(|mut found| found.bindings.remove(language));
        let part = part.with_context(|| format!("{file} has no [crates.{crate_name}.bindings.{language}]"))?;
        part.try_into().with_context(|| format!("{file}: [crates.{crate_name}.bindings.{language}]"))
    }
}
