//! What the provider answers to a registration.

use super::{ClientMetadata, OF_REGISTRATION, RegisteredClient};
use crate::error::Error;
use crate::json::{self, Object};
use crate::oauth::failure::{EndpointResponse, OAuthFailure};
use crate::oauth::{numeric_date, token};
use crate::secret::Secret;
use serde_json::value::RawValue;
use url::Url;

/// The members that are fields of [`ClientMetadata`].
const OF_METADATA: [&str; 12] = [
    "redirect_uris",
    "client_name",
    "client_uri",
    "logo_uri",
    "scope",
    "grant_types",
    "response_types",
    "token_endpoint_auth_method",
    "application_type",
    "contacts",
    "software_id",
    "software_version",
];
/// No list is read further than this.
const MAX_ITEMS: usize = 256;

/// Reads the registration in a response ([RFC 7591 3.2.1](https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1)). `known` is the one that was read or changed:
/// what the response leaves out of its secrets and its address stays as it was.
///
/// A status of success with a `client_id` is a registration, however odd the rest is: it exists, and nothing else tells of it.
///
/// # Errors
/// [`OAuthFailure`] if the response has no registration, or another client's.
pub(crate) fn read(
    response: &EndpointResponse<'_>,
    known: Option<&RegisteredClient>,
) -> Result<RegisteredClient, OAuthFailure> {
    let text = json::json_text(response.body);
    let objects = if (200..300).contains(&response.status) { json::find(&text, has_client_id) } else { Vec::new() };
    let Some(object) = objects.into_iter().next() else {
        return Err(OAuthFailure::read(response, "the response has no client_id"));
    };
    // A client that has a secret or a token exists, whatever else is said of it: they come once.
    let has_credential = ["client_secret", "registration_access_token"]
        .into_iter()
        .any(|name| object.get(name).and_then(credential).is_some());
    if !has_credential && object.get("error").is_some_and(json::says_failure) {
        return Err(OAuthFailure::read(response, "the response has an error beside its client_id"));
    }
    let word = |name| credential(object.get(name)?);
    let secret = |name| word(name).map(Secret::new);
    let client_id = word("client_id").unwrap_or_default();
    if known.is_some_and(|known| known.client_id != client_id) {
        let detail = "the response is about another client".to_owned();
        return Err(OAuthFailure::Unreadable { status: response.status, detail });
    }
    let metadata = metadata(&object);
    let moment = |name| numeric_date::read(object.get(name)?);
    let uri = word("registration_client_uri").and_then(|uri| Url::parse(&uri).ok());
    let keeps_secret = metadata.token_endpoint_auth_method.as_deref() != Some("none");
    let (client_secret, client_secret_expires_at) = match (secret("client_secret"), known) {
        (None, Some(known)) if keeps_secret => (known.client_secret.clone(), known.client_secret_expires_at),
        (secret, _) => (secret, moment("client_secret_expires_at")),
    };
    Ok(RegisteredClient {
        client_id,
        client_secret_expires_at: client_secret_expires_at.filter(|_| client_secret.is_some()),
        client_secret,
        client_id_issued_at: moment("client_id_issued_at").or(known.and_then(|known| known.client_id_issued_at)),
        registration_access_token: secret("registration_access_token")
            .or_else(|| known.and_then(|known| known.registration_access_token.clone())),
        registration_client_uri: uri.or_else(|| known.and_then(|known| known.registration_client_uri.clone())),
        metadata,
    })
}

fn has_client_id(object: &Object<'_>) -> bool {
    object.get("client_id").and_then(credential).is_some()
}

/// A name or secret that the provider gave: not a word such as `null` or `none`, which some write in its place.
fn credential(value: &RawValue) -> Option<String> {
    json::shown_text(value).filter(|_| json::says_something(value))
}

fn metadata(object: &Object<'_>) -> ClientMetadata {
    let word = |name| json::shown_text(object.get(name)?);
    let words = |name| -> Vec<String> {
        let Some(value) = object.get(name) else { return Vec::new() };
        json::items(value).into_iter().take(MAX_ITEMS).filter_map(json::shown_text).collect()
    };
    let extra = object.without(&OF_METADATA).without(&OF_REGISTRATION);
    ClientMetadata {
        redirect_uris: words("redirect_uris"),
        client_name: word("client_name"),
        client_uri: word("client_uri"),
        logo_uri: word("logo_uri"),
        scopes: object.get("scope").and_then(token::scopes).unwrap_or_default(),
        grant_types: words("grant_types"),
        response_types: words("response_types"),
        token_endpoint_auth_method: word("token_endpoint_auth_method"),
        application_type: word("application_type"),
        contacts: words("contacts"),
        software_id: word("software_id"),
        software_version: word("software_version"),
        extra_json: (!extra.is_empty()).then(|| extra.to_json()),
    }
}

/// The error for an app ([RFC 7591 3.2.2](https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2)). `what` was asked for: a provider without such a method does not offer it
/// ([RFC 7592 2](https://www.rfc-editor.org/rfc/rfc7592#section-2)).
pub(crate) fn refusal(failure: OAuthFailure, what: &str) -> Error {
    match failure {
        OAuthFailure::Refused { status: 405, .. } | OAuthFailure::Unavailable { status: 501, .. } => {
            Error::Unsupported { what: what.to_owned() }
        }
        failure => failure.into_error_of_call(),
    }
}
