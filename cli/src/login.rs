//! `aipass login`: through the system's browser, by copy and paste where there is none, or with a code on another device.

use crate::account::{Account, account};
use crate::args::LoginArgs;
use crate::device_login;
use crate::failure::{Failure, Status};
use crate::interruption;
use crate::output::{self, BOLD};
use crate::profile::{Profile, ProviderKind, Settings};
use crate::sign_in;
use crate::well_known::CALLBACK_PATH;
use aipass::{AiPass, Error, LoopbackListener, SignInOptions, SignInRequest};
use serde::Serialize;
use std::time::{Duration, Instant};

/// How long a person may take: as long as the sign-in itself lives.
const LOGIN_TIMEOUT: Duration = Duration::from_secs(600);
/// How long the login waits to learn the account's name, which it can do without.
const MAX_NAME_WAIT: Duration = Duration::from_secs(5);

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    profile: &'a str,
    provider: ProviderKind,
    base_url: &'a str,
    client_id: &'a str,
    account: Option<Account>,
}

pub async fn run(args: &LoginArgs) -> Result<(), Failure> {
    let profile = Profile::open(&args.connection)?;
    let redirect_uri = args.redirect_uri.clone().unwrap_or_else(|| sign_in::loopback_redirect_uri(args.port));
    let mut settings = profile.settings_for(&args.connection, &args.provider, &redirect_uri)?;
    // Its port is part of the redirect URI, and a port in use is better told before a browser opens.
    let listener = match args.no_browser || args.device {
        true => None,
        false => Some(LoopbackListener::bind(CALLBACK_PATH.to_owned(), Some(args.port)).await?),
    };
    if let Some(listener) = &listener {
        settings.redirect_uri = listener.redirect_uri();
    }
    let ai = profile.client(&settings, settings.provider().await?, &profile.store().await?).build()?;
    interruption::keep_whole(&ai);
    let request = match args.device {
        true => None,
        false => Some(sign_in::begin(&ai, || ai.begin_sign_in(SignInOptions::default())).await?),
    };
    let login = async {
        let signed_in = match (&request, &listener) {
            (None, _) => device_login::run(&ai).await,
            (Some(request), Some(listener)) => through_browser(&ai, request, listener).await,
            (Some(request), None) => sign_in::paste(&ai, request, &settings.redirect_uri).await,
        };
        if let Err(failure) = signed_in {
            give_up(&ai).await;
            return Err(failure);
        }
        profile.save(&settings)?;
        let account = tokio::time::timeout(MAX_NAME_WAIT, account(&ai)).await;
        print(args, &settings, account.ok().and_then(Result::ok))
    };
    interruption::unless_interrupted_then(login, give_up(&ai)).await
}

/// So that a callback that comes later finds nothing to complete.
async fn give_up(ai: &AiPass) {
    let _ = ai.cancel_sign_in().await;
}

async fn through_browser(ai: &AiPass, request: &SignInRequest, listener: &LoopbackListener) -> Result<(), Failure> {
    let opened = open::that_detached(request.url.as_str());
    let how = match opened {
        Ok(()) => "Your browser opens. If it does not, open this address:",
        Err(_) => "Open this address in a browser on this machine:",
    };
    output::note(format_args!("{BOLD}{how}{BOLD:#}\n\n  {}\n", request.url));
    output::note("Waiting for the browser to come back. Ctrl-C gives up.");
    let deadline = Instant::now() + LOGIN_TIMEOUT;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let callback = listener.receive(left).await.map_err(nobody_came)?;
        match sign_in::complete(ai, callback).await {
            Err(Error::InvalidCallback { kind }) if sign_in::is_over(kind) => return Err(sign_in::failed(kind)),
            // Any web page can send the browser to this address; the real callback can still come.
            Err(Error::InvalidCallback { kind }) => {
                output::note(format_args!("The browser came back with something else ({kind}); still waiting."));
            }
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

fn print(args: &LoginArgs, settings: &Settings, account: Option<Account>) -> Result<(), Failure> {
    let Settings { provider, base_url, client_id, .. } = settings;
    if args.json {
        let (profile, provider) = (args.connection.profile.as_str(), *provider);
        return output::json(&Report { profile, provider, base_url, client_id, account }, false);
    }
    let who = account.map(|account| format!(" as {}", account.shown())).unwrap_or_default();
    output::line(format_args!("Signed in{who} at {}", output::printable(base_url)))
}
