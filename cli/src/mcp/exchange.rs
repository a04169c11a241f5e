//! `oauth2_exchange_token`: a callback's code becomes tokens, or tokens become new ones.

use super::Shared;
use super::arguments::Arguments;
use super::handles::SignIn;
use super::tool_error::{ToolError, ToolResult};
use aipass::AiPass;
use rmcp::model::JsonObject;
use serde_json::json;
use std::time::{Duration, SystemTime};
use url::Url;

pub const ARGUMENTS: [&str; 7] = ["handle", "grant_type", "callback_url", "code", "state", "iss", "include_tokens"];

pub async fn call(shared: &Shared, arguments: Option<JsonObject>) -> ToolResult {
    let arguments = Arguments::new(arguments, &ARGUMENTS)?;
    let handle = arguments.required("handle")?;
    let include_tokens = arguments.boolean("include_tokens")?;
    let sign_in = match arguments.text("grant_type")?.as_deref() {
        None | Some("authorization_code") => {
            let sign_in = shared.handles.get(&handle)?;
            sign_in.ai.complete_sign_in(callback_url(&arguments, &sign_in)?).await?;
            shared.handles.note_tokens(&handle);
            sign_in
        }
        Some("refresh_token") => {
            let sign_in = shared.handles.with_tokens(&handle)?;
            sign_in.ai.refresh_tokens().await?;
            sign_in
        }
        Some(_) => {
            return Err(ToolError::argument("grant_type", "it must be authorization_code or refresh_token"));
        }
    };
    described(&handle, &sign_in.ai, include_tokens).await
}

/// The callback as the browser came back with it, or put together of its parts.
fn callback_url(arguments: &Arguments, sign_in: &SignIn) -> Result<String, ToolError> {
    if let Some(callback_url) = arguments.text("callback_url")? {
        return Ok(callback_url);
    }
    let missing = || ToolError::argument("callback_url", "it is missing; code and state may stand in its place");
    let (Some(code), Some(state)) = (arguments.text("code")?, arguments.text("state")?) else { return Err(missing()) };
    let mut url = Url::parse(&sign_in.redirect_uri).map_err(|_| missing())?;
    let mut query = url.query_pairs_mut();
    query.append_pair("code", &code).append_pair("state", &state);
    if let Some(iss) = arguments.text("iss")? {
        query.append_pair("iss", &iss);
    }
    drop(query);
    Ok(url.into())
}

/// What was granted. The access token is there if it was asked for; the refresh token never leaves the process.
async fn described(handle: &str, ai: &AiPass, include_tokens: bool) -> ToolResult {
    let info = ai.session_info().await?;
    let info = info.ok_or_else(|| ToolError::new("not_signed_in", "The sign-in has ended: begin another one."))?;
    let left = |at: SystemTime| at.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO).as_secs();
    let mut result = json!({
        "handle": handle,
        "token_type": "Bearer",
        "expires_in": info.access_token_expires_at.map(left),
        "scopes": info.granted_scopes,
        "missing_scopes": info.missing_scopes,
        "has_refresh_token": info.has_refresh_token,
    });
    if include_tokens {
        result["access_token"] = ai.access_token(Duration::ZERO).await?.expose().into();
    }
    Ok(result)
}
