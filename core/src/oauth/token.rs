//! The token endpoint, in the standard's form or AI Pass's JSON: code exchange ([RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5)), token
//! response ([RFC 6749 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)), refresh ([RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)).
//!
//! # The invariant (T7)
//! A 2xx response that carries an `access_token` grants a token set. The provider may have ended the one before it, and sends
//! this one once. So [`read`] returns it whatever else is odd about the response, with the oddity beside it as
//! [`TokenResponse::defect`]; an `Err` means that no token set was granted. The caller stores a token set or revokes it, and
//! never drops it:
//!
//! | flow    | no defect | defect                                                             |
//! |---------|-----------|--------------------------------------------------------------------|
//! | sign-in | store     | revoke; the error is the defect                                    |
//! | refresh | store     | store, because the old set may be spent; the error is the defect   |
//!
//! A token set that cannot be used (unknown `token_type`, a token that cannot stand in a header) counts as expired at once: the
//! next call refreshes it. An id_token that is refused is a defect as well; `core/src/session/id_token.rs` has the table.
//!
//! How a token set is recognised: `access_token` (or `accessToken`) is text or a number, at the top of the JSON or in the
//! object nearest to it, such as an envelope's `data`. Its other members are looked up beside it, then in the objects around it.
//! A member that stands twice is its last. An `error` that says nothing (`""`, `false`, `{}`, `{"message":"","code":null}`) is none.

use super::failure::{EndpointResponse, OAuthFailure};
use super::redirect_uri::RedirectUri;
use super::{Client, client_authentication, request};
use crate::json::{self, Object};
use crate::provider::{Provider, TokenEncoding};
use crate::secret::Secret;
use bytes::Bytes;
use http::Request;
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::Duration;
use zeroize::Zeroizing;

/// A response that grants a token set. The caller stores it or revokes it (T7).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TokenResponse {
    pub tokens: Tokens,
    /// What is wrong with the token set, or with the response around it.
    pub defect: Option<OAuthFailure>,
}

/// A token set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tokens {
    pub access_token: Secret,
    /// Missing on refresh means: keep the old one (T4).
    pub refresh_token: Option<Secret>,
    /// The access token's life. `None` means unknown: use it until a 401 (T1). Zero means that it cannot be used.
    pub expires_in: Option<Duration>,
    /// `None` means: as requested (T2).
    pub scopes: Option<Vec<String>>,
    /// Who signed in ([OpenID Connect Core 3.1.3.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenResponse)). Not checked yet.
    pub id_token: Option<Secret>,
}

/// How a token is to be sent, as its `token_type` says ([RFC 6749 7.1](https://www.rfc-editor.org/rfc/rfc6749#section-7.1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenType {
    /// By itself ([RFC 6750 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    Bearer,
    /// With a proof of the key that it is bound to ([RFC 9449 7.1](https://www.rfc-editor.org/rfc/rfc9449#section-7.1)).
    Dpop,
}

impl TokenType {
    /// Its name, which is also the scheme of the `Authorization` header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
            Self::Dpop => "DPoP",
        }
    }
}

/// The request for the first token set ([RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5)), to be used
/// at `resources` ([RFC 8707 2.2](https://www.rfc-editor.org/rfc/rfc8707#section-2.2)).
pub(crate) fn exchange(
    provider: &Provider,
    client: &Client,
    code: &Secret,
    code_verifier: &Secret,
    redirect_uri: &RedirectUri,
    resources: &[String],
) -> http::Result<Request<Bytes>> {
    let fields = [
        ("grant_type", "grantType", "authorization_code"),
        ("code", "code", code.expose()),
        ("code_verifier", "codeVerifier", code_verifier.expose()),
        ("redirect_uri", "redirectUri", redirect_uri.as_str()),
    ];
    token_request(provider, client, &with_resources(&fields, resources))
}

/// The request for the next token set ([RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)), to be used at the same `resources` as the first.
pub(crate) fn refresh(
    provider: &Provider,
    client: &Client,
    refresh_token: &Secret,
    resources: &[String],
) -> http::Result<Request<Bytes>> {
    let fields =
        [("grant_type", "grantType", "refresh_token"), ("refresh_token", "refreshToken", refresh_token.expose())];
    token_request(provider, client, &with_resources(&fields, resources))
}

/// The request for an access token of the client's own ([RFC 6749 4.4.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2)).
pub(crate) fn client_credentials(
    provider: &Provider,
    client: &Client,
    scopes: &[String],
) -> http::Result<Request<Bytes>> {
    let scope = scopes.join(" ");
    let mut fields = vec![("grant_type", "grantType", "client_credentials")];
    if !scopes.is_empty() {
        fields.push(("scope", "scope", &scope));
    }
    token_request(provider, client, &fields)
}

/// The fields, and one for each resource. AI Pass's JSON has no name for them: the caller refuses them there.
fn with_resources<'a>(
    fields: &[(&'a str, &'a str, &'a str)],
    resources: &'a [String],
) -> Vec<(&'a str, &'a str, &'a str)> {
    let resources = resources.iter().map(|resource| ("resource", "resource", resource.as_str()));
    fields.iter().copied().chain(resources).collect()
}

/// `fields`: the standard's name, AI Pass's name, the value.
pub(super) fn token_request(
    provider: &Provider,
    client: &Client,
    fields: &[(&str, &str, &str)],
) -> http::Result<Request<Bytes>> {
    let mut named = Vec::with_capacity(fields.len() + 2);
    match provider.token_encoding {
        TokenEncoding::CamelCaseJson => {
            named.extend(fields.iter().map(|(_, name, value)| (*name, *value)));
            named.push(("clientId", &client.id));
            if let Some(secret) = &client.secret {
                named.push(("clientSecret", secret.expose()));
            }
            request::json(&provider.token_endpoint, &named)
        }
        TokenEncoding::Form => {
            named.extend(fields.iter().map(|(name, _, value)| (*name, *value)));
            client_authentication::form(&provider.token_endpoint, provider, client, &named)
        }
    }
}

/// Reads a response of the token endpoint ([RFC 6749 5](https://www.rfc-editor.org/rfc/rfc6749#section-5)). A token of another type than
/// the one asked for cannot be used: a Bearer token in the place of a bound one would give up the protection unnoticed
/// ([RFC 9449 5](https://www.rfc-editor.org/rfc/rfc9449#section-5)).
///
/// # Errors
/// [`OAuthFailure`] if it grants no token set.
pub(crate) fn read(response: &EndpointResponse<'_>, asked_for: TokenType) -> Result<TokenResponse, OAuthFailure> {
    if !(200..300).contains(&response.status) {
        return Err(OAuthFailure::read(response, "the token endpoint redirects"));
    }
    let text = json::json_text(response.body);
    let objects = json::find(&text, |object| access_token(object).is_some());
    let Some(mut access_token) = objects.first().and_then(access_token) else {
        let expected = match Object::at_start(&text) {
            Some(_) => "the token response has no access_token",
            None => "the token response is not a JSON object",
        };
        return Err(OAuthFailure::read(response, expected)); // T5
    };
    let members = Members(objects);
    let mut tokens = Tokens {
        access_token: Secret::new(std::mem::take(&mut *access_token)),
        refresh_token: members.text(["refresh_token", "refreshToken"]).map(Secret::new),
        expires_in: members.get(["expires_in", "expiresIn"]).and_then(|raw| seconds(raw.get())),
        scopes: members.get(["scope", "scopes"]).and_then(scopes),
        id_token: members.text(["id_token", "idToken"]).map(Secret::new),
    };
    let unusable = members.unusable(response.status, asked_for);
    if unusable.is_some() {
        tokens.expires_in = Some(Duration::ZERO);
    }
    let defect = unusable.or_else(|| {
        let with_error = members.0.iter().find(|object| object.get("error").is_some_and(json::says_failure))?;
        let granted: Vec<_> = [&tokens.access_token].into_iter().chain(&tokens.refresh_token).collect();
        Some(OAuthFailure::beside_tokens(response, with_error, &granted))
    });
    Ok(TokenResponse { tokens, defect })
}

fn access_token(object: &Object<'_>) -> Option<Zeroizing<String>> {
    ["access_token", "accessToken"].into_iter().find_map(|name| word(object.get(name)?))
}

/// Text that says something.
pub(super) fn word(value: &RawValue) -> Option<Zeroizing<String>> {
    json::text(value).map(Zeroizing::new).filter(|_| json::says_something(value))
}

/// The object that was looked for, such as the one with the access token, and the objects around it.
pub(super) struct Members<'a>(pub Vec<Object<'a>>);

impl<'a> Members<'a> {
    /// The member of one of these names that says something.
    pub fn get<const N: usize>(&self, names: [&str; N]) -> Option<&'a RawValue> {
        let all = self.0.iter().flat_map(|object| names.into_iter().filter_map(|name| object.get(name)));
        all.into_iter().find(|value| json::says_something(value))
    }

    pub fn text<const N: usize>(&self, names: [&str; N]) -> Option<String> {
        json::text(self.get(names)?)
    }

    /// Why the access token cannot be used, if so (T3).
    fn unusable(&self, status: u16, asked_for: TokenType) -> Option<OAuthFailure> {
        let unreadable = |detail: &str| Some(OAuthFailure::Unreadable { status, detail: detail.to_owned() });
        // Many servers leave it out where it is Bearer. A bound token is never without it (RFC 9449 5).
        let token_type = self.text(["token_type", "tokenType"]).unwrap_or_else(|| TokenType::Bearer.name().to_owned());
        if !token_type.trim().eq_ignore_ascii_case(asked_for.name()) {
            return unreadable(&format!("the token is not a {} token", asked_for.name()));
        }
        let access_token = self.0.first().and_then(access_token).unwrap_or_default();
        if !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return unreadable("the access token cannot stand in a header");
        }
        None
    }
}

/// `expires_in` (T1): a number, a string or a float of any size. Anything else, a missing one, and less than a second mean "unknown".
pub(super) fn seconds(json: &str) -> Option<Duration> {
    let seconds: f64 = json.trim_matches(['"', '[', ']', ' ']).parse().ok()?;
    if seconds.is_nan() || seconds < 1.0 {
        return None;
    }
    Some(Duration::from_secs(seconds as u64)) // a float that is too large becomes the largest integer
}

/// `scope` (T2, [RFC 6749 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)): a string with spaces or commas, or a list. Empty means as requested.
pub(super) fn scopes(value: &RawValue) -> Option<Vec<String>> {
    let texts: Vec<String> = match serde_json::from_str(value.get()).ok()? {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => return None,
    };
    let split = |text: &String| {
        let by_comma = !text.trim().contains(char::is_whitespace);
        let parts = text.split(move |c: char| c.is_whitespace() || (by_comma && c == ','));
        parts.filter(|scope| !scope.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let scopes: Vec<String> = texts.iter().flat_map(split).collect();
    Some(scopes).filter(|scopes| !scopes.is_empty())
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
