//! Calls of UniFFI's futures, driven as Dart does it. The futures are real; the tests play the part of Dart's VM.

#![allow(unsafe_code, reason = "it stands in for Dart's VM")]
#![allow(missing_docs, reason = "what it exports is for itself")]

mod calls;
mod export;
mod isolates;
mod support;

uniffi::setup_scaffolding!();
