//! What the command line says about preparing an app.

use super::{ConnectionArgs, ProviderArgs};
use crate::well_known::REDIRECT_URI;
use clap::Args;

/// Prepare an app: register it, check its client id, get what its projects need
///
/// Prints where to register the app, reads the client id that the provider shows for it, asks the provider whether it
/// knows that id, and prints what to paste into Info.plist and AndroidManifest.xml so that the browser finds its way back.
/// Writes no file. The check sends a code that no sign-in gave, which the provider refuses.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass setup --redirect-uri com.example.receipts://auth/callback
  aipass setup --client-id YOUR_CLIENT_ID --redirect-uri https://app.example/auth/callback
  aipass setup --base-url http://127.0.0.1:8414 --client-id client_123    (a sandbox: aipass sandbox)")]
pub struct SetupArgs {
    #[command(flatten)]
    pub connection: ConnectionArgs,

    #[command(flatten)]
    pub provider: ProviderArgs,

    /// Where the browser returns to: a scheme of the app's own, or an https address of its domain
    #[arg(long, value_name = "URI", default_value = REDIRECT_URI)]
    pub redirect_uri: String,

    /// Ask no server about the client id
    #[arg(long)]
    pub no_check: bool,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}
