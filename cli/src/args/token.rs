//! What the command line says about tokens.

use super::{OAuthServerArgs, SessionArgs};
use aipass::TokenKind;
use clap::{Args, Subcommand, ValueEnum};

/// Ask about a token, revoke one, or refresh the session's tokens now
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass token refresh
  aipass token introspect
  aipass token revoke --token-env OLD_TOKEN --kind refresh-token
  CLIENT_SECRET=… TOKEN=… aipass token introspect --issuer https://as.example --client-id rs \\
      --client-secret-env CLIENT_SECRET --token-env TOKEN

A token or secret is never written on the command line, where other programs could read it: an
option names the environment variable that has it.")]
pub struct TokenArgs {
    #[command(subcommand)]
    pub action: TokenAction,
}

#[derive(Debug, Subcommand)]
pub enum TokenAction {
    /// Show what the server says of a token: whether it can be used, for whom and what it is
    Introspect(OneTokenArgs),
    /// Ask the server to revoke a token; `aipass logout` ends the session
    Revoke(OneTokenArgs),
    /// Fetch new tokens for the session now; other commands do it by themselves in time
    Refresh(SessionArgs),
}

impl TokenAction {
    pub fn session(&self) -> &SessionArgs {
        match self {
            Self::Introspect(args) | Self::Revoke(args) => &args.session,
            Self::Refresh(session) => session,
        }
    }
}

/// Which token, and at which server.
#[derive(Debug, Args)]
pub struct OneTokenArgs {
    /// The environment variable that has the token [default: the session's access token]
    #[arg(long, value_name = "NAME")]
    pub token_env: Option<String>,

    /// What kind of token it is [default: access-token]
    #[arg(long, requires = "token_env")]
    pub kind: Option<TokenKindName>,

    /// The environment variable that has the client's secret
    #[arg(long, value_name = "NAME", requires = "client_id")]
    pub client_secret_env: Option<String>,

    #[command(flatten)]
    pub server: OAuthServerArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TokenKindName {
    AccessToken,
    RefreshToken,
}

impl From<TokenKindName> for TokenKind {
    fn from(kind: TokenKindName) -> Self {
        match kind {
            TokenKindName::AccessToken => Self::AccessToken,
            TokenKindName::RefreshToken => Self::RefreshToken,
        }
    }
}
