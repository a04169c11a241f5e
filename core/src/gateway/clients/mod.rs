//! The apps that the signed-in user has registered with AI Pass: OAuth clients, for dashboards and for set-up programs.

mod wire;

use super::envelope;
use super::exchange::{JSON, endpoint};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use crate::secret::Secret;
use http::Method;
use rust_decimal::Decimal;
use std::time::Duration;
use url::Url;
use wire::{encode, read_client, read_clients, read_usage};

/// The largest answer about clients that is read (P4, S8): a thousand of them. Its members are read one by one.
const MAX_ANSWER: usize = 2 * 1024 * 1024;

/// What an OAuth client is to be. What is `None` or empty stays as it is, or as the provider has it for new ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClientSettings {
    /// The app's name, as the consent page shows it. Needed for a new one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub name: Option<String>,
    /// Where callbacks may go, compared byte for byte. A new one needs at least one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub redirect_uris: Vec<String>,
    /// What it may ask the user for, such as `api:access`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub scopes: Vec<String>,
    /// Whether it can keep a secret. `None` leaves it to the provider, which makes public ones. It cannot be changed later.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub client_type: Option<ClientType>,
    /// Whether the user is asked at every sign-in.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub require_consent: Option<bool>,
    /// How long its access tokens live.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub access_token_ttl: Option<Duration>,
    /// How long its refresh tokens live.
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
    /// It can: a program on a server. It is told a secret, once, when it is made.
    Confidential,
}

/// A registered OAuth client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OAuthClient {
    /// Names it in calls about clients.
    pub id: String,
    /// The `client_id` that the app signs in with.
    pub client_id: String,
    /// The secret of a confidential client, told once: when it is made. It does not belong into an app.
    pub client_secret: Option<Secret>,
    /// The app's name.
    pub name: String,
    /// Public or confidential, in the provider's words.
    pub client_type: Option<String>,
    /// Where callbacks may go.
    pub redirect_uris: Vec<String>,
    /// What it may ask the user for.
    pub scopes: Vec<String>,
    /// Whether somebody can sign in with it.
    pub is_active: bool,
    /// When it was made, as the provider writes it.
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

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Registers an OAuth client.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `name`, `redirect_uris` or a lifetime before anything is sent; [`Error::Unsupported`]
    /// with a provider other than AI Pass; those of every call.
    pub async fn create_client(&self, settings: ClientSettings) -> Result<OAuthClient> {
        self.run(|ai| async move {
            if settings.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
                return Err(Error::invalid_input(
                    "name",
                    "a client needs one: the user reads it when asked for consent",
                ));
            }
            if settings.redirect_uris.is_empty() {
                return Err(Error::invalid_input("redirect_uris", "a client needs one at least"));
            }
            let body = ai.change_clients(Method::POST, &[], Some(&settings)).await?;
            read_client(&body)
        })
        .await
    }

    /// All OAuth clients of the signed-in user.
    ///
    /// # Errors
    /// [`Error::Unsupported`] with a provider other than AI Pass; those of every call.
    pub async fn clients(&self) -> Result<Vec<OAuthClient>> {
        self.run(|ai| async move { read_clients(&ai.get_clients(&[]).await?) }).await
    }

    /// The OAuth client with this [`OAuthClient::id`].
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of [`clients`](Self::clients).
    pub async fn client(&self, id: String) -> Result<OAuthClient> {
        self.run(|ai| async move { read_client(&ai.get_clients(&[&id]).await?) }).await
    }

    /// Changes what `settings` name of an OAuth client.
    ///
    /// # Errors
    /// As [`client`](Self::client), and [`Error::InvalidInput`] naming a lifetime.
    pub async fn update_client(&self, id: String, settings: ClientSettings) -> Result<OAuthClient> {
        self.run(|ai| async move {
            let body = ai.change_clients(Method::PUT, &[&id], Some(&settings)).await?;
            read_client(&body)
        })
        .await
    }

    /// Removes an OAuth client; its sessions end. This cannot be undone.
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub async fn delete_client(&self, id: String) -> Result<()> {
        self.run(|ai| async move { ai.change_clients(Method::DELETE, &[&id], None).await.map(drop) }).await
    }

    /// Ends an OAuth client's sessions, and lets nobody sign in with it any more.
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub async fn deactivate_client(&self, id: String) -> Result<()> {
        self.run(|ai| async move { ai.change_clients(Method::POST, &[&id, "deactivate"], None).await.map(drop) }).await
    }

    /// What an OAuth client has used; `client_id` is its [`OAuthClient::client_id`].
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub async fn client_usage(&self, client_id: String) -> Result<ClientUsage> {
        self.run(|ai| async move { read_usage(&ai.get_clients(&[&client_id, "usage"]).await?) }).await
    }
}

impl AiPass {
    fn clients_url(&self, segments: &[&str]) -> Result<Url> {
        if segments.first().is_some_and(|id| id.trim().is_empty()) {
            return Err(Error::invalid_input("id", "it is empty"));
        }
        let segments: Vec<&str> = ["oauth2", "clients"].iter().chain(segments).copied().collect();
        endpoint(self.provider().account_api.as_ref(), "client registration", &segments)
    }

    async fn change_clients(
        &self,
        method: Method,
        path: &[&str],
        settings: Option<&ClientSettings>,
    ) -> Result<Vec<u8>> {
        let payload = match settings {
            Some(settings) => encode(settings)?.into(),
            None => Payload::empty(),
        };
        let url = self.clients_url(path)?;
        let request = ApiRequest { method, url, payload, accept: JSON, only_once: true };
        let answer = self.ask_up_to(MAX_ANSWER, request).await?;
        // What is only done, and answers nothing of worth, can be refused with a status of success all the same.
        answer.read(|body, request_id| envelope::data(body, request_id).map(drop))?;
        Ok(answer.body)
    }

    async fn get_clients(&self, path: &[&str]) -> Result<Vec<u8>> {
        Ok(self.ask_up_to(MAX_ANSWER, ApiRequest::get(self.clients_url(path)?, JSON)).await?.body)
    }
}
