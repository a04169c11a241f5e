//! Writes the Swift, Kotlin and Python code that calls the native library: UniFFI's, from the library's own metadata, and
//! then what UniFFI leaves undone for an API that should feel native. See `docs/decisions/0003` for why.

mod documentation;
mod kotlin;
mod names;
mod rewrite;
mod swift;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser;
use names::Names;
use std::fs;
use std::process::ExitCode;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// Generates the code of one language.
#[derive(Parser)]
#[command(name = "aipass-bindings")]
struct Arguments {
    /// Which language.
    language: Language,
    /// The native library, with its symbols: a stripped one has lost the metadata.
    #[arg(long)]
    library: Utf8PathBuf,
    /// The file that names things, `uniffi.toml`.
    #[arg(long)]
    config: Utf8PathBuf,
    /// The folder to write to.
    #[arg(long)]
    out: Utf8PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Language {
    Swift,
    Kotlin,
    Python,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("aipass-bindings: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(Arguments { language, library, config, out }: Arguments) -> Result<()> {
    let (target, file) = match language {
        Language::Swift => (TargetLanguage::Swift, "AIPassMobile.swift"),
        Language::Kotlin => (TargetLanguage::Kotlin, "one/aipass/mobile/aipass.kt"),
        Language::Python => (TargetLanguage::Python, "aipass.py"),
    };
    generate(GenerateOptions {
        languages: vec![target],
        source: library.clone(),
        out_dir: out.clone(),
        config_override: Some(config.clone()),
        format: false,
        crate_filter: Some("aipass".to_owned()),
        metadata_no_deps: true,
    })
    .with_context(|| format!("UniFFI cannot read {library}"))?;
    let names = Names::read(&library)?;
    match language {
        Language::Swift => edit(&out.join(file), |code| swift::finish(code, &names)),
        Language::Kotlin => edit(&out.join(file), |code| kotlin::finish(code, &names)),
        Language::Python => Ok(()),
    }
}

fn edit(file: &Utf8Path, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
    let code = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    fs::write(file, change(code)?).with_context(|| format!("cannot write {file}"))
}
