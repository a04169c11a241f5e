//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). A sandbox keeps no browser session, so there is none to end:
//! it checks the request and leads back.

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::Value;

use crate::lock::lock;
use crate::sign_in::authorize::see_other;
use crate::sign_in::{SignIn, pages};
use crate::store::registry::Registered;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;

/// `GET`.
pub(super) async fn by_query(State(sign_in): State<SignIn>, RawQuery(query): RawQuery) -> Response<Body> {
    respond(&sign_in, &Parameters::parse(query.unwrap_or_default().as_bytes()))
}

/// `POST`, with the same parameters as a form.
pub(super) async fn by_form(State(sign_in): State<SignIn>, body: Bytes) -> Response<Body> {
    respond(&sign_in, &Parameters::parse(&body))
}

fn respond(sign_in: &SignIn, parameters: &Parameters) -> Response<Body> {
    let dialect = sign_in.settings.dialect;
    match target(sign_in, parameters) {
        Ok(Some(location)) => see_other(dialect, &location),
        Ok(None) => pages::page(
            dialect,
            StatusCode::OK,
            "You are signed out",
            "<h1>You are signed out</h1>\n<p>You can close this page.</p>",
        ),
        Err(error) => pages::error(dialect, &error),
    }
}

/// Where the request leads; `None`: it ends here.
fn target(sign_in: &SignIn, parameters: &Parameters) -> Result<Option<String>, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    let client_id = client_of(sign_in, parameters)?;
    let Some(uri) = parameters.once("post_logout_redirect_uri")? else { return Ok(None) };
    let client_id = client_id.ok_or_else(|| invalid("post_logout_redirect_uri needs id_token_hint or client_id."))?;
    let clients = lock(&sign_in.store.clients);
    let client = clients.active(&client_id).ok_or_else(|| invalid("No client is registered under this client_id."))?;
    // §3: never to an address that is not registered.
    if !may_return_to(client, uri) {
        return Err(invalid("post_logout_redirect_uri is not registered for the client."));
    }
    let Some(state) = parameters.once("state")? else { return Ok(Some(uri.to_owned())) };
    let state = url::form_urlencoded::Serializer::new(String::new()).append_pair("state", state).finish();
    Ok(Some(format!("{uri}{}{state}", if uri.contains('?') { '&' } else { '?' })))
}

/// A client that did not register itself returns to its redirect URIs.
fn may_return_to(client: &Registered, uri: &str) -> bool {
    let own = client.registration.as_ref().map(|own| &own.post_logout_redirect_uris);
    own.unwrap_or(&client.client().redirect_uris).iter().any(|registered| registered == uri)
}

/// The client by the id_token or by its id. §2: an id_token that has expired is accepted.
fn client_of(sign_in: &SignIn, parameters: &Parameters) -> Result<Option<String>, RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    let named = parameters.once("client_id")?.map(str::to_owned);
    let Some(hint) = parameters.once("id_token_hint")? else { return Ok(named) };
    let claims = lock(&sign_in.store.keys).verify(hint);
    let audience = claims.as_ref().and_then(|claims| claims.get("aud")).and_then(Value::as_str);
    let audience = audience.ok_or_else(|| invalid("id_token_hint is no id_token of this provider."))?;
    if named.is_some_and(|named| named != audience) {
        return Err(invalid("client_id is another one than in id_token_hint."));
    }
    Ok(Some(audience.to_owned()))
}
