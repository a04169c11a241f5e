//! What a registration may contain, and a client as JSON.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::loopback::is_loopback;
use crate::store::registry::Registered;
use crate::wire::errors::RequestError;
use crate::wire::scopes::{API_ACCESS, PROFILE_READ};

/// More than any app has.
const MAX_REDIRECT_URIS: usize = 20;
const MAX_NAME: usize = 100;

/// wire: `{clientName, redirectUri or redirectUris[], requestedScopes[], requireConsent?, …}`. In an update, a missing member
/// changes nothing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientRequest {
    client_name: Option<String>,
    redirect_uri: Option<String>,
    redirect_uris: Option<Vec<String>>,
    requested_scopes: Option<Vec<String>>,
    /// `PUBLIC`, the default, or `CONFIDENTIAL`, which gets a secret.
    pub(super) client_type: Option<String>,
    require_consent: Option<bool>,
    access_token_ttl_seconds: Option<u64>,
    refresh_token_ttl_seconds: Option<u64>,
    is_active: Option<bool>,
}

impl ClientRequest {
    pub(super) fn read(body: &[u8]) -> Result<Self, RequestError> {
        serde_json::from_slice(body).map_err(|error| invalid(format!("The registration cannot be read: {error}.")))
    }

    /// Changes `registered` as requested.
    pub(super) fn apply(self, registered: &mut Registered, now: DateTime<Utc>) -> Result<(), RequestError> {
        let client = &mut registered.client;
        if let Some(name) = self.client_name {
            let name = name.trim();
            if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
                return Err(invalid(format!("clientName must have 1 to {MAX_NAME} characters.")));
            }
            client.name = name.to_owned();
        }
        if let Some(uris) = self.redirect_uris.or_else(|| self.redirect_uri.map(|uri| vec![uri])) {
            if uris.is_empty() || uris.len() > MAX_REDIRECT_URIS {
                return Err(invalid(format!("Register 1 to {MAX_REDIRECT_URIS} redirect URIs.")));
            }
            uris.iter().try_for_each(|uri| check_redirect_uri(uri))?;
            client.redirect_uris = uris;
        }
        if let Some(scopes) = self.requested_scopes {
            if scopes.is_empty() || !scopes.iter().all(|scope| [API_ACCESS, PROFILE_READ].contains(&scope.as_str())) {
                return Err(invalid(format!("requestedScopes may hold {API_ACCESS} and {PROFILE_READ}.")));
            }
            client.scopes = scopes;
        }
        if client.name.is_empty() || client.redirect_uris.is_empty() {
            return Err(invalid("clientName and redirectUri (or redirectUris) are required."));
        }
        for ttl in [self.access_token_ttl_seconds, self.refresh_token_ttl_seconds].into_iter().flatten() {
            if ttl == 0 {
                return Err(invalid("A token must live for at least a second."));
            }
        }
        registered.require_consent = self.require_consent.unwrap_or(registered.require_consent);
        registered.access_token_ttl_seconds = self.access_token_ttl_seconds.or(registered.access_token_ttl_seconds);
        registered.refresh_token_ttl_seconds = self.refresh_token_ttl_seconds.or(registered.refresh_token_ttl_seconds);
        registered.active = self.is_active.unwrap_or(registered.active);
        registered.updated = now;
        Ok(())
    }
}

/// RFC 6749 §3.1.2: absolute, without a fragment. RFC 8252: plain http leads back to this machine only.
fn check_redirect_uri(uri: &str) -> Result<(), RequestError> {
    let invalid_uri = |why: &str| Err(invalid(format!("The redirect URI {uri:?} cannot be registered: {why}.")));
    let Ok(url) = Url::parse(uri) else { return invalid_uri("it is no absolute URI") };
    if uri.contains('#') {
        return invalid_uri("it has a fragment");
    }
    match url.scheme() {
        "http" if !is_loopback(&url) => invalid_uri("plain http is for loopback only"),
        "javascript" | "data" | "file" | "about" | "blob" => invalid_uri("its scheme leads to no app"),
        _ => Ok(()),
    }
}

/// A client as the account API returns it; with its `secret` only when it was just registered.
pub(super) fn client_json(registered: &Registered, secret: Option<&str>) -> Value {
    let Registered { client, .. } = registered;
    json!({
        "id": registered.id,
        "clientId": client.id,
        "clientSecret": secret,
        "clientName": client.name,
        "clientType": if client.secret.is_some() { "CONFIDENTIAL" } else { "PUBLIC" },
        "redirectUris": client.redirect_uris,
        "scopes": client.scopes,
        "requirePkce": true,
        "requireConsent": registered.require_consent,
        "accessTokenTtlSeconds": registered.access_token_ttl_seconds,
        "refreshTokenTtlSeconds": registered.refresh_token_ttl_seconds,
        "isActive": registered.active,
        "createdAt": registered.created.to_rfc3339_opts(SecondsFormat::Secs, true),
        "updatedAt": registered.updated.to_rfc3339_opts(SecondsFormat::Secs, true),
    })
}

pub(super) fn invalid(text: impl Into<String>) -> RequestError {
    RequestError::bad_request("invalid_request", text)
}
