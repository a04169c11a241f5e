//! What the user sees: the consent page, and error pages. HTML and CSS, no script.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{self, HeaderValue};
use axum::http::{Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::authorization_request::AuthorizationRequest;
use super::user::USER;
use crate::dialect::Dialect;
use crate::wire::errors::RequestError;
use crate::wire::paths;
use crate::wire::scopes::{API_ACCESS, EMAIL, GATEWAY_ACCESS, OPENID, PROFILE, PROFILE_READ};

const STYLE: &str = include_str!("pages.css");

/// Only our own style sheet, in no frame. No `form-action`: browsers apply it to the redirect that follows
/// the form as well, and would stop the way back to the app.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'");
    HeaderValue::from_str(&policy).ok()
});

/// Asks the user whether the app may sign in. The form must send `token` back.
pub(crate) fn consent(dialect: Dialect, request: &AuthorizationRequest, token: &str) -> Response<Body> {
    let app = escape(&request.client_name);
    let body = format!(
        r#"{permission}<form method="post" action="{action}">
<input type="hidden" name="consent_token" value="{token}">
<button class="allow" name="decision" value="allow">Allow</button>
<button class="deny" name="decision" value="deny">Deny</button>
</form>
<p class="fine">Either way you return to the app at <code>{redirect}</code></p>"#,
        permission = permission(dialect, &app, &request.code_request.scopes),
        action = paths::of(dialect).authorize,
        token = escape(token),
        redirect = escape(&request.code_request.redirect_uri),
    );
    page(dialect, StatusCode::OK, &format!("Allow {app}?"), &body)
}

/// Who asks whom for what. `app` is HTML.
pub(crate) fn permission(dialect: Dialect, app: &str, scopes: &[String]) -> String {
    let scopes: String = scopes.iter().map(|scope| format!("<li>{}</li>\n", escape(in_words(scope)))).collect();
    format!(
        r#"<h1><strong>{app}</strong> wants to use your {account}</h1>
<p>You are signed in as {name}, {email}.</p>
<h2>{app} will be able to</h2>
<ul>
{scopes}</ul>
"#,
        account = if dialect == Dialect::AiPass { "AI Pass" } else { "account" },
        name = escape(USER.name),
        email = escape(USER.email),
    )
}

/// Shows the user why the sign-in cannot go on. The page leads nowhere: it is no redirect.
pub(crate) fn error(dialect: Dialect, error: &RequestError) -> Response<Body> {
    let body = format!(
        r#"<h1>This sign-in cannot go on</h1>
<p>{}</p>
<p>Nothing was allowed and nothing was sent to any app. You can close this page.</p>
<p class="fine">For the app's developer: <code>{}</code></p>"#,
        escape(&error.description),
        escape(error.code),
    );
    page(dialect, error.status, "This sign-in cannot go on", &body)
}

fn in_words(scope: &str) -> &str {
    match scope {
        API_ACCESS => "Use AI models and pay for them from your balance",
        PROFILE_READ => "See your name and email address",
        OPENID => "Know that it is you",
        EMAIL => "See your email address",
        PROFILE => "See your name",
        GATEWAY_ACCESS => "Use AI models and pay for them with your team's credits",
        other => other,
    }
}

/// A page with this title and this HTML.
pub(crate) fn page(dialect: Dialect, status: StatusCode, title: &str, body: &str) -> Response<Body> {
    let brand = dialect.brand();
    let html = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – {brand} sandbox</title>
<style>{STYLE}</style>
</head>
<body>
<header>{brand} <span>sandbox</span></header>
<main>
{body}
</main>
<footer>This is a sandbox, for developing apps. No real account, no real money.</footer>
</body>
</html>
"#
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    if let Some(policy) = &*POLICY {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    }
    response
}

/// Text as HTML text or as a quoted attribute value.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
