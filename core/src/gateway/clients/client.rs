//! An OAuth client as it is asked for, and as the provider has it.

use crate::secret::Secret;
use rust_decimal::Decimal;
use std::time::Duration;

/// The settings of an OAuth client. A setting that is `None` or empty stays as it is; for a new client the provider
/// decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClientSettings {
    /// The app's name, as the consent page shows it. Required for a new client.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub name: Option<String>,
    /// The redirect URIs that callbacks may go to, compared byte for byte. A new client needs at least one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub redirect_uris: Vec<String>,
    /// The scopes that it may ask the user for, such as `api:access`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub scopes: Vec<String>,
    /// Whether it can keep a secret. It cannot be changed later. `None` leaves it to the provider, which creates a
    /// public client.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub client_type: Option<ClientType>,
    /// Whether the user is asked at every sign-in.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub require_consent: Option<bool>,
    /// The lifetime of its access tokens, in whole seconds.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub access_token_ttl: Option<Duration>,
    /// The lifetime of its refresh tokens, in whole seconds.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub refresh_token_ttl: Option<Duration>,
}

/// Whether an OAuth client can keep a secret (RFC 6749, 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ClientType {
    /// It cannot: every app on a phone or a desktop, and every page. It signs in with PKCE alone.
    Public,
    /// It can: a program on a server. It gets a secret, which is shown once: when it is created.
    Confidential,
}

/// A registered OAuth client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OAuthClient {
    /// Its id in calls about clients.
    pub id: String,
    /// The `client_id` that the app signs in with.
    pub client_id: String,
    /// The secret of a confidential client, shown once: when it is created. It does not belong in an app.
    pub client_secret: Option<Secret>,
    /// The app's name.
    pub name: String,
    /// Public or confidential, in the provider's words.
    pub client_type: Option<String>,
    /// The redirect URIs that callbacks may go to.
    pub redirect_uris: Vec<String>,
    /// The scopes that it may ask the user for.
    pub scopes: Vec<String>,
    /// Whether users can sign in with it.
    pub is_active: bool,
    /// When it was created, as the provider writes it.
    pub created_at: Option<String>,
    /// When it was last changed, as the provider writes it.
    pub updated_at: Option<String>,
}

/// What an OAuth client has used. Exact decimals, in the wallet's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClientUsage {
    /// How many calls were made, if the provider says so.
    pub requests: Option<u64>,
    /// What they cost, if the provider says so.
    pub cost: Option<Decimal>,
}
