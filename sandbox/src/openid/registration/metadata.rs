//! The metadata that a client registers: RFC 7591 §2.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::dialect::Dialect;
use crate::loopback::is_loopback;
use crate::openid::metadata::AUTH_METHODS;
use crate::openid::token::{AUTHORIZATION_CODE, CLIENT_CREDENTIALS, DEVICE_CODE, REFRESH_TOKEN, words};
use crate::random;
use crate::store::client::Client;
use crate::store::registration::Registration;
use crate::store::registry::Registered;
use crate::wire::errors::RequestError;
use crate::wire::scopes;

/// More than any app has.
const MAX_REDIRECT_URIS: usize = 20;
const MAX_NAME: usize = 100;
const GRANT_TYPES: [&str; 4] = [AUTHORIZATION_CODE, REFRESH_TOKEN, CLIENT_CREDENTIALS, DEVICE_CODE];
/// Members that the sandbox writes itself.
const OWN_MEMBERS: [&str; 5] = [
    "registration_access_token",
    "registration_client_uri",
    "client_id_issued_at",
    "client_secret_expires_at",
    "response_types",
];

/// A registration as it is sent.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    client_name: Option<String>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
    scope: Option<String>,
    /// `logo_uri`, `contacts` and the like.
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Metadata {
    pub(super) fn read(body: &[u8]) -> Result<Self, RequestError> {
        serde_json::from_slice(body).map_err(|error| invalid(&format!("The registration cannot be read: {error}.")))
    }

    /// The client that this registers.
    pub(super) fn register(
        mut self,
        client_id: String,
        access_token: String,
        created: DateTime<Utc>,
        dialect: Dialect,
    ) -> Result<Registered, RequestError> {
        self.other.retain(|name, _| !OWN_MEMBERS.contains(&name.as_str()));
        let auth_method = self.token_endpoint_auth_method.unwrap_or_else(|| "client_secret_basic".to_owned());
        if !AUTH_METHODS.contains(&auth_method.as_str()) {
            return Err(invalid(&format!("token_endpoint_auth_method may be {}.", AUTH_METHODS.join(", "))));
        }
        let grant_types = self.grant_types.unwrap_or_else(|| vec![AUTHORIZATION_CODE.to_owned()]);
        if grant_types.is_empty() || !grant_types.iter().all(|grant| GRANT_TYPES.contains(&grant.as_str())) {
            return Err(invalid(&format!("grant_types may hold {}.", GRANT_TYPES.join(", "))));
        }
        if self.response_types.is_some_and(|types| types.iter().any(|kind| kind != "code")) {
            return Err(invalid("response_types may hold code."));
        }
        let redirects = grant_types.iter().any(|grant| grant == AUTHORIZATION_CODE);
        if (redirects && self.redirect_uris.is_empty()) || self.redirect_uris.len() > MAX_REDIRECT_URIS {
            return Err(invalid_redirect_uri(&format!("Register 1 to {MAX_REDIRECT_URIS} redirect_uris.")));
        }
        self.redirect_uris.iter().chain(&self.post_logout_redirect_uris).try_for_each(|uri| check_uri(uri))?;
        let name = self.client_name.unwrap_or_else(|| client_id.clone());
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(invalid(&format!("client_name must have 1 to {MAX_NAME} characters.")));
        }
        let known = scopes::all(dialect);
        let scopes: Vec<String> = match &self.scope {
            Some(scope) => words(Some(scope)).map(str::to_owned).collect(),
            None => known.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        if !scopes.iter().all(|scope| known.contains(&scope.as_str())) {
            return Err(invalid(&format!("scope may hold {}.", known.join(" "))));
        }
        let secret = (auth_method != "none").then(|| random::secret("sandbox_secret_"));
        let client = Client { id: client_id.clone(), name, redirect_uris: self.redirect_uris, scopes, secret };
        let mut registered = Registered::new(client_id, client, created);
        registered.registration = Some(Registration {
            access_token,
            auth_method,
            grant_types,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            metadata: self.other,
        });
        Ok(registered)
    }
}

/// RFC 6749 §3.1.2: absolute, without a fragment. RFC 8252: plain http leads back to this machine only.
fn check_uri(uri: &str) -> Result<(), RequestError> {
    let refused = |why: &str| Err(invalid_redirect_uri(&format!("{uri:?} cannot be registered: {why}.")));
    let Ok(url) = Url::parse(uri) else { return refused("it is no absolute URI") };
    match url.scheme() {
        _ if uri.contains('#') => refused("it has a fragment"),
        "http" if !is_loopback(&url) => refused("plain http is for loopback only"),
        "javascript" | "data" | "file" | "about" | "blob" => refused("its scheme leads to no app"),
        _ => Ok(()),
    }
}

fn invalid_redirect_uri(text: &str) -> RequestError {
    RequestError::bad_request("invalid_redirect_uri", text)
}

pub(super) fn invalid(text: &str) -> RequestError {
    RequestError::bad_request("invalid_client_metadata", text)
}
