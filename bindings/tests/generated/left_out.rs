//! Dart has whatever the library exports, or the list below says why not.

use crate::{library, root};
use aipass_bindings::OURS;
use std::collections::BTreeSet;
use uniffi_dart_generator::left_out;

/// What is not in Dart, each with its reason.
const LEFT_OUT: [(&str, &str); 11] = [
    ("SessionStore", "Dart cannot implement a Rust trait; AiPass.open keeps sessions in the sealed file store"),
    ("ServerTrust", "Dart cannot implement a Rust trait"),
    ("MemoryStore", "a store, which Dart cannot pass"),
    ("SealedFileStore", "a store, which Dart cannot pass; AiPass.open makes its own"),
    ("StoredSession", "only stores use it"),
    ("StoreError", "only stores throw it"),
    ("ServerTrustError", "only a ServerTrust throws it"),
    ("AiPass.new.store", "its default is in memory; AiPass.open is for another"),
    ("AiPass.new.server_trust", "its default is the platform's"),
    ("ClientRegistration.new.server_trust", "its default is the platform's"),
    ("discover_provider.server_trust", "its default is the platform's"),
];

#[test]
fn what_is_not_in_dart_is_listed_with_a_reason() {
    let left_out = left_out(OURS, &library(), &root().join("uniffi.toml")).unwrap();
    let listed: BTreeSet<_> = LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(left_out, listed);
}
