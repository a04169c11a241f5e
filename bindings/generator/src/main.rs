//! The program that `scripts/bindings` runs.

use aipass_bindings::{Language, OURS, write, write_over_jni};
use camino::Utf8PathBuf;
use clap::Parser;
use std::process::ExitCode;

/// Generates the code of one language.
#[derive(Parser)]
#[command(name = "aipass-bindings")]
struct Arguments {
    /// Which language.
    language: Language,
    /// The crate whose exports are wanted.
    #[arg(long = "crate", default_value = OURS)]
    crate_name: String,
    /// The native library, with its symbols: a stripped one has lost the metadata.
    #[arg(long)]
    library: Utf8PathBuf,
    /// The file that names things, `uniffi.toml`.
    #[arg(long)]
    config: Utf8PathBuf,
    /// The folder to write to.
    #[arg(long)]
    out: Utf8PathBuf,
    /// For Kotlin: the Rust file to write, with the native methods that the code calls. Without it the code is UniFFI's own,
    /// over JNA, which is for measurements.
    #[arg(long)]
    bridge: Option<Utf8PathBuf>,
}

fn main() -> ExitCode {
    let Arguments { language, crate_name, library, config, out, bridge } = Arguments::parse();
    let written = match bridge {
        Some(bridge) => write_over_jni(&crate_name, &library, &config, &out, &bridge),
        None => write(language, &crate_name, &library, &config, &out),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("aipass-bindings: {error:#}");
            ExitCode::FAILURE
        }
    }
}
