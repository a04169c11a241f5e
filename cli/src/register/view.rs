//! How a registration is shown. Its secrets only where they are told for the first and last time.

use super::file::seconds;
use crate::failure::Failure;
use crate::output;
use aipass::{RegisteredClient, Secret};
use serde::Serialize;

/// A registration as JSON. The names are the standard's.
#[derive(Serialize)]
struct Shown<'a> {
    client_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    client_secret_expires_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_access_token: Option<&'a str>,
    registration_client_uri: Option<&'a str>,
    client_name: Option<&'a str>,
    redirect_uris: &'a [String],
    scopes: &'a [String],
    grant_types: &'a [String],
    token_endpoint_auth_method: Option<&'a str>,
}

pub fn print(client: &RegisteredClient, with_secrets: bool, json: bool) -> Result<(), Failure> {
    let secret = |secret: &'_ Option<Secret>| secret.as_ref().filter(|_| with_secrets).cloned();
    let (client_secret, token) = (secret(&client.client_secret), secret(&client.registration_access_token));
    let shown = Shown {
        client_id: &client.client_id,
        client_secret: client_secret.as_ref().map(Secret::expose),
        client_secret_expires_at: client.client_secret_expires_at.and_then(seconds),
        registration_access_token: token.as_ref().map(Secret::expose),
        registration_client_uri: client.registration_client_uri.as_ref().map(|uri| uri.as_str()),
        client_name: client.metadata.client_name.as_deref(),
        redirect_uris: &client.metadata.redirect_uris,
        scopes: &client.metadata.scopes,
        grant_types: &client.metadata.grant_types,
        token_endpoint_auth_method: client.metadata.token_endpoint_auth_method.as_deref(),
    };
    if json {
        return output::json(&shown, false);
    }
    let [redirect_uris, scopes, grants] = [shown.redirect_uris, shown.scopes, shown.grant_types].map(|it| it.join(" "));
    let expires = shown.client_secret_expires_at.map(|at| format!("{at} (seconds since 1970)"));
    let rows = [
        ("client id", Some(shown.client_id)),
        ("client secret", shown.client_secret),
        ("secret expires", expires.as_deref()),
        ("registration token", shown.registration_access_token),
        ("registration", shown.registration_client_uri),
        ("name", shown.client_name),
        ("redirect URIs", Some(redirect_uris.as_str())),
        ("scopes", Some(scopes.as_str())),
        ("grants", Some(grants.as_str())),
        ("authentication", shown.token_endpoint_auth_method),
    ];
    let known = rows.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    output::rows(&known.collect::<Vec<_>>())
}

pub fn print_removed(client_id: &str, json: bool) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Removed<'a> {
        client_id: &'a str,
        outcome: &'static str,
    }
    if json {
        return output::json(&Removed { client_id, outcome: "removed" }, false);
    }
    output::line(format_args!("{} is removed", output::printable(client_id)))
}
