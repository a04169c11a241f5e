//! The arguments of `sandbox` and of commands that start one.

use super::budget;
use crate::well_known::{REDIRECT_URI, SANDBOX_CLIENT};
use aipass_sandbox::{AccessTokens, Alteration, Backend, Catalogue, Dialect, Endpoint, Fault};
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Faults, for --fault ENDPOINT=KIND[:VALUE]:
  endpoints  * discovery authorize token revoke userinfo register clients jwks introspect par
             device_authorization device_page logout models chat balance checkout embeddings
             image_generations image_edits image_variations speech transcriptions
             video_create video_remix video_status video_content files
  kinds      delay:MILLISECONDS  status:STATUS  truncation:BYTES  reset[:BYTES]  stall[:BYTES]
             garbage  wrong_length  expired_token  revoked_grant  empty_budget  rotated_keys
             and changed responses such as gzip: --help lists them

Control API, JSON by POST unless said otherwise (sandbox/README.md has all of it):
  user-agent {\"url\": …, \"decision\": \"allow\"}   expire-access-tokens {}   revoke-grants {}
  device {\"user_code\": …, \"decision\": \"allow\", \"deny\" or \"expire\"}   rotate-keys {}
  budget {\"remaining\": \"0.00\"}   advance-clock {\"seconds\": 3600}   stop {}
  faults {\"endpoint\": \"chat\", \"fault\": {\"kind\": \"status\", \"status\": 429}, \"times\": 1}
  GET faults   DELETE faults   GET requests   GET state

Examples:
  aipass sandbox
  aipass sandbox --lan --backend tesseract
  aipass sandbox --dialect oauth             (any OAuth 2.0 and OpenID provider)
  aipass sandbox --budget 0                  (every paid call says that the budget is used up)
  aipass sandbox --fault chat=status:429 --fault '*=delay:300'
  curl -d '{\"remaining\": \"0\"}' -H 'content-type: application/json' \\
       http://127.0.0.1:8414/sandbox/budget  (the same while it runs)
  aipass sandbox --port 0 --json --while-stdin-open   (for tests: the first line says where)";

/// How a sandbox is set up.
#[derive(Debug, Args)]
pub struct SandboxArgs {
    /// What responds to chats in the sandbox: recorded, tesseract or upstream=URL [default: recorded]
    ///
    /// recorded      plays back answers, for the photos that come with it only
    /// tesseract     reads any photo, with the tesseract program that you install
    /// upstream=URL  asks an OpenAI-compatible server, such as https://host/v1,
    ///               with the key in AIPASS_UPSTREAM_KEY
    #[arg(long, verbatim_doc_comment)]
    pub backend: Option<Backend>,

    /// Which models the sandbox lists, and how: today or seeds [default: today]
    ///
    /// today  ids without slashes, with types, methods and capabilities
    /// seeds  the older documents' ids with slashes, and nothing about them
    #[arg(long, verbatim_doc_comment)]
    pub catalogue: Option<Catalogue>,

    /// Whether the sandbox refuses parameters as stock LiteLLM does: strict or lenient
    /// [default: strict, but with --catalogue seeds]
    #[arg(long, value_name = "HOW")]
    pub parameters: Option<Parameters>,

    /// What the sandbox's user may spend [default: 10.00, or as before with --state]
    #[arg(long, value_name = "AMOUNT", value_parser = budget)]
    pub budget: Option<Decimal>,
}

/// What happens to parameters that a model does not support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Parameters {
    /// They are refused with LiteLLM's text
    Strict,
    /// They are accepted
    Lenient,
}

/// Run an AI Pass or another provider on this machine, for developing and testing apps
///
/// Serves sign-in, the model API and the balance as AI Pass does, on loopback, until Ctrl-C, SIGTERM or a request to its
/// control API. No account, no money, no internet, unless --backend upstream=URL says so.
///
/// Its control API (below /sandbox) plays the user, expires tokens, empties the budget, adds faults and shows the requests.
/// Only programs on this machine may use it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", alterations()))]
pub struct ServeArgs {
    /// Where to listen; 0 takes any free port
    #[arg(long, default_value_t = 8414)]
    pub port: u16,

    #[command(flatten)]
    pub sandbox: SandboxArgs,

    /// Which provider to play: ai-pass, phaseo or oauth
    ///
    /// ai-pass  AI Pass, with its account API
    /// phaseo   Phaseo, formerly AI Stats: tokens of seven days, its gateway's errors
    /// oauth    any OAuth 2.0 and OpenID provider: PAR, devices, registration, id_tokens
    #[arg(long, verbatim_doc_comment, default_value_t)]
    pub dialect: Dialect,

    /// What access tokens look like: opaque or jwt [default: opaque]
    #[arg(long, value_name = "FORM", default_value = "opaque", hide_default_value = true)]
    pub access_tokens: AccessTokens,

    /// Issue no refresh tokens
    #[arg(long)]
    pub no_refresh_tokens: bool,

    /// Refuse authorization requests that were not pushed (dialect oauth)
    #[arg(long)]
    pub require_par: bool,

    /// The pause between two polls that a device is told (dialect oauth)
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub device_interval: u64,

    /// How long an access token works [default: 3600; 604800 for opaque tokens of phaseo]
    #[arg(long, value_name = "SECONDS")]
    pub ttl: Option<u64>,

    /// Let phones in the same network reach it; its control API stays on this machine
    #[arg(long)]
    pub lan: bool,

    /// Keep clients, tokens and money in this file, and start from it next time
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Register an app under this client id; client_123 is always there
    #[arg(long, value_name = "ID", default_value = SANDBOX_CLIENT, allow_hyphen_values = true)]
    pub client_id: String,

    /// Where that app returns to
    #[arg(long, value_name = "URI", default_value = REDIRECT_URI)]
    pub redirect_uri: String,

    /// Add a fault; may be given several times
    #[arg(long, value_name = "ENDPOINT=KIND[:VALUE]", value_parser = fault_on_endpoint)]
    pub fault: Vec<(Endpoint, Fault)>,

    /// Show prices in the catalogue, and the cost in a stream's usage; AI Pass shows neither
    #[arg(long)]
    pub prices: bool,

    /// How long a video is in progress
    #[arg(long, value_name = "SECONDS", default_value_t = 4)]
    pub video_takes: u64,

    /// Describe videos as some servers do: videoId, processing, downloadUrl
    #[arg(long)]
    pub linked_videos: bool,

    /// The pause before each word of a streamed response, and each 64 KiB of a video
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    pub pace: u64,

    /// Stop as soon as standard input is closed, so that it never outlives the test that started it
    #[arg(long)]
    pub while_stdin_open: bool,

    /// Print one JSON object on one line when it listens: base_url, client_id, redirect_uri, control_url, and for the
    /// other dialects issuer, model_api_url
    #[arg(long)]
    pub json: bool,
}

fn fault_on_endpoint(text: &str) -> Result<(Endpoint, Fault), String> {
    let (endpoint, fault) = text.split_once('=').ok_or("write ENDPOINT=KIND, such as chat=status:429")?;
    let endpoint = endpoint.parse().map_err(|error: aipass_sandbox::InvalidFault| error.to_string())?;
    let fault = fault.parse().map_err(|error: aipass_sandbox::InvalidFault| error.to_string())?;
    Ok((endpoint, fault))
}

/// The faults that change a response, one a line.
fn alterations() -> String {
    let mut text = "Changed responses, which take no value:".to_owned();
    for (name, _, about) in Alteration::ALL {
        text.push_str(&format!("\n  {name:<22} {about}"));
    }
    text
}
