//! Dart, written whole from UniFFI's metadata over UniFFI's own symbols: UniFFI has no generator for it. See
//! `docs/decisions/0005-dart-from-uniffi-metadata.md`.

mod callables;
mod comments;
mod config;
mod enums;
mod fields;
mod literals;
mod module;
mod native;
mod objects;
mod records;
mod scope;
mod spelling;
mod types;

use crate::OURS;
use crate::names::Names;
use crate::rewrite::replace;
use anyhow::{Context, Result};
use camino::Utf8Path;
use config::Config;
use module::Module;
use std::collections::BTreeSet;
use uniffi_bindgen::interface::{apply_exclusions, rename};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, ComponentInterface, GlobalConfig};

/// What only Rust's documentation may say, and what Dart's says instead.
const TEXTS: [(&str, &str); 4] = [
    ("Cheap to clone; all clones are the same client.", "Clients of the same account share its session."),
    ("One paid call; dropping the stream ends it.", "One paid call; `cancel` ends it."),
    ("Dropping it ends the request and closes its connection.", "`cancel` ends the request and closes its connection."),
    (" In Rust, dropping a call's future does the same.", ""),
];

/// Writes the Dart library of a crate to the folder `out`. How its lines are broken is `dart format`'s business.
pub fn write(crate_name: &str, library: &Utf8Path, config: &Utf8Path, out: &Utf8Path) -> Result<()> {
    let (interface, config, names) = read(crate_name, library, config)?;
    let mut files = Module::new(&interface, &config, &names).files()?;
    if let Some(objects) = files.get_mut("objects.dart").filter(|_| crate_name == OURS) {
        for (text, dart) in TEXTS {
            replace(objects, text, dart)?;
        }
    }
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {out}"))?;
    for (name, text) in files {
        let file = out.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}

/// What a crate exports and Dart does not get, as `Type.method.argument`.
///
/// # Errors
/// If the library has no metadata, as a stripped one.
pub fn left_out(crate_name: &str, library: &Utf8Path, config: &Utf8Path) -> Result<BTreeSet<String>> {
    let (interface, config, names) = read(crate_name, library, config)?;
    let mut left_out = Module::new(&interface, &config, &names).types.left_out();
    left_out.extend(config.exclude.iter().cloned());
    Ok(left_out)
}

/// What the crate exports under the names that it has in Dart, those names, and those that it has in Rust.
fn read(crate_name: &str, library: &Utf8Path, config: &Utf8Path) -> Result<(ComponentInterface, Config, Names)> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let metadata = loader.load_metadata(library).with_context(|| format!("UniFFI cannot read {library}"))?;
    let components = loader.load_cis(metadata)?;
    let found = components.into_iter().find(|component| component.crate_name() == crate_name);
    let mut interface = found.with_context(|| format!("{library} does not export the crate {crate_name}"))?;
    let config = Config::read(config, crate_name)?;
    let names = Names::of(&interface);
    apply_exclusions(&mut interface, &config.exclude);
    rename(&mut interface, &config.renames(crate_name));
    interface.derive_ffi_funcs()?;
    Ok((interface, config, names))
}
