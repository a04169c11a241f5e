//! `oauth2_revoke_token`: ends a sign-in, or revokes one token.

use super::Shared;
use super::arguments::Arguments;
use super::tool_error::{ToolError, ToolResult};
use super::validate::{Named, client_of, handle_or_token};
use crate::account::words;
use aipass::{Revocation, TokenKind};
use rmcp::model::JsonObject;
use serde_json::json;
use std::time::Duration;

pub const ARGUMENTS: [&str; 4] = ["handle", "token", "token_type_hint", "client_id"];

pub async fn call(shared: &Shared, arguments: Option<JsonObject>) -> ToolResult {
    let arguments = Arguments::new(arguments, &ARGUMENTS)?;
    let kind = arguments.token_kind()?;
    match handle_or_token(&arguments)? {
        Named::Handle(handle) => match kind {
            // Its refresh token is known to the session alone, which ends with it.
            None | Some(TokenKind::RefreshToken) => {
                let sign_in = shared.handles.get(&handle)?;
                let report = sign_in.ai.sign_out().await?;
                shared.handles.remove(&handle);
                let said = [&report.access_token, &report.refresh_token].map(words);
                let [access_token, refresh_token] = said;
                Ok(json!({ "handle_ended": true, "access_token": access_token, "refresh_token": refresh_token }))
            }
            Some(TokenKind::AccessToken) => {
                let ai = shared.handles.with_tokens(&handle)?.ai;
                let token = ai.access_token(Duration::ZERO).await?;
                let outcome = checked(ai.revoke(&token, TokenKind::AccessToken).await?)?;
                Ok(json!({ "handle_ended": false, "access_token": words(&outcome) }))
            }
        },
        Named::Token(token) => {
            let kind = kind.unwrap_or(TokenKind::AccessToken);
            let outcome = checked(client_of(shared, &arguments)?.revoke(&token, kind).await?)?;
            Ok(json!({ "token": words(&outcome) }))
        }
    }
}

/// An outcome that is a failure to the one who asked for nothing else.
fn checked(outcome: Revocation) -> Result<Revocation, ToolError> {
    let failed = |code: &str, why: String| Err(ToolError::new(code, format!("The token was not revoked: {why}.")));
    match &outcome {
        Revocation::NotOffered => failed("unsupported", "this server offers no revocation".to_owned()),
        Revocation::Refused { status } => failed("refused", format!("the server answered with status {status}")),
        Revocation::NotReached { error } => failed(error.code(), error.to_string()),
        _ => Ok(outcome),
    }
}
