//! Who signed in, as the provider attests it in an id_token
//! ([OpenID Connect Core 2](https://openid.net/specs/openid-connect-core-1_0.html#IDToken)), and whether that is to be believed
//! ([OpenID Connect Core 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)).
//!
//! | claim | accepted if |
//! |---|---|
//! | signature | one of the provider's keys made it, with an algorithm that the provider names |
//! | `iss` | it is the provider's issuer, byte for byte |
//! | `aud` | it is the client id, or a list that has it |
//! | `azp` | it is the client id; it must be there if `aud` has several |
//! | `exp`, `iat`, `nbf` | `exp` is not past, the others are not to come, by the server's clock and with [`MAX_SKEW`]; `nbf` may be missing |
//! | `nonce` | it is the one that the sign-in sent |
//! | `sub` | it has 1 to [`MAX_SUBJECT_CHARS`] characters; after a refresh it is the same as before (12.2) |
//! | `at_hash` | it is the access token's; it may be missing |

use super::jwa::Algorithm;
use super::jwks::KeySet;
use super::jws::{Jws, JwsRefusal};
use crate::environment::Timestamp;
use crate::json::{self, Object};
use crate::secret::Secret;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::digest;
use serde_json::value::RawValue;

/// How far the clocks of those who sign may be off, in seconds.
const MAX_SKEW: f64 = 300.0;
const MAX_SUBJECT_CHARS: usize = 255;

/// What an id_token has to say.
pub(crate) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub algorithms: &'a [Algorithm],
    /// What the sign-in sent; none if it sent none, and at a refresh.
    pub nonce: Option<&'a Secret>,
    /// The user of the session that is refreshed, if known.
    pub subject: Option<&'a str>,
    /// The access token that came with it.
    pub access_token: &'a Secret,
    /// The server's time.
    pub now: Timestamp,
}

/// Why an id_token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum IdTokenRefusal {
    #[error(transparent)]
    Jws(#[from] JwsRefusal),
    #[error("the provider has no key that could have signed it")]
    NoKey,
    #[error("its signature is wrong")]
    Signature,
    #[error("its claims are not a JSON object with each name once")]
    Claims,
    #[error("its {0} is missing or has another form")]
    Malformed(&'static str),
    #[error("its iss is not the provider's issuer")]
    Issuer,
    #[error("its aud is not this client")]
    Audience,
    #[error("its azp is not this client")]
    AuthorizedParty,
    #[error("it has expired")]
    Expired,
    #[error("its {0} is in the future")]
    FromFuture(&'static str),
    #[error("its nonce is not the one of this sign-in")]
    Nonce,
    #[error("its at_hash is not that of the access token")]
    AccessTokenHash,
    #[error("its sub is another user than the session's")]
    OtherUser,
}

impl IdTokenRefusal {
    /// Whether keys that the provider published meanwhile could help.
    pub fn may_be_of_newer_key(self) -> bool {
        self == Self::NoKey
    }

    /// Whether the provider itself says, by a signature that is right, that the tokens are not of this session's user and client.
    pub fn is_of_other_session(self) -> bool {
        matches!(self, Self::Issuer | Self::Audience | Self::AuthorizedParty | Self::OtherUser)
    }
}

/// Checks an id_token. Returns the user that it names (`sub`).
pub(crate) fn check(token: &Secret, keys: &KeySet, expected: &Expected<'_>) -> Result<String, IdTokenRefusal> {
    let token = Jws::read(token.expose())?;
    if !expected.algorithms.contains(&token.algorithm) {
        return Err(JwsRefusal::Algorithm.into());
    }
    let mut candidates = keys.candidates(token.algorithm, token.key_id.as_deref()).peekable();
    let has_named_key = candidates.peek().is_some() && token.key_id.is_some();
    if !candidates.any(|key| token.is_signed_by(key)) {
        // Without a name nothing tells whether the key was among them.
        return Err(if has_named_key { IdTokenRefusal::Signature } else { IdTokenRefusal::NoKey });
    }
    let claims = Object::strict(&token.payload).ok_or(IdTokenRefusal::Claims)?;
    check_parties(&claims, expected)?;
    // Before all that may be wrong with tokens of the right user: those of another one are never used.
    let subject = string(&claims, "sub")?;
    if !(1..=MAX_SUBJECT_CHARS).contains(&subject.chars().count()) {
        return Err(IdTokenRefusal::Malformed("sub"));
    }
    if expected.subject.is_some_and(|before| before != subject) {
        return Err(IdTokenRefusal::OtherUser);
    }
    check_times(&claims, expected.now)?;
    if let Some(nonce) = expected.nonce {
        let sent_back = claims.get("nonce").and_then(json::string);
        if !sent_back.is_some_and(|sent_back| nonce.matches(&sent_back)) {
            return Err(IdTokenRefusal::Nonce);
        }
    }
    check_access_token(&claims, token.algorithm, expected.access_token)?;
    Ok(subject)
}

/// `iss`, `aud` and `azp`.
fn check_parties(claims: &Object<'_>, expected: &Expected<'_>) -> Result<(), IdTokenRefusal> {
    if string(claims, "iss")? != expected.issuer {
        return Err(IdTokenRefusal::Issuer);
    }
    let malformed = || IdTokenRefusal::Malformed("aud");
    let audience = claims.get("aud").ok_or_else(malformed)?;
    let audience: Vec<String> = match json::string(audience) {
        Some(only) => vec![only],
        None => serde_json::from_str(audience.get()).map_err(|_| malformed())?,
    };
    if !audience.iter().any(|party| party == expected.client_id) {
        return Err(IdTokenRefusal::Audience);
    }
    match claims.get("azp") {
        Some(party) if json::string(party).as_deref() == Some(expected.client_id) => Ok(()),
        None if audience.len() == 1 => Ok(()),
        _ => Err(IdTokenRefusal::AuthorizedParty),
    }
}

/// `exp`, `iat` and `nbf`.
fn check_times(claims: &Object<'_>, now: Timestamp) -> Result<(), IdTokenRefusal> {
    let now = now.0 as f64 / 1000.0;
    let seconds = |name| claims.get(name).map(|value| number(value).ok_or(IdTokenRefusal::Malformed(name))).transpose();
    let required = |name| seconds(name)?.ok_or(IdTokenRefusal::Malformed(name));
    if required("exp")? + MAX_SKEW <= now {
        return Err(IdTokenRefusal::Expired);
    }
    for (name, moment) in [("iat", Some(required("iat")?)), ("nbf", seconds("nbf")?)] {
        if moment.is_some_and(|moment| moment > now + MAX_SKEW) {
            return Err(IdTokenRefusal::FromFuture(name));
        }
    }
    Ok(())
}

/// `at_hash`: the left half of the access token's hash.
fn check_access_token(claims: &Object<'_>, algorithm: Algorithm, access_token: &Secret) -> Result<(), IdTokenRefusal> {
    let Some(stated) = claims.get("at_hash") else { return Ok(()) };
    let hash = digest::digest(algorithm.hash(), access_token.expose().as_bytes());
    let left_half = URL_SAFE_NO_PAD.encode(&hash.as_ref()[..hash.as_ref().len() / 2]);
    let is_same = json::string(stated).is_some_and(|stated| stated == left_half);
    if is_same { Ok(()) } else { Err(IdTokenRefusal::AccessTokenHash) }
}

fn string(claims: &Object<'_>, name: &'static str) -> Result<String, IdTokenRefusal> {
    claims.get(name).and_then(json::string).ok_or(IdTokenRefusal::Malformed(name))
}

/// A JSON number, with or without a fraction. A string is none.
fn number(value: &RawValue) -> Option<f64> {
    let number: f64 = serde_json::from_str(value.get()).ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
mod tests;
