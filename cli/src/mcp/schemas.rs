//! What an assistant reads of the tools: their names, what they do, and their arguments as JSON Schema.

use super::{authorize, exchange, register, revoke, validate};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

pub fn tools() -> Vec<Tool> {
    let tool = |name: &'static str, title: &str, description: &'static str, required: &[&str], arguments: &[&str]| {
        Tool::new(name, description, schema(required, arguments)).with_title(title)
    };
    let annotations = ToolAnnotations::new;
    vec![
        tool(
            "oauth2_authorize",
            "Authorization URL",
            "Begins a sign-in: makes an authorization URL with PKCE and state for the user to open in a browser, and a handle \
             for the other tools. Sends nothing to the server, unless it requires the parameters ahead (RFC 9126).",
            &[],
            &authorize::ARGUMENTS,
        )
        .with_annotations(annotations().read_only(false).destructive(false).idempotent(false)),
        tool(
            "oauth2_exchange_token",
            "Exchange or refresh",
            "Completes a sign-in with the address that the browser came back to, or refreshes a sign-in's tokens. The tokens \
             stay in this server under the handle.",
            &["handle"],
            &exchange::ARGUMENTS,
        )
        .with_annotations(annotations().read_only(false).destructive(false).idempotent(false)),
        tool(
            "oauth2_validate_token",
            "Validate a token",
            "Asks the server whether a token is active, and for its scopes, client, user and expiry (token introspection, \
             RFC 7662).",
            &[],
            &validate::ARGUMENTS,
        )
        .with_annotations(annotations().read_only(true)),
        tool(
            "oauth2_revoke_token",
            "Revoke a token",
            "Revokes tokens (RFC 7009). With a handle it ends that sign-in and revokes both of its tokens, unless \
             token_type_hint is access_token.",
            &[],
            &revoke::ARGUMENTS,
        )
        .with_annotations(annotations().read_only(false).destructive(true).idempotent(true)),
        tool(
            "oauth2_register_client",
            "Register a client",
            "Registers a new client at the server (dynamic client registration, RFC 7591): by default a native app without a \
             secret.",
            &["redirect_uris"],
            &register::ARGUMENTS,
        )
        .with_annotations(annotations().read_only(false).destructive(false).idempotent(false)),
    ]
}

/// The schema of an object with these arguments and no others.
fn schema(required: &[&str], arguments: &[&str]) -> JsonObject {
    let properties: Map<String, Value> = arguments.iter().map(|name| ((*name).to_owned(), property(name))).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("required".to_owned(), required.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

/// An argument. One name means the same in every tool.
fn property(name: &str) -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let texts =
        |description: &str| json!({ "type": "array", "items": { "type": "string" }, "description": description });
    let flag = |description: &str| json!({ "type": "boolean", "default": false, "description": description });
    let object = |description: &str| json!({ "type": "object", "description": description });
    match name {
        "client_id" => text("The client; default: the one that the server was started with."),
        "redirect_uri" => text("A redirect URI that is registered for the client; default: its first one."),
        "redirect_uris" => {
            texts("Where callbacks may go, such as myapp://auth/callback or http://127.0.0.1:8252/callback.")
        }
        "scopes" => texts("The scopes, one an item, such as openid; default: the server's."),
        "login_hint" => text("The account that the server's page should suggest, such as an e-mail address."),
        "prompt" => text("What the server's page should ask for, such as login or consent."),
        "extra_parameters" => json!({
            "type": "object",
            "additionalProperties": { "type": "string" },
            "description": "More parameters of the authorization URL. Those of the protocol itself are refused.",
        }),
        "handle" => text("The handle that oauth2_authorize gave."),
        "grant_type" => json!({
            "type": "string",
            "enum": ["authorization_code", "refresh_token"],
            "default": "authorization_code",
            "description": "authorization_code completes the sign-in; refresh_token fetches new tokens for it.",
        }),
        "callback_url" => text("The whole address that the browser came back to."),
        "code" => text("The code of that address, if callback_url is not given."),
        "state" => text("The state of that address, if callback_url is not given."),
        "iss" => text("The iss of that address, if it has one and callback_url is not given."),
        "include_tokens" => {
            flag("Whether the result has the access token. Only if the user wants to see or use it elsewhere.")
        }
        "token" => text("A token that is no handle's."),
        "token_type_hint" => json!({
            "type": "string",
            "enum": ["access_token", "refresh_token"],
            "description": "What kind of token is meant.",
        }),
        "client_name" => text("The app's name, as the consent page shows it."),
        "client_uri" => text("The address of a page about the app."),
        "logo_uri" => text("The address of the app's logo."),
        "grant_types" => texts("Default: authorization_code and refresh_token."),
        "response_types" => texts("Default: code."),
        "token_endpoint_auth_method" => {
            text("How the client names itself: none (the default), client_secret_basic or client_secret_post.")
        }
        "application_type" => text("native (the default) or web."),
        "contacts" => texts("Whom to write to about the app."),
        "software_id" => text("The same text for every installation of this software."),
        "software_version" => text("The version of this software."),
        "extra_metadata" => object("More client metadata of RFC 7591, such as policy_uri."),
        "include_secrets" => flag("Whether the result has the client's secret and registration access token."),
        _ => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_argument_of_every_tool_is_described() {
        let tools = tools();
        assert_eq!(tools.len(), 5);
        for tool in &tools {
            let properties = tool.input_schema["properties"].as_object().unwrap();
            assert!(tool.description.as_ref().is_some_and(|words| words.len() > 40), "{}", tool.name);
            for (name, property) in properties {
                let words = property["description"].as_str().unwrap_or_default();
                assert!(words.len() > 10 && property["type"].is_string(), "{}: {name}", tool.name);
            }
            for name in tool.input_schema["required"].as_array().unwrap() {
                assert!(properties.contains_key(name.as_str().unwrap()), "{}: {name}", tool.name);
            }
        }
    }
}
