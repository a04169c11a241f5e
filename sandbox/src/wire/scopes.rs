//! The scopes that each dialect grants.

use crate::dialect::Dialect;

/// Scope that lets an app call the model API and read the balance.
pub(crate) const API_ACCESS: &str = "api:access";
/// Scope that lets an app read the user's name and email address.
pub(crate) const PROFILE_READ: &str = "profile:read";
/// Scope that makes a sign-in an OpenID sign-in: `userinfo` and, where the dialect has them, id_tokens.
pub(crate) const OPENID: &str = "openid";
/// Scope that adds the user's email address to `userinfo`.
pub(crate) const EMAIL: &str = "email";
/// Scope that adds the user's name to `userinfo`.
pub(crate) const PROFILE: &str = "profile";
/// Scope that lets an app call Phaseo's gateway.
pub(crate) const GATEWAY_ACCESS: &str = "gateway:access";

/// Every scope of the dialect.
pub(crate) fn all(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::AiPass => &[API_ACCESS, PROFILE_READ],
        Dialect::Phaseo => &[OPENID, EMAIL, PROFILE, GATEWAY_ACCESS],
        Dialect::OAuth => &[OPENID, EMAIL, PROFILE, "offline_access", API_ACCESS, PROFILE_READ],
    }
}

/// The scope that the model API needs.
pub(crate) fn model_api(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Phaseo { GATEWAY_ACCESS } else { API_ACCESS }
}
