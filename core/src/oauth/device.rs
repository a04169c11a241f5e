//! Sign-in with a code that the user enters on another device: device authorization grant
//! ([RFC 8628](https://www.rfc-editor.org/rfc/rfc8628)).
//!
//! | step | function | section |
//! |---|---|---|
//! | ask for the codes | [`authorization_request`] | [RFC 8628 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1) |
//! | read them | [`read`] | [RFC 8628 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2) |
//! | ask for tokens, again and again | [`token_request`] | [RFC 8628 3.4](https://www.rfc-editor.org/rfc/rfc8628#section-3.4) |
//! | judge an error | [`judge`] | [RFC 8628 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5) |
//!
//! A response that grants tokens is read by [`token::read`], as every other one.

use super::authorization::check_scopes;
use super::failure::{EndpointResponse, OAuthFailure};
use super::token::{self, Members, word};
use super::{Client, client_authentication};
use crate::error::{Error, Result};
use crate::json::{self, Object};
use crate::net::address::is_local;
use crate::provider::{Provider, check_parts, check_transport};
use crate::secret::Secret;
use bytes::Bytes;
use http::Request;
use serde_json::value::RawValue;
use std::time::Duration;
use url::Url;
use zeroize::Zeroizing;

/// [RFC 8628 3.4](https://www.rfc-editor.org/rfc/rfc8628#section-3.4).
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Parameters of the protocol. An app's extra parameters cannot replace them.
const OWN_PARAMETERS: [&str; 3] = ["client_id", "client_secret", "scope"];

/// The code lives for this long if the provider says nothing that can be read. `expires_in` is required.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(600);
/// A code that lives longer is given up after this time: no user waits for it.
pub(crate) const MAX_LIFETIME: Duration = Duration::from_secs(3600);
/// The wait between two polls if the provider names none ([RFC 8628 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)).
const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
/// A longer interval is taken for a mistake of units, such as milliseconds. A server that means it answers `slow_down`.
const MAX_INTERVAL: Duration = Duration::from_secs(60);
/// In bytes. It is stored with the session.
const MAX_DEVICE_CODE: usize = 8 * 1024;
/// In characters. A user has to type it.
const MAX_USER_CODE: usize = 64;
/// In bytes.
const MAX_VERIFICATION_URI: usize = 2048;

/// The codes of a sign-in that has begun ([RFC 8628 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DeviceAuthorization {
    pub device_code: Secret,
    /// Can be shown as it is.
    pub user_code: String,
    pub verification_uri: Url,
    pub verification_uri_complete: Option<Url>,
    pub expires_in: Duration,
    /// At least this long between two polls.
    pub interval: Duration,
}

/// What an error response to a poll means ([RFC 8628 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// The user has not decided yet.
    Pending,
    /// Not decided yet, and the polls come too fast.
    SlowDown { retry_after: Option<Duration> },
    /// The provider is broken or overloaded: nothing is known about the code.
    Unavailable { retry_after: Option<Duration> },
    /// Either the code is spent, possibly by another process, or the response says nothing. Ask once more.
    Doubtful,
    /// The user refused.
    Denied,
    /// The code has expired.
    Expired,
    /// The provider refuses the request: another poll would not help.
    Refused,
}

/// The request for the codes. It is a form at every provider.
///
/// # Errors
/// [`Error::InvalidInput`] if an extra parameter would replace one of the protocol's, or a scope has a space.
pub(crate) fn authorization_request(
    endpoint: &Url,
    provider: &Provider,
    client: &Client,
    scopes: &[String],
    extra: &[(String, String)],
) -> Result<http::Result<Request<Bytes>>> {
    if let Some((name, _)) = extra.iter().find(|(name, _)| OWN_PARAMETERS.contains(&name.as_str())) {
        return Err(Error::invalid_input("extra_parameters", format!("{name} is set by the library")));
    }
    check_scopes(scopes)?;
    let scope = scopes.join(" ");
    let mut fields: Vec<_> = extra.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if !scope.is_empty() {
        fields.push(("scope", &scope));
    }
    Ok(client_authentication::form(endpoint, provider, client, &fields))
}

/// The poll: the request for the first token set.
pub(crate) fn token_request(
    provider: &Provider,
    client: &Client,
    device_code: &Secret,
) -> http::Result<Request<Bytes>> {
    let fields = [("grant_type", "grantType", GRANT_TYPE), ("device_code", "deviceCode", device_code.expose())];
    token::token_request(provider, client, &fields)
}

/// Reads the codes: in snake_case or camelCase, at the top of the JSON or in an envelope's `data`. Google's `verification_url` is
/// read too.
///
/// # Errors
/// [`OAuthFailure`] if there are none, if a user could not be shown them, or if the page is not reached over TLS (S7).
pub(crate) fn read(
    response: &EndpointResponse<'_>,
    endpoint: &Url,
    insecure_development_hosts: &[String],
) -> Result<DeviceAuthorization, OAuthFailure> {
    if !(200..300).contains(&response.status) {
        return Err(OAuthFailure::read(response, "the device authorization endpoint redirects"));
    }
    let text = json::json_text(response.body);
    let members = Members(json::find(&text, |object| device_code(object).is_some()));
    let Some(mut device_code) = members.0.first().and_then(device_code) else {
        return Err(OAuthFailure::read(response, "the device authorization response has no device_code"));
    };
    let unreadable = |detail: &str| OAuthFailure::Unreadable { status: response.status, detail: detail.to_owned() };
    if device_code.len() > MAX_DEVICE_CODE {
        return Err(unreadable("the device_code is longer than 8192 bytes"));
    }
    let user_code = members.text(["user_code", "userCode"]).and_then(|code| shown_code(&code));
    let verification_uri = members.text(["verification_uri", "verificationUri", "verification_url", "verificationUrl"]);
    let complete = members.text([
        "verification_uri_complete",
        "verificationUriComplete",
        "verification_url_complete",
        "verificationUrlComplete",
    ]);
    let page = |text: String| page(&text, endpoint, insecure_development_hosts);
    Ok(DeviceAuthorization {
        device_code: Secret::new(std::mem::take(&mut *device_code)),
        user_code: user_code.ok_or_else(|| unreadable("there is no user_code that can be shown"))?,
        verification_uri: verification_uri
            .and_then(page)
            .ok_or_else(|| unreadable("there is no verification_uri with https"))?,
        verification_uri_complete: complete.and_then(page), // a convenience: without it the user enters the code
        expires_in: duration(members.get(["expires_in", "expiresIn"]), DEFAULT_LIFETIME, MAX_LIFETIME),
        interval: duration(members.get(["interval"]), DEFAULT_INTERVAL, MAX_INTERVAL),
    })
}

/// What an error response to a poll means.
pub(crate) fn judge(failure: &OAuthFailure) -> Judgement {
    match failure {
        OAuthFailure::RateLimited { retry_after, .. } => Judgement::SlowDown { retry_after: *retry_after },
        OAuthFailure::Unavailable { retry_after, .. } => Judgement::Unavailable { retry_after: *retry_after },
        OAuthFailure::Unreadable { .. } => Judgement::Doubtful,
        OAuthFailure::Refused { code, .. } => match code.as_deref() {
            Some("authorization_pending") => Judgement::Pending,
            Some("access_denied") => Judgement::Denied,
            Some("expired_token") => Judgement::Expired,
            // The last two are about the proof: the code was not looked at (RFC 9449 8).
            Some("invalid_grant" | "use_dpop_nonce" | "invalid_dpop_proof") => Judgement::Doubtful,
            _ => Judgement::Refused,
        },
        #[cfg(feature = "openid")]
        OAuthFailure::IdToken { .. } => Judgement::Refused,
    }
}

fn device_code(object: &Object<'_>) -> Option<Zeroizing<String>> {
    ["device_code", "deviceCode"].into_iter().find_map(|name| word(object.get(name)?))
}

/// A code in letters, digits and the marks of ASCII: nothing in it is invisible or turns the text around.
fn shown_code(code: &str) -> Option<String> {
    let code = code.trim();
    let shown = |c: char| c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ';
    let fits = !code.is_empty() && code.chars().count() <= MAX_USER_CODE && code.chars().all(shown);
    fits.then(|| code.to_owned())
}

/// The address of a page that a user may be sent to: https, or on loopback, and without a user name, which could be mistaken for the
/// host. A provider on the internet sends nobody into a local network (S9).
fn page(text: &str, endpoint: &Url, insecure_development_hosts: &[String]) -> Option<Url> {
    let url = Url::parse(text.trim()).ok().filter(|url| url.as_str().len() <= MAX_VERIFICATION_URI)?;
    let mut without_fragment = url.clone(); // a page of one script may have its place there
    without_fragment.set_fragment(None);
    let is_safe = check_transport("verification_uri", &url, insecure_development_hosts).is_ok()
        && check_parts("verification_uri", &without_fragment).is_ok()
        && (endpoint.scheme() != "https" || url.scheme() == "https")
        && (is_local(endpoint) || !is_local(&url));
    is_safe.then_some(url)
}

/// Seconds: a number or a string, also with a fraction, which is rounded up. Less than one and everything else is `default`.
fn duration(value: Option<&RawValue>, default: Duration, max: Duration) -> Duration {
    let seconds = value.and_then(json::text).and_then(|text| text.trim().parse::<f64>().ok());
    match seconds {
        Some(seconds) if seconds >= 1.0 => Duration::from_secs_f64(seconds.ceil().min(max.as_secs_f64())),
        _ => default,
    }
}

#[cfg(test)]
#[path = "device_tests.rs"]
mod tests;
