//! Writes the Swift, Kotlin, Dart and Python code that calls the native library: UniFFI's, from the library's own metadata, and
//! then what UniFFI leaves undone for an API that should feel native. See `docs/decisions/0003-finished-bindings.md` for why.

mod dart;
mod documentation;
mod kotlin;
mod names;
mod python;
mod rewrite;
mod swift;

pub use dart::left_out as left_out_of_dart;
pub use names::Names;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use std::fs;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// A language that code is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// One Swift file, and the C header of its native module.
    Swift,
    /// One Kotlin file, in its package's folders.
    Kotlin,
    /// One Dart library of several files. UniFFI knows no Dart: it is this generator's own.
    Dart,
    /// One Python module.
    Python,
}

/// The crate whose code is finished. Another one's is left as UniFFI writes it.
pub const OURS: &str = "aipass";

/// Writes the code of one language to the folder `out`, for what `library` exports of `crate_name`, with the names of
/// `config`.
///
/// # Errors
/// If the library has no metadata, as a stripped one, or if UniFFI wrote what this generator does not know.
pub fn write(
    language: Language,
    crate_name: &str,
    library: &Utf8Path,
    config: &Utf8Path,
    out: &Utf8Path,
) -> Result<()> {
    let target = match language {
        Language::Swift => TargetLanguage::Swift,
        Language::Kotlin => TargetLanguage::Kotlin,
        Language::Python => TargetLanguage::Python,
        Language::Dart => return dart::write(crate_name, library, config, out),
    };
    generate(GenerateOptions {
        languages: vec![target],
        source: library.to_owned(),
        out_dir: out.to_owned(),
        config_override: Some(config.to_owned()),
        format: false,
        crate_filter: Some(crate_name.to_owned()),
        metadata_no_deps: true,
    })
    .with_context(|| format!("UniFFI cannot read {library}"))?;
    if crate_name != OURS {
        return Ok(());
    }
    let names = Names::read(library)?;
    match language {
        Language::Swift => edit(&out.join("AIPassMobile.swift"), |code| swift::finish(code, &names)),
        Language::Kotlin => edit(&out.join("one/aipass/mobile/aipass.kt"), |code| kotlin::finish(code, &names)),
        Language::Python => edit(&out.join("aipass.py"), python::finish),
        Language::Dart => Ok(()),
    }
}

fn edit(file: &Utf8PathBuf, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
    let code = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    fs::write(file, change(code)?).with_context(|| format!("cannot write {file}"))
}
