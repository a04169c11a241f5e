//! What the command line says.

mod sandbox;

pub use sandbox::{SandboxArgs, ServeArgs};

use crate::failure::{Failure, Status};
use clap::{Args, Parser, Subcommand};
use rust_decimal::Decimal;
use std::path::PathBuf;

const EXIT_STATUS: &str = "\
Exit status:
  0    everything worked
  1    something else failed: a file, a photo, an answer
  2    the command line is wrong
  3    sign-in is needed, or was refused
  4    the budget is used up
  5    the server cannot be reached
  130  interrupted with Ctrl-C

Results go to standard output, everything else to standard error.
Colour appears on terminals only; NO_COLOR=1 turns it off.";

/// Sign in with an AI wallet, scan receipts, ask about them: the AI Pass mobile library from the command line.
///
/// Start with `aipass demo`: it needs no account, no network and no settings.
#[derive(Debug, Parser)]
#[command(name = "aipass", version, after_help = EXIT_STATUS, max_term_width = 100)]
pub struct Program {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(DemoArgs),
    Scan(ScanArgs),
    Photo(PhotoArgs),
    Sandbox(ServeArgs),
}

/// Show the whole job: sign in, scan a receipt, ask about it, sign out
///
/// Starts a sandbox, an AI Pass on this machine, and plays both the app and its user: signs in with PKCE through the
/// sandbox's consent page, asks who is signed in and what the balance is, scans a photo of a receipt, streams a chat answer
/// about it, and signs out. Each step is one line with the time it took. Nothing is sent to the internet, unless
/// --backend upstream=URL says so.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass demo
  aipass demo --receipt photo.jpg --backend tesseract
  AIPASS_UPSTREAM_KEY=… aipass demo --backend upstream=https://api.example.com/v1
  aipass demo --json | jq .receipt

The exit status is 0 only if every step worked, and the receipt's merchant, date, amount and
currency were all read. Otherwise it is as `aipass --help` says.")]
pub struct DemoArgs {
    /// A photo of a receipt: JPEG, PNG, GIF or WebP [default: a photo that comes with the program]
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,

    #[command(flatten)]
    pub sandbox: SandboxArgs,

    /// Print one JSON object, also if a step fails: account, receipt, chat, usage, steps, error
    #[arg(long)]
    pub json: bool,
}

/// Read receipts from photos
///
/// Prints the merchant, date, amount and currency of each photo. What cannot be read is shown as such (null in JSON),
/// never guessed.
///
/// Without --base-url it asks a sandbox on this machine, whose default backend only knows the photos that it comes with;
/// use --backend tesseract for photos of your own. With --base-url it signs in for real: it prints a URL to open in a
/// browser, and waits for you to paste the address that the browser ends up at.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass scan photo.jpg --backend tesseract
  aipass scan *.jpg --json --locale de-DE --backend tesseract
  aipass scan photo.jpg --base-url https://aipass.one --client-id YOUR_CLIENT_ID

Environment:
  AIPASS_BASE_URL    as --base-url, unless --backend or --budget is given
  AIPASS_CLIENT_ID   as --client-id

With --json, each file gives one JSON object on one line, in the order given:
  {\"file\": …, \"receipt\": {…}}  or  {\"file\": …, \"error\": {\"code\": …, \"sentence\": …}}

A file that fails does not stop the others. The exit status is then that of the failures, or 1
if they differ.")]
pub struct ScanArgs {
    /// Photos of receipts: JPEG, PNG, GIF or WebP
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Print one JSON object per file, one per line
    #[arg(long)]
    pub json: bool,

    /// Where the receipts are from, such as en-US or de-DE: decides what 03/04/2026 and $ mean
    #[arg(long, value_name = "TAG")]
    pub locale: Option<String>,

    /// The currency to expect, such as CAD: decides which dollar $ is
    #[arg(long, value_name = "CODE", value_parser = currency_code)]
    pub currency: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub sandbox: SandboxArgs,

    /// Ask this AI Pass instead of a sandbox, such as https://aipass.one
    #[arg(long, value_name = "URL", conflicts_with_all = ["backend", "budget"])]
    pub base_url: Option<String>,

    /// The app's id there, as the provider's dashboard shows it
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,

    /// The app's redirect URI there, exactly as registered
    #[arg(long, value_name = "URI", default_value = crate::sign_in::REDIRECT_URI)]
    pub redirect_uri: String,
}

/// Show what would be uploaded of a photo
///
/// Turns it upright, shrinks it to at most 2048 pixels and 800 KB, removes its metadata (where it was taken, with which
/// camera), and writes the result. Asks no server.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  aipass photo IMG_0001.jpg --out upload.jpg")]
pub struct PhotoArgs {
    /// A photo: JPEG, PNG, GIF or WebP
    pub file: PathBuf,

    /// Where to write what would be uploaded
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// Replace the file at --out if there is one
    #[arg(long)]
    pub force: bool,
}

/// Whom `scan` asks.
#[derive(Debug, PartialEq, Eq)]
pub enum Target<'a> {
    Sandbox,
    Provider { base_url: String, client_id: String, redirect_uri: &'a str },
}

impl ScanArgs {
    /// Puts options and environment together. Options for a sandbox are stronger than an environment that names a provider.
    pub fn target(&self, environment: impl Fn(&str) -> Option<String>) -> Result<Target<'_>, Failure> {
        let variable = |name| environment(name).filter(|value| !value.is_empty());
        let wants_sandbox = self.sandbox.backend.is_some() || self.sandbox.budget.is_some();
        let stated = self.base_url.clone();
        let base_url = stated.or_else(|| variable("AIPASS_BASE_URL").filter(|_| !wants_sandbox));
        let Some(base_url) = base_url else {
            return match self.client_id {
                None => Ok(Target::Sandbox),
                Some(_) => Err(usage("--client-id needs --base-url: say which AI Pass knows that client.")),
            };
        };
        let client_id = self.client_id.clone().or_else(|| variable("AIPASS_CLIENT_ID"));
        let missing = || usage("--client-id is missing: give the id that the provider's dashboard shows for your app.");
        Ok(Target::Provider { base_url, client_id: client_id.ok_or_else(missing)?, redirect_uri: &self.redirect_uri })
    }
}

fn usage(sentence: &str) -> Failure {
    Failure::new(Status::Usage, "usage", sentence)
}

fn currency_code(text: &str) -> Result<String, &'static str> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { Ok(text.to_ascii_uppercase()) } else { Err("a currency is three letters (ISO 4217), such as EUR") }
}

fn budget(text: &str) -> Result<Decimal, &'static str> {
    let amount = text.parse::<Decimal>().ok().filter(|amount| !amount.is_sign_negative());
    amount.ok_or("a budget is a number such as 10.00, not below 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(line: &[&str]) -> ScanArgs {
        let line = ["aipass", "scan", "photo.jpg"].iter().chain(line);
        match Program::try_parse_from(line).unwrap().command {
            Command::Scan(args) => args,
            other => panic!("{other:?}"),
        }
    }

    fn environment(name: &str) -> Option<String> {
        match name {
            "AIPASS_BASE_URL" => Some("https://env.example".to_owned()),
            "AIPASS_CLIENT_ID" => Some("from_env".to_owned()),
            _ => None,
        }
    }

    fn provider<'a>(base_url: &str, client_id: &str) -> Target<'a> {
        let (base_url, client_id) = (base_url.to_owned(), client_id.to_owned());
        Target::Provider { base_url, client_id, redirect_uri: "myapp://auth/callback" }
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Program::command().debug_assert();
    }

    #[test]
    fn options_are_stronger_than_the_environment() {
        assert_eq!(scan(&[]).target(|_| None).unwrap(), Target::Sandbox);
        assert_eq!(scan(&[]).target(environment).unwrap(), provider("https://env.example", "from_env"));
        let args = scan(&["--base-url", "https://a.example", "--client-id", "app"]);
        assert_eq!(args.target(environment).unwrap(), provider("https://a.example", "app"));
        assert_eq!(scan(&["--backend", "tesseract"]).target(environment).unwrap(), Target::Sandbox);
    }

    #[test]
    fn half_a_provider_is_a_wrong_command_line() {
        let alone = scan(&["--base-url", "https://a.example"]);
        assert_eq!(alone.target(|_| None).unwrap_err().status, Status::Usage);
        let alone = scan(&["--client-id", "app"]);
        assert_eq!(alone.target(|_| None).unwrap_err().status, Status::Usage);
    }
}
