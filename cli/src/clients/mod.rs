//! `aipass clients`: the apps that the user has registered.

mod view;

use crate::args::{ClientDetails, ClientEndArgs, ClientUpdateArgs, ClientsAction, SessionArgs};
use crate::failure::{Failure, Status};
use crate::{output, profile, progress};
use aipass::{AiPass, ClientSettings, ClientType};
use std::time::Duration;
use view::Registered;

const CHANGING: &str = "changing the app";

pub async fn run(action: &ClientsAction) -> Result<(), Failure> {
    match action {
        ClientsAction::List(session) => list(session).await,
        ClientsAction::Show(args) => {
            let ai = profile::session(&args.session.connection).await?;
            let client = progress::during("asking for the app", ai.client(args.id.clone())).await?;
            Registered::of(&client).print(args.session.json)
        }
        ClientsAction::Create(args) => {
            let mut settings = settings(Some(&args.name), &args.redirect_uris, &args.details);
            settings.client_type = args.confidential.then_some(ClientType::Confidential);
            let ai = profile::session(&args.session.connection).await?;
            let client = progress::during("registering the app", ai.create_client(settings)).await?;
            let secret = client.client_secret.as_ref();
            Registered::of(&client).with_secret(secret).print(args.session.json)?;
            if secret.is_some() {
                output::note(
                    "The client secret is shown this once: keep it where only your server can read it. It does not \
                     belong in an app.",
                );
            }
            Ok(())
        }
        ClientsAction::Update(args) => update(args).await,
        ClientsAction::Deactivate(args) => {
            let ai = confirmed(args, "end the app's sessions, and block sign-ins with it").await?;
            progress::during(CHANGING, ai.deactivate_client(args.id.clone())).await?;
            view::print_ended(&args.id, "deactivated", args.session.json)
        }
        ClientsAction::Delete(args) => {
            let ai = confirmed(args, "remove the app for good, and end its sessions").await?;
            progress::during(CHANGING, ai.delete_client(args.id.clone())).await?;
            view::print_ended(&args.id, "deleted", args.session.json)
        }
        ClientsAction::Usage(args) => {
            let ai = profile::session(&args.session.connection).await?;
            let usage = progress::during("asking for the usage", ai.client_usage(args.client.clone())).await?;
            view::tell_usage(&usage, args.session.json)
        }
    }
}

async fn list(session: &SessionArgs) -> Result<(), Failure> {
    let ai = profile::session(&session.connection).await?;
    let clients = progress::during("asking for the apps", ai.clients()).await?;
    view::print_all(&clients, session.json)
}

async fn update(args: &ClientUpdateArgs) -> Result<(), Failure> {
    let settings = settings(args.name.as_deref(), &args.redirect_uris, &args.details);
    if settings == ClientSettings::default() {
        let sentence = "Nothing is to be changed: give --name, --redirect-uri, --scope or another option.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    }
    let ai = profile::session(&args.session.connection).await?;
    let client = progress::during(CHANGING, ai.update_client(args.id.clone(), settings)).await?;
    Registered::of(&client).print(args.session.json)
}

fn settings(name: Option<&str>, redirect_uris: &[String], details: &ClientDetails) -> ClientSettings {
    ClientSettings {
        name: name.map(str::to_owned),
        redirect_uris: redirect_uris.to_vec(),
        scopes: details.scopes.clone(),
        require_consent: details.require_consent,
        access_token_ttl: details.access_token_ttl.map(Duration::from_secs),
        refresh_token_ttl: details.refresh_token_ttl.map(Duration::from_secs),
        ..ClientSettings::default()
    }
}

/// The session to end an app with, which is not done by accident.
async fn confirmed(args: &ClientEndArgs, what: &str) -> Result<AiPass, Failure> {
    if !args.yes {
        let sentence = format!("This would {what}, and sign people out: say --yes to do it.");
        return Err(Failure::new(Status::Usage, "not_confirmed", sentence));
    }
    profile::session(&args.session.connection).await
}
