//! The clients that the tools may sign in with: the one of the command line, and those that a tool has registered.

use super::tool_error::ToolError;
use crate::oauth_server;
use aipass::{AiPassBuilder, ClientAuthentication, Provider, RegisteredClient, Secret};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many registered clients are known. More is no use of a person's.
const MAX_CLIENTS: usize = 64;

#[derive(Clone)]
pub struct Client {
    pub id: String,
    secret: Option<Secret>,
    pub redirect_uri: Option<String>,
    /// Where its secret goes, if the provider said so when it was registered.
    authentication: Option<ClientAuthentication>,
}

pub struct Clients {
    /// The one that is meant where none is named.
    usual: Option<Client>,
    registered: Mutex<HashMap<String, Client>>,
}

impl Clients {
    pub fn new(id: Option<String>, secret: Option<Secret>, redirect_uri: Option<String>) -> Self {
        let usual = id.map(|id| Client { id, secret, redirect_uri, authentication: None });
        Self { usual, registered: Mutex::default() }
    }

    /// Whether another client can be registered.
    pub fn check_room(&self) -> Result<(), ToolError> {
        match self.registered().len() < MAX_CLIENTS {
            true => Ok(()),
            false => Err(ToolError::new("too_many", "64 clients are registered already: start the program again.")),
        }
    }

    pub fn add(&self, registered: &RegisteredClient) {
        let client = Client {
            id: registered.client_id.clone(),
            secret: registered.client_secret.clone(),
            redirect_uri: registered.metadata.redirect_uris.first().cloned(),
            authentication: match registered.metadata.token_endpoint_auth_method.as_deref() {
                Some("client_secret_basic") => Some(ClientAuthentication::Basic),
                Some("client_secret_post") => Some(ClientAuthentication::Post),
                _ => None,
            },
        };
        self.registered().insert(client.id.clone(), client);
    }

    /// The client of this id; one that is not known is public. Without an id, the usual one.
    pub fn named(&self, id: Option<String>) -> Result<Client, ToolError> {
        match (id, &self.usual) {
            (None, Some(usual)) => Ok(usual.clone()),
            (None, None) => {
                let why = "it is missing: name a client, register one with oauth2_register_client, or start the program \
                           with --client-id";
                Err(ToolError::argument("client_id", why))
            }
            (Some(id), Some(usual)) if usual.id == id => Ok(usual.clone()),
            (Some(id), _) => {
                let known = self.registered().get(&id).cloned();
                Ok(known.unwrap_or(Client { id, secret: None, redirect_uri: None, authentication: None }))
            }
        }
    }

    fn registered(&self) -> MutexGuard<'_, HashMap<String, Client>> {
        self.registered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    /// A client of the library's, whose session lives in memory.
    pub fn builder(&self, provider: &Provider, redirect_uri: &str) -> AiPassBuilder {
        oauth_server::client(self.at(provider), &self.id, self.secret.clone(), redirect_uri)
    }

    /// The provider as it takes this client's secret.
    fn at(&self, provider: &Provider) -> Provider {
        let mut provider = provider.clone();
        if let Some(registered) = self.authentication {
            provider.client_authentication = registered;
        }
        provider
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registration_decides_where_a_secret_goes() {
        let uri: url::Url = "https://id.example/register/1".parse().unwrap();
        for discovered in [ClientAuthentication::Basic, ClientAuthentication::Post] {
            let mut provider =
                Provider::custom("https://id.example", "https://id.example/a", "https://id.example/t").unwrap();
            provider.client_authentication = discovered;
            for (method, expected) in [
                (Some("client_secret_basic"), ClientAuthentication::Basic),
                (Some("client_secret_post"), ClientAuthentication::Post),
                (Some("private_key_jwt"), discovered),
                (None, discovered),
            ] {
                let mut registered = RegisteredClient::stored("1".to_owned(), Secret::new("token"), uri.clone());
                registered.metadata.token_endpoint_auth_method = method.map(str::to_owned);
                let clients = Clients::new(None, None, None);
                clients.add(&registered);
                let client = clients.named(Some("1".to_owned())).ok().unwrap();
                assert_eq!(client.at(&provider).client_authentication, expected, "{method:?} at {discovered:?}");
            }
        }
    }
}
