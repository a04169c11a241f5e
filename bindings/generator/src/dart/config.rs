//! What `uniffi.toml` says about Dart, under `crates.NAME.bindings.dart`.

use anyhow::{Context, Result};
use camino::Utf8Path;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// How a crate is told in Dart.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The file, as seen from the generated ones, that defines `DynamicLibrary openLibrary()`.
    pub library: String,
    /// Further files that the native types need.
    pub imports: Vec<String>,
    /// What Dart does not get: types, functions, `Type.method`.
    pub exclude: Vec<String>,
    /// Other names, as UniFFI has them for every language.
    pub rename: toml::Table,
    /// Native types that stand for custom ones.
    pub custom_types: BTreeMap<String, CustomType>,
    /// Functions that are constructors of what they make, such as `"Provider.aiPass"`.
    pub constructors: BTreeMap<String, String>,
    /// Arguments whose default is not Rust's, by name, and the constant of Dart's that it is instead.
    pub defaults: BTreeMap<String, String>,
    /// Records that are changed field by field.
    pub copy_with: Vec<String>,
    /// What a record's text leaves out: fields as `Record.field`, and types.
    pub hidden: Vec<String>,
}

/// A native type, and how it becomes what crosses to Rust.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomType {
    pub type_name: String,
    pub lift: String,
    pub lower: String,
}

impl Config {
    /// Reads what the file says of the crate.
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
        let mut file_: File = toml::from_str(&text).with_context(|| format!("cannot understand {file}"))?;
        let languages = file_.crates.remove(crate_name).map(|found| found.bindings);
        languages
            .and_then(|languages| languages.dart)
            .with_context(|| format!("{file} does not say how {crate_name} is told in Dart"))
    }

    /// In the form of UniFFI's own `rename`.
    pub fn renames(&self, crate_name: &str) -> HashMap<String, toml::Table> {
        HashMap::from([(crate_name.to_owned(), self.rename.clone())])
    }
}
