//! What the command line says.

mod account;
mod asking;
mod audio;
mod call;
mod clients;
mod estimate;
mod images;
mod mcp;
mod oauth_server;
mod output;
mod provider;
mod register;
mod sandbox;
mod setup;
mod token;
mod video;

pub use account::{ConnectionArgs, DEFAULT_PROFILE, LoginArgs, SessionArgs, TopUpArgs};
pub use asking::{ChatArgs, DescribeArgs, EmbedArgs, ExtractArgs, ModelsArgs, ScanArgs};
pub use audio::{SpeechArgs, TranscribeArgs, TranscriptKind};
pub use call::CallArgs;
pub use clients::{ClientDetails, ClientEndArgs, ClientUpdateArgs, ClientsAction, ClientsArgs};
pub use estimate::{EstimateArgs, EstimatedCall};
pub use images::{ImageArgs, ImageEditArgs, ImageVariationArgs};
pub use mcp::McpArgs;
pub use oauth_server::OAuthServerArgs;
pub use output::OutputArgs;
pub use provider::{DiscoverArgs, ProviderArgs, ProviderName};
pub use register::{
    RegisterArgs, RegisterCreateArgs, RegistrationAction, RegistrationArgs, RegistrationDeleteArgs,
    RegistrationDetails, RegistrationProvider, RegistrationUpdateArgs,
};
pub use sandbox::{Parameters, SandboxArgs, ServeArgs};
pub use setup::SetupArgs;
pub use token::{OneTokenArgs, TokenAction, TokenArgs};
pub use video::{VideoAction, VideoArgs, VideoCreateArgs, VideoDownloadArgs, WaitArgs};

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

Results go to standard output, everything else to standard error. With --json a failure is a
result too: {\"error\": {\"code\": …, \"sentence\": …}}.

Environment:
  AIPASS_BASE_URL    as --base-url
  AIPASS_CLIENT_ID   as --client-id
  AIPASS_HOME        where sessions are kept, in place of the platform's folder for programs' data
  AIPASS_KEYRING     \"off\" keeps the sessions' key in a file, also where there is a keyring

Colour appears on terminals only; NO_COLOR=1 turns it off.";

/// Sign in with an AI wallet, scan receipts, ask about them: the AI Pass mobile library from the command line.
///
/// Start with `aipass demo`: it needs no account, no network and no settings. To try everything by hand, run
/// `aipass sandbox` in one terminal and `aipass login --base-url http://127.0.0.1:8414` in another.
#[derive(Debug, Parser)]
#[command(name = "aipass", version, after_help = EXIT_STATUS, max_term_width = 100)]
pub struct Program {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(DemoArgs),
    Login(LoginArgs),
    /// Sign out: forget the session here, and ask the provider to end it
    Logout(SessionArgs),
    /// Show who is signed in
    Whoami(SessionArgs),
    /// Show what was spent and what is left of the budget
    Usage(SessionArgs),
    #[command(name = "topup")]
    TopUp(TopUpArgs),
    Models(ModelsArgs),
    Chat(ChatArgs),
    Scan(ScanArgs),
    Describe(DescribeArgs),
    Extract(ExtractArgs),
    Photo(PhotoArgs),
    Image(ImageArgs),
    ImageEdit(ImageEditArgs),
    ImageVariation(ImageVariationArgs),
    Speech(SpeechArgs),
    Transcribe(TranscribeArgs),
    Embed(EmbedArgs),
    Estimate(EstimateArgs),
    Video(VideoArgs),
    Clients(ClientsArgs),
    Register(RegisterArgs),
    Token(TokenArgs),
    Mcp(McpArgs),
    Call(CallArgs),
    Discover(DiscoverArgs),
    Setup(SetupArgs),
    Sandbox(ServeArgs),
    /// Show versions, where the session is kept, and how it stands; no secrets
    Diagnostics(SessionArgs),
    Completions(CompletionsArgs),
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

/// Show what would be uploaded of a photo
///
/// Turns it upright, shrinks it to at most 2048 pixels and 800 KB, removes its metadata (where it was taken, with which
/// camera), and writes the result. Asks no server.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  aipass photo IMG_0001.jpg --out upload.jpg")]
pub struct PhotoArgs {
    /// A photo: JPEG, PNG, GIF or WebP
    pub file: PathBuf,

    #[command(flatten)]
    pub output: OutputArgs,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Print a script that completes this program's words in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass completions bash > ~/.local/share/bash-completion/completions/aipass
  aipass completions zsh > ~/.zfunc/_aipass
  aipass completions fish > ~/.config/fish/completions/aipass.fish")]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

fn budget(text: &str) -> Result<Decimal, &'static str> {
    let amount = text.parse::<Decimal>().ok().filter(|amount| !amount.is_sign_negative());
    amount.ok_or("a budget is a number such as 10.00, not below 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Program::command().debug_assert();
    }
}
