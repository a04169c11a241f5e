#![doc = include_str!("../README.md")]

mod callables;
mod comments;
mod config;
pub mod documentation;
mod enums;
mod fields;
mod literals;
mod module;
mod names;
mod native;
mod objects;
mod records;
mod scope;
mod spelling;
mod types;

pub use names::Names;

use anyhow::{Context, Result};
use camino::Utf8Path;
use config::Config;
use module::Module;
use std::collections::BTreeSet;
use uniffi_bindgen::interface::{apply_exclusions, rename};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, ComponentInterface, GlobalConfig};

/// Writes the Dart library of a crate to the folder `out`. Run `dart format` on it: line breaks are not part of the result.
///
/// `library` is the native library, not stripped; `config` is a `uniffi.toml` that has `[crates.CRATE_NAME.bindings.dart]`.
///
/// # Errors
/// If the library has no metadata of UniFFI's for the crate, if the configuration cannot be read, if the crate exports a
/// type that Dart cannot use (see the limits above), or if a file cannot be written.
pub fn write(crate_name: &str, library: &Utf8Path, config: &Utf8Path, out: &Utf8Path) -> Result<()> {
    let (interface, config, names) = read(crate_name, library, config)?;
    let files = Module::new(&interface, &config, &names).files()?;
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {out}"))?;
    for (name, text) in files {
        let file = out.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}

/// What the crate exports and Dart does not get, as `Type`, `function`, `Type.method` or `Type.method.argument`.
///
/// # Errors
/// If the library has no metadata of UniFFI's for the crate, or the configuration cannot be read.
pub fn left_out(crate_name: &str, library: &Utf8Path, config: &Utf8Path) -> Result<BTreeSet<String>> {
    let (interface, config, names) = read(crate_name, library, config)?;
    let mut left_out = Module::new(&interface, &config, &names).types.left_out();
    left_out.extend(config.exclude.iter().cloned());
    Ok(left_out)
}

/// What UniFFI's metadata in the library says that the crate exports.
///
/// # Errors
/// If the library has no such metadata: it was stripped, or it does not export the crate.
pub fn interface(crate_name: &str, library: &Utf8Path) -> Result<ComponentInterface> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let metadata = loader.load_metadata(library).with_context(|| format!("UniFFI cannot read {library}"))?;
    let components = loader.load_cis(metadata)?;
    let found = components.into_iter().find(|component| component.crate_name() == crate_name);
    found.with_context(|| format!("{library} does not export the crate {crate_name}"))
}

/// The interface with Dart's names, the configuration, and the names in Rust.
fn read(crate_name: &str, library: &Utf8Path, config: &Utf8Path) -> Result<(ComponentInterface, Config, Names)> {
    let mut interface = interface(crate_name, library)?;
    let config = Config::read(config, crate_name)?;
    let names = Names::of(&interface);
    apply_exclusions(&mut interface, &config.exclude);
    rename(&mut interface, &config.renames(crate_name));
    interface.derive_ffi_funcs()?;
    Ok((interface, config, names))
}
