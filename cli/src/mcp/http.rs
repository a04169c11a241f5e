//! Streamable HTTP, on this machine alone. A page in the user's browser can reach it: so the `Host` must be this machine's
//! (DNS rebinding), a foreign `Origin` is refused, and no request is answered without the bearer token.

use super::MAX_MESSAGE;
use super::server::OAuthTools;
use crate::failure::{Failure, Status};
use crate::output;
use aipass::Secret;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Router, serve as serve_axum};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;

const PATH: &str = "/mcp";
/// A shorter one could be guessed.
const MIN_TOKEN_CHARS: usize = 16;

/// Until the program ends. `token` is the bearer token; one is made if there is none.
pub async fn serve(tools: OAuthTools, port: u16, token: Option<Secret>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::other("port", format!("Port {port} of this machine cannot be used ({error}): choose another --http."))
    };
    let token = match token {
        Some(token) if token.expose().len() < MIN_TOKEN_CHARS => {
            let sentence = "The bearer token of --http-token-env is too short: it needs 16 characters at least.";
            return Err(Failure::new(Status::Usage, "usage", sentence));
        }
        Some(token) => token,
        None => {
            let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
            output::note(format_args!("The bearer token, for your MCP client alone: {token}"));
            Secret::new(token)
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    let names = ["127.0.0.1", "localhost"];
    let config = StreamableHttpServerConfig::default()
        .with_max_request_body_bytes(MAX_MESSAGE)
        .with_allowed_hosts(names.map(|name| format!("{name}:{port}")))
        .with_allowed_origins(names.map(|name| format!("http://{name}:{port}")))
        .enforce_origin_validation();
    let sessions = Arc::new(LocalSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(tools.clone()), sessions, config);
    let router = Router::new()
        .route_service(PATH, service)
        .layer(middleware::from_fn_with_state(Arc::new(token), require_token));
    output::json(&json!({ "url": format!("http://127.0.0.1:{port}{PATH}") }), true)?;
    serve_axum(listener, router).await.map_err(failed)
}

async fn require_token(State(token): State<Arc<Secret>>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given =
        given.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    // Compared in a time that does not depend on where they differ.
    match given {
        Some((_, given)) if *token == Secret::new(given.trim()) => next.run(request).await,
        _ => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], "A bearer token is needed.\n")
            .into_response(),
    }
}
