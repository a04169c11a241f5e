//! Swift and Kotlin can use whatever a Rust program can use, or the list below says why not.

use crate::{library, root};
use aipass_bindings::OURS;
use camino::Utf8Path;
use std::collections::BTreeSet;
use syn::{FnArg, ImplItem, Item, ReturnType, Signature, Type, UseTree, Visibility};
use uniffi_bindgen::ComponentInterface;
use uniffi_dart_generator::Names;

/// What is not exported, each with its reason. Constructors and setters of records need no entry: see [`makes_a_record`].
const NOT_EXPORTED: [(&str, &str); 34] = [
    ("Result", "a Rust alias; other languages throw"),
    ("Bytes", "the bytes of other languages: Data, ByteArray, Uint8List"),
    ("AiPassBuilder", "other languages have a constructor with named arguments"),
    ("AiPass::builder", "the constructor of other languages"),
    ("SealedFileStore::open", "the constructor of other languages"),
    ("Secret::expose", "a plain string in other languages, which cannot wipe one anyway"),
    ("Secret::new", "a plain string in other languages, which cannot wipe one anyway"),
    ("Secret", "a plain string in other languages, which cannot wipe one anyway"),
    ("Provider::ai_pass", "the function ai_pass_provider"),
    ("Provider::ai_pass_at", "the function ai_pass_provider_at"),
    ("Provider::custom", "the function custom_provider"),
    ("Provider::phaseo", "the function phaseo_provider"),
    ("Provider::phaseo_at", "the function phaseo_provider_at"),
    ("Provider::ai_stats", "the function ai_stats_provider"),
    ("Provider::discover", "the function discover_provider"),
    ("Provider::discover_with", "the function discover_provider"),
    ("DiscoverySettings", "the arguments of discover_provider"),
    ("Provider::examine", "for developers, by the program's discover"),
    ("ServerMetadata", "only examine returns it"),
    ("ClientRegistration::at", "the constructor of other languages"),
    ("AiPass::client_credentials_token", "takes a client secret, which an app cannot keep"),
    ("AiPass::introspect", "takes a client secret at most providers, which an app cannot keep"),
    ("TokenState", "only introspect returns it"),
    ("AiPass::revoke", "apps have sign_out; this is for tokens that a program got elsewhere"),
    ("TokenKind", "only introspect and revoke take it"),
    ("AiPass::refresh_tokens", "apps never need it: tokens are refreshed before they expire"),
    ("AiPass::dpop_proof", "of the feature dpop, which the packages are built without"),
    ("DpopProof", "only dpop_proof returns it"),
    ("DpopKey", "of the feature dpop, which the packages are built without"),
    ("DpopSigner", "of the feature dpop, which the packages are built without"),
    ("DpopSignerError", "only a DpopSigner returns it"),
    ("AiPass::extract", "generic; other languages decode what extract_json gives"),
    ("trust_servers_by", "the packages that need it name the platform by themselves"),
    ("photo", "a crate of its own: calls prepare their photos by themselves"),
];

#[test]
fn every_public_item_is_exported_or_listed_with_a_reason() {
    let interface = uniffi_dart_generator::interface(OURS, &library()).unwrap();
    let exported = Names::of(&interface);
    let is_exported = |name: &str| exported.types.contains(name) || exported.functions.contains(name);
    let public = public_items(&root().join("core/src"), &interface);
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

/// The types that the crate's root exports, and their public functions as `Type::function`, without constructors of
/// records.
fn public_items(sources: &Utf8Path, interface: &ComponentInterface) -> BTreeSet<String> {
    let root = syn::parse_file(&std::fs::read_to_string(sources.join("lib.rs")).unwrap()).unwrap();
    let mut types = BTreeSet::new();
    for item in root.items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => names_in(&item.tree, &mut types),
            _ => {}
        }
    }
    let mut items = types.clone();
    each_file(sources, &mut |file| {
        for item in file.items {
            let Item::Impl(block) = item else { continue };
            let Type::Path(path) = *block.self_ty else { continue };
            let Some(owner) = path.path.get_ident().map(ToString::to_string) else { continue };
            if block.trait_.is_some() || !types.contains(&owner) || owner.ends_with("Builder") {
                continue;
            }
            for item in block.items {
                match item {
                    ImplItem::Fn(function)
                        if matches!(function.vis, Visibility::Public(_))
                            && !makes_a_record(&owner, &function.sig, interface) =>
                    {
                        items.insert(format!("{owner}::{}", function.sig.ident));
                    }
                    _ => {}
                }
            }
        }
    });
    items
}

/// Whether a function is a constructor or setter of an exported record, or a constructor of an exported enum: it takes
/// values and returns `Self`. Other languages have constructors with named arguments and defaults instead.
fn makes_a_record(owner: &str, function: &Signature, interface: &ComponentInterface) -> bool {
    let is_value = interface.get_record_definition(owner).is_some() || interface.get_enum_definition(owner).is_some();
    let takes_values = function.inputs.iter().any(|argument| matches!(argument, FnArg::Typed(_)));
    let returns_self = match &function.output {
        ReturnType::Type(_, returned) => matches!(&**returned, Type::Path(path) if path.path.is_ident("Self")),
        ReturnType::Default => false,
    };
    is_value && takes_values && returns_self
}

fn names_in(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names_in(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names_in(tree, names)),
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
    let interface = uniffi_dart_generator::interface(OURS, &library()).unwrap();
    let object = interface.get_object_definition("AiPass").unwrap();
    let constructors = object.constructors();
    assert!(constructors.len() >= 2, "{constructors:?}");
    for argument in constructors.iter().flat_map(|constructor| constructor.arguments()) {
        assert!(!argument.name().to_lowercase().contains("secret"), "{argument:?}");
    }
}
