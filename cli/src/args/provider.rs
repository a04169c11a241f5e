//! What the command line says about providers.

use clap::{Args, ValueEnum};

/// Whom to sign in with, where it is not the AI Pass at --base-url.
#[derive(Debug, Default, Args)]
pub struct ProviderArgs {
    /// A provider whose settings are built in
    #[arg(long, value_name = "NAME")]
    pub provider: Option<ProviderName>,

    /// Any OAuth 2.0 or OpenID provider, by its issuer, such as https://id.example/tenant
    #[arg(long, value_name = "URL", conflicts_with_all = ["provider", "base_url"])]
    pub issuer: Option<String>,
}

/// A provider whose settings are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProviderName {
    AiPass,
    /// Formerly AI Stats
    Phaseo,
}

/// Show what an OAuth 2.0 or OpenID provider offers
///
/// Asks for the metadata that its server publishes (RFC 8414, OpenID Connect Discovery), and says what of it the library can
/// use, what is wrong with it, and what an app should know. Signs nobody in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass discover https://id.example/tenant
  aipass discover http://127.0.0.1:8414 --json | jq .problems

The exit status is 0 only if the library can use the server. Otherwise it is as `aipass --help` says.")]
pub struct DiscoverArgs {
    /// The issuer, or the address of its metadata
    #[arg(value_name = "URL")]
    pub issuer: String,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}
