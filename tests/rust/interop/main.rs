//! The library against servers that no one here wrote.
//!
//! Ignored by default, because they are not cargo's to bring: `scripts/test interop` starts them.

mod litellm;
