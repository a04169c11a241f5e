//! What tests of several crates share: how to sign in with npm's oidc-provider. Nothing here ships.

pub mod oidc_provider;
