//! The token endpoint: RFC 6749 §3.2, §4.4 and §6, RFC 8628 §3.4.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use axum::response::IntoResponse;
use bytes::Bytes;

use super::client_authentication::{authenticate, form};
use super::token_response::respond;
use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::sign_in::authorization_request::requested_resource;
use crate::sign_in::refresh::{expiry, rotate};
use crate::sign_in::token::open_to_all;
use crate::store::code::{self, CodeExchange};
use crate::store::devices::{DeviceRequest, Poll};
use crate::store::grants::{Permission, TokenSet};
use crate::store::registry::Registered;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::parameters::Parameters;
use crate::wire::scopes::OPENID;

pub(super) const AUTHORIZATION_CODE: &str = "authorization_code";
pub(super) const REFRESH_TOKEN: &str = "refresh_token";
pub(super) const CLIENT_CREDENTIALS: &str = "client_credentials";
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST`.
pub(super) async fn issue(State(sign_in): State<SignIn>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    open_to_all(grant(sign_in, &headers, &body).await.map_err(OAuthError::from).into_response())
}

async fn grant(sign_in: SignIn, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, RequestError> {
    let form = form(headers, body)?;
    let grant_type = required(&form, "grant_type")?;
    let client = authenticate(&sign_in, headers, &form)?;
    if !client.may_use(grant_type) {
        return Err(refused("unauthorized_client", "The client did not register this grant_type."));
    }
    let (tokens, nonce) = match grant_type {
        AUTHORIZATION_CODE => exchange_code(&sign_in, &client, &form)?,
        REFRESH_TOKEN => (refresh(&sign_in, &client, &form).await?, None),
        DEVICE_CODE => (poll_device(&sign_in, &client, &form)?, None),
        CLIENT_CREDENTIALS => (for_client(&sign_in, &client, &form)?, None),
        _ => return Err(refused("unsupported_grant_type", "This grant_type is not supported.")),
    };
    respond(&sign_in, headers, &client, tokens, nonce)
}

/// The tokens for a code, and the `nonce` that it was requested with.
fn exchange_code(
    sign_in: &SignIn,
    client: &Registered,
    form: &Parameters,
) -> Result<(TokenSet, Option<String>), RequestError> {
    let exchange = CodeExchange {
        code: required(form, "code")?,
        client_id: &client.client().id,
        redirect_uri: required(form, "redirect_uri")?,
        code_verifier: required(form, "code_verifier")?,
    };
    if !code::is_verifier(exchange.code_verifier) {
        return Err(invalid("code_verifier must have 43 to 128 characters: letters, digits, - . _ ~"));
    }
    let (now, expiry) = (sign_in.store.clock.now(), expiry(sign_in, client));
    let mut grants = lock(&sign_in.store.grants);
    let request = grants.request_of(exchange.code);
    let (nonce, granted) = request.map_or((None, None), |request| (request.nonce.clone(), request.resource.clone()));
    // RFC 8707 §2.2: what is asked for now must be what was asked for then.
    if requested_resource(form)?.is_some_and(|resource| Some(resource) != granted) {
        return Err(refused("invalid_target", "resource is not the one of the authorization request."));
    }
    let tokens = grants.exchange_code(&exchange, now, expiry).map_err(in_own_words)?;
    Ok((tokens, nonce))
}

/// The store's texts name the parameters as AI Pass does.
fn in_own_words(mut error: RequestError) -> RequestError {
    let text = error.description.replace("codeVerifier does not match the code challenge.", "PKCE verification failed");
    error.description = text.replace("redirectUri", "redirect_uri");
    error
}

async fn refresh(sign_in: &SignIn, client: &Registered, form: &Parameters) -> Result<TokenSet, RequestError> {
    let token = required(form, "refresh_token")?.to_owned();
    let granted = lock(&sign_in.store.grants).facts(&token, sign_in.store.clock.now());
    // RFC 6749 §6: no scope that was not granted. A narrower scope is accepted and changes nothing.
    let wider = |scope: &str| granted.as_ref().is_some_and(|granted| !granted.scopes.iter().any(|had| had == scope));
    if words(form.once("scope")?).any(wider) {
        return Err(refused("invalid_scope", "A scope was not granted at the sign-in."));
    }
    rotate(sign_in.clone(), token, client.clone()).await
}

fn poll_device(sign_in: &SignIn, client: &Registered, form: &Parameters) -> Result<TokenSet, RequestError> {
    let device_code = required(form, "device_code")?;
    let poll = lock(&sign_in.store.devices).poll(device_code, &client.client().id, sign_in.store.clock.now());
    let DeviceRequest { client_id, scopes, resource, .. } = match poll {
        Poll::Allowed(request) => request,
        Poll::Pending => return Err(refused("authorization_pending", "The user has not decided yet.")),
        Poll::SlowDown => return Err(refused("slow_down", "Wait 5 seconds longer between two polls.")),
        Poll::Denied => return Err(refused("access_denied", "The user did not allow it.")),
        Poll::Expired => return Err(refused("expired_token", "The device code has expired.")),
        Poll::Unknown => return Err(refused("invalid_grant", "The device code is unknown or was used.")),
    };
    let permission = Permission { client_id, scopes, resource, without_user: false };
    Ok(lock(&sign_in.store.grants).grant(permission, expiry(sign_in, client)))
}

/// RFC 6749 §4.4: a confidential client acts for itself.
fn for_client(sign_in: &SignIn, client: &Registered, form: &Parameters) -> Result<TokenSet, RequestError> {
    let known = client.client();
    if known.secret.is_none() {
        return Err(refused("unauthorized_client", "Only a confidential client may use client_credentials."));
    }
    let mut scopes: Vec<String> = words(form.once("scope")?).map(str::to_owned).collect();
    if scopes.iter().any(|scope| scope == OPENID || !known.scopes.contains(scope)) {
        return Err(refused("invalid_scope", "A scope is unknown, not allowed for this client, or needs a user."));
    }
    if scopes.is_empty() {
        scopes = known.scopes.iter().filter(|scope| *scope != OPENID).cloned().collect();
    }
    let resource = requested_resource(form)?;
    let permission = Permission { client_id: known.id.clone(), scopes, resource, without_user: true };
    let mut expiry = expiry(sign_in, client);
    // RFC 6749 §4.4.3: no refresh token.
    expiry.has_refresh = false;
    Ok(lock(&sign_in.store.grants).grant(permission, expiry))
}

pub(super) fn words(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(' ').filter(|word| !word.is_empty())
}

pub(super) fn required<'a>(form: &'a Parameters, name: &str) -> Result<&'a str, RequestError> {
    form.once(name)?.ok_or_else(|| invalid(&format!("{name} is missing")))
}

fn invalid(text: &str) -> RequestError {
    refused("invalid_request", text)
}

fn refused(code: &'static str, text: &str) -> RequestError {
    RequestError::bad_request(code, text)
}
