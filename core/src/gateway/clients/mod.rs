//! The apps that the signed-in user has registered with AI Pass: OAuth clients, for dashboards and for set-up programs.

mod client;
mod wire;

pub use client::{ClientSettings, ClientType, ClientUsage, OAuthClient};

use super::envelope;
use super::exchange::{JSON, endpoint};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use http::{HeaderMap, Method};
use url::Url;
use wire::{encode, read_client, read_clients, read_usage};

/// The largest response about clients that is read (P4, S8): a thousand of them. Its members are read one by one.
const MAX_RESPONSE: usize = 2 * 1024 * 1024;

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

    /// Changes an OAuth client: the settings that `settings` has. All others stay as they are.
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

    /// Deletes an OAuth client and ends its sessions. This cannot be undone.
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub async fn delete_client(&self, id: String) -> Result<()> {
        self.run(|ai| async move { ai.change_clients(Method::DELETE, &[&id], None).await.map(drop) }).await
    }

    /// Ends an OAuth client's sessions, and blocks sign-ins with it.
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
        let request =
            ApiRequest { method, url, payload, accept: JSON, headers: HeaderMap::new(), only_once: true, sent: None };
        let answer = self.ask_up_to(MAX_RESPONSE, request).await?;
        // What is only done, and answers nothing of worth, can be refused with a status of success all the same.
        answer.read(|body, request_id| envelope::data(body, request_id).map(drop))?;
        Ok(answer.body)
    }

    async fn get_clients(&self, path: &[&str]) -> Result<Vec<u8>> {
        Ok(self.ask_up_to(MAX_RESPONSE, ApiRequest::get(self.clients_url(path)?, JSON)).await?.body)
    }
}
