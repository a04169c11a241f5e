//! `oauth2_validate_token`: what the server says of a token.

use super::Shared;
use super::arguments::Arguments;
use super::tool_error::{ToolError, ToolResult};
use crate::well_known::REDIRECT_URI;
use aipass::{AiPass, Secret, TokenKind};
use rmcp::model::JsonObject;
use serde_json::{Value, json};
use std::time::Duration;

pub const ARGUMENTS: [&str; 4] = ["handle", "token", "token_type_hint", "client_id"];

pub async fn call(shared: &Shared, arguments: Option<JsonObject>) -> ToolResult {
    let arguments = Arguments::new(arguments, &ARGUMENTS)?;
    let kind = arguments.token_kind()?;
    let (ai, token, kind) = match handle_or_token(&arguments)? {
        Named::Handle(_) if kind == Some(TokenKind::RefreshToken) => {
            let why = "a handle's refresh token is not shown to anyone: leave it out for the access token";
            return Err(ToolError::argument("token_type_hint", why));
        }
        Named::Handle(handle) => {
            let ai = shared.handles.with_tokens(&handle)?.ai;
            let token = ai.access_token(Duration::ZERO).await?;
            (ai, token, Some(TokenKind::AccessToken))
        }
        Named::Token(token) => (client_of(shared, &arguments)?, token, kind),
    };
    let state = ai.introspect(&token, kind).await?;
    // All that the server says, in its own members; only a number that no program holds makes it less.
    let mut claims: Value = serde_json::from_str(&state.claims_json).unwrap_or_else(|_| json!({}));
    claims["active"] = state.active.into();
    Ok(claims)
}

/// What a call is about.
pub enum Named {
    Handle(String),
    Token(Secret),
}

pub fn handle_or_token(arguments: &Arguments) -> Result<Named, ToolError> {
    match (arguments.text("handle")?, arguments.secret("token")?) {
        (Some(handle), None) => Ok(Named::Handle(handle)),
        (None, Some(token)) => Ok(Named::Token(token)),
        (Some(_), Some(_)) => Err(ToolError::argument("token", "a handle is given too: give one of them")),
        (None, None) => Err(ToolError::argument("handle", "it is missing; a token may stand in its place")),
    }
}

/// The client that asks about a token which is no handle's.
pub fn client_of(shared: &Shared, arguments: &Arguments) -> Result<AiPass, ToolError> {
    let client = shared.clients.named(arguments.text("client_id")?)?;
    // Nobody signs in with it, so no callback comes.
    let redirect_uri = client.redirect_uri.as_deref().unwrap_or(REDIRECT_URI);
    Ok(client.builder(&shared.provider, redirect_uri).build()?)
}
