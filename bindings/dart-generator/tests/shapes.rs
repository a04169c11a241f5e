//! The generator, run on a crate that exports a value and a call of every shape. That the code also works is tested in
//! Dart.

use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use uniffi_dart_generator::{left_out, write};

const CONFIG: &str = r#"
[crates.shapes.bindings.dart]
library = "../open_library.dart"
exclude = ["Gate.hurry"]
hidden = ["Everything.text"]
copy_with = ["Defaults"]

[crates.shapes.bindings.dart.fallbacks]
number = "someNumber()"

[crates.shapes.bindings.dart.rename]
ShapeError = "FormError"

[crates.shapes.bindings.dart.custom_types.Url]
type_name = "Uri"
lift = "Uri.parse({})"
lower = "{}.toString()"
"#;

/// The native library of the crate. Cargo builds it next to this test, because the test depends on it.
fn library() -> Utf8PathBuf {
    let test = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let name = format!("{}shapes{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    // Named, so that the dependency is not unused.
    assert_eq!(shapes::calls::gates(), 0);
    test.parent().unwrap().join(name)
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(config: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::write(folder.config(), config).unwrap();
        folder
    }

    fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).unwrap()
    }

    fn config(&self) -> Utf8PathBuf {
        self.path().join("uniffi.toml")
    }

    /// The generated files by name, each without white space.
    fn files(&self) -> BTreeMap<String, String> {
        let out = self.path().join("out");
        write("shapes", &library(), &self.config(), &out).unwrap();
        let files = out.read_dir_utf8().unwrap().map(|file| file.unwrap().into_path());
        let text = |file: &Utf8Path| std::fs::read_to_string(file).unwrap().split_whitespace().collect();
        files.map(|file| (file.file_name().unwrap().to_owned(), text(&file))).collect()
    }
}

#[test]
fn every_symbol_and_file_is_named_after_the_crate() {
    let files = Folder::with(CONFIG).files();
    let parts = ["buffers", "calls", "codecs", "enums", "errors", "native", "objects", "records", "runtime", "values"];
    let names: BTreeSet<_> = parts.iter().chain(&["shapes"]).map(|part| format!("{part}.dart")).collect();
    assert_eq!(files.keys().cloned().collect::<BTreeSet<_>>(), names);
    assert!(files["shapes.dart"].contains("import'../open_library.dart';"));
    for symbol in ["shapes_dart_initialize", "shapes_dart_release", "ffi_shapes_rustbuffer_alloc"] {
        assert!(files.values().any(|text| text.contains(symbol)), "no {symbol}");
    }
    assert!(files.values().all(|text| !text.contains("{{crate}}")));
}

#[test]
fn the_configuration_decides_names_types_and_what_is_shown() {
    let files = Folder::with(CONFIG).files();
    assert!(files["errors.dart"].contains("sealedclassFormExceptionimplementsException"), "{}", files["errors.dart"]);
    assert!(files["values.dart"].contains("_Codec<Uri>"));
    assert!(files["records.dart"].contains("text:hidden"));
    assert!(files["records.dart"].contains("DefaultscopyWith("));
    assert!(!files["objects.dart"].contains("hurry"));
}

#[test]
fn an_argument_with_a_fallback_may_be_left_out_of_async_calls_only() {
    let objects = &Folder::with(CONFIG).files()["objects.dart"];
    assert!(objects.contains("later({String?number,})async{number??=awaitsomeNumber();"), "{objects}");
    assert_eq!(objects.matches("someNumber()").count(), 1);
}

#[test]
fn an_argument_that_may_be_none_may_be_left_out() {
    let objects = &Folder::with(CONFIG).files()["objects.dart"];
    assert!(objects.contains("List<Gate>all([Gate?other]){"), "{objects}");
}

#[test]
fn what_needs_an_implementation_in_dart_is_left_out_and_listed() {
    let folder = Folder::with(CONFIG);
    let left_out = left_out("shapes", &library(), &folder.config()).unwrap();
    let expected = ["Gate.hurry", "Gate.new.watcher", "Gate.watch", "Watcher", "FlatError"];
    assert_eq!(left_out, expected.map(str::to_owned).into());
}

#[test]
fn a_missing_part_or_an_unknown_key_of_the_configuration_is_named() {
    for (config, expected) in [
        ("[crates.other.bindings.dart]\nlibrary = 'x.dart'", "[crates.shapes.bindings.dart]"),
        ("[crates.shapes.bindings.dart]\nlibary = 'x.dart'", "libary"),
        ("not toml", "uniffi.toml"),
    ] {
        let folder = Folder::with(config);
        let error = write("shapes", &library(), &folder.config(), &folder.path().join("out")).unwrap_err();
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }
}

#[test]
fn a_library_without_the_crate_is_named() {
    let folder = Folder::with(CONFIG);
    let error = write("circles", &library(), &folder.config(), folder.path()).unwrap_err();
    assert!(format!("{error:#}").contains("does not export the crate circles"), "{error:#}");
    let file = folder.path().join("libnone.so");
    std::fs::write(&file, b"not a library").unwrap();
    let error = write("shapes", &file, &folder.config(), folder.path()).unwrap_err();
    assert!(format!("{error:#}").contains("libnone.so"), "{error:#}");
}
