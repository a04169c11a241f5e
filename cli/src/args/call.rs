//! What the command line says about calls that have no command of their own.

use super::SessionArgs;
use aipass::{Api, RawMethod};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Call an endpoint of the provider that has no command of its own
///
/// Prints what it answers. The call is signed in, limited and explained like every other; all but GET are sent once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass call get models
  aipass call post rerank --body request.json
  aipass call get usage/me/summary --api account")]
pub struct CallArgs {
    /// What is done
    #[arg(ignore_case = true)]
    pub method: CallMethod,

    /// The path below the API's base, such as rerank or files/f-1
    pub path: String,

    /// Whose endpoint it is
    #[arg(long, default_value = "model")]
    pub api: CalledApi,

    /// A parameter behind the ?; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub query: Vec<(String, String)>,

    /// The JSON to send; - reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub body: Option<PathBuf>,

    /// Write the answer to this file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Replace the file at --out if there is one, once the answer is whole
    #[arg(long, requires = "out")]
    pub force: bool,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CallMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<CallMethod> for RawMethod {
    fn from(method: CallMethod) -> Self {
        match method {
            CallMethod::Get => Self::Get,
            CallMethod::Post => Self::Post,
            CallMethod::Put => Self::Put,
            CallMethod::Patch => Self::Patch,
            CallMethod::Delete => Self::Delete,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalledApi {
    /// The OpenAI-compatible one
    Model,
    /// AI Pass's own: balance, clients, payment
    Account,
}

impl From<CalledApi> for Api {
    fn from(api: CalledApi) -> Self {
        match api {
            CalledApi::Model => Self::Model,
            CalledApi::Account => Self::Account,
        }
    }
}

fn parameter(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
