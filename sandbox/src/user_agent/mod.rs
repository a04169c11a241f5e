//! The user and their browser, for tests and demos: opens the authorization URL, reads the page, submits its form.
//!
//! It sees of the sandbox only what a browser sees: it reads the form's address and hidden fields from the HTML, posts them,
//! and takes the callback from the redirect that follows, as the system does for an app's custom scheme.

mod html_form;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header;
use reqwest::{Client, Response};
use url::Url;

pub use html_form::HtmlForm;

/// A consent page is some kilobytes; a longer response is no consent page.
const MAX_PAGE: usize = 1024 * 1024;

/// Why there is no callback.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserAgentError {
    /// This user agent opens `http` URLs on loopback only.
    #[error("a sandbox's authorization URL is http on 127.0.0.1, ::1 or localhost")]
    NotLoopback,
    /// The HTTP client could not be set up.
    #[error("the user agent could not be set up: {0}")]
    Setup(#[source] rustls::Error),
    /// The server could not be reached, or the connection failed.
    #[error("the sandbox did not answer: {0}")]
    Network(#[source] reqwest::Error),
    /// The server showed a page without a consent form, such as one that refuses the request.
    #[error("the page with status {status} has no consent form: {text}")]
    Refused {
        /// The page's HTTP status.
        status: u16,
        /// What the page says, without its markup.
        text: String,
    },
    /// The form was submitted, and the server did not redirect the browser to the app.
    #[error("the answer to the consent form was status {status} and no redirect")]
    NoRedirect {
        /// The response's HTTP status.
        status: u16,
    },
    /// The redirect's location is no URL.
    #[error("the redirect's Location is no URL")]
    InvalidLocation,
}

/// The user allows it. Returns the callback, `myapp://auth/callback?code=…&state=…`, or the server's redirect with an error
/// if it shows no page.
///
/// # Errors
/// [`UserAgentError`], above all where the server shows a page that refuses the request.
pub async fn consent(authorization_url: &Url) -> Result<Url, UserAgentError> {
    decide(authorization_url, "allow").await
}

/// The user denies it. Returns the callback with `error=access_denied`.
///
/// # Errors
/// [`UserAgentError`], above all where the server shows a page that refuses the request.
pub async fn deny(authorization_url: &Url) -> Result<Url, UserAgentError> {
    decide(authorization_url, "deny").await
}

async fn decide(authorization_url: &Url, decision: &str) -> Result<Url, UserAgentError> {
    let loopback = matches!(authorization_url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    if authorization_url.scheme() != "http" || !loopback {
        return Err(UserAgentError::NotLoopback);
    }
    let http = browser()?;
    let page = http.get(authorization_url.clone()).send().await.map_err(UserAgentError::Network)?;
    if page.status().is_redirection() {
        return location(&page);
    }
    let status = page.status().as_u16();
    let html = text(page).await?;
    let form = HtmlForm::find(&html).filter(|form| form.has_button("decision", decision));
    let form = form.ok_or_else(|| UserAgentError::Refused { status, text: html_form::visible_text(&html) })?;
    let target = authorization_url.join(&form.action).map_err(|_| UserAgentError::InvalidLocation)?;
    let response = http
        .post(target)
        .header(header::ORIGIN, authorization_url.origin().ascii_serialization())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.encode(&[("decision", decision)]))
        .send()
        .await
        .map_err(UserAgentError::Network)?;
    if response.status().is_redirection() {
        return location(&response);
    }
    Err(UserAgentError::NoRedirect { status: response.status().as_u16() })
}

/// Its HTTP client, for plain http on loopback. It follows no redirect and uses no proxy.
///
/// # Errors
/// [`UserAgentError::Setup`] or [`UserAgentError::Network`] if the system does not let it be made.
pub fn browser() -> Result<Client, UserAgentError> {
    // It uses plain http to loopback only, so it needs no root certificates. The provider is named here: without one
    // installed in the process, reqwest would panic.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(UserAgentError::Setup)?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(180))
        .build()
        .map_err(UserAgentError::Network)
}

fn location(response: &Response) -> Result<Url, UserAgentError> {
    let location = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
    location.and_then(|location| Url::parse(location).ok()).ok_or(UserAgentError::InvalidLocation)
}

async fn text(mut response: Response) -> Result<String, UserAgentError> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(UserAgentError::Network)? {
        body.extend_from_slice(&piece);
        if body.len() > MAX_PAGE {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}
