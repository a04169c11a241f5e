//! `aipass token`: a token's state, its revocation, and the session's tokens refreshed now.

use crate::args::{OneTokenArgs, SessionArgs, TokenAction};
use crate::failure::{Failure, Status, login_command};
use crate::well_known::REDIRECT_URI;
use crate::{account, interruption, oauth_server, output, profile, progress};
use aipass::{AiPass, Error, Revocation, Secret, SignInReason, TokenKind, TokenState};
use serde::Serialize;
use std::time::{Duration, SystemTime};

pub async fn run(action: &TokenAction) -> Result<(), Failure> {
    match action {
        TokenAction::Introspect(args) => introspect(args).await,
        TokenAction::Revoke(args) => revoke(args).await,
        TokenAction::Refresh(args) => refresh(args).await,
    }
}

async fn introspect(args: &OneTokenArgs) -> Result<(), Failure> {
    let (ai, token, kind) = token(args).await?;
    let state = progress::during("asking for the token's state", ai.introspect(&token, Some(kind))).await?;
    if args.session.json {
        return output::json_text(&state.claims_json);
    }
    print(&state)
}

fn print(state: &TokenState) -> Result<(), Failure> {
    let (scopes, audience) = (state.scopes.join(" "), state.audience.join(" "));
    let expires = state.expires_at.map(until);
    let rows = [
        ("active", Some(if state.active { "yes" } else { "no" })),
        ("expires", expires.as_deref()),
        ("scopes", Some(scopes.as_str())),
        ("client id", state.client_id.as_deref()),
        ("user", state.username.as_deref()),
        ("subject", state.subject.as_deref()),
        ("audience", Some(audience.as_str())),
        ("issuer", state.issuer.as_deref()),
        ("type", state.token_type.as_deref()),
    ];
    let known = rows.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    output::rows(&known.collect::<Vec<_>>())
}

/// When something ends, seen from now.
fn until(at: SystemTime) -> String {
    match at.duration_since(SystemTime::now()) {
        Ok(left) => format!("in {} s", left.as_secs()),
        Err(_) => "in the past".to_owned(),
    }
}

async fn revoke(args: &OneTokenArgs) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Revoked {
        outcome: String,
    }
    let (ai, token, kind) = token(args).await?;
    let outcome = progress::during("revoking the token", ai.revoke(&token, kind)).await?;
    let why = match &outcome {
        Revocation::Refused { status } => Some(("provider_bad_request", format!("it answered with status {status}"))),
        Revocation::NotReached { error } => Some((error.code(), "it cannot be reached".to_owned())),
        Revocation::NotOffered => Some(("unsupported", "it offers no revocation".to_owned())),
        _ => None,
    };
    if let Some((code, why)) = why {
        return Err(Failure::other(code, format!("The server did not revoke the token ({why}): it ends by itself.")));
    }
    if args.session.json {
        return output::json(&Revoked { outcome: account::words(&outcome) }, false);
    }
    output::line("Revoked, if the server knew the token")
}

async fn refresh(args: &SessionArgs) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Refreshed {
        expires_in: Option<u64>,
        has_refresh_token: bool,
    }
    let ai = profile::session(&args.connection).await?;
    let refreshing = ai.clone();
    let refreshing = interruption::to_the_end(async move { refreshing.refresh_tokens().await });
    let refreshed = progress::during("refreshing the tokens", refreshing).await;
    let info = ai.session_info().await?;
    let left = |at: SystemTime| at.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO).as_secs();
    let expires_in = info.as_ref().and_then(|info| info.access_token_expires_at).map(left);
    match refreshed {
        Err(Error::SignInRequired { reason: SignInReason::NoRefreshToken, .. }) => {
            return Err(without_refresh_token(expires_in));
        }
        refreshed => refreshed?,
    }
    let refreshed = Refreshed { expires_in, has_refresh_token: info.is_some_and(|info| info.has_refresh_token) };
    if args.json {
        return output::json(&refreshed, false);
    }
    match refreshed.expires_in {
        Some(seconds) => output::line(format_args!("Refreshed: the access token lives for {seconds} s")),
        None => output::line("Refreshed"),
    }
}

fn without_refresh_token(expires_in: Option<u64>) -> Failure {
    let works = expires_in.filter(|seconds| *seconds > 0);
    let works = works.map(|seconds| format!("; its access token works for {seconds} s more")).unwrap_or_default();
    let sentence = format!("This session has no refresh token{works}. For a new token run {}.", login_command());
    Failure::new(Status::SignInNeeded, "no_refresh_token", sentence)
}

/// The token that is meant, and who asks about it: the session, or a client of a server that is named.
async fn token(args: &OneTokenArgs) -> Result<(AiPass, Secret, TokenKind), Failure> {
    let given = oauth_server::secret_if_named(args.token_env.as_ref())?;
    let kind = args.kind.map_or(TokenKind::AccessToken, TokenKind::from);
    if !args.server.is_named() {
        let ai = profile::session(&args.session.connection).await?;
        let token = match given {
            Some(token) => token,
            None => ai.access_token(Duration::ZERO).await?,
        };
        return Ok((ai, token, kind));
    }
    let (Some(token), Some(client_id)) = (given, &args.session.connection.client_id) else {
        let sentence = "Another server than the session's is named: give --token-env and --client-id too.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    };
    let secret = oauth_server::secret_if_named(args.client_secret_env.as_ref())?;
    let provider = oauth_server::provider(&args.server).await?;
    // Nobody signs in, so no callback comes.
    let ai = oauth_server::client(provider, client_id, secret, REDIRECT_URI).build()?;
    Ok((ai, token, kind))
}
