//! Whatever a Rust program can use, Swift and Kotlin can use, or the list below says why not.

use crate::{library, root};
use aipass_bindings::Names;
use camino::Utf8Path;
use std::collections::BTreeSet;
use syn::{ImplItem, Item, UseTree, Visibility};

/// What is not exported, each with its reason.
const NOT_EXPORTED: [(&str, &str); 40] = [
    ("Result", "a Rust alias; other languages throw"),
    ("Bytes", "the bytes of other languages: Data, ByteArray, Uint8List"),
    ("AiPassBuilder", "other languages have a constructor with named arguments"),
    ("AiPass::builder", "the constructor of other languages"),
    ("SealedFileStore::open", "the constructor of other languages"),
    ("LoopbackListener", "for programs on a desktop, which are written in Rust"),
    ("Secret::expose", "a plain string in other languages, which cannot wipe one anyway"),
    ("Secret::new", "a plain string in other languages, which cannot wipe one anyway"),
    ("Secret", "a plain string in other languages, which cannot wipe one anyway"),
    ("Provider::ai_pass", "the function ai_pass_provider"),
    ("Provider::ai_pass_at", "the function ai_pass_provider_at"),
    ("Provider::custom", "the function custom_provider"),
    ("ChatRequest::new", "records have constructors with defaults"),
    ("ChatRequest::user", "records have constructors with defaults"),
    ("ChatRequest::system", "records have constructors with defaults"),
    ("ChatRequest::model", "records have constructors with defaults"),
    ("ChatRequest::max_tokens", "records have constructors with defaults"),
    ("Message::user", "records have constructors with defaults"),
    ("Message::system", "records have constructors with defaults"),
    ("Message::assistant", "records have constructors with defaults"),
    ("Message::tool", "records have constructors with defaults"),
    ("Message::empty", "records have constructors with defaults"),
    ("ContentPart::text", "records have constructors with defaults"),
    ("Tool::new", "records have constructors with defaults"),
    ("AiPass::extract", "generic; other languages decode what extract_json gives"),
    ("JsonExtraction::new", "records have constructors with defaults"),
    ("ImageQuestion::new", "records have constructors with defaults"),
    ("ImageQuestion::about", "records have constructors with defaults"),
    ("EmbeddingRequest::new", "records have constructors with defaults"),
    ("ImageEdit::new", "records have constructors with defaults"),
    ("ImageRequest::new", "records have constructors with defaults"),
    ("ImageVariation::new", "records have constructors with defaults"),
    ("RawRequest::get", "records have constructors with defaults"),
    ("RawRequest::post", "records have constructors with defaults"),
    ("SpeechRequest::new", "records have constructors with defaults"),
    ("TranscriptionRequest::new", "records have constructors with defaults"),
    ("VideoRequest::new", "records have constructors with defaults"),
    ("ReceiptScan::photo", "records have constructors with defaults"),
    ("ReceiptScan::pages", "records have constructors with defaults"),
    ("photo", "a crate of its own: calls prepare their photos by themselves"),
];

#[test]
fn every_public_item_is_exported_or_listed_with_a_reason() {
    let exported = Names::read(&library()).unwrap();
    let is_exported = |name: &str| exported.types.contains(name) || exported.functions.contains(name);
    let public = public_items(&root().join("core/src"));
    assert!(public.contains("AiPass::scan_receipt") && public.contains("Receipt"), "the walk found {public:?}");
    let listed = |name: &str| NOT_EXPORTED.iter().any(|(listed, _)| *listed == name);
    let missing: Vec<_> = public.iter().filter(|name| !is_exported(name) && !listed(name)).collect();
    assert!(missing.is_empty(), "neither exported (core/src) nor listed here with a reason: {missing:?}");
    let stale: Vec<_> = NOT_EXPORTED
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| is_exported(name) || !public.contains(*name))
        .collect();
    assert!(stale.is_empty(), "listed as not exported, but exported or gone: {stale:?}");
}

/// The types that the crate's root offers, and their public functions as `Type::function`.
fn public_items(sources: &Utf8Path) -> BTreeSet<String> {
    let front = syn::parse_file(&std::fs::read_to_string(sources.join("lib.rs")).unwrap()).unwrap();
    let mut types = BTreeSet::new();
    for item in front.items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => leaves(&item.tree, &mut types),
            _ => {}
        }
    }
    let mut items = types.clone();
    each_file(sources, &mut |file| {
        for item in file.items {
            let Item::Impl(block) = item else { continue };
            let syn::Type::Path(path) = *block.self_ty else { continue };
            let Some(owner) = path.path.get_ident().map(ToString::to_string) else { continue };
            if block.trait_.is_some()
                || !types.contains(&owner)
                || owner.ends_with("Builder")
                || owner == "LoopbackListener"
            {
                continue;
            }
            for item in block.items {
                match item {
                    ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                        items.insert(format!("{owner}::{}", function.sig.ident));
                    }
                    _ => {}
                }
            }
        }
    });
    items
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Name(name) => _ = names.insert(name.ident.to_string()),
        UseTree::Rename(rename) => _ = names.insert(rename.rename.to_string()),
        UseTree::Glob(_) => panic!("a glob hides what is public"),
    }
}

fn each_file(folder: &Utf8Path, visit: &mut impl FnMut(syn::File)) {
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            each_file(&path, visit);
        } else if path.extension() == Some("rs") {
            visit(syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap());
        }
    }
}

// A13
#[test]
fn no_exported_constructor_takes_a_client_secret() {
    let source = std::fs::read_to_string(root().join("core/src/ffi.rs")).unwrap();
    let heads: Vec<&str> =
        source.split("#[uniffi::constructor").skip(1).filter_map(|rest| rest.split(") ->").next()).collect();
    assert!(heads.len() >= 2, "{heads:?}");
    for head in heads {
        assert!(!head.to_lowercase().contains("secret"), "{head}");
    }
}
