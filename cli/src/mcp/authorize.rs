//! `oauth2_authorize`: an authorization URL with PKCE, for the user to open.

use super::Shared;
use super::arguments::Arguments;
use super::tool_error::{ToolError, ToolResult};
use aipass::SignInOptions;
use rmcp::model::JsonObject;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::SystemTime;

pub const ARGUMENTS: [&str; 6] = ["client_id", "redirect_uri", "scopes", "login_hint", "prompt", "extra_parameters"];

pub async fn call(shared: &Shared, arguments: Option<JsonObject>) -> ToolResult {
    let arguments = Arguments::new(arguments, &ARGUMENTS)?;
    let client = shared.clients.named(arguments.text("client_id")?)?;
    let redirect_uri = arguments.text("redirect_uri")?.or(client.redirect_uri.clone());
    let redirect_uri = redirect_uri.ok_or_else(|| ToolError::argument("redirect_uri", "it is missing"))?;
    let mut options = SignInOptions {
        scopes: arguments.texts("scopes")?,
        extra_parameters: extra_parameters(&arguments)?,
        ..SignInOptions::default()
    };
    options.login_hint = arguments.text("login_hint")?;
    options.prompt = arguments.text("prompt")?;
    let ai = client.builder(&shared.provider, &redirect_uri).build()?;
    let request = ai.begin_sign_in(options).await?;
    let lives = request.expires_at.duration_since(SystemTime::now()).unwrap_or_default();
    let handle = shared.handles.add(ai, redirect_uri.clone())?;
    Ok(json!({
        "authorization_url": request.url.as_str(),
        "handle": handle,
        "redirect_uri": redirect_uri,
        "expires_in": lives.as_secs(),
        "next": "The user opens authorization_url in a browser and allows access. The browser then goes to an address that \
                 begins with redirect_uri: give that whole address as callback_url to oauth2_exchange_token, with handle.",
    }))
}

fn extra_parameters(arguments: &Arguments) -> Result<HashMap<String, String>, ToolError> {
    let text = |value: &Value| {
        let why = "its values must be texts";
        value.as_str().map(str::to_owned).ok_or_else(|| ToolError::argument("extra_parameters", why))
    };
    let given = arguments.object("extra_parameters")?.into_iter().flatten();
    given.map(|(name, value)| Ok((name.clone(), text(value)?))).collect()
}
