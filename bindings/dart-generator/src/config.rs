//! The part `[crates.NAME.bindings.dart]` of `uniffi.toml`.

use anyhow::{Context, Result};
use camino::Utf8Path;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// How a crate is named and shaped in Dart. The README explains the keys.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Path of the Dart file that defines `DynamicLibrary openLibrary()`, relative to the generated files.
    pub library: String,
    /// Further Dart files to import, for the types of `custom_types` and the constants of `defaults`.
    pub imports: Vec<String>,
    /// Types, functions and `Type.method`s to leave out.
    pub exclude: Vec<String>,
    /// Other names, as in UniFFI's own configuration of a language.
    pub rename: toml::Table,
    /// The Dart types of UniFFI's custom types, by name.
    pub custom_types: BTreeMap<String, CustomType>,
    /// Functions that become named constructors of the record that they return, such as `default_config =
    /// "Config.standard"`.
    pub constructors: BTreeMap<String, String>,
    /// Arguments with a default of their own in Dart: the argument's name and a constant expression.
    pub defaults: BTreeMap<String, String>,
    /// Arguments of `async` calls that are required in Rust and optional in Dart: the argument's name, and an expression that gives
    /// the value, or a future of it, where the caller leaves it out.
    pub fallbacks: BTreeMap<String, String>,
    /// Records that get a method `copyWith`.
    pub copy_with: Vec<String>,
    /// What `toString` does not show: `Record.field`s, and types.
    pub hidden: Vec<String>,
}

/// A Dart type, and how it is converted to and from the type that crosses. `{}` stands for the value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomType {
    pub type_name: String,
    pub lift: String,
    pub lower: String,
}

impl Config {
    /// Reads the part of the file that is about the crate.
    pub fn read(file: &Utf8Path, crate_name: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct File {
            crates: BTreeMap<String, Crate>,
        }
        #[derive(Deserialize)]
        struct Crate {
            bindings: Languages,
        }
        #[derive(Deserialize)]
        struct Languages {
            dart: Option<Config>,
        }
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
        let mut parsed: File = toml::from_str(&text).with_context(|| format!("cannot parse {file}"))?;
        let languages = parsed.crates.remove(crate_name).map(|found| found.bindings);
        languages
            .and_then(|languages| languages.dart)
            .with_context(|| format!("{file} has no [crates.{crate_name}.bindings.dart]"))
    }

    /// The renames, as UniFFI's `rename` takes them.
    pub fn renames(&self, crate_name: &str) -> HashMap<String, toml::Table> {
        HashMap::from([(crate_name.to_owned(), self.rename.clone())])
    }
}
