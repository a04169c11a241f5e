//! Whatever the library exports, Dart has, or the list below says why not.

use crate::{library, root};
use aipass_bindings::{OURS, left_out_of_dart};
use std::collections::BTreeSet;

/// What Dart has not got, each with its reason.
const LEFT_OUT: [(&str, &str); 9] = [
    ("SessionStore", "Dart implements no trait of Rust's; AiPass.open keeps sessions in the sealed file store"),
    ("ServerTrust", "Dart implements no trait of Rust's"),
    ("MemoryStore", "a store that nothing in Dart takes"),
    ("SealedFileStore", "a store that nothing in Dart takes; AiPass.open makes its own"),
    ("StoredSession", "only stores know it"),
    ("StoreError", "only stores throw it"),
    ("ServerTrustError", "only a ServerTrust throws it"),
    ("AiPass.new.store", "its default, the memory, is what an AiPass that is not opened is for"),
    ("AiPass.new.server_trust", "its default is the platform's"),
];

#[test]
fn what_dart_has_not_got_is_listed_with_a_reason() {
    let left_out = left_out_of_dart(OURS, &library(), &root().join("uniffi.toml")).unwrap();
    let listed: BTreeSet<_> = LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(left_out, listed);
}
