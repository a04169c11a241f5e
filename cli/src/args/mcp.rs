//! What the command line says about the MCP server.

use super::OAuthServerArgs;
use clap::Args;

/// Serve OAuth 2.0 to AI assistants, over the Model Context Protocol
///
/// Five tools: oauth2_authorize, oauth2_exchange_token, oauth2_validate_token, oauth2_revoke_token and
/// oauth2_register_client. Tokens and secrets stay in this process, and a tool's result names them by a handle, unless the
/// assistant asks for them. The server that they go to is named here and by no tool.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass mcp --issuer https://as.example                    (for a client that starts it)
  aipass mcp --base-url http://127.0.0.1:8414 --client-id client_123 --redirect-uri myapp://auth/callback
  MCP_TOKEN=… aipass mcp --issuer https://as.example --http 8500 --http-token-env MCP_TOKEN

Over HTTP it listens on this machine alone, at http://127.0.0.1:PORT/mcp, and answers nobody
without the header `Authorization: Bearer TOKEN`. Without --http-token-env a token is made, and
shown on standard error. A client that the assistant registers is known until the program ends.")]
pub struct McpArgs {
    #[command(flatten)]
    pub server: OAuthServerArgs,

    /// The AI Pass to serve, if no other server is named [default: https://aipass.one]
    #[arg(long, value_name = "URL", conflicts_with = "issuer")]
    pub base_url: Option<String>,

    /// The client that signs in, unless a tool names another one
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub client_id: Option<String>,

    /// The environment variable that has that client's secret
    #[arg(long, value_name = "NAME", requires = "client_id")]
    pub client_secret_env: Option<String>,

    /// That client's redirect URI
    #[arg(long, value_name = "URI", requires = "client_id")]
    pub redirect_uri: Option<String>,

    /// The environment variable that has the token which the server asks for before it registers anyone
    #[arg(long, value_name = "NAME")]
    pub initial_token_env: Option<String>,

    /// Serve over streamable HTTP at this port of this machine, 0 for any [default: standard input and output]
    #[arg(long, value_name = "PORT")]
    pub http: Option<u16>,

    /// The environment variable that has the bearer token of HTTP
    #[arg(long, value_name = "NAME", requires = "http")]
    pub http_token_env: Option<String>,
}
