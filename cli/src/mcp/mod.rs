//! `aipass mcp`: five tools of OAuth 2.0 for AI assistants, over the Model Context Protocol.
//!
//! | tool | module | standard |
//! |---|---|---|
//! | `oauth2_authorize` | `authorize.rs` | RFC 6749 4.1.1, RFC 7636 |
//! | `oauth2_exchange_token` | `exchange.rs` | RFC 6749 4.1.3, 6 |
//! | `oauth2_validate_token` | `validate.rs` | RFC 7662 |
//! | `oauth2_revoke_token` | `revoke.rs` | RFC 7009 |
//! | `oauth2_register_client` | `register.rs` | RFC 7591 |
//!
//! What an assistant reads may come from an attacker. So no tool names the server that secrets go to: the command line does.
//! Tokens stay in [`handles`], and a result has one only where the assistant asks for it.

mod arguments;
mod authorize;
mod clients;
mod exchange;
mod handles;
mod http;
mod register;
mod revoke;
mod schemas;
mod server;
mod tool_error;
mod validate;

use crate::args::McpArgs;
use crate::failure::{Failure, Status};
use crate::well_known::AI_PASS;
use crate::{oauth_server, output};
use aipass::{ClientRegistration, Provider, Secret};
use clients::Clients;
use handles::Handles;
use rmcp::ServiceExt;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::stdio;
use server::OAuthTools;
use std::io::IsTerminal;
use std::sync::Arc;

/// More than any call of these tools needs.
const MAX_MESSAGE: usize = 1024 * 1024;

/// What the tools of one process share.
struct Shared {
    provider: Provider,
    registration: ClientRegistration,
    initial_access_token: Option<Secret>,
    clients: Clients,
    handles: Handles,
}

pub async fn run(args: &McpArgs) -> Result<(), Failure> {
    let provider = provider(args).await?;
    let shared = Shared {
        registration: oauth_server::registration(provider.clone())?,
        provider,
        initial_access_token: oauth_server::secret_if_named(args.initial_token_env.as_ref())?,
        clients: Clients::new(
            args.client_id.clone(),
            oauth_server::secret_if_named(args.client_secret_env.as_ref())?,
            args.redirect_uri.clone(),
        ),
        handles: Handles::default(),
    };
    let shared = Arc::new(shared);
    let tools = OAuthTools::new(Arc::clone(&shared));
    let served = match args.http {
        Some(port) => http::serve(tools, port, oauth_server::secret_if_named(args.http_token_env.as_ref())?).await,
        None => serve_stdio(tools).await,
    };
    shared.handles.end().await;
    served
}

async fn provider(args: &McpArgs) -> Result<Provider, Failure> {
    if !args.server.is_named() {
        let base_url = args.base_url.clone().or_else(|| std::env::var("AIPASS_BASE_URL").ok());
        return Ok(Provider::ai_pass_at(base_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(AI_PASS))?);
    }
    if args.server.issuer.is_none() && !args.server.has_both_ends() {
        let sentence = "A server is named by --issuer, or by --authorization-endpoint and --token-endpoint both.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    }
    oauth_server::provider(&args.server).await
}

/// Until the client closes standard input.
async fn serve_stdio(tools: OAuthTools) -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        output::note("Waiting for an MCP client on standard input; it starts this program itself. Ctrl-C ends it.");
    }
    let (input, results) = stdio();
    let transport = AsyncRwTransport::new_server(input, results).with_max_line_length(MAX_MESSAGE);
    let failed = |why: &dyn std::fmt::Display| Failure::other("mcp", format!("The MCP client broke off: {why}."));
    match tools.serve(transport).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| failed(&error)),
        Err(error) => Err(failed(&error)),
    }
}
