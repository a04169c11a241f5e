//! The scopes that AI Pass grants.

/// Scope that lets an app call the model API and read the balance.
pub(crate) const API_ACCESS: &str = "api:access";
/// Scope that lets an app read the user's name and email address.
pub(crate) const PROFILE_READ: &str = "profile:read";
