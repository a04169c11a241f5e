//! Dart, written whole from UniFFI's metadata over UniFFI's own symbols: UniFFI has no generator for it. See
//! `docs/decisions/0005-dart-from-uniffi-metadata.md`.

mod callables;
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

use crate::names::Names;
use anyhow::{Context, Result};
use camino::Utf8Path;
use config::Config;
use module::Module;
use uniffi_bindgen::interface::{apply_exclusions, rename};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, GlobalConfig};

/// Writes the Dart library of a crate to the folder `out`. How its lines are broken is `dart format`'s business.
pub fn write(crate_name: &str, library: &Utf8Path, config: &Utf8Path, out: &Utf8Path) -> Result<()> {
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
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {out}"))?;
    for (name, text) in Module::new(&interface, &config, &names).files()? {
        let file = out.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}
