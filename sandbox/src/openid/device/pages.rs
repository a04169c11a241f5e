//! What the user of a device sees in the browser.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use crate::dialect::Dialect;
use crate::sign_in::pages::{escape, page, permission};
use crate::store::devices::DeviceRequest;
use crate::wire::paths;

/// Asks for the code that the device shows. `wrong` is a code that no device has.
pub(super) fn enter(dialect: Dialect, wrong: Option<&str>) -> Response<Body> {
    let (status, note) = match wrong {
        None => (StatusCode::OK, String::new()),
        Some(code) => (
            StatusCode::BAD_REQUEST,
            format!(
                "<p>No device waits for the code <code>{}</code>. Check it, or start again on the device.</p>\n",
                escape(code)
            ),
        ),
    };
    let body = format!(
        r#"<h1>Connect a device</h1>
{note}<form method="post" action="{action}">
<p><label>The code that your device shows <input name="user_code" autocomplete="off" autocapitalize="characters" required></label></p>
<button class="allow" name="decision" value="continue">Continue</button>
</form>"#,
        action = action(dialect),
    );
    page(dialect, status, "Connect a device", &body)
}

/// Asks whether the device may sign in.
pub(super) fn consent(dialect: Dialect, request: &DeviceRequest, user_code: &str, token: &str) -> Response<Body> {
    let app = escape(&request.client_name);
    let body = format!(
        r#"{permission}<p>Allow it only if your device shows the code <code>{code}</code>.</p>
<form method="post" action="{action}">
<input type="hidden" name="consent_token" value="{token}">
<button class="allow" name="decision" value="allow">Allow</button>
<button class="deny" name="decision" value="deny">Deny</button>
</form>"#,
        permission = permission(dialect, &app, &request.scopes),
        code = escape(user_code),
        action = action(dialect),
        token = escape(token),
    );
    page(dialect, StatusCode::OK, &format!("Allow {app} on your device?"), &body)
}

/// The user has decided.
pub(super) fn done(dialect: Dialect, request: &DeviceRequest, allowed: bool) -> Response<Body> {
    let app = escape(&request.client_name);
    let (title, text) = if allowed {
        ("Your device is connected", format!("{app} goes on by itself. You can close this page."))
    } else {
        ("Nothing was allowed", format!("{app} was told so. You can close this page."))
    };
    page(dialect, StatusCode::OK, title, &format!("<h1>{title}</h1>\n<p>{text}</p>"))
}

fn action(dialect: Dialect) -> &'static str {
    paths::of(dialect).device_page.unwrap_or_default()
}
