//! `oauth2_register_client`: registers a client, and keeps its secret for the other tools.

use super::Shared;
use super::arguments::Arguments;
use super::tool_error::{ToolError, ToolResult};
use aipass::{ClientMetadata, RegisteredClient, Secret};
use rmcp::model::JsonObject;
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;

pub const ARGUMENTS: [&str; 14] = [
    "redirect_uris",
    "client_name",
    "client_uri",
    "logo_uri",
    "scopes",
    "grant_types",
    "response_types",
    "token_endpoint_auth_method",
    "application_type",
    "contacts",
    "software_id",
    "software_version",
    "extra_metadata",
    "include_secrets",
];

pub async fn call(shared: &Shared, arguments: Option<JsonObject>) -> ToolResult {
    let arguments = Arguments::new(arguments, &ARGUMENTS)?;
    let include_secrets = arguments.boolean("include_secrets")?;
    let metadata = metadata(&arguments)?;
    shared.clients.check_room()?;
    let client = shared.registration.register(metadata, shared.initial_access_token.clone()).await?;
    shared.clients.add(&client);
    Ok(described(&client, include_secrets))
}

/// An app's, unless the arguments say otherwise.
fn metadata(arguments: &Arguments) -> Result<ClientMetadata, ToolError> {
    let app = ClientMetadata::native_app(String::new(), arguments.texts("redirect_uris")?);
    let or = |name, usual: Vec<String>| arguments.texts(name).map(|given| if given.is_empty() { usual } else { given });
    Ok(ClientMetadata {
        client_name: arguments.text("client_name")?,
        client_uri: arguments.text("client_uri")?,
        logo_uri: arguments.text("logo_uri")?,
        scopes: arguments.texts("scopes")?,
        grant_types: or("grant_types", app.grant_types)?,
        response_types: or("response_types", app.response_types)?,
        token_endpoint_auth_method: arguments.text("token_endpoint_auth_method")?.or(app.token_endpoint_auth_method),
        application_type: arguments.text("application_type")?.or(app.application_type),
        contacts: arguments.texts("contacts")?,
        software_id: arguments.text("software_id")?,
        software_version: arguments.text("software_version")?,
        extra_json: arguments.object("extra_metadata")?.map(|extra| Value::Object(extra.clone()).to_string()),
        redirect_uris: app.redirect_uris,
    })
}

fn described(client: &RegisteredClient, include_secrets: bool) -> Value {
    let metadata = &client.metadata;
    let expires = client.client_secret_expires_at.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let mut result = json!({
        "client_id": client.client_id,
        "client_name": metadata.client_name,
        "redirect_uris": metadata.redirect_uris,
        "scopes": metadata.scopes,
        "grant_types": metadata.grant_types,
        "token_endpoint_auth_method": metadata.token_endpoint_auth_method,
        "has_client_secret": client.client_secret.is_some(),
        "client_secret_expires_at": expires.map(|expires| expires.as_secs()),
        "next": "The other tools take this client_id; they know its secret until the program ends.",
    });
    if include_secrets {
        let exposed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
        result["client_secret"] = exposed(&client.client_secret).into();
        result["registration_access_token"] = exposed(&client.registration_access_token).into();
        result["registration_client_uri"] = client.registration_client_uri.as_ref().map(|uri| uri.as_str()).into();
    }
    result
}
