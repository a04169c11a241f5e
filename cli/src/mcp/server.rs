//! The server: which tools there are, and which one a call is for.

use super::tool_error::{ToolError, to_result};
use super::{Shared, authorize, exchange, register, revoke, schemas, validate};
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ErrorData, Implementation, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use std::sync::Arc;
use std::time::Duration;

/// How long a call may take. Each waits for a few requests, which have limits of their own.
const MAX_CALL: Duration = Duration::from_secs(120);

const INSTRUCTIONS: &str = "OAuth 2.0 sign-ins at one server. Register a client with oauth2_register_client if there is none. \
    oauth2_authorize gives an address for the user to open, and a handle. When the browser has come back, give its address to \
    oauth2_exchange_token. The tokens stay here: other tools take the handle. Ask for a token or secret only if the user \
    wants to see it.";

#[derive(Clone)]
pub struct OAuthTools(Arc<Shared>);

impl OAuthTools {
    pub fn new(shared: Arc<Shared>) -> Self {
        Self(shared)
    }
}

impl ServerHandler for OAuthTools {
    fn get_info(&self) -> ServerConfig {
        let name = Implementation::new("aipass", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(schemas::tools()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        schemas::tools().into_iter().find(|tool| tool.name == name)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let (shared, arguments) = (&*self.0, request.arguments);
        let call = async {
            Ok(match &*request.name {
                "oauth2_authorize" => authorize::call(shared, arguments).await,
                "oauth2_exchange_token" => exchange::call(shared, arguments).await,
                "oauth2_validate_token" => validate::call(shared, arguments).await,
                "oauth2_revoke_token" => revoke::call(shared, arguments).await,
                "oauth2_register_client" => register::call(shared, arguments).await,
                _ => return Err(ErrorData::invalid_params("there is no tool of this name", None)),
            })
        };
        let outcome = tokio::time::timeout(MAX_CALL, call).await;
        let late = || Ok(Err(ToolError::new("timeout_total", "The server did not answer in time: try again.")));
        Ok(to_result(outcome.unwrap_or_else(|_| late())?).into())
    }
}
