//! What the command line says about dynamic client registration.

use super::OAuthServerArgs;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Register an app at an OAuth 2.0 server, and read, change or remove its registration
///
/// For servers with dynamic client registration (RFC 7591, RFC 7592). Apps at AI Pass are registered in its dashboard, or
/// with `aipass clients`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  aipass register --issuer https://as.example --name Notes --redirect-uri notes://callback -o notes.json
  aipass register show notes.json
  aipass register update notes.json --name \"Better notes\"
  aipass register delete notes.json --yes
  PHASEO_KEY=… aipass register --provider phaseo --api-key-env PHASEO_KEY --name Notes \\
      --redirect-uri https://notes.example/callback

The file has the client's secrets, for its owner alone. Without -o they are printed this once."
)]
pub struct RegisterArgs {
    #[command(subcommand)]
    pub action: Option<RegistrationAction>,

    #[command(flatten)]
    pub create: RegisterCreateArgs,
}

#[derive(Debug, Subcommand)]
pub enum RegistrationAction {
    /// Show what the server has registered
    Show(RegistrationArgs),
    /// Change what the server has registered; what is not given stays as it is
    Update(RegistrationUpdateArgs),
    /// Remove the registration for good, and its file
    Delete(RegistrationDeleteArgs),
}

impl RegisterArgs {
    pub fn json(&self) -> bool {
        match &self.action {
            Some(RegistrationAction::Show(args)) => args.json,
            Some(RegistrationAction::Update(args)) => args.registration.json,
            Some(RegistrationAction::Delete(args)) => args.registration.json,
            None => self.create.json,
        }
    }
}

#[derive(Debug, Args)]
pub struct RegisterCreateArgs {
    #[command(flatten)]
    pub server: OAuthServerArgs,

    /// A service with a registration of its own
    #[arg(long, requires = "api_key_env", conflicts_with = "issuer")]
    pub provider: Option<RegistrationProvider>,

    /// The environment variable that has the API key of --provider
    #[arg(long, value_name = "NAME", requires = "provider")]
    pub api_key_env: Option<String>,

    /// The app's name, as the consent page shows it
    // An option, because the other actions negate that it is required.
    #[arg(long, value_name = "NAME", required = true)]
    pub name: Option<String>,

    /// Where callbacks may go, compared byte for byte; may be given several times
    #[arg(long = "redirect-uri", value_name = "URI", required = true)]
    pub redirect_uris: Vec<String>,

    /// Make it a program on a server, which is given a secret; an app cannot keep one
    #[arg(long)]
    pub confidential: bool,

    #[command(flatten)]
    pub details: RegistrationDetails,

    /// The environment variable that has the token which the server asks for before it registers anyone
    #[arg(long, value_name = "NAME", conflicts_with = "provider")]
    pub initial_token_env: Option<String>,

    /// Keep the registration in this file, for its owner alone [default: it is printed, with its secrets]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Replace the file at --out if there is one
    #[arg(long, requires = "out")]
    pub force: bool,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What may be left out.
#[derive(Debug, Args)]
pub struct RegistrationDetails {
    /// What it may ask the user for, such as openid; may be given several times
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,

    /// The address of a page about the app
    #[arg(long, value_name = "URL")]
    pub client_uri: Option<String>,

    /// The address of the app's logo
    #[arg(long, value_name = "URL")]
    pub logo_uri: Option<String>,
}

#[derive(Debug, Args)]
pub struct RegistrationArgs {
    /// The file that `aipass register -o` made
    pub file: PathBuf,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RegistrationUpdateArgs {
    #[command(flatten)]
    pub registration: RegistrationArgs,

    /// The app's name, as the consent page shows it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Where callbacks may go, in place of where they may now; may be given several times
    #[arg(long = "redirect-uri", value_name = "URI")]
    pub redirect_uris: Vec<String>,

    #[command(flatten)]
    pub details: RegistrationDetails,
}

#[derive(Debug, Args)]
pub struct RegistrationDeleteArgs {
    #[command(flatten)]
    pub registration: RegistrationArgs,

    /// Do it: nobody can sign in to the app any more
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RegistrationProvider {
    /// Phaseo, called AI Stats until 2026, with an API key
    Phaseo,
}
