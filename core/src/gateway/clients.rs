//! The apps that the signed-in user has registered with AI Pass: OAuth clients, for dashboards and for set-up programs.

use super::{JSON, endpoint, envelope, lenient};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::http::payload::Payload;
use crate::secret::Secret;
use bytes::Bytes;
use http::Method;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

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
        self.run(|ai| async move {
            let body = ai.get_json(ai.clients_url(&[])?).await?;
            let described: Vec<Described> = envelope::open(&body, "list of clients")?;
            Ok(described.into_iter().map(OAuthClient::from).collect())
        })
        .await
    }

    /// The OAuth client with this [`OAuthClient::id`].
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of [`clients`](Self::clients).
    pub async fn client(&self, id: String) -> Result<OAuthClient> {
        self.run(|ai| async move { read_client(&ai.get_json(ai.clients_url(&[&id])?).await?) }).await
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
        self.run(|ai| async move { read_usage(&ai.get_json(ai.clients_url(&[&client_id, "usage"])?).await?) }).await
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
        Ok(self.ask(ApiRequest { method, url, payload, accept: JSON, only_once: true }).await?.body)
    }
}

fn encode(settings: &ClientSettings) -> Result<Bytes> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        client_name: Option<&'a str>,
        /// The seed's form, for the one URI that most have.
        #[serde(skip_serializing_if = "Option::is_none")]
        redirect_uri: Option<&'a str>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        redirect_uris: &'a [String],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        requested_scopes: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        require_consent: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        access_token_ttl_seconds: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refresh_token_ttl_seconds: Option<u64>,
    }
    for (name, ttl) in
        [("access_token_ttl", settings.access_token_ttl), ("refresh_token_ttl", settings.refresh_token_ttl)]
    {
        if ttl.is_some_and(|ttl| ttl.as_secs() == 0) {
            return Err(Error::invalid_input(name, "it is shorter than a second"));
        }
    }
    let (redirect_uri, redirect_uris) = match settings.redirect_uris.as_slice() {
        [only] => (Some(only.as_str()), [].as_slice()),
        several => (None, several),
    };
    let body = Body {
        client_name: settings.name.as_deref(),
        redirect_uri,
        redirect_uris,
        requested_scopes: &settings.scopes,
        require_consent: settings.require_consent,
        access_token_ttl_seconds: settings.access_token_ttl.map(|ttl| ttl.as_secs()),
        refresh_token_ttl_seconds: settings.refresh_token_ttl.map(|ttl| ttl.as_secs()),
    };
    super::json_body::json_body(&body, None)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
    client_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    client_secret: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_type: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    redirect_uris: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::text")]
    redirect_uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    scopes: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::optional")]
    is_active: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    created_at: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    updated_at: Option<String>,
}

impl From<Described> for OAuthClient {
    fn from(described: Described) -> Self {
        Self {
            // A server that has no other name for it takes its client id.
            id: described.id.unwrap_or_else(|| described.client_id.clone()),
            client_id: described.client_id,
            client_secret: described.client_secret.filter(|secret| !secret.is_empty()).map(Secret::new),
            name: described.client_name.unwrap_or_default(),
            client_type: described.client_type,
            redirect_uris: described
                .redirect_uris
                .filter(|uris| !uris.is_empty())
                .unwrap_or_else(|| described.redirect_uri.into_iter().collect()),
            scopes: described.scopes.unwrap_or_default(),
            is_active: described.is_active.unwrap_or(true),
            created_at: described.created_at,
            updated_at: described.updated_at,
        }
    }
}

fn read_client(body: &[u8]) -> Result<OAuthClient> {
    Ok(envelope::open::<Described>(body, "client")?.into())
}

fn read_usage(body: &[u8]) -> Result<ClientUsage> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Used {
        #[serde(default, alias = "requests", deserialize_with = "lenient::count")]
        total_requests: Option<u64>,
        #[serde(default, alias = "cost", deserialize_with = "lenient::decimal")]
        total_cost: Option<Decimal>,
    }
    let used: Used = envelope::open(body, "usage")?;
    Ok(ClientUsage { requests: used.total_requests, cost: used.total_cost })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn sent(settings: &ClientSettings) -> Value {
        serde_json::from_slice(&encode(settings).unwrap()).unwrap()
    }

    // wire: clients
    #[test]
    fn one_redirect_uri_is_sent_as_the_provider_documents_and_several_as_a_list() {
        let one = ClientSettings {
            name: Some("Receipts".into()),
            redirect_uris: vec!["myapp://auth/callback".into()],
            scopes: vec!["api:access".into()],
            require_consent: Some(true),
            access_token_ttl: Some(Duration::from_secs(3600)),
            ..ClientSettings::default()
        };
        let expected = json!({
            "clientName": "Receipts", "redirectUri": "myapp://auth/callback", "requestedScopes": ["api:access"],
            "requireConsent": true, "accessTokenTtlSeconds": 3600,
        });
        assert_eq!(sent(&one), expected);
        let several =
            ClientSettings { redirect_uris: vec!["a://b".into(), "c://d".into()], ..ClientSettings::default() };
        assert_eq!(sent(&several), json!({"redirectUris": ["a://b", "c://d"]}));
    }

    // wire: clients; S1
    #[test]
    fn a_new_client_is_read_and_its_secret_does_not_show() {
        let body = br#"{"success":true,"data":{"id":7,"clientId":"client_9","clientSecret":"canary","clientName":"Receipts",
            "clientType":"CONFIDENTIAL","redirectUris":["a://b"],"scopes":["api:access"],"requirePkce":true,"isActive":true,
            "createdAt":"2026-01-31T10:00:00Z","updatedAt":null}}"#;
        let client = read_client(body).unwrap();
        assert_eq!(
            (client.id.as_str(), client.client_id.as_str(), client.name.as_str()),
            ("7", "client_9", "Receipts")
        );
        assert_eq!(client.client_secret.as_ref().unwrap().expose(), "canary");
        assert!(!format!("{client:?}").contains("canary"));
        assert_eq!(client.redirect_uris, ["a://b"]);
        assert_eq!(
            read_client(br#"{"data":{"clientId":"c","redirectUri":"a://b"}}"#).unwrap().redirect_uris,
            ["a://b"]
        );
    }

    // P7
    #[test]
    fn usage_is_exact() {
        let usage =
            read_usage(br#"{"success":true,"data":{"clientId":"c","totalRequests":"3","totalCost":0.10}}"#).unwrap();
        assert_eq!((usage.requests, usage.cost.unwrap().to_string()), (Some(3), "0.10".to_owned()));
    }

    #[test]
    fn what_is_no_client_is_a_typed_error() {
        for body in ["", "{}", r#"{"data":null}"#, r#"{"data":{}}"#] {
            assert_eq!(read_client(body.as_bytes()).unwrap_err().code(), "provider_unreadable_answer", "{body}");
        }
        assert!(read_client(br#"{"success":false,"message":"no"}"#).is_err());
    }

    // P8
    #[test]
    fn a_lifetime_of_nothing_is_refused() {
        let settings =
            ClientSettings { access_token_ttl: Some(Duration::from_millis(10)), ..ClientSettings::default() };
        assert!(encode(&settings).is_err());
    }
}
