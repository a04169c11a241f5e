//! A client registers itself ([RFC 7591](https://www.rfc-editor.org/rfc/rfc7591)), and reads, changes or removes its
//! registration ([RFC 7592](https://www.rfc-editor.org/rfc/rfc7592)): the metadata, the requests, the responses.

mod response;

use super::redirect_uri::RedirectUri;
use crate::error::{Error, Result};
use crate::json_body::json_body;
use crate::secret::{self, Secret};
use bytes::Bytes;
use http::{Method, Request, header};
use serde::Serialize;
use std::time::SystemTime;
use url::Url;

pub(crate) use response::{read, refusal};

/// The largest registration that is sent.
const MAX_REQUEST: usize = 64 * 1024;
/// The members of a response that are about the registration, and not the client's metadata (RFC 7591 3.2.1, RFC 7592 3).
const OF_REGISTRATION: [&str; 6] = [
    "client_id",
    "client_secret",
    "client_id_issued_at",
    "client_secret_expires_at",
    "registration_access_token",
    "registration_client_uri",
];

/// What a client says of itself when it registers (RFC 7591 2). What is `None` or empty is left to the provider, which
/// may change everything else too: read the registration that it returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClientMetadata {
    /// The redirect URIs that callbacks may go to, compared byte for byte. At least one, unless `grant_types` names
    /// only grants without a callback.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub redirect_uris: Vec<String>,
    /// The app's name, as the consent page shows it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub client_name: Option<String>,
    /// The address of a page about the app.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub client_uri: Option<String>,
    /// The address of the app's logo.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub logo_uri: Option<String>,
    /// The scopes that it may ask the user for, one an item.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub scopes: Vec<String>,
    /// How it gets tokens, such as `authorization_code` and `refresh_token`. Empty means `authorization_code` alone.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub grant_types: Vec<String>,
    /// What it asks the authorization endpoint for. Empty means `code`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_types: Vec<String>,
    /// How it names itself to the token endpoint: `none` for an app, which can keep no secret. `None` means
    /// `client_secret_basic`: the provider then gives it a secret.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub token_endpoint_auth_method: Option<String>,
    /// `native` for an app on a phone or a desktop, `web` for a page (OpenID Connect Dynamic Client Registration 2). Many
    /// providers take a custom scheme or a loopback redirect URI from `native` only. `None` means `web`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub application_type: Option<String>,
    /// Whom to write to about the app, such as e-mail addresses.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub contacts: Vec<String>,
    /// The same text for every installation of this software.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub software_id: Option<String>,
    /// The version of this software.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub software_version: Option<String>,
    /// More metadata, as a JSON object, such as `{"policy_uri":"https://example.com/policy"}`. Its names must not be those
    /// of the fields above.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_json: Option<String>,
}

/// A client as the provider has registered it (RFC 7591 3.2.1). Keep it: the secrets in it may be told this once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RegisteredClient {
    /// The client id to sign in with.
    pub client_id: String,
    /// The client's secret, if it has one. It does not belong in an app.
    pub client_secret: Option<Secret>,
    /// When it was registered, if the provider says so.
    pub client_id_issued_at: Option<SystemTime>,
    /// When the secret expires; `None` if it does not, or if there is none.
    pub client_secret_expires_at: Option<SystemTime>,
    /// The token that reads, changes and removes the registration, if the provider offers that (RFC 7592).
    pub registration_access_token: Option<Secret>,
    /// Where the registration is read, changed and removed, if the provider offers that (RFC 7592).
    pub registration_client_uri: Option<Url>,
    /// What the provider registered. It may differ from what was asked for. What this library does not know is in its
    /// `extra_json`.
    pub metadata: ClientMetadata,
}

impl RegisteredClient {
    /// A registration that an app has stored, to read, change or remove it.
    pub fn stored(client_id: String, registration_access_token: Secret, registration_client_uri: Url) -> Self {
        Self {
            client_id,
            client_secret: None,
            client_id_issued_at: None,
            client_secret_expires_at: None,
            registration_access_token: Some(registration_access_token),
            registration_client_uri: Some(registration_client_uri),
            metadata: ClientMetadata::default(),
        }
    }
}

impl ClientMetadata {
    /// The metadata of an app on a phone or a desktop, which has no secret: `native`, `none`, and the grants
    /// `authorization_code` and `refresh_token` (RFC 8252).
    pub fn native_app(client_name: String, redirect_uris: Vec<String>) -> Self {
        Self {
            redirect_uris,
            client_name: Some(client_name),
            grant_types: vec!["authorization_code".to_owned(), "refresh_token".to_owned()],
            response_types: vec!["code".to_owned()],
            token_endpoint_auth_method: Some("none".to_owned()),
            application_type: Some("native".to_owned()),
            ..Self::default()
        }
    }

    /// Refuses what no provider can register.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the field.
    fn check(&self) -> Result<()> {
        let grants_code = |grant: &String| matches!(grant.as_str(), "authorization_code" | "implicit");
        if self.redirect_uris.is_empty() && (self.grant_types.is_empty() || self.grant_types.iter().any(grants_code)) {
            return Err(Error::invalid_input("redirect_uris", "a client needs one at least"));
        }
        for uri in &self.redirect_uris {
            RedirectUri::parse(uri).map_err(|error| match error {
                Error::InvalidInput { detail, .. } => Error::invalid_input("redirect_uris", detail),
                error => error,
            })?;
        }
        for (name, uri) in [("client_uri", &self.client_uri), ("logo_uri", &self.logo_uri)] {
            let is_web = |uri: &String| Url::parse(uri).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
            if uri.as_ref().is_some_and(|uri| !is_web(uri)) {
                return Err(Error::invalid_input(name, "it must begin with https://"));
            }
        }
        let is_word = |word: &String| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
        let method: Vec<String> =
            self.token_endpoint_auth_method.iter().chain(&self.application_type).cloned().collect();
        for (name, words) in
            [("scopes", &self.scopes), ("grant_types", &self.grant_types), ("token_endpoint_auth_method", &method)]
        {
            if let Some(word) = words.iter().find(|word| !is_word(word)) {
                return Err(Error::invalid_input(name, format!("{word:?} is not one word: pass each as its own item")));
            }
        }
        Ok(())
    }

    /// The metadata as JSON. `client_id` is named where a registration is changed (RFC 7592 2.2).
    fn to_json(&self, client_id: Option<&str>) -> Result<Bytes> {
        #[derive(Serialize)]
        struct Body<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            client_id: Option<&'a str>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            redirect_uris: &'a [String],
            #[serde(skip_serializing_if = "Option::is_none")]
            client_name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            client_uri: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            logo_uri: Option<&'a str>,
            #[serde(skip_serializing_if = "String::is_empty")]
            scope: String,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            grant_types: &'a [String],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            response_types: &'a [String],
            #[serde(skip_serializing_if = "Option::is_none")]
            token_endpoint_auth_method: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            application_type: Option<&'a str>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            contacts: &'a [String],
            #[serde(skip_serializing_if = "Option::is_none")]
            software_id: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            software_version: Option<&'a str>,
        }
        self.check()?;
        refuse_own_names(self.extra_json.as_deref())?;
        let body = Body {
            client_id,
            redirect_uris: &self.redirect_uris,
            client_name: self.client_name.as_deref(),
            client_uri: self.client_uri.as_deref(),
            logo_uri: self.logo_uri.as_deref(),
            scope: self.scopes.join(" "),
            grant_types: &self.grant_types,
            response_types: &self.response_types,
            token_endpoint_auth_method: self.token_endpoint_auth_method.as_deref(),
            application_type: self.application_type.as_deref(),
            contacts: &self.contacts,
            software_id: self.software_id.as_deref(),
            software_version: self.software_version.as_deref(),
        };
        let json = json_body(&body, self.extra_json.as_deref())?;
        if json.len() > MAX_REQUEST {
            return Err(Error::invalid_input("metadata", "it has more than 64 KB"));
        }
        Ok(json)
    }
}

/// What the registration itself is about cannot be asked for (RFC 7592 2.2).
fn refuse_own_names(extra_json: Option<&str>) -> Result<()> {
    let Some(object) = extra_json.and_then(crate::json::Object::at_start) else { return Ok(()) };
    match OF_REGISTRATION.iter().find(|name| object.get(name).is_some()) {
        Some(name) => Err(Error::invalid_input("extra_json", format!("it sets {name:?}, which the provider gives"))),
        None => Ok(()),
    }
}

/// Asks for a registration ([RFC 7591 3.1](https://www.rfc-editor.org/rfc/rfc7591#section-3.1)).
pub(crate) fn register(
    endpoint: &Url,
    metadata: &ClientMetadata,
    initial_access_token: Option<&Secret>,
) -> Result<Request<Bytes>> {
    request(Method::POST, endpoint, metadata.to_json(None)?, ("initial_access_token", initial_access_token))
}

/// Asks for what is registered ([RFC 7592 2.1](https://www.rfc-editor.org/rfc/rfc7592#section-2.1)), or to remove it
/// ([RFC 7592 2.3](https://www.rfc-editor.org/rfc/rfc7592#section-2.3)).
pub(crate) fn manage(method: Method, uri: &Url, token: &Secret) -> Result<Request<Bytes>> {
    request(method, uri, Bytes::new(), ("registration_access_token", Some(token)))
}

/// Replaces what is registered ([RFC 7592 2.2](https://www.rfc-editor.org/rfc/rfc7592#section-2.2)).
pub(crate) fn update(uri: &Url, token: &Secret, client_id: &str, metadata: &ClientMetadata) -> Result<Request<Bytes>> {
    request(Method::PUT, uri, metadata.to_json(Some(client_id))?, ("registration_access_token", Some(token)))
}

fn request(method: Method, url: &Url, body: Bytes, token: (&str, Option<&Secret>)) -> Result<Request<Bytes>> {
    let mut request = Request::builder().method(method).uri(url.as_str()).header(header::ACCEPT, "application/json");
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    if let (name, Some(token)) = token {
        let bearer = secret::authorization("Bearer", token.expose());
        let bearer = bearer.map_err(|_| Error::invalid_input(name, "it cannot stand in a header"))?;
        request = request.header(header::AUTHORIZATION, bearer);
    }
    request.body(body).map_err(|_| Error::internal("a request cannot be built"))
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
