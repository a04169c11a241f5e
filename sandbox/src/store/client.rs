//! An app that may sign in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wire::scopes::{API_ACCESS, PROFILE_READ};

/// The client id of the `aipass` program, which every sandbox has registered.
pub const COMMAND_LINE_CLIENT: &str = "aipass_cli";
/// The port of its redirect URI, `http://127.0.0.1:8252/callback`: the number of the RFC for native apps.
pub const COMMAND_LINE_PORT: u16 = 8252;

/// A registered OAuth client: an app that may ask the user to sign in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// `client_id`, as the app sends it.
    pub id: String,
    /// The app's name, as the consent page shows it.
    pub name: String,
    /// Redirect URIs, compared byte for byte: path, case, port and trailing slash count.
    pub redirect_uris: Vec<String>,
    /// Scopes the app may ask for, such as `api:access`.
    pub scopes: Vec<String>,
    /// The secret of a confidential client; `None` for a public one, such as any app on a phone.
    pub secret: Option<String>,
}

impl Client {
    /// A public client with one redirect URI that may ask for `api:access` and `profile:read`.
    pub fn public(id: impl Into<String>, name: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            redirect_uris: vec![redirect_uri.into()],
            scopes: vec![API_ACCESS.to_owned(), PROFILE_READ.to_owned()],
            secret: None,
        }
    }

    /// A client that every sandbox has registered: `client_123`, "Receipts", `myapp://auth/callback`.
    pub(crate) fn receipts() -> Self {
        Self::public("client_123", "Receipts", "myapp://auth/callback")
    }

    /// The `aipass` program, which every sandbox has registered.
    pub(crate) fn command_line() -> Self {
        let redirect_uri = format!("http://127.0.0.1:{COMMAND_LINE_PORT}/callback");
        Self::public(COMMAND_LINE_CLIENT, "The aipass program", redirect_uri)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("redirect_uris", &self.redirect_uris)
            .field("scopes", &self.scopes)
            .field("secret", &self.secret.as_ref().map(|_| "…"))
            .finish()
    }
}
