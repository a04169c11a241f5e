//! What the command line says about registered apps.

use super::SessionArgs;
use clap::{Args, Subcommand};

/// Manage the apps (OAuth clients) that you have registered with AI Pass
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass clients create --name Notes --redirect-uri notes://callback --scope api:access
  aipass clients list
  aipass clients update ID --name \"Better notes\"
  aipass clients delete ID --yes

ID is the first word of each line of the list.")]
pub struct ClientsArgs {
    #[command(subcommand)]
    pub action: ClientsAction,
}

#[derive(Debug, Subcommand)]
pub enum ClientsAction {
    /// List the apps
    List(SessionArgs),
    /// Show an app
    Show(ClientIdArgs),
    Create(ClientCreateArgs),
    Update(ClientUpdateArgs),
    /// End an app's sessions, and block sign-ins with it
    Deactivate(ClientEndArgs),
    /// Remove an app for good; its sessions end
    Delete(ClientEndArgs),
    /// Show what an app has used
    Usage(ClientUsageArgs),
}

impl ClientsAction {
    pub fn session(&self) -> &SessionArgs {
        match self {
            Self::List(session) => session,
            Self::Show(args) => &args.session,
            Self::Create(args) => &args.session,
            Self::Update(args) => &args.session,
            Self::Deactivate(args) | Self::Delete(args) => &args.session,
            Self::Usage(args) => &args.session,
        }
    }
}

/// Register an app
///
/// If the provider gives it a secret, it is printed this once: no other command shows it.
#[derive(Debug, Args)]
pub struct ClientCreateArgs {
    /// Its name, as the consent page shows it
    #[arg(long, value_name = "NAME")]
    pub name: String,

    /// Where callbacks may go, compared byte for byte; may be given several times
    #[arg(long = "redirect-uri", value_name = "URI", required = true)]
    pub redirect_uris: Vec<String>,

    /// Make it a program on a server, which is given a secret; an app cannot keep one
    #[arg(long)]
    pub confidential: bool,

    #[command(flatten)]
    pub details: ClientDetails,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// Change an app; what is not given stays as it is
#[derive(Debug, Args)]
pub struct ClientUpdateArgs {
    /// The app's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    /// Its name, as the consent page shows it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Where callbacks may go, in place of where they may now; may be given several times
    #[arg(long = "redirect-uri", value_name = "URI")]
    pub redirect_uris: Vec<String>,

    #[command(flatten)]
    pub details: ClientDetails,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// What may be left to the provider.
#[derive(Debug, Args)]
pub struct ClientDetails {
    /// What it may ask the user for, such as api:access; may be given several times
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,

    /// Whether the user is asked at every sign-in
    #[arg(long, value_name = "BOOL")]
    pub require_consent: Option<bool>,

    /// How long its access tokens live
    #[arg(long, value_name = "SECONDS")]
    pub access_token_ttl: Option<u64>,

    /// How long its refresh tokens live
    #[arg(long, value_name = "SECONDS")]
    pub refresh_token_ttl: Option<u64>,
}

#[derive(Debug, Args)]
pub struct ClientIdArgs {
    /// The app's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Args)]
pub struct ClientUsageArgs {
    /// The client id that the app signs in with
    #[arg(allow_hyphen_values = true)]
    pub client: String,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Args)]
pub struct ClientEndArgs {
    /// The app's id
    #[arg(allow_hyphen_values = true)]
    pub id: String,

    /// Do it: people who use the app are signed out
    #[arg(long)]
    pub yes: bool,

    #[command(flatten)]
    pub session: SessionArgs,
}
