//! How long tokens live, and their rotation, whatever the form of the request.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header;
use chrono::TimeDelta;

use super::state::SignIn;
use crate::lock::lock;
use crate::store::grants::{Expiry, RefreshError, TokenSet};
use crate::store::registry::Registered;
use crate::wire::errors::RequestError;

pub(crate) fn access_token_lifetime(sign_in: &SignIn, client: &Registered) -> Duration {
    client.access_token_lifetime().unwrap_or(sign_in.settings.access_token_lifetime)
}

/// When the tokens expire that the client gets now.
pub(crate) fn expiry(sign_in: &SignIn, client: &Registered) -> Expiry {
    let clock = &sign_in.store.clock;
    Expiry {
        access: clock.after(access_token_lifetime(sign_in, client)),
        has_refresh: sign_in.settings.refresh_tokens && client.may_use("refresh_token"),
        refresh: client.refresh_token_lifetime().map(|lifetime| clock.after(lifetime)),
    }
}

/// Exchanges a refresh token for new tokens.
pub(crate) async fn rotate(sign_in: SignIn, token: String, client: Registered) -> Result<TokenSet, RequestError> {
    let takes = sign_in.settings.refresh_takes;
    let (now, until) = (sign_in.store.clock.now(), sign_in.store.clock.after(takes));
    let begun = lock(&sign_in.store.grants).begin_refresh(&token, &client.client().id, now, until);
    match begun {
        Ok(()) => {}
        Err(RefreshError::InvalidGrant(error)) => return Err(error),
        Err(RefreshError::InProgress(remaining)) => {
            let text = "This refresh token is being used by another request.";
            return Err(RequestError::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", text)
                .header(header::RETRY_AFTER, &retry_after(remaining)));
        }
    }
    // In a task of its own: as on a real server, the refresh goes on if the client disconnects.
    let rotation = tokio::spawn(async move {
        if !takes.is_zero() {
            tokio::time::sleep(takes).await;
        }
        let tokens = lock(&sign_in.store.grants).finish_refresh(&token, expiry(&sign_in, &client))?;
        // Saved here because the request may be gone by now.
        sign_in.store.save();
        Ok(tokens)
    });
    let failed =
        |_| RequestError::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The refresh did not finish.");
    rotation.await.map_err(failed)?
}

/// wire: the loser of a race gets `Retry-After` (0.25-1 s)
fn retry_after(remaining: TimeDelta) -> String {
    let seconds = remaining.to_std().unwrap_or_default().as_secs_f64().clamp(0.25, 1.0);
    format!("{seconds:.2}")
}
