//! What tests of several crates and languages share.
//!
//! [`receipts`] makes photos of receipts with the truth beside them, so that reading one is tested on photos that nobody
//! has seen before; [`truth`] makes receipts of many countries and what models say about them. [`oidc_provider`] says how to sign in with npm's oidc-provider. Nothing here ships.

pub mod oidc_provider;
pub mod receipts;
pub mod tesseract;
pub mod truth;
