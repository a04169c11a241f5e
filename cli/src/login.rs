//! `aipass login`: through the system's browser, or by copy and paste where there is none.

use crate::account::{Account, account};
use crate::args::LoginArgs;
use crate::failure::{Failure, Status, unless_interrupted};
use crate::output::{self, BOLD};
use crate::profile::{Profile, Settings};
use crate::sign_in;
use aipass::{AiPass, Error, LoopbackListener, SignInOptions, SignInRequest, StorageErrorKind};
use serde::Serialize;
use std::time::Duration;

/// How long a person may take: as long as the sign-in itself lives.
const PATIENCE: Duration = Duration::from_secs(600);

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    profile: &'a str,
    base_url: &'a str,
    client_id: &'a str,
    account: Option<Account>,
}

pub async fn run(args: &LoginArgs) -> Result<(), Failure> {
    let profile = Profile::open(&args.connection)?;
    // Bound first: its port is part of the redirect URI, and a port in use is better told before a browser opens.
    let listener = match args.no_browser {
        true => None,
        false => Some(LoopbackListener::bind(sign_in::CALLBACK_PATH, Some(args.port)).await?),
    };
    let own = listener.as_ref().map(LoopbackListener::redirect_uri);
    let redirect_uri = own.or_else(|| args.redirect_uri.clone());
    let redirect_uri = redirect_uri.unwrap_or_else(|| sign_in::loopback_redirect_uri(args.port));
    let settings = profile.settings(&args.connection, &redirect_uri)?;
    let ai = profile.client(&settings, &profile.store().await?)?.build()?;
    let request = begin(&ai).await?;
    let signed_in = unless_interrupted(async {
        match &listener {
            Some(listener) => through_browser(&ai, &request, listener).await,
            None => sign_in::paste(&ai, &request, &settings.redirect_uri).await,
        }
    })
    .await;
    if let Err(failure) = signed_in {
        // So that a callback that comes later finds nothing to complete.
        let _ = ai.cancel_sign_in().await;
        return Err(failure);
    }
    profile.save(&settings)?;
    tell(args, &settings, account(&ai).await.ok())
}

/// A session that cannot be read any more is what a login is there to replace.
async fn begin(ai: &AiPass) -> Result<SignInRequest, Failure> {
    match ai.begin_sign_in(SignInOptions::default()).await {
        Err(Error::Storage { kind: StorageErrorKind::KeyLost | StorageErrorKind::Corrupt, .. }) => {
            ai.forget_session().await?;
            Ok(ai.begin_sign_in(SignInOptions::default()).await?)
        }
        request => Ok(request?),
    }
}

async fn through_browser(ai: &AiPass, request: &SignInRequest, listener: &LoopbackListener) -> Result<(), Failure> {
    let opened = open::that_detached(request.url.as_str());
    let how = match opened {
        Ok(()) => "Your browser opens. If it does not, open this address:",
        Err(_) => "Open this address in a browser on this machine:",
    };
    output::note(format_args!("{BOLD}{how}{BOLD:#}\n\n  {}\n", request.url));
    output::note("Waiting for the browser to come back. Ctrl-C gives up.");
    loop {
        let callback = listener.receive(PATIENCE).await.map_err(nobody_came)?;
        match ai.complete_sign_in(callback).await {
            // Any web page can send the browser to this address; the real callback can still come.
            Err(Error::InvalidCallback { .. }) => {}
            completed => return Ok(completed?),
        }
    }
}

fn nobody_came(error: Error) -> Failure {
    match error {
        Error::Timeout { .. } => {
            let sentence = "Nobody finished the sign-in within ten minutes: run this again.";
            Failure::new(Status::SignInNeeded, "sign_in_abandoned", sentence)
        }
        error => error.into(),
    }
}

fn tell(args: &LoginArgs, settings: &Settings, account: Option<Account>) -> Result<(), Failure> {
    let Settings { base_url, client_id, .. } = settings;
    if args.json {
        return output::json(&Report { profile: &args.connection.profile, base_url, client_id, account }, false);
    }
    let who = account.map(|account| format!(" as {}", account.shown())).unwrap_or_default();
    output::line(format_args!("Signed in{who} at {}", output::printable(base_url)))
}
