//! What the command line says about a session.

use super::ProviderArgs;
use crate::well_known::LOGIN_PORT;
use clap::Args;
use rust_decimal::Decimal;

/// The profile of who names none.
pub const DEFAULT_PROFILE: &str = "default";

/// Whom a command talks to. What is not said is as at the last login of the profile.
#[derive(Debug, Clone, Args)]
pub struct ConnectionArgs {
    /// Which of several sessions
    #[arg(long, value_name = "NAME", default_value = DEFAULT_PROFILE, value_parser = profile_name)]
    pub profile: String,

    /// The AI Pass to talk to, such as http://127.0.0.1:8414 [default: as at login, or https://aipass.one]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// The app's id there, as the provider's dashboard shows it; a sandbox needs none
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub client_id: Option<String>,
}

/// What any command needs that works with a session and asks for nothing more.
#[derive(Debug, Args)]
pub struct SessionArgs {
    #[command(flatten)]
    pub connection: ConnectionArgs,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Sign in, and keep the session for the other commands
///
/// Opens the system's browser at the provider's page, and waits for it to come back to this machine. The provider must know
/// the redirect URI http://127.0.0.1:8252/callback (or with the --port given) for the app; a sandbox does.
///
/// The session is kept sealed in the platform's folder for programs' data; its key is kept in the system's keyring where
/// there is one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass login --base-url http://127.0.0.1:8414          (a sandbox: aipass sandbox)
  aipass login --base-url https://aipass.one --client-id YOUR_CLIENT_ID
  aipass login --no-browser                              (where there is no browser, as over SSH)
  aipass login --device                                  (with a code on another device)
  aipass login --profile work --client-id YOUR_CLIENT_ID
  aipass login --provider phaseo --client-id YOUR_CLIENT_ID
  aipass login --issuer https://id.example --client-id YOUR_CLIENT_ID")]
pub struct LoginArgs {
    #[command(flatten)]
    pub connection: ConnectionArgs,

    #[command(flatten)]
    pub provider: ProviderArgs,

    /// Print the address to open, and read the address that the browser ends up at
    #[arg(long)]
    pub no_browser: bool,

    /// Print a code to enter on another device, such as a phone, where the provider offers that
    #[arg(long, conflicts_with_all = ["no_browser", "port"])]
    pub device: bool,

    /// The port that the browser comes back to: the one in the registered redirect URI
    #[arg(long, default_value_t = LOGIN_PORT)]
    pub port: u16,

    /// The registered redirect URI, if it is not one of this machine
    #[arg(long, value_name = "URI", requires = "no_browser")]
    pub redirect_uri: Option<String>,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Print where to fill the wallet
///
/// Prints the address of the provider's page for paying. Nothing is paid before you do so there.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass topup 10
  aipass topup 25.50 --open")]
pub struct TopUpArgs {
    /// With how much, in the wallet's currency
    pub amount: Decimal,

    /// Open the page in the system's browser
    #[arg(long)]
    pub open: bool,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// It becomes part of a file's name.
fn profile_name(text: &str) -> Result<String, &'static str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if (1..=64).contains(&text.len()) && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("a profile's name is made of letters, digits, - and _")
    }
}
