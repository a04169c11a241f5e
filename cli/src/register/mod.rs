//! `aipass register`: dynamic client registration (RFC 7591), and its management (RFC 7592).

mod file;
mod view;

use crate::args::{
    RegisterArgs, RegisterCreateArgs, RegistrationAction, RegistrationArgs, RegistrationDeleteArgs,
    RegistrationDetails, RegistrationProvider, RegistrationUpdateArgs,
};
use crate::failure::{Failure, Status};
use crate::{oauth_server, output, progress};
use aipass::{ClientMetadata, ClientRegistration, Provider, RegisteredClient};
use file::{Kept, Reserved};
use url::Url;

/// Where an API key of Phaseo registers an app. No standard: the answer has a `client_id` and a `client_secret`.
const PHASEO_CLIENTS: &str = "https://api.phaseo.app/v1/oauth-clients";
const PHASEO_ORIGIN: &str = "https://api.phaseo.app";

pub async fn run(args: &RegisterArgs) -> Result<(), Failure> {
    match &args.action {
        Some(RegistrationAction::Show(args)) => show(args).await,
        Some(RegistrationAction::Update(args)) => update(args).await,
        Some(RegistrationAction::Delete(args)) => delete(args).await,
        None => create(&args.create).await,
    }
}

async fn create(args: &RegisterCreateArgs) -> Result<(), Failure> {
    // What would keep the secrets is there before they are.
    let reserved = args.out.as_deref().map(|path| Reserved::new(path, args.force)).transpose()?;
    let (provider, metadata, token) = match args.provider {
        Some(RegistrationProvider::Phaseo) => (phaseo(args)?, phaseo_metadata(args), &args.api_key_env),
        None => (oauth_server::provider(&args.server).await?, metadata(args), &args.initial_token_env),
    };
    let token = oauth_server::secret_if_named(token.as_ref())?;
    let endpoint = provider.registration_endpoint.clone();
    let registration = oauth_server::registration(provider)?;
    let client = progress::during("registering the app", registration.register(metadata, token)).await?;
    let kept = Kept { registration_endpoint: endpoint, client };
    match reserved.map(|reserved| reserved.keep(&kept)) {
        Some(Ok(path)) => {
            view::print(&kept.client, false, args.json)?;
            output::note(format_args!("The registration is kept in {path}, with its secrets, for its owner alone."));
            Ok(())
        }
        None => told_once(&kept.client, args.json),
        // The client exists, and nothing else tells of it.
        Some(Err(failure)) => told_once(&kept.client, args.json).and(Err(failure)),
    }
}

fn told_once(client: &RegisteredClient, json: bool) -> Result<(), Failure> {
    view::print(client, true, json)?;
    if client.client_secret.is_some() || client.registration_access_token.is_some() {
        output::note(
            "The secrets are shown this once: keep them where only you can read them. They do not belong in an app.",
        );
    }
    Ok(())
}

fn metadata(args: &RegisterCreateArgs) -> ClientMetadata {
    let mut metadata = ClientMetadata::native_app(args.name.clone().unwrap_or_default(), args.redirect_uris.clone());
    if args.confidential {
        metadata.token_endpoint_auth_method = Some("client_secret_basic".to_owned());
        metadata.application_type = Some("web".to_owned());
    }
    add(&mut metadata, &args.details);
    metadata
}

fn add(metadata: &mut ClientMetadata, details: &RegistrationDetails) {
    if !details.scopes.is_empty() {
        metadata.scopes = details.scopes.clone();
    }
    for (setting, given) in
        [(&mut metadata.client_uri, &details.client_uri), (&mut metadata.logo_uri, &details.logo_uri)]
    {
        *setting = given.clone().or(setting.take());
    }
}

fn phaseo(args: &RegisterCreateArgs) -> Result<Provider, Failure> {
    let mut provider = Provider::custom(PHASEO_ORIGIN, PHASEO_CLIENTS, PHASEO_CLIENTS)?;
    let named = args.server.registration_endpoint.clone();
    provider.registration_endpoint = named.or_else(|| Url::parse(PHASEO_CLIENTS).ok());
    Ok(provider)
}

/// `{name, redirect_uris, homepage_url}`, as Phaseo documents it.
fn phaseo_metadata(args: &RegisterCreateArgs) -> ClientMetadata {
    let mut own = serde_json::json!({ "name": args.name });
    if let Some(page) = &args.details.client_uri {
        own["homepage_url"] = page.as_str().into();
    }
    let redirect_uris = args.redirect_uris.clone();
    ClientMetadata { redirect_uris, extra_json: Some(own.to_string()), ..ClientMetadata::default() }
}

async fn show(args: &RegistrationArgs) -> Result<(), Failure> {
    let (registration, kept) = open(args).await?;
    let client = progress::during("asking for the registration", registration.read(kept.client.clone())).await?;
    keep(args, kept, client)
}

async fn update(args: &RegistrationUpdateArgs) -> Result<(), Failure> {
    let RegistrationUpdateArgs { registration: file, name, redirect_uris, details } = args;
    let changes_details = !details.scopes.is_empty() || details.client_uri.is_some() || details.logo_uri.is_some();
    if name.is_none() && redirect_uris.is_empty() && !changes_details {
        let sentence = "Nothing is to be changed: give --name, --redirect-uri, --scope or another option.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    }
    let (registration, mut kept) = open(file).await?;
    // A change replaces everything, so it begins with what is there.
    kept.client = progress::during("asking for the registration", registration.read(kept.client.clone())).await?;
    store(file, &kept)?;
    let mut changed = kept.client.clone();
    changed.metadata.client_name = name.clone().or(changed.metadata.client_name);
    if !redirect_uris.is_empty() {
        changed.metadata.redirect_uris = redirect_uris.clone();
    }
    add(&mut changed.metadata, details);
    let client = progress::during("changing the registration", registration.update(changed)).await?;
    keep(file, kept, client)
}

async fn delete(args: &RegistrationDeleteArgs) -> Result<(), Failure> {
    if !args.yes {
        let sentence = "This would remove the registration for good, and end the app's sign-ins: say --yes to do it.";
        return Err(Failure::new(Status::Usage, "not_confirmed", sentence));
    }
    let (registration, kept) = open(&args.registration).await?;
    let client_id = kept.client.client_id.clone();
    progress::during("removing the registration", registration.delete(kept.client)).await?;
    // What is in it works no more.
    let _ = std::fs::remove_file(&args.registration.file);
    view::print_removed(&client_id, args.registration.json)
}

async fn open(args: &RegistrationArgs) -> Result<(ClientRegistration, Kept), Failure> {
    let kept = Kept::read(&args.file).await?;
    let Some(endpoint) = &kept.registration_endpoint else {
        let sentence = "It has no registration_endpoint: only what `aipass register -o` made can be managed.";
        return Err(Failure::other("file", sentence).about(&args.file));
    };
    let mut provider =
        Provider::custom(&endpoint.origin().ascii_serialization(), endpoint.as_str(), endpoint.as_str())?;
    provider.registration_endpoint = Some(endpoint.clone());
    Ok((oauth_server::registration(provider)?, kept))
}

/// Keeps what the server answered: it may have given new secrets, and the old ones then work no more.
fn keep(args: &RegistrationArgs, kept: Kept, client: RegisteredClient) -> Result<(), Failure> {
    let kept = Kept { client, ..kept };
    store(args, &kept)?;
    view::print(&kept.client, false, args.json)
}

/// Writes the file anew. If that fails, the secrets are told: nothing else has the new ones.
fn store(args: &RegistrationArgs, kept: &Kept) -> Result<(), Failure> {
    kept.replace(&args.file).or_else(|failure| told_once(&kept.client, args.json).and(Err(failure)))
}
