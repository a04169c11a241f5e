//! How the program signs in: in a sandbox of its own by playing the user, elsewhere by asking the user to.

use crate::args::{Parameters, SandboxArgs};
use crate::failure::{Failure, Status};
use crate::interruption;
use crate::output::{self, BOLD};
use crate::well_known::CALLBACK_PATH;
use aipass::{
    AiPass, AiPassBuilder, CallbackErrorKind, Config, DiscoverySettings, Error, Provider, SignInOptions, SignInRequest,
    StorageErrorKind,
};
use aipass_sandbox::{Backend, Builder, Sandbox, StartError, user_agent};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

/// More bytes than any callback has.
const MAX_PASTE: u64 = 64 * 1024;
/// After so many wrong lines another try does not help.
const MAX_PASTES: usize = 5;

/// Starts a sandbox. With a `pace`, streamed responses come word by word, as a model's do.
pub async fn start_sandbox(args: &SandboxArgs, pace: Duration) -> Result<Sandbox, Failure> {
    sandbox_builder(args, pace).start().await.map_err(not_started)
}

/// A sandbox that is not running yet.
pub fn sandbox_builder(args: &SandboxArgs, pace: Duration) -> Builder {
    let mut builder = Sandbox::builder().backend(args.backend.clone().unwrap_or_default()).chunk_delay(pace);
    builder = builder.catalogue(args.catalogue.unwrap_or_default());
    if let Some(parameters) = args.parameters {
        builder = builder.strict_parameters(parameters == Parameters::Strict);
    }
    match args.budget {
        Some(budget) => builder.budget(budget),
        None => builder,
    }
}

/// Why a sandbox does not run, and what to do.
pub fn not_started(error: StartError) -> Failure {
    let remedy = match error {
        StartError::Bind { .. } => "; choose another --port",
        StartError::Fault(_) => "; check --fault",
        StartError::State { .. } => "; name another file with --state, or remove this one",
        _ => "; check --backend",
    };
    Failure::other("sandbox", format!("The sandbox did not start: {error}{remedy}."))
}

/// The backend of the sandbox, without a key that its URL may contain.
pub fn backend_name(args: &SandboxArgs) -> String {
    match &args.backend {
        Some(Backend::Upstream(url)) => format!("upstream={}", url.host_str().unwrap_or_default()),
        backend => backend.clone().unwrap_or_default().to_string(),
    }
}

/// What the provider must have registered for a login that comes back to this port.
pub fn loopback_redirect_uri(port: u16) -> String {
    format!("http://127.0.0.1:{port}{CALLBACK_PATH}")
}

/// A client of the AI Pass at `base_url`, whose session lives in memory.
pub fn client(base_url: &str, client_id: &str, redirect_uri: &str) -> Result<AiPass, Failure> {
    Ok(builder(base_url, client_id, redirect_uri)?.build()?)
}

/// A client of the AI Pass at `base_url`, not built yet.
pub fn builder(base_url: &str, client_id: &str, redirect_uri: &str) -> Result<AiPassBuilder, Failure> {
    Ok(builder_of(Provider::ai_pass_at(base_url)?, client_id, redirect_uri))
}

/// A client of this provider, not built yet.
pub fn builder_of(provider: Provider, client_id: &str, redirect_uri: &str) -> AiPassBuilder {
    AiPass::builder(client_id, redirect_uri).provider(provider).config(config())
}

/// How the program discovers providers.
pub fn discovery_settings() -> DiscoverySettings {
    DiscoverySettings { config: config(), ..DiscoverySettings::default() }
}

/// The settings of every client of this program.
pub fn config() -> Config {
    let app_name = Some(concat!("aipass-cli/", env!("CARGO_PKG_VERSION")).to_owned());
    Config { app_name, ..Config::default() }
}

/// Signs in to a sandbox: opens its page and allows access, as a user with a browser would.
pub async fn consent(ai: &AiPass) -> Result<(), Failure> {
    let request = ai.begin_sign_in(SignInOptions::default()).await?;
    let callback = user_agent::consent(&request.url).await;
    let callback = callback.map_err(|error| {
        Failure::new(Status::SignInNeeded, "sandbox_consent", format!("Nobody could consent: {error}."))
    })?;
    ai.complete_sign_in(callback.into()).await?;
    Ok(())
}

/// Signs in through the user: shows the URL to open, takes the callback that is pasted on standard input.
pub async fn paste(ai: &AiPass, request: &SignInRequest, redirect_uri: &str) -> Result<(), Failure> {
    output::note(format_args!(
        "{BOLD}Open this address in a browser, sign in and allow access:{BOLD:#}\n\n  {}\n\n\
         The browser then goes to an address that begins with {redirect_uri} and that it may not be able to open.\n\
         {BOLD}Copy that address, paste it here, and press Enter:{BOLD:#}",
        request.url
    ));
    let mut input = BufReader::new(tokio::io::stdin());
    for left in (0..MAX_PASTES).rev() {
        let pasted = read_line(&mut input).await?.ok_or_else(|| {
            let sentence = "The input ended before the sign-in was complete: run this again and paste the address.";
            Failure::new(Status::SignInNeeded, "sign_in_input_ended", sentence)
        })?;
        let kind = match complete(ai, pasted.trim().to_owned()).await {
            Ok(()) => return Ok(()),
            Err(Error::InvalidCallback { kind }) => kind,
            Err(error) => return Err(error.into()),
        };
        if left == 0 || is_over(kind) {
            return Err(failed(kind));
        }
        output::note(format_args!("That does not complete the sign-in: {}. Paste it again:", explain(kind)));
    }
    Err(Failure::new(Status::SignInNeeded, "sign_in", "The sign-in failed; run this again."))
}

/// Completes a sign-in, to its end: the code works only once.
pub async fn complete(ai: &AiPass, callback: String) -> Result<(), Error> {
    let ai = ai.clone();
    interruption::to_the_end(async move { ai.complete_sign_in(callback).await }).await
}

/// Whether the sign-in itself is over, so that no other callback can complete it. These come after `state` was checked:
/// no forged callback leads to them.
pub fn is_over(kind: CallbackErrorKind) -> bool {
    use CallbackErrorKind::{AlreadyUsed, Cancelled, Expired, WrongIssuer};
    matches!(kind, AlreadyUsed | Cancelled | Expired | WrongIssuer)
}

/// A sign-in that is over.
pub fn failed(kind: CallbackErrorKind) -> Failure {
    let sentence = format!("The sign-in failed: {}; run this again to begin a new one.", explain(kind));
    Failure::new(Status::SignInNeeded, kind.code(), sentence)
}

/// One line of standard input, of bounded length; `None` at its end.
pub async fn read_line(input: &mut BufReader<tokio::io::Stdin>) -> Result<Option<String>, Failure> {
    let mut line = Vec::new();
    let read = input.take(MAX_PASTE).read_until(b'\n', &mut line).await;
    match read {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(String::from_utf8_lossy(&line).into_owned())),
        Err(error) => Err(Failure::other("input", format!("Standard input cannot be read: {error}."))),
    }
}

/// What is wrong with the pasted URL, for a user who copies it from a browser's address bar.
fn explain(kind: CallbackErrorKind) -> String {
    match kind {
        CallbackErrorKind::NotAUrl => "it is not an address; copy the whole of the browser's address line".to_owned(),
        CallbackErrorKind::NotTheRedirectUri => {
            "it is not the address that the sign-in ends at; finish the sign-in in the browser first".to_owned()
        }
        CallbackErrorKind::UnknownState => "it belongs to another sign-in, not to the address shown above".to_owned(),
        CallbackErrorKind::NoOutcome | CallbackErrorKind::MissingState => {
            "a part of it is missing; copy the whole of the browser's address line".to_owned()
        }
        kind => kind.to_string(),
    }
}

/// A session that cannot be read any more is what a login is there to replace.
pub async fn begin<T, F>(ai: &AiPass, sign_in: impl Fn() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Error>>,
{
    match sign_in().await {
        Err(Error::Storage { kind: StorageErrorKind::KeyLost | StorageErrorKind::Corrupt, .. }) => {
            ai.forget_session().await?;
            Ok(sign_in().await?)
        }
        begun => Ok(begun?),
    }
}
