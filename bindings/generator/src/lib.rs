//! Writes the Swift, Kotlin, Dart and Python code that calls the native library.
//!
//! For Dart that is `uniffi-dart-generator`. For the others UniFFI writes the code, and this crate changes it by rules:
//! each module has a table of them, and each rule says until when it is needed. See
//! `docs/decisions/0003-finished-bindings.md`. Kotlin's native methods are of `uniffi-jni-generator`.

mod api;
mod kotlin;
mod naming;
mod python;
mod rules;
mod swift;

use anyhow::{Context, Result, ensure};
use api::Api;
use camino::{Utf8Path, Utf8PathBuf};
use naming::Naming;
use std::fs;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// A language that code is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// One Swift file, and the C header of its native module.
    Swift,
    /// One Kotlin file, in its package's folders.
    Kotlin,
    /// One Dart library of several files.
    Dart,
    /// One Python module.
    Python,
}

/// The crate whose code is changed by the rules. The code of other crates is left as UniFFI writes it.
pub const OURS: &str = "aipass";

/// Writes the code of one language to the folder `out`, for what `library` exports of `crate_name`, with the names of
/// `config`. Kotlin is UniFFI's own, over JNA, of another crate than ours.
///
/// # Errors
/// If the library has no metadata, because it was stripped; if a rule does not find the text that it changes; or if it is
/// Kotlin of our crate, which [`write_over_jni()`] writes.
pub fn write(
    language: Language,
    crate_name: &str,
    library: &Utf8Path,
    config: &Utf8Path,
    out: &Utf8Path,
) -> Result<()> {
    ensure!(
        (language, crate_name) != (Language::Kotlin, OURS),
        "Kotlin of {OURS} is written over JNI: name the bridge"
    );
    let target = match language {
        Language::Swift => TargetLanguage::Swift,
        Language::Kotlin => TargetLanguage::Kotlin,
        Language::Python => TargetLanguage::Python,
        Language::Dart => return uniffi_dart_generator::write(crate_name, library, config, out),
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
    match language {
        Language::Swift => {
            let api = Api::new(library, Naming::read(config, OURS, "swift")?)?;
            edit(&out.join("AIPassMobile.swift"), |code| rules::apply(swift::RULES, code, &api))
        }
        Language::Python => edit(&out.join("aipass.py"), python::finish),
        Language::Kotlin | Language::Dart => Ok(()),
    }
}

/// Writes Kotlin code that calls native methods, and their code in Rust to the file `bridge`.
///
/// # Errors
/// If the library has no metadata, or if a rule does not find the text that it changes.
pub fn write_over_jni(
    crate_name: &str,
    library: &Utf8Path,
    config: &Utf8Path,
    out: &Utf8Path,
    bridge: &Utf8Path,
) -> Result<()> {
    uniffi_jni_generator::write(crate_name, library, config, out, bridge)?;
    if crate_name != OURS {
        return Ok(());
    }
    let api = Api::new(library, Naming::read(config, OURS, "kotlin")?)?;
    edit(&out.join("one/aipass/mobile/aipass.kt"), |code| rules::apply(kotlin::RULES, code, &api))
}

fn edit(file: &Utf8PathBuf, change: impl FnOnce(&mut String) -> Result<()>) -> Result<()> {
    let mut code = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    change(&mut code)?;
    fs::write(file, code).with_context(|| format!("cannot write {file}"))
}
