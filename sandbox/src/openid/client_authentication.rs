//! Who sends a form: RFC 6749 §2.3.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::store::registry::Registered;
use crate::wire::bodies::is_form;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;

/// A client id, and the secret where one was sent.
struct Credentials {
    client_id: String,
    secret: Option<String>,
    method: &'static str,
}

/// The parameters of a body that must be a form.
pub(super) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Parameters, RequestError> {
    if is_form(headers) {
        return Ok(Parameters::parse(body));
    }
    let text = "Send a form (Content-Type: application/x-www-form-urlencoded).";
    Err(RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text))
}

/// The client that sends the form, by the method that it registered.
pub(super) fn authenticate(
    sign_in: &SignIn,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<Registered, RequestError> {
    let Credentials { client_id, secret, method } = credentials(headers, form)?;
    let refused = |text: &str| {
        let error = RequestError::new(StatusCode::UNAUTHORIZED, "invalid_client", text);
        // RFC 6749 §5.2: the challenge names the scheme that the client used.
        let by_header = method == "client_secret_basic";
        if by_header { error.header(header::WWW_AUTHENTICATE, r#"Basic realm="sandbox""#) } else { error }
    };
    let client = lock(&sign_in.store.clients).active(&client_id).cloned();
    let client = client.ok_or_else(|| refused("No client is registered under this client_id."))?;
    if client.registration.as_ref().is_some_and(|own| own.auth_method != method) {
        return Err(refused("The client registered another token_endpoint_auth_method."));
    }
    match (&client.client().secret, secret) {
        (None, None) => Ok(client),
        (Some(expected), Some(sent)) if *expected == sent => Ok(client),
        (None, Some(_)) => Err(refused("A public client has no client_secret.")),
        (Some(_), _) => Err(refused("client_secret is missing or wrong.")),
    }
}

fn credentials(headers: &HeaderMap, form: &Parameters) -> Result<Credentials, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    let (in_form, secret) = (form.once("client_id")?, form.once("client_secret")?);
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        let client_id = in_form.ok_or_else(|| invalid("client_id is missing"))?.to_owned();
        let method = if secret.is_some() { "client_secret_post" } else { "none" };
        return Ok(Credentials { client_id, secret: secret.map(str::to_owned), method });
    };
    if secret.is_some() {
        return Err(invalid("The client authenticates itself twice: with Authorization and with client_secret."));
    }
    let malformed = || {
        RequestError::new(StatusCode::UNAUTHORIZED, "invalid_client", "Authorization must be Basic (RFC 6749 §2.3.1).")
            .header(header::WWW_AUTHENTICATE, r#"Basic realm="sandbox""#)
    };
    let (client_id, secret) = value.to_str().ok().and_then(basic).ok_or_else(malformed)?;
    if in_form.is_some_and(|id| id != client_id) {
        return Err(invalid("client_id is another one than in Authorization."));
    }
    Ok(Credentials { client_id, secret: Some(secret), method: "client_secret_basic" })
}

/// RFC 6749 §2.3.1: both are form-encoded, then joined by a colon.
fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let joined = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = joined.split_once(':')?;
    Some((form_decoded(id)?, form_decoded(secret)?))
}

fn form_decoded(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    let pair = format!("text={text}");
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}
