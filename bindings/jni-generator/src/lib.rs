#![doc = include_str!("../README.md")]

mod functions;
mod hosts;
mod kotlin;
mod module;
pub mod rewrite;
mod types;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, ComponentInterface, GlobalConfig};

/// Writes the Kotlin code of a crate to the folder `out`, in its package's folders, and the Rust code of its native methods
/// to the file `bridge`.
///
/// `library` is a native library that exports the crate, not stripped; `config` is a `uniffi.toml`, whose part
/// `[crates.CRATE_NAME.bindings.kotlin]` is UniFFI's own.
///
/// # Errors
/// If the library has no metadata of UniFFI's for the crate, if UniFFI writes other code than this crate knows, if the crate
/// exports what cannot cross (see the limits above), or if a file cannot be written.
pub fn write(crate_name: &str, library: &Utf8Path, config: &Utf8Path, out: &Utf8Path, bridge: &Utf8Path) -> Result<()> {
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.to_owned(),
        out_dir: out.to_owned(),
        config_override: Some(config.to_owned()),
        format: false,
        crate_filter: Some(crate_name.to_owned()),
        metadata_no_deps: true,
    })
    .with_context(|| format!("UniFFI cannot read {library}"))?;
    let interface = interface(crate_name, library)?;
    let file = kotlin_file(&interface, config, out)?;
    let mut code = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
    let rust = without_jna(&mut code, &interface)?;
    fs::write(&file, code).with_context(|| format!("cannot write {file}"))?;
    fs::write(bridge, rust).with_context(|| format!("cannot write {bridge}"))
}

/// Changes the code that UniFFI wrote for the crate. Returns the Rust code of its native methods.
///
/// # Errors
/// As for [`write()`].
pub fn without_jna(code: &mut String, interface: &ComponentInterface) -> Result<String> {
    module::Module::of(code, interface)?.write(code)
}

/// What UniFFI's metadata in the library says that the crate exports.
fn interface(crate_name: &str, library: &Utf8Path) -> Result<ComponentInterface> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let metadata = loader.load_metadata(library).with_context(|| format!("UniFFI cannot read {library}"))?;
    let components = loader.load_cis(metadata)?;
    let found = components.into_iter().find(|component| component.crate_name() == crate_name);
    let mut interface = found.with_context(|| format!("{library} does not export the crate {crate_name}"))?;
    interface.derive_ffi_funcs()?;
    Ok(interface)
}

/// Where UniFFI wrote the code.
fn kotlin_file(interface: &ComponentInterface, config: &Utf8Path, out: &Utf8Path) -> Result<Utf8PathBuf> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct File {
        crates: BTreeMap<String, Crate>,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Crate {
        bindings: Bindings,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Bindings {
        kotlin: Kotlin,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Kotlin {
        package_name: Option<String>,
    }
    let text = fs::read_to_string(config).with_context(|| format!("cannot read {config}"))?;
    let mut parsed: File = toml::from_str(&text).with_context(|| format!("cannot parse {config}"))?;
    let named = parsed.crates.remove(interface.crate_name()).and_then(|found| found.bindings.kotlin.package_name);
    let package = named.unwrap_or_else(|| format!("uniffi.{}", interface.namespace()));
    Ok(out.join(package.replace('.', "/")).join(format!("{}.kt", interface.namespace())))
}
