//! The library against identity providers that no one here wrote: npm's oidc-provider, Keycloak and others. `docs/providers.md`
//! has the table.
//!
//! Ignored by default, because they are not cargo's to bring: `scripts/test providers` installs them.

mod browser;
mod code_flow;
mod device;
mod discovery;
mod dpop;
mod forged;
mod keycloak;
mod mcp;
mod oidc_provider_mock;
mod openid;
mod pushed;
mod registration;
mod resources;
mod reuse;
mod server;
mod user_agent;
